import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AskOptions, Chatbot } from '../../src/types.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { type FakeSlack, home, wordsOf } from '../support/fake-slack.ts';
import { startBot } from '../support/slack-bot.ts';

const ask = 'When did the harbour open?';
const mention = `<@${home.botUser}> ${ask}`;
const channel = 'C0NEWS';
const answered = expect.stringContaining('> The harbour 🚢 reopened on 3 May');

/** What is said at once to a command. */
const commanded = `You asked: ${ask}\nReading… The answer comes below.`;

/** Resolves once a thread shows these messages of the bot, and stays that way for a moment. */
async function shows(slack: FakeSlack, place: string, thread: string | undefined, expected: unknown[]): Promise<void> {
  const seen = () =>
    slack
      .messages(place, thread)
      .filter(({ user }) => user === home.botUser)
      .map(wordsOf);
  await expect.poll(seen).toEqual(expected);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(seen()).toEqual(expected);
  expect(slack.complaints).toEqual([]);
}

/** A chatbot that waits until it is let go. */
function heldChatbot() {
  const inner = createFakeChatbot();
  const waiting: (() => void)[] = [];
  const chatbot: Chatbot = {
    corpus: () => inner.corpus(),
    async ask(question: string, options: AskOptions = {}) {
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve);
        options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
      });
      return inner.ask(question, options);
    },
  };
  return { chatbot, asked: inner.asked, waiting, release: () => void waiting.splice(0).map((go) => go()) };
}

describe.each(['socket', 'http'] as const)('the bot over %s', (way) => {
  it('answers a mention in its thread, in place of "Reading…"', async () => {
    const { chatbot, release, waiting } = heldChatbot();
    const { slack } = await startBot({ way, chatbot });
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, ['Reading…']);
    await expect.poll(() => waiting.length).toBe(1);
    release();
    await shows(slack, channel, ts, [answered]);
  });

  it('acknowledges at once, whatever the answer takes', async () => {
    const { chatbot, release, waiting } = heldChatbot();
    const { slack } = await startBot({ way, chatbot });
    const ts = slack.place(channel, mention, 'U0ANN');
    const event = { type: 'app_mention', user: 'U0ANN', text: mention, ts, event_ts: ts, channel };
    // Both resolve with the acknowledgement, while no answer can come.
    await slack.deliver('events_api', slack.envelope(event, home));
    await slack.command(ask);
    await expect.poll(() => waiting.length).toBe(2);
    release();
    await shows(slack, channel, ts, [answered]);
  });

  it('answers an event once that is sent three times, also at the same moment', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ way, chatbot });
    const ts = slack.place(channel, mention, 'U0ANN');
    const body = slack.envelope({ type: 'app_mention', user: 'U0ANN', text: mention, ts, event_ts: ts, channel }, home);
    await Promise.all([0, 1, 2].map((retry) => slack.deliver('events_api', body, retry)));
    await shows(slack, channel, ts, [answered]);
    await slack.deliver('events_api', body, 3);
    await shows(slack, channel, ts, [answered]);
    expect(chatbot.asked).toHaveLength(1);
  });

  it('answers /ask to the asker alone, and once when the request is replayed', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ way, chatbot });
    const { url, body } = await slack.command(ask);
    await expect.poll(() => slack.responsesAt(url).map(wordsOf)).toEqual([commanded, answered]);
    expect(slack.responsesAt(url).map(({ response_type }) => response_type)).toEqual(['ephemeral', 'ephemeral']);
    expect(slack.complaints).toEqual([]);
    await slack.deliver('slash_commands', body);
    expect(chatbot.asked).toHaveLength(1);
    expect(slack.messages(channel)).toEqual([]);
  });
});

