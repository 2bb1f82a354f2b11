import { describe, expect, test } from 'vitest';
import { locateQuote } from '../../src/text/locate-quote.ts';
import { wholeGraphemes } from '../../src/text/unicode.ts';
import { cpuTime } from '../support/blocks.ts';
import { fc, property } from '../support/property.ts';

const family = '👨‍👩‍👧‍👦';

/** The slice that a quote is found at, with where it starts; null where it is not. */
function found(text: string, quote: string, start?: number): [number, string] | null {
  const span = locateQuote(text, { text: quote, ...(start !== undefined && { start }) });
  return span && [span.start, text.slice(span.start, span.end)];
}

describe('a quote', () => {
  test('is found where it stands', () => {
    expect(found('One two three.', 'two')).toEqual([4, 'two']);
    expect(found('One two three.', 'One two three.')).toEqual([0, 'One two three.']);
  });

  test.each([
    ['words that are not there', 'four'],
    ['other capitals', 'one'],
    ['other white space', 'One  two'],
    ['a no-break space', 'One\u00a0two'],
    ['more than the text', 'One two three. '],
    ['nothing', ''],
    ['two places stitched', 'One three'],
    ['a soft hyphen', 'th\u00adree'],
    ['a zero-width space', 'One\u200b two'],
    ['a full-width letter', 'Ｏne'],
    ['a homoglyph', 'Оne'],
  ])('is not found as %s', (_, quote) => {
    expect(found('One two three.', quote)).toBeNull();
  });

  test('is not found in quotation marks, dashes or dots of another kind', () => {
    expect(found('He said “no” – twice…', 'said "no"')).toBeNull();
    expect(found('He said “no” – twice…', '- twice')).toBeNull();
    expect(found('He said “no” – twice…', 'twice...')).toBeNull();
  });

  test('is not found in another normal form', () => {
    expect(found('Cafe\u0301 open', 'Café')).toBeNull();
    expect(found('Café open', 'Cafe\u0301')).toBeNull();
    expect(found('Cafe\u0301 open', 'Cafe\u0301')).toEqual([0, 'Cafe\u0301']);
  });

  test.each([
    ['a surrogate pair', 'a😀b', 'a\ud83d'],
    ['the second half of one', 'a😀b', '\ude00b'],
    ['a letter and its accent', 'Cafe\u0301 open', 'Cafe'],
    ['a family', `a ${family} b`, '👨'],
    ['the end of a family', `a ${family} b`, '👦'],
    ['a flag', '🇺🇦🇫🇷', '🇦🇫'],
    ['a line break of two', 'One\r\ntwo', 'One\r'],
  ])('is not found where it would cut %s', (_, text, quote) => {
    expect(found(text, quote)).toBeNull();
  });

  test('is found at a later place when the first would cut a grapheme', () => {
    expect(found('cafe\u0301 cafe', 'cafe')).toEqual([6, 'cafe']);
  });

  test('keeps CRLF, byte order marks, bidi controls and tags as they are', () => {
    const text = 'A\r\nB \ufeffC \u202eD\u202c \u{e0041}E';
    expect(found(text, 'A\r\nB')).toEqual([0, 'A\r\nB']);
    expect(found(text, 'A\nB')).toBeNull();
    expect(found(text, ' \ufeffC ')).toEqual([4, ' \ufeffC ']);
    expect(found(text, '\u202eD\u202c')).toEqual([8, '\u202eD\u202c']);
    expect(found(text, '\u202c ')).toBeNull(); // the tag clings to the space
    expect(found(text, ' \u{e0041}E')).toEqual([11, ' \u{e0041}E']);
  });
});

describe('a quote that repeats', () => {
  const sentence = 'The talks went on.';
  const text = Array.from({ length: 5 }, (_, index) => `${'Filler. '.repeat(index)}${sentence}`).join(' ');
  const places: number[] = [];
  for (let at = text.indexOf(sentence); at >= 0; at = text.indexOf(sentence, at + 1)) places.push(at);

  test('is found at five places by five hints', () => {
    expect(places).toHaveLength(5);
    for (const place of places) expect(found(text, sentence, place)).toEqual([place, sentence]);
  });

  test('is found at the place nearest to its hint', () => {
    for (const place of places) {
      expect(found(text, sentence, place + 3)?.[0]).toBe(place);
      expect(found(text, sentence, Math.max(0, place - 3))?.[0]).toBe(place);
    }
    expect(found(text, sentence, 1e9)?.[0]).toBe(places[4]);
    expect(found(text, sentence, -50)?.[0]).toBe(0);
  });

  test('is found at its first place without a hint', () => {
    expect(found(text, sentence)?.[0]).toBe(places[0]);
  });

  test('may overlap itself', () => {
    expect(found('aaaa', 'aa', 1)).toEqual([1, 'aa']);
    expect(found('aaaa', 'aa', 2)).toEqual([2, 'aa']);
  });
});

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        family,
        'e\u0301',
        '\u0301',
        '\u00ad',
        '\u200b',
        '\u200d',
        '“',
        '”',
        '\u00a0',
        '\r\n',
        '\ufeff',
        'שלום',
        '漢字',
        '𠮷',
        '🇺🇦',
        'word ',
        ' ',
        'a',
        'ab',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((pieces) => pieces.join(''));

describe('whatever the text', () => {
  property.prop([anyText, fc.nat(), fc.nat()], { numRuns: 5_000 })(
    'a slice of whole graphemes is found where it was taken, and says the same',
    (text, one, other) => {
      const [start = 0, end = 0] = [one, other].map((it) => it % (text.length + 1)).sort((a, b) => a - b);
      const whole = wholeGraphemes(text, { start, end });
      fc.pre(whole.start < whole.end && whole.end - whole.start < 60);
      expect(locateQuote(text, { text: text.slice(whole.start, whole.end), start: whole.start })).toEqual(whole);
    },
  );

  property.prop(
    [anyText, fc.oneof(anyText, fc.string({ maxLength: 4 })), fc.option(fc.integer(), { nil: undefined })],
    { numRuns: 5_000 },
  )('what is found is the quote, and nothing else is', (text, quote, start) => {
    const span = locateQuote(text, { text: quote, ...(start !== undefined && { start }) });
    if (span !== null) expect(text.slice(span.start, span.end)).toBe(quote);
    if (!text.includes(quote) || quote === '') expect(span).toBeNull();
  });
});

test('a letter that stands 20,000 times is found in good time', () => {
  const text = 'a '.repeat(20_000);
  expect(cpuTime(() => locateQuote(text, { text: 'a', start: 40_000 }))).toBeLessThan(2_000);
});
