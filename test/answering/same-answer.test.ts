import { describe, expect, test } from 'vitest';
import { answerWords, isSameAnswer } from '../../src/answering/same-answer.ts';
import { fc, property } from '../support/property.ts';

/** The words of an answer that is a document's whole text. */
function wordsOf(text: string): Set<string> {
  return answerWords({ document: { text }, answer: { start: 0, end: text.length } });
}

describe('the words of an answer', () => {
  test('are those of its span, folded and stemmed', () => {
    const text = 'Ukraine’s envoys met in Paris.';
    const start = text.indexOf('envoys');
    expect(answerWords({ document: { text }, answer: { start, end: start + 'envoys met'.length } })).toEqual(
      new Set(['envoy', 'met']),
    );
  });

  test('leave out what only hedges', () => {
    expect(wordsOf('nearly a third, or at least about 12,000')).toEqual(new Set(['third', 'or', '12000']));
  });

  test('are none where nothing is said', () => {
    expect(wordsOf('')).toEqual(new Set());
    expect(wordsOf('about the')).toEqual(new Set());
    expect(wordsOf('👍 …')).toEqual(new Set());
  });
});

describe('two answers', () => {
  test.each([
    ['75%', 'approximately 75%'],
    ['Elysee Palace', 'France’s Élysée Palace in Paris'],
    ['Paris', 'in Paris'],
    ['12,000', 'at least 12000'],
    ['15 years', 'a 15-year guarantee'],
    ['Witkoff and Kushner', 'Steve Witkoff and Jared Kushner'],
    ['the U.S.', 'US'],
    ['soldiers', 'a soldier'],
    ['security guarantees for all of Ukraine and Moldova', 'guarantees of security for all in Ukraine and Moldova'],
  ])('are the same: %s, %s', (one, other) => {
    expect(isSameAnswer(wordsOf(one), wordsOf(other))).toBe(true);
    expect(isSameAnswer(wordsOf(other), wordsOf(one))).toBe(true);
  });

  test.each([
    ['75%', '57%'],
    ['75%', 'three quarters'],
    ['Paris', 'London'],
    ['in Paris', 'in London'],
    ['Keir Starmer', 'Friedrich Merz'],
    ['27 heads of state and of government in Europe', '35 heads of state and of government in Europe'],
    ['24 February 2022', '24 March 2022'],
    ['15 years', '50 years'],
    ['3.5 million', '35 million'],
  ])('are not: %s, %s', (one, other) => {
    expect(isSameAnswer(wordsOf(one), wordsOf(other))).toBe(false);
    expect(isSameAnswer(wordsOf(other), wordsOf(one))).toBe(false);
  });

  test('are never the same when one says nothing', () => {
    expect(isSameAnswer(new Set(), new Set())).toBe(false);
    expect(isSameAnswer(wordsOf('about'), wordsOf('Paris'))).toBe(false);
  });
});

describe('whatever the answers', () => {
  const answer = fc.array(fc.constantFrom('red', 'green', 'blue', 'boat', '12', '3.5', 'the', 'about'), {
    maxLength: 8,
  });

  property.prop([answer, answer], { numRuns: 1_000 })('being the same goes both ways, and to oneself', (one, other) => {
    const [a, b] = [wordsOf(one.join(' ')), wordsOf(other.join(' '))];
    if (a.size !== b.size) expect(isSameAnswer(a, b)).toBe(isSameAnswer(b, a));
    expect(isSameAnswer(a, a)).toBe(a.size > 0);
    if (a.size > 0 && [...a].every((word) => b.has(word))) expect(isSameAnswer(a, b)).toBe(true);
  });
});
