import { expect, it } from 'vitest';
import { genderOf } from '../../../src/answering/follow-ups/gender-of.ts';

it.each([
  [['donald', 'trump'], 'he'],
  [['grace', 'adeyemi'], 'she'],
  // one word may be a family's name, or a thing's
  [['grace'], null],
  // both are called so
  [['robin', 'cook'], null],
  [[], null],
])('genderOf(%o) is %s', (words, gender) => {
  expect(genderOf(words)).toBe(gender);
});
