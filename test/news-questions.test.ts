import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { engineFor } from './support/real-engine.ts';

/** Questions on five events, each told by three articles in words of their own. */
const questions = JSON.parse(await readFile(new URL('questions/news.json', import.meta.url), 'utf8')) as {
  question: string;
  /** Of each position, words of which its text has some; none where the articles agree, or only one says it. */
  sides: string[][];
  compatible?: boolean;
}[];
const engine = engineFor(fileURLToPath(new URL('fixtures/news', import.meta.url)));

describe('news articles that each tell it in their own words', () => {
  it.each(questions.filter(({ sides }) => sides.length > 0))('differ: $question', async (wanted) => {
    const answer = await engine().chatbot.ask(wanted.question);
    const [disagreement] = answer.disagreements;
    const texts = disagreement?.positions.map(({ text }) => text) ?? [];
    expect(disagreement?.compatible).toBe(wanted.compatible);
    for (const words of wanted.sides)
      expect(
        texts.some((text) => words.some((word) => text.includes(word))),
        texts.join(' / '),
      ).toBe(true);
    // Each document stands on one side.
    const documents = disagreement?.positions.flatMap(({ citations }) =>
      citations.map((number) => answer.citations.find((it) => it.number === number)?.document.id),
    );
    expect(new Set(documents).size).toBe(documents?.length);
  });

  it.each(questions.filter(({ sides }) => sides.length === 0))('agree: $question', async ({ question }) => {
    expect((await engine().chatbot.ask(question)).disagreements).toEqual([]);
  });
});
