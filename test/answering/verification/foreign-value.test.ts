import { describe, expect, test } from 'vitest';
import { foreignValue, withoutTimes } from '../../../src/answering/verification/foreign-value.ts';

describe('a value that the quotes don’t have', () => {
  test.each([
    ['a number', 'About 76 came.', 'About 75 came.', 'the number 76'],
    ['another currency', 'It cost €3bn.', 'It cost $3bn.', 'the number 3000000000€'],
    ['the other sign', 'It was 5 degrees.', 'It was −5 degrees.', 'the number 5'],
    ['a weekday', 'He left on Tuesday, 3 May 2021.', 'He left on 3 May 2021.', 'the value Tuesday, 3 May 2021'],
    ['another time', 'It opened at 2:30 p.m.', 'It opened at 15:30.', 'the value 2:30 p.m.'],
    ['a multitude', 'Several million came.', 'Several thousand came.', '“million”'],
    ['another span of time', 'He left last year.', 'He left last week.', '“year”'],
    ['another day', 'He left yesterday.', 'He left today.', '“yesterday”'],
    ['by for to', 'Prices rose by 5%.', 'Prices rose to 5%.', '“by 5”'],
    ['to for from', 'It was cut to 28.', 'It was cut from 28 to 20.', '“to 28”'],
    ['a score turned round', 'It was lost by 298 votes to 312.', 'It was lost by 312 votes to 298.', '“298 to 312”'],
  ])('%s', (_, said, quoted, what) => {
    expect(foreignValue(said, quoted)).toBe(what);
  });

  test.each([
    ['in other signs', 'It cost $3 billion.', 'It cost three billion dollars.'],
    ['at another precision', 'He left in May 2021.', 'He left on 2021-05-03.'],
    ['in another notation', 'It opened at 2:30 p.m.', 'It opened at 14:30.'],
    ['a century', 'It is of the 19th century.', 'It is of the nineteenth century.'],
    ['a year', 'It grew by 5% a year.', 'It had annual growth by 5%.'],
    ['millions', 'A hundred thousand came.', '100,000 came.'],
  ])('none: %s', (_, said, quoted) => {
    expect(foreignValue(said, quoted)).toBeNull();
  });

  test('a time is blanked, a date is not', () => {
    expect(withoutTimes('On 3 May at 14:30 it rained.')).toBe('On 3 May at       it rained.');
  });
});
