import { describe, expect, it } from 'vitest';
import { align, isCopy } from '../../src/answering/align.ts';

const ONE = 'The Alder Bridge was opened in 1931 after six years of work.';
const spanOf = (text: string, words: string) => ({
  start: text.indexOf(words),
  end: text.indexOf(words) + words.length,
});

describe('align', () => {
  it('finds what stands in the place of the answer', () => {
    const other = 'The Alder Bridge was opened in 1934 after six years of work.';
    const alignment = align(ONE, other, spanOf(ONE, '1931'));
    expect(isCopy(alignment)).toBe(true);
    expect(alignment.counterpart).toEqual(spanOf(other, '1934'));
    expect(alignment.substitutions).toEqual([{ own: spanOf(ONE, '1931'), other: spanOf(other, '1934') }]);
  });

  it('finds it among other words, too, and says that the rest differs', () => {
    const other = 'The Alder Bridge, which was opened in the spring of 1934, is the oldest crossing.';
    const alignment = align(ONE, other, spanOf(ONE, '1931'));
    expect(isCopy(alignment)).toBe(false);
  });

  it('finds no counterpart where the answer was left out', () => {
    const other = 'The Alder Bridge was opened after six years of work.';
    expect(align(ONE, other, spanOf(ONE, '1931')).counterpart).toBeNull();
  });

  it('shares nothing with a sentence of other words', () => {
    const { shareOfOne, shareOfOther } = align(ONE, 'Rents rose by a tenth.', spanOf(ONE, '1931'));
    expect([shareOfOne, shareOfOther]).toEqual([0, 0]);
  });
});
