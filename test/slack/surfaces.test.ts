import { describe, expect, it } from 'vitest';
import type { Feedback } from '../../src/feedback/feedback-log.ts';
import type { AskOptions, Chatbot, Citation, Statement } from '../../src/types.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { home, wordsOf } from '../support/fake-slack.ts';
import { startBot } from '../support/slack-bot.ts';
import { problemsOf } from '../support/slack-limits.ts';

const ask = 'When did the harbour open?';
const channel = 'C0NEWS';
const answered = expect.stringContaining('> The harbour 🚢 reopened on 3 May');

/** A chatbot with a model that writes one statement after the other, `everyMs` apart. */
function writingChatbot(count: number, everyMs: number): Chatbot {
  const inner = createFakeChatbot();
  return {
    corpus: () => inner.corpus(),
    async ask(question: string, options: AskOptions = {}) {
      const answer = await inner.ask(question, options);
      for (let n = 1; n <= count; n++) {
        const statement: Statement = { text: `Statement ${n} with *stars* & <!channel>.`, citations: [1] };
        options.onStatement?.(statement, answer.citations.slice(0, 1) as Citation[]);
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
      return { ...answer, answerer: 'openai:gpt', statements: [{ text: 'The harbour opened again.', citations: [1] }] };
    },
  };
}

describe('the assistant pane', () => {
  it('greets with the documents and offers questions', async () => {
    const { slack } = await startBot({ suggestions: ['One?', 'Two?', 'Three?', 'Four?', 'Five?'] });
    const { channel, thread } = await slack.openAssistant();
    await expect
      .poll(() => slack.messages(channel, thread).map(wordsOf))
      .toEqual([expect.stringContaining('I answer from these 2 documents')]);
    const prompts = () =>
      slack.calls.find(({ method }) => method === 'assistant.threads.setSuggestedPrompts')?.body.prompts;
    await expect
      .poll(prompts)
      .toEqual(['One?', 'Two?', 'Three?', 'Four?'].map((text) => ({ title: text, message: text })));
    expect(slack.complaints).toEqual([]);
  });

  it('offers, by default, what it can always answer', async () => {
    const { slack } = await startBot();
    const { channel, thread } = await slack.openAssistant();
    const prompts = () =>
      slack.calls.find(({ method }) => method === 'assistant.threads.setSuggestedPrompts')?.body.prompts;
    await expect.poll(() => prompts()?.length).toBe(1);
    await slack.say({ channel, thread, text: prompts()[0].message });
    await expect
      .poll(() =>
        slack
          .messages(channel, thread)
          .filter(({ user }) => user === home.botUser)
          .map(wordsOf),
      )
      .toEqual(Array(2).fill(expect.stringContaining('The harbour reopened')));
  });

  it('shows a status while it reads, names the thread, and answers without a note', async () => {
    const { slack } = await startBot();
    const { channel, thread } = await slack.openAssistant();
    await slack.say({ channel, thread, text: ask });
    await expect.poll(() => slack.messages(channel, thread).map(wordsOf)).toEqual([expect.anything(), ask, answered]);
    expect(slack.statuses).toEqual(['is reading…']);
    expect(slack.messages(channel, thread).at(-1)?.updates).toBe(0);
    await slack.say({ channel, thread, text: 'And how many boats?' });
    await expect.poll(() => slack.messages(channel, thread).length).toBe(5);
    const titles = slack.calls.filter(({ method }) => method === 'assistant.threads.setTitle');
    expect(titles.map(({ body }) => body.title)).toEqual([ask]);
    expect(slack.complaints).toEqual([]);
  });

  it('streams what a chat model writes, escaped, and ends with the whole answer in the same message', async () => {
    const { slack } = await startBot({ chatbot: writingChatbot(3, 700) });
    const { channel, thread } = await slack.openAssistant();
    await slack.say({ channel, thread, text: ask });
    const message = () => slack.messages(channel, thread)[2];
    await expect.poll(() => message()?.streaming).toBe(true);
    await expect.poll(() => wordsOf(message() ?? { blocks: [], text: '' })).toContain('The harbour opened again. [1]');
    expect(message()).toMatchObject({ streaming: false, updates: 1 });
    expect(message()?.streamed).toContain('Statement 1 with \\*stars\\* &amp; &lt;!channel&gt;.\n\n');
    expect(slack.messages(channel, thread)).toHaveLength(3);
    expect(slack.complaints).toEqual([]);
  });

  it('goes on with updates where streaming is refused', async () => {
    const { slack } = await startBot({ chatbot: writingChatbot(2, 600) });
    slack.fail('chat.startStream', 'not_allowed_token_type');
    const { channel, thread } = await slack.openAssistant();
    await slack.say({ channel, thread, text: ask });
    await expect
      .poll(() => slack.messages(channel, thread).map(wordsOf))
      .toEqual([expect.anything(), ask, expect.stringContaining('The harbour opened again.')]);
  });
});

describe('what a chat model writes in a channel', () => {
  it('is shown as it comes, at most once a second', async () => {
    const { slack } = await startBot({ chatbot: writingChatbot(12, 200) });
    const began = performance.now();
    const ts = await slack.say({ channel, text: `<@${home.botUser}> ${ask}` });
    await expect
      .poll(() => slack.messages(channel, ts).map(wordsOf))
      .toEqual([expect.stringContaining('The harbour opened again.')]);
    const seconds = (performance.now() - began) / 1_000;
    const updates = slack.calls.filter(({ method }) => method === 'chat.update');
    const partial = updates.filter(({ body }) => JSON.stringify(body.blocks).includes('Reading on…'));
    expect(partial.length).toBeGreaterThanOrEqual(2);
    expect(partial.length).toBeLessThanOrEqual(1 + seconds);
    expect(slack.complaints).toEqual([]);
  });
});

describe('the shortcut "Ask about this"', () => {
  it('opens a window with the message, and answers in its thread', async () => {
    const { slack } = await startBot();
    const ts = slack.place(channel, 'See &lt;this&gt;: <https://x.example|the harbour>');
    await slack.shortcut(channel, { ts, text: 'See &lt;this&gt;: <https://x.example|the harbour>' });
    await expect.poll(() => slack.views.length).toBe(1);
    const [view] = slack.views;
    expect(view.blocks[0].element.initial_value).toBe('See <this>: the harbour');
    await slack.submit(view, { question: { question: { value: ask } } });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([`@U0ANN asks: ${ask}`, answered]);
    await slack.say({ channel, thread: ts, text: 'What did it cost?' });
    await expect.poll(() => slack.messages(channel, ts).length).toBe(4);
    expect(slack.complaints).toEqual([]);
  });

  it('answers privately where the bot may not speak', async () => {
    const { slack } = await startBot();
    const ts = slack.place('C0SECRET', 'The harbour!');
    slack.close('C0SECRET', 'not_in_channel');
    await slack.shortcut('C0SECRET', { ts, text: 'The harbour!' });
    await expect.poll(() => slack.views.length).toBe(1);
    await slack.submit(slack.views[0], { question: { question: { value: ask } } });
    const [opening] = await expect
      .poll(() => slack.messages('DU0ANN'))
      .toHaveLength(2)
      .then(() => slack.messages('DU0ANN'));
    expect(wordsOf(opening ?? { blocks: [], text: '' })).toBe(`You asked about a message where I cannot speak: ${ask}`);
    await expect.poll(() => slack.messages('DU0ANN', opening?.ts).map(wordsOf)).toEqual([answered]);
    expect(slack.messages('C0SECRET')).toHaveLength(1);
  });
});

describe('the buttons', () => {
  async function answeredBot() {
    const opinions: Feedback[] = [];
    const feedback = { append: async (opinion: Feedback) => void opinions.push(opinion) };
    const bot = await startBot({ feedback });
    const ts = await bot.slack.say({ channel, text: `<@${home.botUser}> ${ask}` });
    await expect.poll(() => bot.slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
    const [message] = bot.slack.messages(channel, ts);
    if (!message) throw new Error('no answer');
    return { ...bot, opinions, message, ts, feedback };
  }

  it('keep an opinion: one a person, the last one', async () => {
    const { slack, opinions, message } = await answeredBot();
    const url = await slack.press(channel, message, 'pullquote_up');
    await expect.poll(() => slack.responsesAt(url).map(wordsOf)).toEqual(['Thank you, that was noted.']);
    expect(slack.responsesAt(url)).toMatchObject([{ response_type: 'ephemeral', replace_original: false }]);
    await slack.press(channel, message, 'pullquote_down');
    await slack.press(channel, message, 'pullquote_up', 'U0BEN');
    await expect.poll(() => opinions.map(({ rating }) => rating)).toEqual(['up', 'down', 'up']);
    expect(opinions[1]?.id).toBe(opinions[0]?.id);
    expect(opinions[2]?.id).not.toBe(opinions[0]?.id);
    expect(opinions[0]).toMatchObject({
      version: 1,
      trust: 'given',
      history: [],
      answer: { question: ask, shortAnswer: { text: '3 May' } },
    });
  });

  it('take the later opinion though a question was being answered in the thread meanwhile', async () => {
    const { slack, opinions, message, ts } = await answeredBot();
    await Promise.all([
      slack.say({ channel, thread: ts, text: 'What did it cost?' }),
      slack.press(channel, message, 'pullquote_up'),
      slack.press(channel, message, 'pullquote_up'),
    ]);
    await expect.poll(() => slack.messages(channel, ts).length).toBe(3);
    await slack.press(channel, message, 'pullquote_down');
    await expect.poll(() => opinions.length).toBe(3);
    expect(new Set(opinions.map(({ id }) => id)).size).toBe(1);
    expect(opinions[0]?.id).toMatch(/^[\w-]{24}$/);
  });

  it('ask what was wrong, and keep it with the opinion', async () => {
    const { slack, opinions, message } = await answeredBot();
    await slack.press(channel, message, 'pullquote_down');
    await expect.poll(() => slack.views.length).toBe(1);
    await slack.submit(slack.views[0], { note: { note: { value: '  Wrong year. ' } } });
    await expect
      .poll(() => opinions.at(-1))
      .toMatchObject({ rating: 'down', note: 'Wrong year.', id: opinions[0]?.id });
    await slack.submit(slack.views[0], { note: { note: { value: null } } });
    expect(opinions).toHaveLength(2);
  });

  it('still work after a restart', async () => {
    const { slack, opinions, message, folder, close, feedback } = await answeredBot();
    await close();
    await startBot({ slack, folder, feedback });
    await slack.press(channel, message, 'pullquote_up');
    await expect.poll(() => opinions.map(({ rating }) => rating)).toEqual(['up']);
  });

  it('show every source with the words around it', async () => {
    const { slack, message } = await answeredBot();
    await slack.press(channel, message, 'pullquote_sources');
    await expect.poll(() => slack.views.length).toBe(1);
    const words = wordsOf({ blocks: slack.views[0].blocks, text: '' });
    expect(words).toContain('[3] Budget');
    expect(words).toContain('after two years & cost €12 million.');
    expect(problemsOf(slack.views[0].blocks, 100)).toEqual([]);
    expect(slack.complaints).toEqual([]);
  });

  it('work on a command’s answer, too', async () => {
    const { slack, opinions } = await answeredBot();
    const { url } = await slack.command(ask);
    await expect.poll(() => slack.responsesAt(url).length).toBe(2);
    const answer = slack.responsesAt(url)[1];
    await slack.press(channel, { ts: 'ephemeral', blocks: answer.blocks }, 'pullquote_up');
    await slack.press(channel, { ts: 'ephemeral', blocks: answer.blocks }, 'pullquote_sources');
    await expect.poll(() => [opinions.length, slack.views.length]).toEqual([1, 1]);
  });

  it('of an answer that was forgotten say so', async () => {
    const { slack, message, close, feedback } = await answeredBot();
    await close();
    await startBot({ slack, feedback });
    for (const action of ['pullquote_up', 'pullquote_sources']) {
      const url = await slack.press(channel, message, action);
      await expect.poll(() => slack.responsesAt(url).map(wordsOf)).toEqual([expect.stringContaining('too old')]);
    }
  });

  it('say when an opinion cannot be kept', async () => {
    const feedback = { append: () => Promise.reject(new Error('disk')) };
    const { slack } = await startBot({ feedback });
    const ts = await slack.say({ channel, text: `<@${home.botUser}> ${ask}` });
    await expect.poll(() => slack.messages(channel, ts).map(wordsOf)).toEqual([answered]);
    const [message] = slack.messages(channel, ts);
    const url = await slack.press(channel, message ?? { ts, blocks: [] }, 'pullquote_up');
    await expect
      .poll(() => slack.responsesAt(url).map(wordsOf))
      .toEqual([expect.stringContaining('could not be noted')]);
  });
});
