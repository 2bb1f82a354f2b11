import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { requiredScopes } from '../../src/slack/scopes.ts';
import { startFakeModel } from '../support/fake-models.ts';
import { appToken, type FakeSlack, home, signingSecret, startFakeSlack, wordsOf } from '../support/fake-slack.ts';
import { bestSentence, replyOf } from '../support/model-roles.ts';
import { donetsk } from '../support/real-engine.ts';
import { indexOf, root, runCli, seeds, startCli, temporaryFolder } from '../support/run-cli.ts';
import { KEY } from '../support/written.ts';

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
    PULLQUOTE_LOG_LEVEL: 'warn',
  };
  return () => slack.stop();
});

async function start(more: Record<string, string> = {}) {
  const started = startCli(['slack', '--port', '0', '--index', index], { env: { ...env, ...more } });
  const [, team, url = ''] = await started.until(/^Pullquote answers in (.+); documents are shown at (\S+)\n/);
  expect(team).toBe('Team T0HOME (T0HOME)');
  return { ...started, url };
}

const mention = `<@${home.botUser}> ${donetsk}`;
const right = expect.stringMatching(/^(?:a[a-z]+ )?75% \[1\]\n> Russia currently controls a[a-z]+ 75%/);

// Each test starts a process or two, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000 });

