import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/answering/candidates.ts';
import { shortAnswerOf } from '../../src/answering/short-answer.ts';
import type { Document, Hit } from '../../src/types.ts';

/** A candidate whose reader points at these words of its one sentence. */
function pointingAt(words: string, text: string): Candidate {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`no ${JSON.stringify(words)}`);
  const document = { id: 'a', text, markup: [], sentences: [{ start: 0, end: text.length }] } as unknown as Document;
  return { document, sentence: 0, hit: {} as Hit, answer: { start, end: start + words.length }, margin: 5 };
}

const shortAnswer = (question: string, words: string, text: string) => shortAnswerOf(pointingAt(words, text), question);

describe('the words that answer', () => {
  it.each([
    ['Who opened the yard?', 'Ada Byron', 'The yard was opened by Ada Byron.', 'Ada Byron'],
    ['How many ships came?', '30', 'In May more than 30 ships came.', 'more than 30'],
    ['What did the mayor say?', 'said no', 'The mayor said no.', 'said no'],
    ['What is not allowed?', 'Flowers', 'Flowers are not allowed.', 'Flowers'],
  ])('%j: %j in %j', (question, words, text, expected) => {
    expect(shortAnswer(question, words, text)).toBe(expected);
  });

  it.each([
    ['why: the whole sentence does', 'Why was it shut?', 'ice', 'It was shut because of ice.'],
    ['yes or no', 'Was it shut?', 'shut', 'It was shut because of ice.'],
    ['of another kind than asked', 'How many ships came?', 'ships', 'In May 30 ships came.'],
    ['denied', 'What did France send?', 'tanks', 'Nobody believes that France sent tanks.'],
    [
      'over somebody’s "said"',
      'Who leads the mechanism?',
      'President Macron said the guarantees involve the United States',
      'President Macron said the guarantees involve the United States leading a mechanism.',
    ],
  ])('are none: %s', (_, question, words, text) => {
    expect(shortAnswer(question, words, text)).toBeNull();
  });
});
