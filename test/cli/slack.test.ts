import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startLastingFakeModel } from '../support/fake-models.ts';
import { appToken, type FakeSlack, home, signingSecret, startFakeSlack, wordsOf } from '../support/fake-slack.ts';
import { bestSentence, replyOf } from '../support/model-roles.ts';
import { donetsk } from '../support/real-engine.ts';
import { indexOf, runCli, type Started, seeds, startCli, temporaryFolder } from '../support/run-cli.ts';
import { KEY } from '../support/written.ts';

// A process takes seconds to start: tests share one where they lose nothing by it, and the machine may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let index: string;
beforeAll(async () => {
  index = await indexOf(seeds);
});

const mention = `<@${home.botUser}> ${donetsk}`;
const right = expect.stringMatching(/^(?:a[a-z]+ )?75% \[1\]\n> Russia currently controls a[a-z]+ 75%/);

/** A Slack, and the settings with which `pullquote slack` answers there, until the tests around are done. */
async function workspace() {
  const slack = await startFakeSlack();
  afterAll(() => slack.stop());
  const env: Record<string, string> = {
    PULLQUOTE_SLACK_API: slack.apiUrl,
    PULLQUOTE_SLACK_BOT_TOKEN: home.token,
    PULLQUOTE_SLACK_APP_TOKEN: appToken,
    PULLQUOTE_SLACK_FOLDER: await temporaryFolder(),
    PULLQUOTE_PUBLIC_URL: 'https://ask.example.org',
    PULLQUOTE_LOG_LEVEL: 'warn',
  };
  return { slack, env };
}

/** Starts the command; resolves once it answers. */
async function start(env: Record<string, string>): Promise<Started & { url: string }> {
  const started = startCli(['slack', '--port', '0', '--index', index], { env });
  const [, team, url = ''] = await started.until(/^Pullquote answers in (.+); documents are shown at (\S+)\n/);
  expect(team).toBe('Team T0HOME (T0HOME)');
  return { ...started, url };
}

const threadOf = (slack: FakeSlack, channel: string, ts: string) => slack.messages(channel, ts).map(wordsOf);

async function mentioned(slack: FakeSlack, channel: string): Promise<string> {
  const ts = await slack.say({ channel, text: mention });
  await expect.poll(() => threadOf(slack, channel, ts)).toEqual([right]);
  return ts;
}

