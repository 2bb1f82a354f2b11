import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AskOptions, Chatbot } from '../../src/types.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { home, signingSecret, wordsOf } from '../support/fake-slack.ts';
import { gate } from '../support/gate.ts';
import { startBot } from '../support/slack-bot.ts';

const channel = 'C0NEWS';
const ask = 'When did the harbour open?';
const mention = `<@${home.botUser}> ${ask}`;
const commanded = `You asked: ${ask}\nReading… The answer comes below.`;
const answered = expect.stringContaining('> The harbour 🚢 reopened on 3 May');

describe('the socket', () => {
  it('that breaks under a question takes neither the answer nor the next question with it', async () => {
    const { held, release } = gate();
    const { slack, log } = await startBot({ chatbot: createFakeChatbot({ held: () => held }) });
    const ts = await slack.say({ channel, text: mention });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual(['Reading…']);
    slack.drop();
    release();
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
    await expect.poll(() => log.join('')).toContain('connected to Slack again');
    const next = await slack.say({ channel, text: mention });
    await expect.poll(() => slack.messages(channel, next).map(wordsOf)).toEqual([answered]);
  });

  it('that breaks before the acknowledgement is sent: Slack sends the event again, and it is answered once', async () => {
    const chatbot = createFakeChatbot({ delayMs: 200 });
    const { slack, log } = await startBot({ chatbot });
    const ts = slack.place(channel, mention, 'U0ANN');
    const body = slack.envelope({ type: 'app_mention', user: 'U0ANN', text: mention, ts, event_ts: ts, channel }, home);
    const first = slack.deliver('events_api', body).catch(() => null);
    slack.drop();
    await expect.poll(() => log.join('')).toContain('connected to Slack again');
    await slack.deliver('events_api', body, 1);
    await slack.deliver('events_api', body, 2);
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
    await first;
    expect(chatbot.asked).toHaveLength(1);
  });

  it('is renewed whenever Slack asks for it', async () => {
    const { slack, log } = await startBot();
    for (const times of [1, 2]) {
      slack.refresh();
      await expect.poll(() => log.filter((line) => line.includes('connected to Slack again')).length).toBe(times);
    }
    await expect.poll(() => slack.connections()).toBe(1);
    const ts = await slack.say({ channel, text: mention });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
  });

  it('is tried again and again while Slack is away', async () => {
    const { slack, log } = await startBot();
    slack.fail('apps.connections.open', 'internal_error', 1);
    slack.limit('apps.connections.open', 1, 1);
    slack.drop();
    await expect.poll(() => log.join('')).toContain('connected to Slack again');
    expect(log.filter((line) => line.includes('Slack cannot be reached')).length).toBe(2);
    const ts = await slack.say({ channel, text: mention });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
  });

  it('is given up when Slack does not accept the token any more', async () => {
    const { slack, lost } = await startBot();
    slack.fail('apps.connections.open', 'account_inactive', 99);
    slack.drop();
    await expect
      .poll(() => lost)
      .toEqual([
        expect.objectContaining({
          code: 'SLACK_DENIED',
          message: expect.stringContaining('PULLQUOTE_SLACK_APP_TOKEN'),
        }),
      ]);
  });

  it('is not opened with a token of another kind', async () => {
    await expect(startBot({ wayIn: { kind: 'socket', appToken: 'xapp-other' } })).rejects.toMatchObject({
      code: 'SLACK_DENIED',
      message:
        'Slack does not accept PULLQUOTE_SLACK_APP_TOKEN: it is not valid; copy it again from the app’s settings',
    });
  });
});

