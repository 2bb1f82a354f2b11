import { describe, expect, test } from 'vitest';
import {
  graphemeStart,
  isSpace,
  splitsGrapheme,
  trimSpan,
  wholeGraphemes,
  wholeGraphemesWithin,
  widenToWords,
} from '../../src/text/unicode.ts';
import { cpuTime } from '../support/blocks.ts';
import { fc, property } from '../support/property.ts';

const family = '👨‍👩‍👧‍👦';
/** Short graphemes of many kinds, joined at random: those of the whole text are counted by the platform, all at once. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        family,
        '🇺🇦',
        '🇺',
        'e\u0301',
        '\u0301',
        '\u200d',
        '\r\n',
        '\r',
        '\n',
        '한',
        '각',
        '漢',
        '𠮷',
        'ش',
        ' ',
        'a',
        '👍🏽',
      ),
      fc.constantFrom('\ud83d', '\ude00'),
      fc.string({ unit: 'binary', maxLength: 2 }),
    ),
    { maxLength: 80 },
  )
  .map((pieces) => pieces.join(''));

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
function edgesOf(text: string): number[] {
  return [...Array.from(graphemes.segment(text), ({ index }) => index), text.length];
}

describe('a position inside a grapheme', () => {
  test.each([
    ['a surrogate pair', '😀'],
    ['a letter and its accent', 'e\u0301'],
    ['a joined family', family],
    ['a flag', '🇺🇦'],
    ['a skin tone', '👍🏽'],
    ['a line break of two', '\r\n'],
  ])('is told in %s', (_, grapheme) => {
    const text = `a${grapheme}b`;
    for (let at = 0; at <= text.length; at++) {
      const inside = at > 1 && at < 1 + grapheme.length;
      expect(splitsGrapheme(text, at), `at ${at}`).toBe(inside);
      expect(graphemeStart(text, at)).toBe(inside ? 1 : at);
    }
  });

  test('is none at and beyond the edges of the text', () => {
    for (const at of [-5, 0, 4, 9]) expect(splitsGrapheme(`${'😀'}é!`, at)).toBe(false);
    expect(graphemeStart('abc', -1)).toBe(0);
    expect(graphemeStart('abc', 99)).toBe(3);
    expect(splitsGrapheme('', 0)).toBe(false);
  });

  test('is told far inside a long text, among flags too, which are counted in pairs from the first', () => {
    for (const before of ['', 'x', 'xy', '🇺', `${family}x`]) {
      const text = before + '🇺🇦'.repeat(150);
      const edges = new Set(edgesOf(text));
      for (let at = 0; at <= text.length; at++) expect(splitsGrapheme(text, at), `at ${at}`).toBe(!edges.has(at));
    }
  });

  property.prop([anyText], { numRuns: 2_000 })('is what the platform says of the whole text', (text) => {
    const edges = edgesOf(text);
    for (let index = 1; index < edges.length; index++) {
      const [from = 0, to = 0] = edges.slice(index - 1);
      if (to - from > 64) continue; // no grapheme of real text is longer
      expect(splitsGrapheme(text, from)).toBe(false);
      for (let at = from; at < to; at++) expect(graphemeStart(text, at)).toBe(from);
    }
  });

  test('costs the same wherever it is', () => {
    const text = 'one e\u0301 word '.repeat(20_000);
    const time = (at: number) =>
      cpuTime(() => {
        for (let i = 0; i < 2_000; i++) graphemeStart(text, at + i);
      });
    time(0);
    expect(time(200_000)).toBeLessThan(time(1_000) * 10 + 100);
  });
});

describe('whole graphemes', () => {
  property.prop([anyText, fc.nat(400), fc.nat(400)], { numRuns: 2_000 })(
    'cover the span with as little as can be',
    (text, one, other) => {
      const edges = edgesOf(text);
      fc.pre(edges.every((edge, index) => index === 0 || edge - (edges[index - 1] ?? 0) <= 64));
      const [start = 0, end = 0] = [one, other].map((it) => it % (text.length + 1)).sort((a, b) => a - b);
      expect(wholeGraphemes(text, { start, end })).toEqual({
        start: edges.findLast((edge) => edge <= start),
        end: edges.find((edge) => edge >= end),
      });
    },
  );

  test('never reach beyond the limits that are set', () => {
    const text = `- \u0301word`;
    expect(wholeGraphemes(text, { start: 2, end: 7 })).toEqual({ start: 1, end: 7 });
    expect(wholeGraphemesWithin(text, { start: 2, end: 7 }, { start: 2, end: 7 })).toEqual({ start: 2, end: 7 });
  });
});

describe('trimming', () => {
  property.prop(
    [
      fc.string({
        unit: fc.constantFrom(' ', '\t', '\r', '\n', '\u00a0', '\u2028', '\u3000', '\ufeff', 'a', '\u200b'),
      }),
    ],
    {
      numRuns: 2_000,
    },
  )('takes what String.prototype.trim takes', (text) => {
    const { start, end } = trimSpan(text, { start: 0, end: text.length });
    expect(text.slice(start, end)).toBe(text.trim());
  });

  test('stays inside the span, and leaves nothing of white space alone', () => {
    expect(trimSpan('  a  ', { start: 1, end: 4 })).toEqual({ start: 2, end: 3 });
    const { start, end } = trimSpan(' \n ', { start: 0, end: 3 });
    expect(start).toBe(end);
  });

  test('knows every white space of JavaScript, and U+0085, and no other', () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      const expected = unit === 0x85 || /\s/.test(String.fromCharCode(unit));
      expect(isSpace(String.fromCharCode(unit), 0), `U+${unit.toString(16)}`).toBe(expected);
    }
    expect(isSpace('', 0)).toBe(false);
  });
});

describe('widening to words', () => {
  const widened = (text: string, part: string, limits = { start: 0, end: text.length }) => {
    const start = text.indexOf(part);
    const span = widenToWords(text, { start, end: start + part.length }, limits);
    return text.slice(span.start, span.end);
  };

  test.each([
    ['The Elysee Palace in Paris.', 'yse', 'Elysee'],
    ['The Elysee Palace in Paris.', 'see Pal', 'Elysee Palace'],
    ['The Elysee Palace in Paris.', 'Paris', 'Paris'],
    ['A 15-year plan', '5', '15'],
    ['Cafe\u0301s opened', 'Caf', 'Cafe\u0301s'],
    ['一二三 四', '二', '一二三'],
  ])('%s: %s becomes %s', (text, part, expected) => {
    expect(widened(text, part)).toBe(expected);
  });

  test('never reaches beyond its limits', () => {
    expect(widened('abcdef', 'cd', { start: 1, end: 5 })).toBe('bcde');
  });
});