describe('pullquote slack', () => {
  let slack: FakeSlack;
  let env: Record<string, string>;
  let bot: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    ({ slack, env } = await workspace());
    env = { ...env, PULLQUOTE_FEEDBACK: await temporaryFolder(), PULLQUOTE_LOG_LEVEL: 'trace' };
    bot = await start(env);
  });

  it('answers in Slack, and shows the documents', async () => {
    const ts = await mentioned(slack, 'C0NEWS');
    const [, path = ''] =
      /https:\/\/ask\.example\.org(\/sources\/[^"#]+)/.exec(JSON.stringify(slack.messages('C0NEWS', ts))) ?? [];
    expect(await (await fetch(bot.url + path)).text()).toContain('Donetsk');
    expect((await fetch(`${bot.url}/slack/events`, { method: 'POST' })).status).toBe(404); // there is a socket
  });

  it('keeps what people think of answers with the other feedback, one opinion each', async () => {
    const folder = env.PULLQUOTE_FEEDBACK ?? '';
    const ts = await mentioned(slack, 'C0NEWS');
    const [message] = slack.messages('C0NEWS', ts);
    if (!message) throw new Error('no answer');
    const press = async (action: string, user: string) => {
      const before = slack.ephemeral.length;
      await slack.press('C0NEWS', message, action, user);
      await expect.poll(() => slack.ephemeral.slice(before).map(wordsOf)).toEqual(['Thank you, that was noted.']);
    };
    await press('pullquote_up', 'U0BEN');
    await press('pullquote_up', 'U0ANN'); // and thinks better of it
    await slack.say({ channel: 'C0NEWS', thread: ts, text: 'And Luhansk?' });
    await expect.poll(() => slack.messages('C0NEWS', ts).at(-1)?.updates).toBe(1);
    await press('pullquote_down', 'U0ANN');
    await expect.poll(() => slack.views.length).toBe(1);
    await slack.submit(slack.views[0], { note: { note: { value: 'Luhansk, too.' } } });
    await expect
      .poll(async () => (await readFile(join(folder, 'feedback.jsonl'), 'utf8')).trim().split('\n'))
      .toHaveLength(4);
    const { stdout } = await runCli(['feedback', 'export'], { env: { PULLQUOTE_FEEDBACK: folder } });
    const exported = stdout.trim().split('\n');
    expect(exported.map((line) => JSON.parse(line))).toMatchObject([
      {
        question: donetsk,
        expect: { kind: 'answered', words: [[expect.stringContaining('75%')]] },
        feedback: { rating: 'up', trust: 'given' },
      },
      { question: donetsk, feedback: { rating: 'down', note: 'Luhansk, too.', answer: { kind: 'answered' } } },
    ]);
  });

  it('lets a second one on its folder stand by, which ends at SIGTERM as if it had answered', async () => {
    const second = startCli(['slack', '--port', '0', '--index', index], {
      env: { ...env, PULLQUOTE_LOG_LEVEL: 'warn' },
    });
    let told = '';
    second.child.stderr.on('data', (text) => {
      told += text;
    });
    await expect.poll(() => told, { timeout: 60_000 }).toContain(`"pid":${bot.child.pid},`);
    expect(slack.connections()).toBe(1);
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0, stdout: '' });
  });

  it('finishes at SIGTERM what was asked just before, and ends', async () => {
    await slack.command('Who is secretly in love?');
    const channels = ['C0A', 'C0B', 'C0C', 'C0D'];
    const asked = await Promise.all(channels.map((channel) => slack.say({ channel, text: mention })));
    bot.child.kill('SIGTERM');
    expect((await bot.ended).code).toBe(0);
    for (const [place, channel] of channels.entries())
      expect(threadOf(slack, channel, asked[place] ?? '')).toEqual([right]);
    expect(slack.connections()).toBe(0);
    expect(slack.complaints).toEqual([]);
  });

  it('kept the words of people to itself: its log has none, at any level, and nothing to worry about', async () => {
    const { stderr } = await bot.ended;
    expect(stderr).not.toMatch(/secretly|Donetsk|xoxb-|xapp-/);
    const levels = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).level);
    expect(Math.max(...levels)).toBe(30);
    const files = await readdir(env.PULLQUOTE_SLACK_FOLDER ?? '', { recursive: true, withFileTypes: true });
    expect(files.map(({ name }) => name)).not.toContain('LOCK');
    for (const file of files.filter((it) => it.isFile()))
      expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toContain('old-verification-token');
  });
});

