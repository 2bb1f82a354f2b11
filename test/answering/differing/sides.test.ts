import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/answering/candidates.ts';
import { further, grouped, quoteOf, type Side, wordsOf } from '../../../src/answering/differing/sides.ts';
import { documentOf, hitsOn } from '../../support/small-library.ts';

const QUESTION = 'How many countries took part?';

/** A document that is one sentence, in which the reader points at some words. */
function candidate(id: string, text: string, words: string, margin = 9): Candidate {
  const document = documentOf(id, text);
  const [hit] = hitsOn([document]);
  const start = text.indexOf(words);
  if (hit === undefined || start < 0) throw new Error(`nothing to point at in ${text}`);
  return { document, sentence: 0, hit, answer: { start, end: start + words.length }, margin };
}

function side(id: string, text: string, words: string, isCompatible = false): Side {
  const it = candidate(id, text, words);
  return { candidate: it, own: { start: 0, end: 1 }, other: it.answer, isCompatible };
}

describe('the sides of a disagreement', () => {
  it('puts those together that say the same, in whatever spelling, and what contradicts before what can be true', () => {
    const groups = grouped(QUESTION, [
      side('a', 'More than 20 countries took part in it.', 'More than 20', true),
      side('b', 'Thirty-five countries took part in it.', 'Thirty-five'),
      side('c', 'It was attended by 35 countries.', '35'),
      side('d', 'It was attended by 40 countries.', '40'),
    ]);
    expect(groups.map((group) => group.map((it) => it.candidate.document.id))).toEqual([['b', 'c'], ['d'], ['a']]);
  });

  it('counts further documents that say the same, each once, if the reader believes them', () => {
    const head = candidate('a', 'Thirty-five countries took part in it.', 'Thirty-five');
    const others = [
      candidate('b', 'It was attended by 35 countries.', '35'),
      candidate('b', 'It was attended by 35 countries.', '35'),
      candidate('c', 'It was attended by 35 countries, some say.', '35', -1),
      candidate('d', 'It was attended by 40 countries.', '40'),
      candidate('f', 'It was attended by 35 officials.', '35'),
      candidate('e', 'A total of 35 countries came.', '35'),
    ];
    const taken = [head, others.at(-1) as Candidate];
    expect(further(QUESTION, head, head.answer, others, taken).map(({ documentId }) => documentId)).toEqual(['b']);
  });

  it('shows a side in its own words', () => {
    const it35 = candidate('a', 'It was attended by 35 countries.', '35');
    expect(wordsOf(it35, it35.answer)).toBe('35');
    expect(quoteOf(it35.document, { start: 0, end: 6 })).toEqual({ documentId: 'a', text: 'It was', start: 0 });
  });
});
