import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../src/text/edit-distance.ts';

describe('editDistance', () => {
  it.each([
    ['critcal', 'critical', 1],
    ['isue', 'issue', 1],
    ['donetks', 'donetsk', 1],
    ['ukranian', 'ukrainian', 1],
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['same', 'same', 0],
    ['ca', 'abc', 3],
  ])('is, from %j to %j, %d', (from, to, edits) => {
    expect(editDistance(from, to, 9)).toBe(edits);
  });

  it('is one more than the most that is asked for, as soon as it is more', () => {
    expect(editDistance('kitten', 'sitting', 2)).toBe(3);
    expect(editDistance('a', 'abcdefgh', 2)).toBe(3);
  });

  it('is the same both ways, and never more than the longer word', () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        const edits = editDistance(a, b, 20);
        expect(edits).toBe(editDistance(b, a, 20));
        expect(edits).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(edits === 0).toBe(a === b);
        for (let most = 0; most < edits; most++) expect(editDistance(a, b, most)).toBe(most + 1);
      }),
    );
  });
});
