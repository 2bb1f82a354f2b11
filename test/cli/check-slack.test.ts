import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkSlack } from '../../src/cli/check-slack.ts';
import { formatFinding } from '../../src/cli/doctor.ts';
import { readConfig } from '../../src/config.ts';
import { appToken, type FakeSlack, home, signingSecret, startFakeSlack } from '../support/fake-slack.ts';
import { indexOf, root, runCli, seeds, temporaryFolder } from '../support/run-cli.ts';

let index: string;
let slack: FakeSlack;
let env: Record<string, string>;
beforeAll(async () => {
  index = await indexOf(seeds);
});
beforeEach(async () => {
  slack = await startFakeSlack();
  env = {
    PULLQUOTE_SLACK_API: slack.apiUrl,
    PULLQUOTE_SLACK_BOT_TOKEN: home.token,
    PULLQUOTE_SLACK_APP_TOKEN: appToken,
    PULLQUOTE_SLACK_FOLDER: await temporaryFolder(),
    PULLQUOTE_PUBLIC_URL: 'https://ask.example.org',
    PULLQUOTE_INDEX: index,
    PULLQUOTE_MODELS: join(root, 'models'),
  };
  return () => slack.stop();
});

// The command is a process of its own, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000 });

describe('pullquote slack --check', () => {
  /** What the command prints, and what it ends with. */
  const check = async (more: Record<string, string> = {}) => {
    const findings = await checkSlack(readConfig({ ...env, ...more }));
    const code = findings.find(({ error }) => error !== null)?.error?.exit ?? 0;
    return { code, lines: findings.map(formatFinding).join('').trim().split('\n') };
  };

  it('finds all well', async () => {
    const { code, stdout } = await runCli(['slack', '--check'], { env });
    expect({ code, lines: stdout.trim().split('\n') }).toEqual(await check());
    expect(await check()).toEqual({
      code: 0,
      lines: [
        '✓ bot token: works in Team T0HOME (T0HOME)',
        '✓ scopes in Team T0HOME: all 8 are there',
        '✓ way in: Socket Mode, the app-level token works',
        '✓ links: lead to https://ask.example.org',
        '✓ documents: all 5 answer everywhere',
        expect.stringMatching(/^✓ folder: .* can be written$/),
      ],
    });
  });

  it('says in words which token and setting are missing, and what to do', async () => {
    const { code, lines } = await check({
      PULLQUOTE_SLACK_BOT_TOKEN: '',
      PULLQUOTE_SLACK_APP_TOKEN: '',
      PULLQUOTE_PUBLIC_URL: '',
      PULLQUOTE_SLACK_DOCUMENTS: 'C0NEWS=gone/*',
    });
    expect(code).toBe(2);
    expect(lines).toEqual([
      '✗ bot token: SETTING_INVALID: PULLQUOTE_SLACK_BOT_TOKEN is not set',
      expect.stringMatching(/^ {2}→ create the app from slack-manifest\.yaml/),
      '✗ way in: SETTING_INVALID: neither PULLQUOTE_SLACK_APP_TOKEN nor PULLQUOTE_SLACK_SIGNING_SECRET is set',
      expect.stringMatching(/^ {2}→ Socket Mode: .* connections:write/),
      '✓ links: lead to 127.0.0.1:3000, which others may not reach',
      '  → set PULLQUOTE_PUBLIC_URL to where people reach the server',
      '✗ documents: SETTING_INVALID: PULLQUOTE_SLACK_DOCUMENTS names what is not in the index: "gone/*"',
      expect.stringMatching(/^ {2}→ ingest them with `pullquote ingest`, or correct PULLQUOTE_SLACK_DOCUMENTS/),
      expect.stringMatching(/^✓ folder/),
    ]);
  });

  it('says that there are no documents, and that the folder cannot be written', async () => {
    const empty = await temporaryFolder();
    await writeFile(join(empty, 'file'), '');
    const { code, lines } = await check({
      PULLQUOTE_INDEX: join(empty, 'none'),
      PULLQUOTE_SLACK_FOLDER: join(empty, 'file', 'slack'),
    });
    expect(code).toBe(4);
    expect(lines.slice(-4)).toEqual([
      expect.stringMatching(/^✗ documents: INDEX_MISSING: /),
      expect.stringMatching(/^ {2}→ ingest them/),
      expect.stringMatching(/^✗ folder: SLACK_UNWRITABLE: .* cannot be written \(ENOTDIR\)$/),
      expect.stringMatching(/^ {2}→ make it writable/),
    ]);
  });

  it('says which scope is missing, and what for', async () => {
    await slack.stop();
    slack = await startFakeSlack([
      { ...home, scopes: 'chat:write,commands,im:history,im:write,groups:history,mpim:history,channels:history' },
    ]);
    const { code, lines } = await check({ PULLQUOTE_SLACK_API: slack.apiUrl });
    expect(code).toBe(6);
    expect(lines[1]).toBe('✗ scopes in Team T0HOME: SLACK_DENIED: missing: app_mentions:read (to hear mentions)');
    expect(lines[2]).toContain('OAuth & Permissions');
  });

  it('needs no agent, and says what is missed without', async () => {
    await slack.stop();
    const scopes =
      'app_mentions:read,chat:write,commands,im:history,im:write,groups:history,mpim:history,channels:history';
    slack = await startFakeSlack([{ ...home, scopes }]);
    const { code, lines } = await check({ PULLQUOTE_SLACK_API: slack.apiUrl });
    expect([code, lines[1]]).toEqual([
      0,
      '✓ scopes in Team T0HOME: all 8 are there; without assistant:write no questions are suggested',
    ]);
  });

  it('says which token Slack does not take, and that Slack does not answer', async () => {
    const { lines } = await check({
      PULLQUOTE_SLACK_BOT_TOKEN: `${home.token},xoxb-wrong`,
      PULLQUOTE_SLACK_APP_TOKEN: 'xapp-wrong',
    });
    expect(lines[0]).toBe(
      '✗ bot token: SLACK_DENIED: Slack does not accept PULLQUOTE_SLACK_BOT_TOKEN (the 2. of 2): it is not valid; copy it again from the app’s settings',
    );
    expect(lines.find((line) => line.startsWith('✗ way in'))).toContain('PULLQUOTE_SLACK_APP_TOKEN: it is not valid');
    const away = await check({ PULLQUOTE_SLACK_API: 'http://127.0.0.1:9/' });
    expect(away.lines[0]).toMatch(/^✗ bot token: SLACK_UNREACHABLE: Slack does not answer: /);
    expect(away.code).toBe(6);
  });

  it('knows the way over HTTP', async () => {
    const { lines } = await check({ PULLQUOTE_SLACK_APP_TOKEN: '', PULLQUOTE_SLACK_SIGNING_SECRET: signingSecret });
    expect(lines[2]).toBe(
      '✓ way in: HTTP: Slack must reach https://ask.example.org at /slack/events, for events, commands and interactivity',
    );
  });
});
