import { describe, expect, test } from 'vitest';
import { passageOf, readable, sectionOf } from '../../src/text/readable.ts';
import { fc, property } from '../support/property.ts';

describe('readable', () => {
  const text = 'One **bold** and [link](x).';
  const markup = [
    { start: 4, end: 6 },
    { start: 10, end: 12 },
    { start: 17, end: 18 },
    { start: 22, end: 26 },
  ];

  test('blanks markup one for one', () => {
    expect(readable({ text, markup }, { start: 0, end: text.length })).toBe('One   bold   and  link    .');
  });

  test('cuts marks that reach over the span', () => {
    expect(readable({ text, markup }, { start: 5, end: 11 })).toBe(' bold ');
    expect(readable({ text, markup }, { start: 23, end: 25 })).toBe('  ');
  });

  property.prop([
    fc.string(),
    fc.array(fc.nat({ max: 40 }), { maxLength: 8 }),
    fc.nat({ max: 40 }),
    fc.nat({ max: 40 }),
  ])('has the length of its span and differs from it in markup only', (words, edges, one, other) => {
    const sorted = [...new Set(edges)].sort((a, b) => a - b);
    const marks: { start: number; end: number }[] = [];
    for (let index = 1; index < sorted.length; index += 2)
      marks.push({ start: sorted[index - 1] as number, end: sorted[index] as number });
    const padded = words.padEnd(40, 'x');
    const start = Math.min(one, other);
    const end = Math.max(one, other);
    const got = readable({ text: padded, markup: marks }, { start, end });
    const isMark = (at: number) => marks.some((mark) => mark.start <= at && at < mark.end);
    expect(got).toBe(
      Array.from({ length: end - start }, (_, index) => (isMark(start + index) ? ' ' : padded[start + index])).join(''),
    );
  });
});

describe('sectionOf', () => {
  const text = 'Title\nFirst words.\nPart  *one*\nMore words.';
  const title = { start: 0, end: 5, kind: 'heading' as const };
  const part = { start: 19, end: 30, kind: 'heading' as const };
  const markup = [
    { start: 25, end: 26 },
    { start: 29, end: 30 },
  ];

  test('is the last heading before the position, on one line, without markup', () => {
    expect(sectionOf({ text, markup, blocks: [title, part], title: 'Title' }, text.indexOf('More'))).toBe('Part one');
  });
  test('is not the title', () => {
    expect(sectionOf({ text, markup, blocks: [title, part], title: 'Title' }, text.indexOf('First'))).toBeNull();
  });
  test('is the title when there is no other heading', () => {
    expect(sectionOf({ text, markup, blocks: [title], title: 'Title' }, text.indexOf('More'))).toBe('Title');
  });
  test('is null before the first heading', () => {
    expect(sectionOf({ text, markup, blocks: [part], title: 'Title' }, text.indexOf('First'))).toBeNull();
  });
});

describe('passageOf', () => {
  const text = 'Help\n\nHow long?\n\nThirty days.\n\nElse\n\nNothing.';
  const blocks = ['Help', 'How long?', 'Thirty days.', 'Else', 'Nothing.'].map((words) => ({
    start: text.indexOf(words),
    end: text.indexOf(words) + words.length,
    kind: words.endsWith('.') ? ('paragraph' as const) : ('heading' as const),
  }));
  const document = { text, markup: [], blocks, title: 'Help' };

  test('puts a span under its heading, and says where the span begins', () => {
    for (const words of ['Thirty days.', 'Nothing.']) {
      const start = text.indexOf(words);
      const { text: passage, offset } = passageOf(document, { start, end: start + words.length });
      expect(passage.slice(offset)).toBe(words);
      expect(passage.slice(0, offset)).toBe(words === 'Nothing.' ? 'Else\n' : 'How long?\n');
    }
  });

  test('is the span itself where there is no heading, and takes only so much of a long one', () => {
    expect(passageOf({ ...document, blocks: [] }, { start: 0, end: 4 })).toEqual({ text: 'Help', offset: 0 });
    const long = `${'Heading '.repeat(100)}\nWords.`;
    const heading = { start: 0, end: 799, kind: 'heading' as const };
    const cut = passageOf({ text: long, markup: [], blocks: [heading], title: 'x' }, { start: 801, end: 807 });
    expect(cut).toEqual({ text: `${long.slice(0, 200)}\nWords.`, offset: 201 });
  });
});
