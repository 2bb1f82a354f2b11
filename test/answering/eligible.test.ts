import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/answering/candidates.ts';
import { eligible } from '../../src/answering/eligible.ts';
import { documentOf, hitsOn } from '../support/small-library.ts';

/** A candidate for each sentence of a text, best first; each is so much less likely than the one before. */
function candidatesOf(text: string, steps = 1): Candidate[] {
  const document = documentOf('a', text);
  const [hit] = hitsOn([document]);
  if (hit === undefined) throw new Error('no chunk');
  return document.sentences.map((span, sentence) => ({
    document,
    sentence,
    hit,
    answer: span,
    margin: 9 - steps * sentence,
  }));
}

const left = (question: string, candidates: Candidate[]) =>
  eligible(question, candidates).map(({ document, answer }) => document.text.slice(answer.start, answer.end));

describe('the candidates that can answer', () => {
  it('are not those that can’t hold the kind of answer asked for', () => {
    const candidates = candidatesOf('The yard builds ships for the navy. It delivered nine of them to the navy.');
    expect(left('How many ships did the yard deliver?', candidates)).toEqual([
      'It delivered nine of them to the navy.',
    ]);
  });

  it('are no headings that run into their paragraph', () => {
    const text = 'Ships. The yard delivered them to the navy in spring.';
    expect(left('What did the yard deliver?', candidatesOf(text))).toEqual([
      'The yard delivered them to the navy in spring.',
    ]);
    // Where it is a sentence of the paragraph, or says something, it stays.
    expect(
      left('What did the yard deliver?', candidatesOf('They came at last. Ships. The navy was glad.')),
    ).toHaveLength(3);
    expect(left('What happened?', candidatesOf('They sailed. The yard delivered them in spring.'))).toHaveLength(2);
  });

  it('are those beside one that speaks of another only when they come close', () => {
    const text = 'Norway is our largest market. Denmark buys from us, too.';
    const question = 'Which country is the smallest market?';
    expect(left(question, candidatesOf(text, 2))).toEqual(['Denmark buys from us, too.']);
    expect(left(question, candidatesOf(text, 8))).toEqual([]);
  });
});