describe('a thread', () => {
  it('is a conversation: a follow-up needs no mention, and the chatbot knows what came before', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
    await slack.say({ channel, text: 'And how many boats has it room for?', thread: ts });
    await shows(slack, channel, ts, [answered, expect.stringContaining('Searched for: And how many boats')]);
    expect(chatbot.asked[1]?.options.history?.map(({ question }) => question)).toEqual([ask]);
    await slack.say({ channel, text: 'What did it cost?', thread: ts, user: 'U0BEN' });
    await expect.poll(() => chatbot.asked[2]?.options.history?.length).toBe(2);
  });

  it('answers follow-ups in order, though they come at once', async () => {
    const { chatbot, asked, waiting, release } = heldChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await slack.say({ channel, text: `<@${home.botUser}> What did the harbour cost?`, thread: ts });
    await slack.say({ channel, text: 'Is there room for boats?', thread: ts });
    await expect.poll(() => waiting.length).toBe(1);
    release();
    await expect.poll(() => waiting.length).toBe(1);
    release();
    await expect.poll(() => waiting.length).toBe(1);
    release();
    await expect.poll(() => asked.map(({ options }) => options.history?.length)).toEqual([0, 1, 2]);
  });

  it('is left alone where people talk to each other, until somebody mentions the bot', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
    for (const [user, text] of [
      ['U0BEN', 'I was there when the harbour opened.'],
      ['U0ANN', 'Did you see the harbour boats?'], // asked of Ben
      ['U0BEN', '<@U0ANN> when did the harbour open for you?'],
      ['U0BEN', '<!here> does anyone know what the harbour cost?'],
    ] as const)
      await slack.say({ channel, text, user, thread: ts });
    await shows(slack, channel, ts, [answered]);
    await slack.say({ channel, text: `<@${home.botUser}> what did the harbour cost?`, thread: ts });
    await shows(slack, channel, ts, [answered, expect.stringContaining('The harbour')]);
    await slack.say({ channel, text: 'Is there room for boats?', thread: ts });
    await expect.poll(() => chatbot.asked.length).toBe(3);
  });

  it('of others is none of its business, nor is a channel without a mention', async () => {
    const { slack } = await startBot();
    const ts = slack.place(channel, 'Lunch?');
    await slack.say({ channel, text: 'When does the harbour open?', thread: ts });
    await slack.say({ channel, text: ask });
    await slack.say({ channel, text: '<@U0BEN> when did the harbour open?' });
    await shows(slack, channel, undefined, []);
  });

  it('goes on after a restart', async () => {
    const chatbot = createFakeChatbot();
    const { slack, folder, close } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
    await close();
    await startBot({ slack, folder, chatbot });
    await slack.say({ channel, text: 'What did it cost?', thread: ts });
    await shows(slack, channel, ts, [answered, expect.stringContaining('The harbour')]);
    expect(chatbot.asked[1]?.options.history?.[0]?.answer.citations[0]?.quote).toContain('3 May');
  });
});

it('keeps nothing of what people say to each other', async () => {
  const { slack, folder, close } = await startBot();
  await slack.say({ channel, text: 'The merger is a secret.' });
  const ts = await slack.say({ channel, text: mention });
  await shows(slack, channel, ts, [answered]);
  await slack.say({ channel, thread: ts, user: 'U0BEN', text: 'A secret, I said.' });
  await close(1_000);
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (file.isFile()) expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toContain('secret');
});