describe('pullquote slack', () => {
  it('answers in Slack and shows the documents, and ends at SIGTERM', async () => {
    const { url, child, ended } = await start();
    const ts = await slack.say({ channel: 'C0NEWS', text: mention });
    await expect.poll(() => slack.messages('C0NEWS', ts).map(wordsOf), { timeout: 20_000 }).toEqual([right]);
    const [, path = ''] =
      /https:\/\/ask\.example\.org(\/sources\/[^"#]+)/.exec(JSON.stringify(slack.messages('C0NEWS', ts))) ?? [];
    expect(await (await fetch(url + path)).text()).toContain('Donetsk');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(slack.connections()).toBe(0);
    expect(slack.complaints).toEqual([]);
  });

  it('keeps what people think of answers with the other feedback, one opinion each', async () => {
    const folder = await temporaryFolder();
    const { child, ended } = await start({ PULLQUOTE_FEEDBACK: folder });
    const ts = await slack.say({ channel: 'C0NEWS', text: mention });
    await expect.poll(() => slack.messages('C0NEWS', ts).map(wordsOf), { timeout: 20_000 }).toEqual([right]);
    const [message] = slack.messages('C0NEWS', ts);
    if (!message) throw new Error('no answer');
    const press = async (action: string, user: string) => {
      const url = await slack.press('C0NEWS', message, action, user);
      await expect.poll(() => slack.responsesAt(url).map(wordsOf)).toEqual(['Thank you, that was noted.']);
    };
    await press('pullquote_up', 'U0BEN');
    await press('pullquote_up', 'U0ANN'); // and thinks better of it
    await slack.say({ channel: 'C0NEWS', thread: ts, text: 'And Luhansk?' });
    await expect.poll(() => slack.messages('C0NEWS', ts).at(-1)?.updates, { timeout: 20_000 }).toBe(1);
    await press('pullquote_down', 'U0ANN');
    await expect.poll(() => slack.views.length).toBe(1);
    await slack.submit(slack.views[0], { note: { note: { value: 'Luhansk, too.' } } });
    const exported = async () => {
      const { stdout } = await runCli(['feedback', 'export'], { env: { PULLQUOTE_FEEDBACK: folder } });
      return stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
    };
    await expect
      .poll(async () => (await readFile(join(folder, 'feedback.jsonl'), 'utf8')).trim().split('\n'))
      .toHaveLength(4);
    expect(await exported()).toMatchObject([
      {
        question: donetsk,
        expect: { kind: 'answered', words: [[expect.stringContaining('75%')]] },
        feedback: { rating: 'up', trust: 'given' },
      },
      { question: donetsk, feedback: { rating: 'down', note: 'Luhansk, too.', answer: { kind: 'answered' } } },
    ]);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('offers the suggested questions in the assistant pane, and streams what a chat model puts into words', async () => {
    const model = await startFakeModel('openai', (asked) => {
      if (asked.system.includes('can be reached')) return { text: 'ready' };
      const quotes = [bestSentence(asked) ?? { passage: 0, quote: '' }];
      const statements = [
        { text: 'About 75% of the Donetsk region is under Russian control.', quotes },
        { text: 'It was 80% in 2025.', quotes },
      ];
      return { text: replyOf(asked, statements, '75%') };
    });
    const { child, ended } = await start({
      PULLQUOTE_SUGGESTIONS: 'Who is the German chancellor?|How many people died?',
      PULLQUOTE_MODEL: 'openai:fake-1',
      PULLQUOTE_MODEL_BASE_URL: model.url,
      OPENAI_API_KEY: KEY,
    });
    const { channel, thread } = await slack.openAssistant();
    await expect
      .poll(() => slack.calls.find(({ method }) => method.endsWith('setSuggestedPrompts'))?.body.prompts, {
        timeout: 20_000,
      })
      .toEqual(
        ['Who is the German chancellor?', 'How many people died?'].map((text) => ({ title: text, message: text })),
      );
    await slack.say({ channel, thread, text: donetsk });
    const last = () => slack.messages(channel, thread).at(-1);
    await expect
      .poll(() => wordsOf(last() ?? { blocks: [], text: '' }), { timeout: 20_000 })
      .toMatch(/^75% \[1\]\nAbout 75% of the Donetsk region is under Russian control\. \[1\]/);
    expect(wordsOf(last() ?? { blocks: [], text: '' })).toContain(
      'Put into words by openai:fake-1; every quote was checked, 1 sentence could not be verified and is not shown.',
    );
    expect(last()?.streamed).toBe('About 75% of the Donetsk region is under Russian control.\n\n');
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(slack.complaints).toEqual([]);
  });

  it('takes events over HTTP on its own server', async () => {
    const { url, child, ended } = await start({
      PULLQUOTE_SLACK_APP_TOKEN: '',
      PULLQUOTE_SLACK_SIGNING_SECRET: signingSecret,
    });
    slack.over(`${url}/slack/events`, signingSecret);
    const ts = await slack.say({ channel: 'C0NEWS', text: mention });
    await expect.poll(() => slack.messages('C0NEWS', ts).map(wordsOf), { timeout: 20_000 }).toEqual([right]);
    expect((await slack.post('{}', {}, { secret: 'f'.repeat(32) })).status).toBe(401);
    expect((await fetch(`${url}/slack/events`)).status).toBe(404);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('finishes at SIGTERM what was asked just before', async () => {
    const { child, ended } = await start();
    const asked = await Promise.all(
      ['C0A', 'C0B', 'C0C', 'C0D'].map(async (channel) => ({
        channel,
        ts: await slack.say({ channel, text: mention }),
      })),
    );
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    for (const { channel, ts } of asked) expect(slack.messages(channel, ts).map(wordsOf)).toEqual([right]);
  });

  it('killed while it answers, gives each answer once after all when it comes back', async () => {
    const first = await start();
    slack.limit('chat.update', 1, 99); // no answer gets through before it is killed
    const channels = ['C0A', 'C0B', 'C0C'];
    const asked: { channel: string; ts: string; event: string }[] = [];
    for (const channel of channels) {
      const ts = slack.place(channel, mention, 'U0ANN');
      const event = `EvKilled${channel}`;
      await slack.deliver(
        'events_api',
        slack.envelope({ type: 'app_mention', user: 'U0ANN', text: mention, ts, event_ts: ts, channel }, home, event),
      );
      asked.push({ channel, ts, event });
    }
    await expect
      .poll(() => channels.map((channel) => slack.messages(channel).length), { timeout: 20_000 })
      .toEqual([2, 2, 2]);
    first.child.kill('SIGKILL');
    await first.ended;
    await expect.poll(() => slack.connections()).toBe(0);
    slack.unlimit();

    const second = await start();
    for (const { channel, ts } of asked)
      await expect.poll(() => slack.messages(channel, ts).map(wordsOf), { timeout: 20_000 }).toEqual([right]);
    // Slack, which knows of no answer, sends the events again.
    for (const { channel, ts, event } of asked)
      await slack.deliver(
        'events_api',
        slack.envelope({ type: 'app_mention', user: 'U0ANN', text: mention, ts, event_ts: ts, channel }, home, event),
        1,
      );
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const { channel, ts } of asked) expect(slack.messages(channel, ts).map(wordsOf)).toEqual([right]);
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0 });
    expect(slack.complaints).toEqual([]);
  });

  it.each([0, 60, 150])('killed %i ms after a question was acknowledged, answers it exactly once', async (ms) => {
    const first = await start();
    const ts = await slack.say({ channel: 'C0NEWS', text: mention });
    await new Promise((resolve) => setTimeout(resolve, ms));
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await start();
    await expect.poll(() => slack.messages('C0NEWS', ts).map(wordsOf), { timeout: 20_000 }).toEqual([right]);
    second.child.kill('SIGTERM');
    await second.ended;
    expect(slack.messages('C0NEWS', ts).map(wordsOf)).toEqual([right]);
  });

  it('ends when Slack throws it out, and says why', async () => {
    const { ended } = await start({ PULLQUOTE_LOG_LEVEL: 'fatal' });
    slack.fail('apps.connections.open', 'account_inactive', 99);
    slack.drop();
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Slack does not accept PULLQUOTE_SLACK_APP_TOKEN');
  });

  it.each([
    [
      'no token',
      { PULLQUOTE_SLACK_BOT_TOKEN: '' },
      2,
      /^pullquote: SETTING_INVALID: PULLQUOTE_SLACK_BOT_TOKEN is not set/,
    ],
    [
      'no way in',
      { PULLQUOTE_SLACK_APP_TOKEN: '' },
      2,
      /^pullquote: SETTING_INVALID: Neither PULLQUOTE_SLACK_APP_TOKEN nor/,
    ],
    [
      'a token that Slack does not know',
      { PULLQUOTE_SLACK_BOT_TOKEN: 'xoxb-wrong' },
      6,
      /^pullquote: SLACK_DENIED: Slack does not accept PULLQUOTE_SLACK_BOT_TOKEN: it is not valid/,
    ],
    [
      'an app-level token that Slack does not know',
      { PULLQUOTE_SLACK_APP_TOKEN: 'xapp-wrong' },
      6,
      /^pullquote: SLACK_DENIED: Slack does not accept PULLQUOTE_SLACK_APP_TOKEN/,
    ],
    [
      'a token of another kind',
      { PULLQUOTE_SLACK_BOT_TOKEN: 'xoxp-sentinel-123' },
      2,
      /^pullquote: SETTING_INVALID: PULLQUOTE_SLACK_BOT_TOKEN must be a token that begins with xoxb-/,
    ],
    [
      'documents that are no scope',
      { PULLQUOTE_SLACK_DOCUMENTS: 'general=x' },
      2,
      /^pullquote: SETTING_INVALID: PULLQUOTE_SLACK_DOCUMENTS/,
    ],
  ])('with %s ends with a line that says so, without the token', async (_, more, code, line) => {
    const ended = await runCli(['slack', '--port', '0', '--index', index], { env: { ...env, ...more } });
    const told = ended.stderr.split('\n').filter((it) => it.startsWith('pullquote:'));
    expect({ code: ended.code, told }).toEqual({ code, told: [expect.stringMatching(line)] });
    expect(ended.stderr + ended.stdout).not.toMatch(/xox[bp]-\w|xapp-\w/);
  });

  it('keeps the words of people to itself: its log has none, at any level', async () => {
    const { child, ended } = await start({ PULLQUOTE_LOG_LEVEL: 'trace' });
    const ts = await slack.say({ channel: 'C0NEWS', text: mention });
    await expect.poll(() => slack.messages('C0NEWS', ts).map(wordsOf), { timeout: 20_000 }).toEqual([right]);
    await slack.command('Who is secretly in love?');
    child.kill('SIGTERM');
    const { stderr } = await ended;
    expect(stderr).not.toMatch(/secretly|Donetsk|xoxb-|xapp-/);
    const files = await readdir(env.PULLQUOTE_SLACK_FOLDER ?? '', { recursive: true, withFileTypes: true });
    for (const file of files.filter((it) => it.isFile()))
      expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toContain('old-verification-token');
  });
});

describe('pullquote slack --check', () => {
  const check = async (more: Record<string, string> = {}) => {
    const { code, stdout } = await runCli(['slack', '--check', '--index', index], { env: { ...env, ...more } });
    return { code, lines: stdout.trim().split('\n') };
  };

  it('finds all well', async () => {
    expect(await check()).toEqual({
      code: 0,
      lines: [
        '✓ bot token: works in Team T0HOME (T0HOME)',
        '✓ scopes in Team T0HOME: all 9 are there',
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
    const { code, stdout } = await runCli(['slack', '--check', '--index', join(empty, 'none')], {
      env: { ...env, PULLQUOTE_SLACK_FOLDER: join(empty, 'file', 'slack') },
    });
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/\n✗ documents: INDEX_MISSING: .*\n {2}→ ingest them/);
    expect(stdout).toMatch(/\n✗ folder: SLACK_UNWRITABLE: .* cannot be written \(ENOTDIR\)\n/);
  });

  it('says which scope is missing, and what for', async () => {
    await slack.stop();
    slack = await startFakeSlack([
      { ...home, scopes: 'chat:write,commands,im:history,im:write,groups:history,mpim:history,channels:history' },
    ]);
    const { code, lines } = await check({ PULLQUOTE_SLACK_API: slack.apiUrl });
    expect(code).toBe(6);
    expect(lines[1]).toBe(
      '✗ scopes in Team T0HOME: SLACK_DENIED: missing: app_mentions:read (to hear mentions), assistant:write (for the assistant pane)',
    );
    expect(lines[2]).toContain('OAuth & Permissions');
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

describe('slack-manifest.yaml', () => {
  it('asks for the scopes that the check looks for, and for the events that the bot hears', async () => {
    const manifest = parse(await readFile(join(root, 'slack-manifest.yaml'), 'utf8'));
    expect(manifest.oauth_config.scopes.bot.sort()).toEqual(Object.keys(requiredScopes).sort());
    expect(manifest.settings.event_subscriptions.bot_events).toEqual([
      'app_mention',
      'assistant_thread_started',
      'message.channels',
      'message.groups',
      'message.im',
      'message.mpim',
    ]);
    expect(manifest.features.shortcuts[0]).toMatchObject({ type: 'message', callback_id: 'ask_about_this' });
    expect(manifest.features.slash_commands[0]).toMatchObject({ command: '/ask', should_escape: true });
    expect(manifest.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
  });

  it('is ready for HTTP when the comments that it speaks of are removed', async () => {
    const text = await readFile(join(root, 'slack-manifest.yaml'), 'utf8');
    const manifest = parse(text.replace(/# (?=(?:request_url|url): )/g, ''));
    const address = 'https://ask.example.org/slack/events';
    expect(manifest.settings.event_subscriptions.request_url).toBe(address);
    expect(manifest.settings.interactivity.request_url).toBe(address);
    expect(manifest.features.slash_commands[0].url).toBe(address);
  });
});
