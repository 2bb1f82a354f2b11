import { describe, expect, it } from 'vitest';
import { answerValue } from '../../../src/answering/values/answer-value.ts';
import { haveSameUnit } from '../../../src/answering/values/have-same-unit.ts';

/** The value of the words between brackets. */
function valueGiven(question: string, marked: string) {
  const start = marked.indexOf('[');
  const end = marked.indexOf(']') - 1;
  return answerValue(question, marked.replace(/[[\]]/g, ''), { start, end });
}

const same = (question: string, one: string, other: string) =>
  haveSameUnit(question, valueGiven(question, one), valueGiven(question, other));

describe('two values count the same thing', () => {
  it.each([
    ['the asked one', 'How many countries came?', '[35] countries came.', 'It united [35] countries.'],
    ['one of them nothing named', 'How many countries came?', '[35] countries came.', 'It was [35].'],
    ['nothing that is counted', 'How much does it cost?', 'It costs [€5].', 'The price is [€6].'],
    ['no numbers', 'Who came?', '[Ada] came.', '[Bob] came.'],
  ])('%s', (_, question, one, other) => expect(same(question, one, other)).toBe(true));

  it.each([
    ['another than is asked for', 'How many countries came?', '[35] countries came.', 'There were [35] officials.'],
    ['other things, whatever is asked for', 'What number is given?', 'It had [35] ships.', 'It had [35] cars.'],
  ])('not: %s', (_, question, one, other) => expect(same(question, one, other)).toBe(false));
});