describe('who it answers', () => {
  it('is no bot, not itself, and no notice of Slack', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ chatbot });
    await slack.say({ channel, text: mention, extra: { bot_id: 'B0OTHER', subtype: 'bot_message' } });
    await slack.say({ channel: 'D0ANN', text: ask, extra: { bot_id: 'B0OTHER' } });
    await slack.say({ channel: 'D0ANN', text: ask, user: home.botUser });
    await slack.say({ channel: 'D0ANN', text: ask, extra: { subtype: 'channel_join' } });
    await slack.say({ channel, text: 'hello' });
    expect(chatbot.asked).toEqual([]);
  });

  it('is everyone who writes to it directly; a thread there is a conversation, too', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel: 'D0ANN', text: ask });
    await shows(slack, 'D0ANN', ts, [answered]);
    await slack.say({ channel: 'D0ANN', text: 'boats', thread: ts });
    await expect.poll(() => chatbot.asked[1]?.options.history?.length).toBe(1);
  });

  it('is told what can be asked when nothing was', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: `<@${home.botUser}>` });
    await shows(slack, channel, ts, [
      expect.stringMatching(/^I answer from these 2 documents:\n• The harbour reopened/),
    ]);
    expect(chatbot.asked).toEqual([]);
  });

  it('is whoever asks in a thread where it spoke, be it only to greet or to say that it failed', async () => {
    const { slack } = await startBot();
    const greeted = await slack.say({ channel, text: `<@${home.botUser}> hello` });
    const greetedWith = expect.stringMatching(/^I answer from these 2 documents/);
    await shows(slack, channel, greeted, [greetedWith]);
    await slack.say({ channel, text: 'I was there.', user: 'U0BEN', thread: greeted });
    await slack.say({ channel, text: `<@${home.botUser}> help`, thread: greeted });
    await shows(slack, channel, greeted, [greetedWith, greetedWith]);
    await slack.say({ channel, text: ask, thread: greeted });
    await shows(slack, channel, greeted, [greetedWith, greetedWith, answered]);

    const failing = await slack.say({ channel, text: `<@${home.botUser}> ${'boats '.repeat(400)}` });
    const failed = expect.stringMatching(/^I can’t answer that/);
    await shows(slack, channel, failing, [failed]);
    await slack.say({ channel, text: ask, thread: failing });
    await shows(slack, channel, failing, [failed, answered]);
  });

  it('is limited to the workspaces, channels and people that are allowed', async () => {
    const chatbot = createFakeChatbot();
    const allowed = { teams: ['T0HOME'], channels: [channel], users: ['U0ANN'] };
    const { slack } = await startBot({ chatbot, allowed });
    await slack.say({ channel: 'C0OTHER', text: mention });
    await slack.say({ channel, text: mention, user: 'U0BEN' });
    await slack.say({ channel, text: mention, extra: { user_team: 'T0GUEST' } });
    await expect
      .poll(() => slack.ephemeral.map(({ channel, user }) => [channel, user]))
      .toEqual([
        ['C0OTHER', 'U0ANN'],
        [channel, 'U0BEN'],
        [channel, 'U0ANN'],
      ]);
    const { url } = await slack.command(ask, { user: 'U0BEN' });
    await expect
      .poll(() => slack.responsesAt(url).map(wordsOf))
      .toEqual([expect.stringContaining('I may not answer here')]);
    expect(chatbot.asked).toEqual([]);
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
    const direct = await slack.say({ channel: 'D0ANN', text: ask });
    await shows(slack, 'D0ANN', direct, [answered]);
  });

  it('gets the documents of the place only', async () => {
    const chatbot = createFakeChatbot();
    const scopes = new Map([
      [channel, ['news/*']],
      ['dm', ['budget']],
      ['*', ['gone']],
    ]);
    const { slack } = await startBot({ chatbot, scopes });
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
    expect(chatbot.asked[0]?.options.documents).toEqual(['news/harbour & sea']);
    const direct = await slack.say({ channel: 'D0ANN', text: ask });
    await shows(slack, 'D0ANN', direct, [answered]);
    expect(chatbot.asked[1]?.options.documents).toEqual(['budget']);
    const other = await slack.say({ channel: 'C0OTHER', text: mention });
    await shows(slack, 'C0OTHER', other, [expect.stringContaining('No documents are open to this channel')]);
    expect(chatbot.asked).toHaveLength(2);
  });

  it('may be in several workspaces, which are not mixed though their channels have the same id', async () => {
    const away = { team: 'T0AWAY', token: 'xoxb-away', botUser: 'U0BOT2' };
    const chatbot = createFakeChatbot();
    const { slack, log } = await startBot({ chatbot, workspaces: [home, away] });
    const ts = slack.place(channel, mention, 'U0ANN');
    const event = (bot: string) => ({
      type: 'app_mention',
      user: 'U0ANN',
      text: `<@${bot}> ${ask}`,
      ts,
      event_ts: ts,
      channel,
    });
    await slack.deliver('events_api', slack.envelope(event('U0BOT'), home));
    await slack.deliver('events_api', slack.envelope(event('U0BOT2'), away));
    await expect
      .poll(() => slack.messages(channel, ts).map((it) => [it.user, it.updates]))
      .toEqual([
        ['U0BOT', 1],
        ['U0BOT2', 1],
      ]);
    expect(chatbot.asked.map(({ options }) => options.history)).toEqual([[], []]);
    const used = slack.calls.filter(({ method }) => method === 'chat.postMessage').map(({ token }) => token);
    expect(used.sort()).toEqual(['xoxb-away', 'xoxb-home']);
    const stranger = { team: 'T0ELSE', token: 'xoxb-else', botUser: 'U0BOT' };
    await slack.deliver('events_api', slack.envelope(event('U0BOT'), stranger));
    await expect.poll(() => log.join('')).toContain('There is no token of the workspace T0ELSE');
    expect(chatbot.asked).toHaveLength(2);
  });
});

describe('a question that was changed', () => {
  it('is answered again in the same place if its words are others', async () => {
    const chatbot = createFakeChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
    const [before] = slack.messages(channel, ts);
    await slack.edit(channel, ts, `<@${home.botUser}> Who is the mayor?`);
    await shows(slack, channel, ts, [expect.stringContaining('The documents don’t say.')]);
    expect(slack.messages(channel, ts)[0]?.ts).toBe(before?.ts);
    await slack.edit(channel, ts, `<@${home.botUser}>  Who is the mayor? `); // only white space
    await slack.edit(channel, ts, `Who is the mayor, <@${home.botUser}>?`);
    await expect.poll(() => chatbot.asked.map(({ question }) => question)).toEqual([ask, 'Who is the mayor?']);
  });

  it('while it was being answered, is answered once, as it stands now', async () => {
    const { chatbot, asked, waiting, release } = heldChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel: 'D0ANN', text: 'Who is the mayor?' });
    await expect.poll(() => waiting.length).toBe(1);
    await slack.edit('D0ANN', ts, ask);
    await expect.poll(() => waiting.length).toBe(2);
    release();
    await shows(slack, 'D0ANN', ts, [answered]);
    expect(asked.map(({ question }) => question)).toEqual([ask]);
  });

  it('that it never answered stays unanswered without a mention', async () => {
    const { slack } = await startBot();
    const ts = await slack.say({ channel, text: 'hello there' });
    await slack.edit(channel, ts, ask);
    await shows(slack, channel, undefined, []);
    await slack.edit(channel, ts, mention);
    await shows(slack, channel, ts, [answered]);
  });

  it('or deleted while it was being answered, is not answered at all', async () => {
    const { chatbot, waiting } = heldChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await expect.poll(() => waiting.length).toBe(1);
    await slack.remove(channel, ts);
    await shows(slack, channel, undefined, []);
  });

  it('or deleted while its answer was being shown, keeps none', async () => {
    const { chatbot, waiting, release } = heldChatbot();
    const { slack } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await expect.poll(() => waiting.length).toBe(1);
    slack.limit('chat.update', 1);
    const updates = () => slack.calls.filter(({ method }) => method === 'chat.update').length;
    release();
    await expect.poll(updates).toBe(1);
    await slack.remove(channel, ts);
    await expect.poll(updates).toBe(2);
    await shows(slack, channel, undefined, []);
  });
});