describe('a request over HTTP', () => {
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
  const now = () => Math.floor(Date.now() / 1000);

  it('that Slack signed is answered, also the one that proves the address', async () => {
    const { slack } = await startBot({ way: 'http' });
    const response = await slack.post(body);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ challenge: 'abc' });
    for (const at of [now() - 299, now() + 299]) expect((await slack.post(body, {}, { at })).status).toBe(200);
  });

  it.each([
    ['with another secret', { secret: 'f'.repeat(32) }],
    ['without a signature', { signature: null }],
    ['with an empty signature', { signature: '' }],
    ['with a short signature', { signature: 'v0=abc' }],
    ['with a long signature', { signature: `v0=${'a'.repeat(65)}` }],
    ['with a signature that is no hexadecimal number', { signature: `v0=${'z'.repeat(64)}` }],
    ['of another version', { signature: `v1=${'a'.repeat(64)}` }],
    ['five minutes ago', { at: now() - 301 }],
    ['five minutes from now', { at: now() + 400 }],
    ['tomorrow', { at: now() + 86_400 }],
    ['at no time', { at: 'abc' }],
    ['at an empty time', { at: '' }],
    ['at a time beyond all numbers', { at: 2 ** 53 }],
    ['at a negative time', { at: -1 }],
  ])('signed %s is refused', async (_, signing) => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ way: 'http', chatbot });
    const event = JSON.stringify(
      slack.envelope({ type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', text: ask, ts: '1.1' }, home),
    );
    for (const sent of [body, event]) {
      const response = await slack.post(sent, {}, signing);
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ error: { code: 'SIGNATURE_INVALID' } });
    }
    expect(chatbot.asked).toEqual([]);
  });

  it('is verified on its bytes: one changed, or the same JSON written anew, is refused', async () => {
    const { slack } = await startBot({ way: 'http' });
    const at = now();
    const spaced = '{ "type":"url_verification", "challenge":"abc" }';
    const { createHmac } = await import('node:crypto');
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${spaced}`).digest('hex')}`;
    expect((await slack.post(spaced, {}, { at, signature })).status).toBe(200);
    expect((await slack.post(JSON.stringify(JSON.parse(spaced)), {}, { at, signature })).status).toBe(401);
    expect((await slack.post(spaced.replace('abc', 'abd'), {}, { at, signature })).status).toBe(401);
  });

  it('that is replayed, byte by byte, is acknowledged and not answered again', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ way: 'http', chatbot });
    const ts = slack.place('D0ANN', ask, 'U0ANN');
    const event = JSON.stringify(
      slack.envelope({ type: 'message', channel_type: 'im', channel: 'D0ANN', user: 'U0ANN', text: ask, ts }, home),
    );
    const at = now();
    for (let n = 0; n < 3; n++) expect((await slack.post(event, {}, { at })).status).toBe(200);
    await expect.poll(() => slack.messages('D0ANN', ts).map(wordsOf)).toEqual([answered]);
    expect(chatbot.asked).toHaveLength(1);
  });

  it.each([
    ['no JSON', '{"type":', 400],
    ['nothing', '', 400],
    ['too much', JSON.stringify({ type: 'x', pad: 'x'.repeat(1_100_000) }), 413],
  ])('that holds %s is refused without a stack', async (_, sent, status) => {
    const { slack } = await startBot({ way: 'http' });
    const response = await slack.post(sent);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('node_modules');
  });
});

