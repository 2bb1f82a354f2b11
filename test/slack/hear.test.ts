import { describe, expect, it } from 'vitest';
import { hear, type MessageEvent } from '../../src/slack/hear.ts';
import { looksLikeQuestion, questionText } from '../../src/slack/question-text.ts';

const bot = 'U0BOT';
const base: MessageEvent = {
  type: 'message',
  channel: 'C1',
  channel_type: 'channel',
  user: 'U1',
  ts: '1.1',
  text: 'When?',
};
const edit = (before: string, after: string, more: Partial<MessageEvent> = {}): MessageEvent => ({
  type: 'message',
  subtype: 'message_changed',
  channel: 'C1',
  channel_type: 'channel',
  message: { user: 'U1', ts: '1.1', text: after },
  previous_message: { user: 'U1', ts: '1.1', text: before },
  ...more,
});

describe('what is heard', () => {
  it.each<[string, MessageEvent, unknown]>([
    [
      'a mention',
      { ...base, type: 'app_mention', text: `<@${bot}> When?` },
      { kind: 'addressed', question: 'When?', thread: '1.1', inThread: false },
    ],
    [
      'a mention in a thread',
      { ...base, type: 'app_mention', thread_ts: '0.9' },
      { kind: 'addressed', thread: '0.9', inThread: true },
    ],
    ['the message beside a mention', { ...base, text: `<@${bot}> When?` }, null],
    ['a direct message', { ...base, channel_type: 'im' }, { kind: 'addressed', direct: true }],
    ['a message in a channel', base, { kind: 'overheard', inThread: false, aside: false }],
    ['a reply in a thread', { ...base, thread_ts: '0.9' }, { kind: 'overheard', inThread: true, thread: '0.9' }],
    ['a reply to somebody', { ...base, thread_ts: '0.9', text: '<@U2> When?' }, { kind: 'overheard', aside: true }],
    ['a reply to everyone', { ...base, thread_ts: '0.9', text: '<!here> When?' }, { aside: true }],
    [
      'a reply that is also sent to the channel',
      { ...base, thread_ts: '0.9', subtype: 'thread_broadcast' },
      { kind: 'overheard' },
    ],
    ['a message with a file', { ...base, channel_type: 'im', subtype: 'file_share' }, { kind: 'addressed' }],
    ['another bot', { ...base, channel_type: 'im', bot_id: 'B1' }, null],
    ['another bot that mentions this one', { ...base, type: 'app_mention', bot_id: 'B1' }, null],
    ['the bot itself', { ...base, channel_type: 'im', user: bot }, null],
    ['a notice', { ...base, subtype: 'channel_topic' }, null],
    ['a message without a channel', { type: 'message', user: 'U1', ts: '1.1', text: 'x' }, null],
    [
      'a deletion',
      { type: 'message', subtype: 'message_deleted', channel: 'C1', deleted_ts: '1.1' },
      { kind: 'withdrawn', message: '1.1' },
    ],
    [
      'a deletion of what has replies',
      edit('When?', '', { message: { subtype: 'tombstone', user: 'USLACKBOT', ts: '1.1', text: 'This was deleted.' } }),
      { kind: 'withdrawn', message: '1.1' },
    ],
    ['an edit', edit('Who?', 'When?'), { kind: 'overheard', edited: true, message: '1.1' }],
    ['an edit that changes no word', edit('When?', 'When?'), null],
    ['an edit that adds a mention', edit('When?', `<@${bot}> When?`), { kind: 'addressed', question: 'When?' }],
    ['an edit of a direct message', edit('Who?', 'When?', { channel_type: 'im' }), { kind: 'addressed', direct: true }],
    ['an edit by a bot', edit('a', 'b', { message: { bot_id: 'B1', user: bot, ts: '1.1', text: 'b' } }), null],
    [
      'the title of an assistant thread',
      edit('a', 'b', {
        channel_type: 'im',
        message: { user: 'U1', ts: '1.1', text: 'b', subtype: 'assistant_app_thread' },
      }),
      null,
    ],
  ])('%s', (_, event, expected) => {
    const heard = hear(event, bot);
    if (expected === null) expect(heard).toBeNull();
    else expect(heard).toMatchObject(expected as object);
  });
});

describe('the question in a message', () => {
  it.each([
    [`<@${bot}> When?`, 'When?'],
    [`<@${bot}|pullquote>: When?`, 'When?'],
    [`Hey <@${bot}>, when?`, 'Hey, when?'],
    [`When, <@${bot}>?`, 'When?'],
    [`When <@${bot}>`, 'When'],
    ['*When?* _Where?_ ~Who?~ `How?`', 'When? Where? Who? How?'],
    ['*_When was ~it~?_*', 'When was it?'],
    ['```\nWhen?\n```', 'When?'],
    ['&gt; It was in May.\n&gt;&gt; Was it?\nWhen?', 'It was in May. Was it? When?'],
    ['Is 2 * 3 &gt; 5, or a_b_c *.txt, ~5 km?', 'Is 2 * 3 > 5, or a_b_c *.txt, ~5 km?'],
    [`<@${bot}>`, ''],
    ['Did <@U2|ann> say &lt;b&gt; &amp; c?', 'Did @ann say <b> & c?'],
    ['See <https://x.example/a?b=1&amp;c=2|the page> or <https://y.example>', 'See the page or https://y.example'],
    ['In <#C1|general> or <#C2>?', 'In #general or ?'],
    ['<!here> <!subteam^S1|@team> <!date^1^{date}|today> now', '@team today now'],
    ['Write to <mailto:a@b.example|a@b.example>', 'Write to a@b.example'],
    ['&amp;lt;', '&lt;'],
    ['a\n\n b', 'a b'],
  ])('%s', (text, question) => {
    expect(questionText(text, bot)).toBe(question);
  });

  it.each([
    'When?',
    'and in Luhansk?',
    'what about Monday',
    'Who said so',
    'Tell me about it',
    'And how many were there',
    'list them',
    '何時？',
  ])('%s: looks like one', (text) => {
    expect(looksLikeQuestion(text)).toBe(true);
  });

  it.each(['thanks!', 'I agree', 'Whatever, fine', 'That is wrong.', 'island hopping', 'Canada is big', ''])(
    '%s: does not look like one',
    (text) => {
      expect(looksLikeQuestion(text)).toBe(false);
    },
  );
});
