import { expect, test } from 'vitest';
import { oppositeIn } from '../../../src/answering/verification/opposite-in.ts';

test.each([
  ['Prices rose.', 'Prices fell.', 'rose'],
  ['They are willing.', 'They are unwilling.', 'willing'],
  ['It is legal.', 'It is illegal.', 'legal'],
  ['They agreed.', 'They disagreed.', 'agre'],
  ['They made money.', 'They lost money.', 'made'],
])('%j has the opposite of a word of %j', (said, given, word) => {
  expect(oppositeIn(said, given)).toBe(word);
});

test.each([
  ['It covers costs.', 'They discovered costs.'],
  ['Prices rose and fell.', 'Prices fell and rose.'],
  ['Fewer came.', 'Unless fewer came.'],
])('%j has none of %j', (said, given) => {
  expect(oppositeIn(said, given)).toBeNull();
});