describe('a restart', () => {
  /** A chatbot that never answers, and says who asked. */
  const stuck = (): Chatbot & { asked: string[] } => {
    const asked: string[] = [];
    return {
      asked,
      corpus: () => createFakeChatbot().corpus(),
      ask: (question: string, { signal }: AskOptions = {}) =>
        new Promise((_, reject) => {
          asked.push(question);
          signal?.addEventListener('abort', () => reject(signal.reason));
        }),
    };
  };

  it('finishes the questions under way first, and takes no more', async () => {
    const { slack, close } = await startBot({ chatbot: createFakeChatbot({ delayMs: 400 }) });
    const ts = await slack.say({ channel, text: mention });
    const { url } = await slack.command(ask);
    await close(60_000);
    expect(slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
    expect(slack.responsesAt(url).map(wordsOf)).toEqual([commanded, answered]);
    expect(slack.connections()).toBe(0);
  });

  it('goes on with what could not be finished, in the same message', async () => {
    const chatbot = stuck();
    const { slack, folder, close } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    const { url } = await slack.command(ask);
    await expect.poll(() => chatbot.asked.length).toBe(2);
    await close(100);
    expect(slack.messages(channel, ts).map(wordsOf)).toEqual(['Reading…']);
    const again = createFakeChatbot();
    await startBot({ slack, folder, chatbot: again });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
    await expect.poll(() => slack.responsesAt(url).map(wordsOf)).toEqual([commanded, answered]);
    expect(again.asked).toHaveLength(2);
  });

  it('goes on with a question that was edited just before', async () => {
    const first = await startBot();
    const { slack, folder } = first;
    const ts = await slack.say({ channel, text: `<@${home.botUser}> Who is the mayor?` });
    const unanswered = expect.stringContaining('The documents don’t say.');
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([unanswered]);
    await first.close();
    const chatbot = stuck();
    const second = await startBot({ slack, folder, chatbot });
    await slack.edit(channel, ts, mention);
    await expect.poll(() => chatbot.asked).toEqual([ask]);
    await second.close(100);
    await startBot({ slack, folder });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
  });

  it('finds its message again by what is attached to it, though the disk does not know of it', async () => {
    const chatbot = stuck();
    const { slack, folder, close } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual(['Reading…']);
    await close(0);
    const file = join(folder, 'events.jsonl');
    const entries = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.some(({ reply }) => reply)).toBe(true);
    await writeFile(file, entries.map((entry) => `${JSON.stringify({ ...entry, reply: undefined })}\n`).join(''));
    await startBot({ slack, folder });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
    expect(slack.complaints).toEqual([]);
  });

  it('answers no event again that was answered before', async () => {
    const { slack, folder, close } = await startBot();
    const ts = slack.place(channel, mention, 'U0ANN');
    const body = slack.envelope({ type: 'app_mention', user: 'U0ANN', text: mention, ts, event_ts: ts, channel }, home);
    await slack.deliver('events_api', body);
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
    await close(1_000);
    const chatbot = createFakeChatbot();
    await startBot({ slack, folder, chatbot });
    await slack.deliver('events_api', body, 1);
    await slack.deliver('events_api', { ...body, event_id: 'EvOther' }); // the same message under another event
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(chatbot.asked).toEqual([]);
    expect(slack.messages(channel, ts)).toHaveLength(1);
  });

  it('answers what a token that was revoked kept from being answered', async () => {
    const { slack, folder, log, close } = await startBot();
    for (const method of ['chat.postMessage', 'chat.update']) slack.fail(method, 'token_revoked', 99);
    const ts = await slack.say({ channel, text: mention });
    await expect
      .poll(() => log.join(''))
      .toContain('Slack does not accept PULLQUOTE_SLACK_BOT_TOKEN: it was revoked; install the app again');
    await close(0);
    slack.unlimit();
    await startBot({ slack, folder });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
  });

  it('ends a stream that was left open, and puts the answer in its place', async () => {
    const inner = stuck();
    const chatbot: Chatbot = {
      corpus: () => inner.corpus(),
      ask(question, options) {
        options?.onStatement?.({ text: 'The harbour opened.', citations: [1] }, []);
        return inner.ask(question, options);
      },
    };
    const { slack, folder, close } = await startBot({ chatbot });
    const { channel, thread } = await slack.openAssistant();
    await slack.say({ channel, thread, text: ask });
    await expect.poll(() => slack.messages(channel, thread).at(-1)?.streaming).toBe(true);
    await close(0);
    await startBot({ slack, folder });
    await expect.poll(() => slack.messages(channel, thread).map(wordsOf)).toEqual([expect.anything(), ask, answered]);
    expect(slack.messages(channel, thread).at(-1)?.streaming).toBe(false);
  });
});
