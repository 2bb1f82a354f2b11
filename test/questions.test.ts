import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../src/engine.ts';
import type { Answer } from '../src/types.ts';

/** One of the fixed questions; see questions/README.md. */
interface FixedQuestion {
  id: string;
  tags: string[];
  question: string;
  expect: { kind: 'answered'; words: string[][]; documents: string[]; minDocuments?: number } | { kind: 'unanswered' };
  /** Why the chain is known to fail here. */
  knownMiss?: string;
}

const questions = JSON.parse(
  await readFile(new URL('questions/articles.json', import.meta.url), 'utf8'),
) as FixedQuestion[];
let folder: string;
let engine: Engine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-questions-'));
  engine = await openEngine({
    models: 'models',
    seeds: 'seeds',
    index: join(folder, 'index'),
    threshold: null,
    longestQuestion: 1000,
    remembered: 0,
    onWarning: (warning) => expect.fail(warning),
  });
});

afterAll(async () => {
  await engine?.close();
  await rm(folder, { recursive: true, force: true });
});

/** What is wrong with an answer, or null: in the words of questions/README.md. */
function fault(answer: Answer, { expect: wanted }: FixedQuestion): string | null {
  if (answer.kind !== wanted.kind) return `${answer.kind} (confidence ${answer.confidence.toFixed(2)})`;
  if (wanted.kind === 'unanswered') return null;
  const said = [answer.shortAnswer?.text ?? '', ...answer.citations.map(({ quote }) => quote)].join('\n').toLowerCase();
  const missing = wanted.words.filter((group) => !group.some((words) => said.includes(words.toLowerCase())));
  if (missing.length > 0) return `without ${missing.map((group) => group.join(' or ')).join('; ')}`;
  const cited = new Set(
    answer.citations.map(({ document }) => document.id).filter((id) => wanted.documents.includes(id)),
  );
  const needed = wanted.minDocuments ?? 1;
  return cited.size >= needed ? null : `cites ${cited.size} of the right documents, not ${needed}`;
}

/** Every quote shown is the slice of the document that it says it is. */
function expectVerbatim({ citations, nearest, statements, shortAnswer }: Answer): void {
  const { documents } = engine.chatbot.corpus();
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
      const answer = await engine.chatbot.ask(fixed.question);
      expectVerbatim(answer);
      for (const { quote } of [...answer.citations, ...answer.nearest]) expect(quote).not.toMatch(NEVER_QUOTED);
      const found = fault(answer, fixed);
      counts[fixed.expect.kind][0] += found === null ? 1 : 0;
      counts[fixed.expect.kind][1] += 1;
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
