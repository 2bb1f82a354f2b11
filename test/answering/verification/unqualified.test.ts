import { describe, expect, test } from 'vitest';
import { unqualified } from '../../../src/answering/verification/unqualified.ts';

describe('what is left out', () => {
  test.each([
    ['a doubt', 'The ferry carried 450 people.', 'The ferry could carry 450 people.', 'without the doubt there'],
    ['a condition', 'The match takes place.', 'The match takes place unless it rains.', 'without the condition there'],
    ['an approach', 'He won.', 'He almost won.', 'without the approach there'],
    ['a cause that is none', 'It sank because of the storm.', 'It sank despite the storm.', 'becaus, whose'],
    ['the opposite', 'They are willing to talk.', 'They are unwilling to talk.', 'willing'],
    ['a "most"', 'Most of the voters came.', 'Some of the voters came.', '“Most of”'],
  ])('%s', (_, said, clause, what) => {
    expect(unqualified(said, [clause], clause)).toContain(what);
  });

  test.each([
    ['the doubt of what is not told', 'Berg built the ferry.', 'Berg built the ferry, which could carry 450 people.'],
    ['a number’s "nearly"', 'About 30 came.', 'Nearly 30 came.'],
    ['"in all"', 'In all, 30 came.', 'There came 30.'],
  ])('nothing: %s', (_, said, clause) => {
    expect(unqualified(said, clause.split(', '), clause)).toBeNull();
  });
});
