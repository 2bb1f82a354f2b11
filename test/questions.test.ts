import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../src/types.ts';
import { fault, questions } from './support/fixed-questions.ts';
import { engineFor } from './support/real-engine.ts';

const sidesExpected = JSON.parse(await readFile(new URL('questions/sides.json', import.meta.url), 'utf8')) as {
  id: string;
  question: string;
  /** Of each position, words of which its text has some. */
  sides?: string[][];
  compatible?: boolean;
  verdict?: 'yes' | 'no' | null;
}[];
const engine = engineFor();

/** Every quote shown is the slice of the document that it says it is. */
function expectVerbatim({ citations, nearest, statements, shortAnswer }: Answer): void {
  const { documents } = engine().chatbot.corpus();
  for (const { document, start, end, quote } of [...citations, ...nearest]) {
    expect(documents.get(document.id)?.text.slice(start, end)).toBe(quote);
  }
  for (const { text, citations: numbers } of statements) {
    expect(numbers.length).toBeGreaterThan(0);
    expect(citations.find(({ number }) => number === numbers[0])?.quote).toBe(text);
  }
  if (shortAnswer !== undefined) {
    expect(citations.find(({ number }) => number === shortAnswer.citation)?.quote).toContain(shortAnswer.text);
  }
}

/** Scraping debris and headings of the five articles: never an answer. */
const NEVER_QUOTED =
  /^(?:Back|Show me the source|Generated on:|Loading|Leave a Reply|NEWS DESK|PRESS UPDATE|Paris Meeting Convenes)$/;

/** Right and asked, of those to be answered and those to be declined. */
const counts = { answered: [0, 0] as [number, number], unanswered: [0, 0] as [number, number] };

describe('the fixed questions on the five articles', () => {
  it('are at least forty, each with its own id', () => {
    expect(questions.length).toBeGreaterThanOrEqual(40);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
  });

  for (const fixed of questions) {
    const name = `${fixed.id}: ${fixed.question}`;
    it(fixed.knownMiss === undefined ? name : `${name} (known miss: ${fixed.knownMiss})`, async () => {
      const answer = await engine().chatbot.ask(fixed.question);
      expectVerbatim(answer);
      for (const { quote } of [...answer.citations, ...answer.nearest]) expect(quote).not.toMatch(NEVER_QUOTED);
      const found = fault(answer, fixed);
      counts[fixed.expect.kind][0] += found === null ? 1 : 0;
      counts[fixed.expect.kind][1] += 1;
      if (!fixed.tags.includes('differing-figures')) expect(answer.disagreements).toEqual([]);
      if (fixed.knownMiss === undefined) expect(found).toBeNull();
      else expect(found, 'no miss any more: take knownMiss away').not.toBeNull();
    });
  }

  it('are answered right and declined in the shares that the README reports', async () => {
    const [right, answerable] = counts.answered;
    const [declined, rest] = counts.unanswered;
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(`answers ${right} of ${answerable} right and declines ${declined} of ${rest}`);
  });
});

describe('questions on which the articles differ, and those that want a yes or a no', () => {
  for (const { id, question, sides = [], compatible, verdict } of sidesExpected) {
    it(`${id}: ${question}`, async () => {
      const answer = await engine().chatbot.ask(question);
      expectVerbatim(answer);
      const { positions = [], ...disagreement } = answer.disagreements[0] ?? {};
      expect(positions).toHaveLength(sides.length);
      if (sides.length > 0) expect(disagreement).toMatchObject({ compatible, about: answer.standaloneQuestion });
      for (const [index, { text, citations, documents }] of positions.entries()) {
        expect(
          sides[index]?.some((words) => text.includes(words)),
          text,
        ).toBe(true);
        const cited = answer.citations.filter(({ number }) => citations.includes(number));
        expect(cited[0]?.quote).toContain(text);
        expect(new Set(cited.map(({ document }) => document.id)).size).toBe(documents);
      }
      expect(answer.verdict?.value ?? null).toBe(verdict ?? null);
    });
  }
});
