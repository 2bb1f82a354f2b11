import { describe, expect, it } from 'vitest';
import { align, isCopy, isShortCopy } from '../../../src/answering/differing/align.ts';

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

  it('says what stands in only one of the two', () => {
    const other = 'In 1934 the Alder Bridge was opened after six years of hard work.';
    const { unshared } = align(ONE, other, spanOf(ONE, '1931'));
    expect(unshared.own.map(({ start, end }) => ONE.slice(start, end))).toEqual(['in 1931']);
    expect(unshared.other.map(({ start, end }) => other.slice(start, end))).toEqual(['In 1934', 'hard']);
  });
});

describe('isShortCopy', () => {
  const short = 'Today, this is known as the Miasma theory.';
  const isShort = (other: string) => isShortCopy(align(short, other, spanOf(short, 'Miasma theory')));

  it('takes a short sentence that is the same word for word but for the answer', () => {
    const other = 'Today, this is known as the germ theory of disease.';
    expect(isCopy(align(short, other, spanOf(short, 'Miasma theory')))).toBe(false);
    expect(isShort(other)).toBe(true);
  });

  it('takes none with another word, nor one of hardly any words', () => {
    expect(isShort('Today, this is sometimes known as the germ theory.')).toBe(false);
    expect(isShortCopy(align('It was red.', 'It was blue.', { start: 7, end: 10 }))).toBe(false);
  });
});
