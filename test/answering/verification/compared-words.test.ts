import { expect, test } from 'vitest';
import { isSameWord, sentencesOf, termsOf } from '../../../src/answering/verification/compared-words.ts';

test.each([
  ['invade', 'invasion', true],
  ['decide', 'decision', true],
  ['deploy', 'deployment', true],
  ['negotiate', 'negotiators', true],
  ['bread', 'breast', false],
  ['port', 'ports', true],
  ['port', 'portal', false],
])('%s and %s: one word? %s', (a, b, expected) => {
  const [one = '', other = ''] = [...termsOf(a), ...termsOf(b)];
  expect(isSameWord(one, other)).toBe(expected);
});

test('sentences are cut as elsewhere', () => {
  expect(sentencesOf('Mr. Berg came. He left.')).toEqual(['Mr. Berg came.', 'He left.']);
});

test('words without spaces are taken letter by letter', () => {
  expect(termsOf('月亮')).toEqual(['月', '亮']);
});