it('over HTTP and with a chat model takes signed events, offers questions and streams', async () => {
  const model = await startLastingFakeModel('openai', (asked) => {
    if (asked.system.includes('can be reached')) return { text: 'ready' };
    const quotes = [bestSentence(asked) ?? { passage: 0, quote: '' }];
    const statements = [
      { text: 'About 75% of the Donetsk region is under Russian control.', quotes },
      { text: 'It was 80% in 2025.', quotes },
    ];
    return { text: replyOf(asked, statements, '75%') };
  });
  afterAll(() => model.close());
  const { slack, env } = await workspace();
  const { url, child, ended } = await start({
    ...env,
    PULLQUOTE_SLACK_APP_TOKEN: '',
    PULLQUOTE_SLACK_SIGNING_SECRET: signingSecret,
    PULLQUOTE_SUGGESTIONS: 'Who is the German chancellor?|How many people died?',
    PULLQUOTE_MODEL: 'openai:fake-1',
    PULLQUOTE_MODEL_BASE_URL: model.url,
    OPENAI_API_KEY: KEY,
  });
  slack.over(`${url}/slack/events`, signingSecret);
  const channel = await slack.openDirect();
  const offered = ['Who is the German chancellor?', 'How many people died?'];
  await expect.poll(() => slack.offered).toEqual([offered.map((text) => ({ title: text, message: text }))]);

  const ts = await slack.say({ channel, text: donetsk });
  const last = () => slack.messages(channel, ts).at(-1);
  await expect
    .poll(() => wordsOf(last() ?? { blocks: [], text: '' }))
    .toMatch(/^75% \[1\]\nAbout 75% of the Donetsk region is under Russian control\. \[1\]/);
  expect(wordsOf(last() ?? { blocks: [], text: '' })).toContain(
    'Put into words by openai:fake-1; every quote was checked, 1 sentence could not be verified and is not shown.',
  );
  expect(last()?.streamed).toBe('About 75% of the Donetsk region is under Russian control.\n\n');

  expect((await slack.post('{}', {}, { secret: 'f'.repeat(32) })).status).toBe(401);
  expect((await fetch(`${url}/slack/events`)).status).toBe(404);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, stderr: expect.not.stringContaining('"level":50') });
  expect(slack.complaints).toEqual([]);
});

describe('killed', () => {
  let slack: FakeSlack;
  let env: Record<string, string>;
  let bot: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    ({ slack, env } = await workspace());
    bot = await start(env);
  });
  const kill = async () => {
    bot.child.kill('SIGKILL');
    await bot.ended;
    await expect.poll(() => slack.connections()).toBe(0);
  };

  it('while it answers, it gives each answer once after all when it comes back', async () => {
    slack.limit('chat.update', 1, 99); // no answer gets through before it is killed
    const asked = ['C0A', 'C0B', 'C0C'].map((channel) => {
      const ts = slack.place(channel, mention, 'U0ANN');
      const event = { type: 'app_mention', user: 'U0ANN', text: mention, ts, event_ts: ts, channel };
      return { channel, ts, body: slack.envelope(event, home, `EvKilled${channel}`) };
    });
    for (const { body } of asked) await slack.deliver('events_api', body);
    await expect.poll(() => asked.map(({ channel }) => slack.messages(channel).length)).toEqual([2, 2, 2]);
    await kill();
    slack.unlimit();

    bot = await start(env);
    for (const { channel, ts } of asked) await expect.poll(() => threadOf(slack, channel, ts)).toEqual([right]);
    // Slack, which knows of no answer, sends the events again.
    for (const { body } of asked) await slack.deliver('events_api', body, 1);
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (const { channel, ts } of asked) expect(threadOf(slack, channel, ts)).toEqual([right]);
    expect(slack.complaints).toEqual([]);
  });

  it('150, 60 and 0 ms after questions were acknowledged, it answers each exactly once', async () => {
    const asked: { channel: string; ts: string }[] = [];
    for (const [channel, ms] of [
      ['C0AFTER150', 90],
      ['C0AFTER60', 60],
      ['C0AFTER0', 0],
    ] as const) {
      asked.push({ channel, ts: await slack.say({ channel, text: mention }) });
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
    await kill();
    bot = await start(env);
    for (const { channel, ts } of asked) await expect.poll(() => threadOf(slack, channel, ts)).toEqual([right]);
    await mentioned(slack, 'C0LATER'); // by then it is done with what it found
    for (const { channel, ts } of asked) expect(threadOf(slack, channel, ts)).toEqual([right]);
  });

  it('by Slack, which throws it out, it ends and says why', async () => {
    slack.fail('apps.connections.open', 'account_inactive', 99);
    slack.drop();
    const { code, stderr } = await bot.ended;
    expect(code).toBe(1);
    expect(stderr).toContain('Slack does not accept PULLQUOTE_SLACK_APP_TOKEN');
  });
});

describe('pullquote slack, started wrongly,', () => {
  let env: Record<string, string>;
  beforeAll(async () => {
    ({ env } = await workspace());
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
});
