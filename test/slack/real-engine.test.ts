import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import { type FakeSlack, home, wordsOf } from '../support/fake-slack.ts';
import { donetsk, openReal } from '../support/real-engine.ts';
import { indexOf, seeds } from '../support/run-cli.ts';
import { baseUrl, startBot } from '../support/slack-bot.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openReal({ index: await indexOf(seeds) });
});

/** Every quote and every link of a message is held against the documents. */
function expectVerbatim(slack: FakeSlack, place: string): void {
  const { documents } = engine.chatbot.corpus();
  const blocks = slack.messages(place).flatMap((message) => (message.user === home.botUser ? message.blocks : []));
  let checked = 0;
  for (const block of blocks.filter(({ type }) => type === 'rich_text')) {
    for (const [at, element] of block.elements.entries()) {
      if (element.type !== 'rich_text_quote') continue;
      const quote = element.elements.map(({ text }: { text: string }) => text).join('');
      const line = block.elements[at + 1];
      const { url } = line.elements.find(({ type }: { type: string }) => type === 'link');
      const [, id = '', start, end] = /^https:\/\/ask\.example\.org\/sources\/(.+)#(\d+)-(\d+)$/.exec(url) ?? [];
      expect(documents.get(decodeURIComponent(id))?.text.slice(Number(start), Number(end))).toBe(quote);
      checked += 1;
    }
  }
  expect(checked).toBeGreaterThan(0);
  expect(slack.complaints).toEqual([]);
}

describe.each(['socket', 'http'] as const)('the five articles in Slack over %s', (way) => {
  it('answer with the exact words, linked to their place', async () => {
    const { slack } = await startBot({ way, chatbot: engine.chatbot });
    const ts = await slack.say({ channel: 'C0NEWS', text: `<@${home.botUser}> ${donetsk}` });
    await expect
      .poll(() => slack.messages('C0NEWS', ts).map(wordsOf))
      .toEqual([expect.stringMatching(/^(?:a[a-z]+ )?75% \[\d\]\n> Russia currently controls/)]);
    expectVerbatim(slack, 'C0NEWS');
    const url = slack
      .messages('C0NEWS', ts)[0]
      ?.blocks[0].elements[0].elements.find(({ type }: { type: string }) => type === 'link').url;
    expect(url).toMatch(new RegExp(`^${baseUrl}/sources/`));
  });

  it('say nothing that they don’t say, and show what comes nearest', async () => {
    const { slack } = await startBot({ way, chatbot: engine.chatbot });
    const ts = await slack.say({ channel: 'D0ANN', text: 'Who won the football world cup in 1974?' });
    await expect
      .poll(() => slack.messages('D0ANN', ts).map(wordsOf))
      .toEqual([expect.stringMatching(/^The documents don’t say\. What comes nearest:\n> /)]);
    expectVerbatim(slack, 'D0ANN');
  });

  it('answer a command, a list, and a follow-up in a thread', async () => {
    const { slack } = await startBot({ way, chatbot: engine.chatbot });
    const { url } = await slack.command('Who is the German chancellor?');
    await expect.poll(() => slack.responsesAt(url).map(wordsOf)).toEqual(['Reading…', expect.stringContaining('Merz')]);
    const ts = await slack.say({
      channel: 'C0NEWS',
      text: `<@${home.botUser}> What five areas did the talks aim to settle?`,
    });
    await expect.poll(() => slack.messages('C0NEWS', ts).at(-1)?.updates).toBe(1);
    await slack.say({ channel: 'C0NEWS', thread: ts, text: 'Who is the German chancellor?' });
    await expect.poll(() => wordsOf(slack.messages('C0NEWS', ts).at(-1) ?? { blocks: [], text: '' })).toContain('Merz');
    expectVerbatim(slack, 'C0NEWS');
  });
});

it('the questions of the command line give the same citations in Slack', async () => {
  const { slack } = await startBot({ chatbot: engine.chatbot });
  const answer = await engine.chatbot.ask(donetsk);
  const ts = await slack.say({ channel: 'D0ANN', text: donetsk });
  await expect.poll(() => slack.messages('D0ANN', ts)[0]?.updates).toBe(1);
  const sent = JSON.stringify(slack.messages('D0ANN', ts)[0]?.blocks);
  for (const { link, number } of answer.citations) {
    expect(sent).toContain(`${baseUrl}${link}`);
    expect(sent).toContain(`[${number}] `);
  }
});
