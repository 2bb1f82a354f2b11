import { describe, expect, test } from 'vitest';
import { normalise } from '../../src/text/normalise.ts';
import { fc, property } from '../support/property.ts';

describe('the normalised text', () => {
  test.each([
    ['“No” – he said…', '"No" - he said...'],
    ['It’s  a\n\ttest', "It's a test"],
    ['soft\u00adhyphen, zero\u200bwidth', 'softhyphen, zerowidth'],
    ['a \u200b b', 'a b'],
    ['Cafe\u0301 Núñez', 'Café Núñez'],
    ['non\u00a0breaking', 'non breaking'],
    ['Capitals STAY, digits 12 too', 'Capitals STAY, digits 12 too'],
  ])('%j is %j', (text, normal) => {
    expect(normalise(text).text).toBe(normal);
  });

  test.each([
    ['He said “no” – twice…', '"no" - twice', '“no” – twice'],
    ['twice…', 'twice...', 'twice…'],
    ['a  \n b', 'a b', 'a  \n b'],
    ['un\u00adseen', 'unseen', 'un\u00adseen'],
    ['Cafe\u0301 open', 'Café', 'Cafe\u0301'],
    ['🚢 – ship', '🚢 -', '🚢 –'],
  ])('in %j leads from %j back to %j', (text, words, original) => {
    const normal = normalise(text);
    const start = normal.text.indexOf(words);
    const span = normal.original({ start, end: start + words.length });
    expect(text.slice(span.start, span.end)).toBe(original);
  });

  const hard = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(' ', '\n', '…', '—', '“', '\u0301', '\u200b', '\u00ad', '🚢', '\ud83d'),
    ),
    { maxLength: 20 },
  );

  property.prop([hard])('leads back in order, to all of the original, and is its own normal form', (parts) => {
    const text = parts.join('');
    const normal = normalise(text);
    let before = 0;
    for (let at = 0; at < normal.text.length; at++) {
      const { start, end } = normal.original({ start: at, end: at + 1 });
      expect(start).toBeGreaterThanOrEqual(before);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(text.length);
      before = start;
    }
  });
});
