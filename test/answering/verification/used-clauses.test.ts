import { describe, expect, test } from 'vitest';
import { usedClauses } from '../../../src/answering/verification/used-clauses.ts';

describe('the clauses that a statement is from', () => {
  test.each([
    ['one of several', 'Talks continue.', 'The deal is not final, and talks continue.', ['and talks continue.']],
    ['a clause with "but"', 'They stay abroad.', 'They could help but would stay abroad.', ['but would stay abroad.']],
    ['with its speaker', 'It is safe.', 'The bridge is safe, said the owner.', ['The bridge is safe, said the owner.']],
    ['with its condition', 'It rains.', 'If it rains, nobody comes.', ['If it rains']],
    ['under its condition', 'Nobody comes.', 'If it rains, nobody comes.', ['If it rains nobody comes.']],
    ['under the speaker in front', 'It is safe.', 'According to Berg, it is safe.', ['According to Berg it is safe.']],
    ['none', 'Something else.', 'The bridge opened.', []],
  ])('%s', (_, said, sentence, expected) => {
    expect(usedClauses(said, [sentence])).toEqual(expected);
  });
});