describe('when Slack is difficult', () => {
  it('the answer to a deleted thread fails quietly', async () => {
    const { chatbot, waiting, release } = heldChatbot();
    const { slack, log } = await startBot({ chatbot });
    const ts = await slack.say({ channel, text: mention });
    await expect.poll(() => waiting.length).toBe(1);
    for (const message of slack.messages(channel)) slack.forget(channel, message.ts); // Slack tells nobody
    release();
    await expect.poll(() => log.join('')).toContain('the place of an answer is gone');
    expect(log.join('')).not.toContain('"level":50');
    await slack.say({ channel, text: mention });
    expect(ts).not.toBe('');
  });

  it('a 429 on the first post is honoured, and the answer comes', async () => {
    const { slack } = await startBot();
    slack.limit('chat.postMessage', 1);
    const began = performance.now();
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
    expect(performance.now() - began).toBeGreaterThan(1_000);
    const posts = slack.calls.filter(({ method }) => method === 'chat.postMessage').map(({ at }) => at);
    expect(posts).toHaveLength(2);
    expect((posts[1] ?? 0) - (posts[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  it('trouble of its own that passes does not cost the answer', async () => {
    const { slack } = await startBot();
    slack.fail('chat.postMessage', 'internal_error');
    slack.fail('chat.update', 'service_unavailable', 2);
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
  });

  it('a post that it says has failed, and has not, is not made again', async () => {
    const { slack } = await startBot();
    slack.fail('chat.postMessage', 'fatal_error', 1, 'afterwards');
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [answered]);
  });

  it('a 429 on a response to a command is honoured', async () => {
    const { slack } = await startBot();
    slack.limit('respond', 1);
    const { url } = await slack.command(ask);
    await expect.poll(() => slack.responsesAt(url).map(wordsOf)).toEqual([commanded, answered]);
  });

  it('blocks that it refuses give way to words', async () => {
    const { slack, log } = await startBot();
    slack.fail('chat.update', 'msg_blocks_too_long');
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [expect.stringContaining('3 May — The harbour')]);
    expect(log.join('')).toContain('Slack refused the blocks');
  });

  it('a message that may not be changed is followed by another', async () => {
    const { slack } = await startBot();
    slack.fail('chat.update', 'edit_window_closed');
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, ['Reading…', answered]);
  });

  it('a fault of ours is told without its details, and found in the log', async () => {
    const { slack, log } = await startBot({ chatbot: createFakeChatbot({ fault: new Error('/secret/path broke') }) });
    const ts = await slack.say({ channel, text: mention });
    await shows(slack, channel, ts, [
      expect.stringMatching(/^Something went wrong, and I have no answer\. The log has more under Ev\d+\.$/),
    ]);
    expect(log.join('')).toContain('/secret/path broke');
  });

  it('a question that is too long is told so', async () => {
    const { slack } = await startBot();
    const ts = await slack.say({ channel: 'D0ANN', text: 'boats '.repeat(400) });
    await shows(slack, 'D0ANN', ts, [expect.stringMatching(/^I can’t answer that: The question has \d+ characters/)]);
  });

  it('more questions than the queue holds are told to come back', async () => {
    const { chatbot, waiting, release } = heldChatbot();
    const { slack } = await startBot({ chatbot, queue: 1 });
    const first = await slack.say({ channel: 'D0ANN', text: ask });
    await expect.poll(() => waiting.length).toBe(1);
    const second = await slack.say({ channel: 'D0BEN', text: ask });
    await shows(slack, 'D0BEN', second, [expect.stringContaining('Many questions are being answered')]);
    release();
    await shows(slack, 'D0ANN', first, [answered]);
  });
});
