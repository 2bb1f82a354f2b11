import { describe, expect, it } from 'vitest';
import { findSupport } from '../../src/answering/agreement.ts';
import type { Candidate } from '../../src/answering/candidates.ts';
import { withParallels } from '../../src/answering/parallels.ts';
import type { Document } from '../../src/types.ts';

/** The reader pointing at words of a document that is one sentence. */
function candidateOf(id: string, text: string, words: string, margin: number): Candidate {
  const start = text.indexOf(words);
  const span = { start: 0, end: text.length };
  const document: Document = {
    id,
    revision: id,
    format: 'text',
    title: id,
    text,
    blocks: [{ kind: 'paragraph', ...span }],
    markup: [],
    sentences: [span],
  };
  const chunk = { id: `${id}#0-${text.length}`, documentId: id, first: 0, last: 0, ...span };
  const hit = { chunk, score: 2, bm25: 1, cosine: 0.5 };
  return { document, sentence: 0, hit, answer: { start, end: start + words.length }, margin };
}

describe('withParallels', () => {
  const age = (id: string, years: string) =>
    candidateOf(id, `He was the oldest player of the final at age ${years}.`, years, 8);
  const place = (id: string) => candidateOf(id, 'The final was played in Rome before a full stadium.', 'Rome', 7);

  it('lets a sentence that documents tell differently stand before one that they merely share', () => {
    const candidates = findSupport([age('a', '38'), age('b', '51'), place('c'), place('d')]);
    expect(candidates[0]?.document.id).toBe('c');
    expect(withParallels(candidates)[0]?.document.id).toBe('a');
  });

  it('adds nothing where no other document says the sentence over again', () => {
    const candidates = findSupport([age('a', '38'), place('c')]);
    expect(withParallels(candidates).map(({ agreement }) => agreement)).toEqual([0, 0]);
  });

  it('counts a sentence repeated word for word as no second opinion, and still as support', () => {
    const [first] = withParallels(findSupport([place('c'), place('d')]));
    expect(first?.agreement).toBe(0);
    expect(first?.support.map(({ document }) => document.id)).toEqual(['d']);
  });

  it('counts one in other words', () => {
    const told = candidateOf('e', 'Rome was where the final took place.', 'Rome', 7);
    const [first] = withParallels(findSupport([place('c'), told]));
    expect(first?.agreement).toBeGreaterThan(0);
  });

  it('sees that two sentences differ where the reader points in one of them', () => {
    const oldest = candidateOf('a', 'He was the oldest player of the final at age 51.', 'oldest', 8);
    const [first] = withParallels(findSupport([oldest, age('b', '38')]));
    expect(first?.agreement).toBeGreaterThan(0);
  });
});
