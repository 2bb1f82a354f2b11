import { describe, expect, test } from 'vitest';
import { collectCitations } from '../../src/answering/citations.ts';
import { wholeGraphemes } from '../../src/text/unicode.ts';
import type { Citation, Document } from '../../src/types.ts';
import { fc, property } from '../support/property.ts';

function documentOf(text: string, also: Partial<Document> = {}): Document {
  return {
    id: 'news/harbour',
    revision: 'a'.repeat(64),
    format: 'text',
    title: 'The harbour',
    text,
    blocks: [{ kind: 'paragraph', start: 0, end: text.length }],
    markup: [],
    sentences: [],
    ...also,
  };
}

function collect(...documents: Document[]) {
  return collectCitations(new Map(documents.map((document) => [document.id, document])));
}

/** The one citation of a quote. */
function cited(document: Document, text: string, start?: number): Citation {
  const citations = collect(document);
  expect(citations.cite({ documentId: document.id, text, ...(start !== undefined && { start }) })).toBe(1);
  return citations.list()[0] as Citation;
}

const harbour = documentOf(
  'The harbour reopened in May. It has room for 40 boats. It was closed for two years, they say.',
  {
    publisher: 'The Quay',
    url: 'https://example.org/harbour?a=1&b=2#top',
    published: '2026-05-03',
    author: 'Ada',
  },
);

describe('a citation', () => {
  test('is the slice of its document, with what stands around it', () => {
    const citation = cited(harbour, 'It has room for 40 boats.');
    expect(harbour.text.slice(citation.start, citation.end)).toBe(citation.quote);
    expect(citation).toMatchObject({
      number: 1,
      quote: 'It has room for 40 boats.',
      prefix: 'The harbour reopened in May. ',
      suffix: ' It was closed for two years, th',
      link: '/sources/news/harbour#29-54',
    });
  });

  test('says of its document what is known, and no more', () => {
    expect(cited(harbour, '40 boats').document).toEqual({
      id: 'news/harbour',
      title: 'The harbour',
      publisher: 'The Quay',
      url: 'https://example.org/harbour?a=1&b=2#top',
      published: '2026-05-03',
      revision: 'a'.repeat(64),
    });
    const bare = cited(documentOf('Some words.'), 'words');
    expect(bare.document).toEqual({ id: 'news/harbour', title: 'The harbour', revision: 'a'.repeat(64) });
    expect(Object.keys(bare)).not.toContain('original');
  });

  test('points into the publisher’s page, past any fragment of its address', () => {
    expect(cited(harbour, '40 boats. It').original).toBe(
      'https://example.org/harbour?a=1&b=2#:~:text=40%20boats.%20It',
    );
  });

  test('names the first and last words of a quote over several lines, without overlap', () => {
    const text = 'Five areas:\n- one thing\n- two';
    const fragment = cited(documentOf(text, { url: 'https://example.org/' }), text).original?.split('text=')[1];
    expect(fragment?.split(',').map(decodeURIComponent)).toEqual(['Five areas: -', 'thing - two']);
  });

  test('leaves markup out of a text fragment', () => {
    const text = 'It is **30** days.';
    const markup = [
      { start: 6, end: 8 },
      { start: 10, end: 12 },
    ];
    const { original } = cited({ ...documentOf(text, { url: 'https://example.org/' }), markup }, text);
    expect(decodeURIComponent(original?.split('text=')[1] ?? '')).toBe('It is 30 days.');
  });

  test('escapes what has a meaning in a text fragment', () => {
    const text = 'One-off, two & three, 50%-60% #1?';
    const original = cited(documentOf(text, { url: 'https://example.org/' }), text).original ?? '';
    expect(original).toBe('https://example.org/#:~:text=One%2Doff%2C%20two%20%26%20three%2C%2050%25%2D60%25%20%231%3F');
    expect(original.split('text=')[1]).not.toMatch(/[-,&#]/);
  });

  test('names the first and last words of a long quote', () => {
    const text = Array.from({ length: 100 }, (_, at) => `word${at}`).join(' ');
    const fragment = cited(documentOf(text, { url: 'https://example.org/' }), text).original?.split('text=')[1];
    expect(fragment?.split(',').map(decodeURIComponent)).toEqual([
      'word0 word1 word2 word3 word4 word5',
      'word94 word95 word96 word97 word98 word99',
    ]);
  });

  test('has no prefix at the beginning of its document and no suffix at its end', () => {
    const whole = cited(harbour, harbour.text);
    expect([whole.prefix, whole.suffix]).toEqual(['', '']);
  });

  test('does not cut the graphemes around it', () => {
    const family = '👨‍👩‍👧‍👦';
    const { prefix, suffix } = cited(documentOf(`${family.repeat(9)}here${family.repeat(9)}`), 'here');
    for (const side of [prefix, suffix]) expect(side.replaceAll(family, '')).toBe('');
    expect([prefix.length, suffix.length]).toEqual([22, 22]);
  });
});

describe('what is not there is not cited', () => {
  test.each([
    ['words of nobody', 'It has room for 41 boats.'],
    ['words put together from two places', 'The harbour was closed for two years'],
    ['the same with other white space', 'It has  room'],
    ['nothing', ''],
    ['a document’s id', 'news/harbour'],
  ])('%s', (_, text) => {
    const citations = collect(harbour);
    expect(citations.cite({ documentId: harbour.id, text })).toBeNull();
    expect(citations.list()).toEqual([]);
  });

  test('true words under the name of another document', () => {
    const other = documentOf('Other words.', { id: 'other' });
    const citations = collect(harbour, other);
    expect(citations.cite({ documentId: 'other', text: '40 boats' })).toBeNull();
    expect(citations.cite({ documentId: 'none', text: '40 boats' })).toBeNull();
    expect(citations.cite({ documentId: '__proto__', text: '40 boats' })).toBeNull();
    expect(citations.list()).toEqual([]);
  });

  test('a place that is made up leads to the true one', () => {
    for (const start of [-1, 0, 1e9, Number.NaN, 28.5]) {
      const { quote, start: at } = cited(harbour, '40 boats', start);
      expect(harbour.text.slice(at, at + quote.length)).toBe('40 boats');
    }
  });
});

describe('several', () => {
  test('are numbered in order of appearance; the same place once', () => {
    const citations = collect(harbour);
    const cite = (text: string) => citations.cite({ documentId: harbour.id, text });
    expect([cite('40 boats'), cite('not there'), cite('May'), cite('40 boats'), cite('40')]).toEqual([
      1,
      null,
      2,
      1,
      3,
    ]);
    expect(citations.list().map(({ number, quote }) => [number, quote])).toEqual([
      [1, '40 boats'],
      [2, 'May'],
      [3, '40'],
    ]);
  });

  test('of one sentence that stands there five times are five places', () => {
    const sentence = 'They went on.';
    const document = documentOf(Array.from({ length: 5 }, (_, at) => `${at}. ${sentence}`).join(' '));
    const citations = collect(document);
    const starts = Array.from({ length: 5 }, (_, at) => at * 17 + 3);
    expect(starts.map((start) => citations.cite({ documentId: document.id, text: sentence, start }))).toEqual([
      1, 2, 3, 4, 5,
    ]);
    expect(citations.list().map(({ start }) => start)).toEqual(starts);
    expect(new Set(citations.list().map(({ link }) => link)).size).toBe(5);
  });

  test('of two documents with the same words are two', () => {
    const other = documentOf(harbour.text, { id: 'other' });
    const citations = collect(harbour, other);
    expect(citations.cite({ documentId: 'other', text: '40 boats' })).toBe(1);
    expect(citations.cite({ documentId: harbour.id, text: '40 boats' })).toBe(2);
    expect(citations.list().map(({ document }) => document.id)).toEqual(['other', 'news/harbour']);
  });

  test('are listed in a list of its own each time', () => {
    const citations = collect(harbour);
    citations.cite({ documentId: harbour.id, text: 'May' });
    citations.list().pop();
    expect(citations.list()).toHaveLength(1);
  });
});

/** A link read as a browser and the server read it: the document's id and the span. */
function readLink(link: string): { id: string; fragment: string; search: string } {
  const { pathname, hash, search, origin } = new URL(link, 'https://pullquote.test');
  expect(origin).toBe('https://pullquote.test');
  const id = pathname.slice('/sources/'.length).split('/').map(decodeURIComponent).join('/');
  expect(pathname.startsWith('/sources/')).toBe(true);
  return { id, fragment: hash, search };
}

describe('a link', () => {
  test.each([
    'plain',
    'a/b/c',
    'a b & c',
    '100%',
    '%2e%2e/%2F',
    'what?#1',
    '<img src=x onerror=alert(1)>',
    `'"\`;--`,
    'a\\b',
    'a\nb\tc',
    'Größe/e\u0301/😀/👨‍👩‍👧',
    'javascript:alert(1)',
    '...',
    'a:b@c',
    '\u202egnp',
  ])('leads back to the document %j', (id) => {
    const citation = cited(documentOf('Some words.', { id }), 'words');
    expect(readLink(citation.link)).toEqual({ id, fragment: '#5-10', search: '' });
    expect(citation.link).not.toMatch(/[<>"\s]/);
  });
});

const family = '👨‍👩‍👧‍👦';
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        family,
        '🇺🇦',
        'e\u0301',
        '\u0301',
        '\u00ad',
        '\u200b',
        '“',
        '”',
        '\u00a0',
        '\r\n',
        '\n',
        '\ufeff',
        'שלום ',
        '漢字',
        '𠮷',
        'word ',
        ', ',
        '-',
        ' ',
        '<b>',
        '&amp;',
        '%',
      ),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 60 },
  )
  .map((pieces) => pieces.join(''))
  .filter((text) => text !== '');
const segment = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.constantFrom('%', '#', '?', '<', 'a b', '%2F', '😀', '\\'))
  .filter((it) => !/[/\0]/.test(it) && !it.startsWith('.'));
const anyId = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

property.prop([anyText, anyId, fc.nat(), fc.nat()], { numRuns: 5_000 })(
  'whatever the document and the place, a citation is the slice, found again from its link and its surroundings',
  (text, id, one, other) => {
    const [from = 0, to = 0] = [one, other].map((it) => it % (text.length + 1)).sort((a, b) => a - b);
    const { start, end } = wholeGraphemes(text, { start: from, end: to });
    fc.pre(start < end && end - start < 60);
    const document = documentOf(text, { id, url: 'https://example.org/a?b=c' });
    const citation = cited(document, text.slice(start, end), start);

    expect([citation.start, citation.end]).toEqual([start, end]);
    expect(citation.quote).toBe(text.slice(start, end));
    expect(text.slice(0, start).endsWith(citation.prefix)).toBe(true);
    expect(text.slice(end).startsWith(citation.suffix)).toBe(true);
    expect(citation.prefix.length).toBeGreaterThanOrEqual(Math.min(32, start) - 64);
    expect(citation.prefix.length).toBeLessThanOrEqual(32);
    expect(citation.suffix.length).toBeLessThanOrEqual(32);
    expect(readLink(citation.link)).toEqual({ id, fragment: `#${start}-${end}`, search: '' });

    const original = new URL(citation.original ?? '');
    expect(original.origin + original.pathname + original.search).toBe('https://example.org/a?b=c');
    const parts = (citation.original ?? '').split('#:~:text=')[1]?.split(',') ?? [];
    expect(parts.length).toBeGreaterThanOrEqual(1);
    expect(parts.length).toBeLessThanOrEqual(2);
    const words = citation.quote.trim().split(/\s+/).join(' ');
    expect(words.startsWith(decodeURIComponent(parts[0] ?? ''))).toBe(true);
    expect(words.endsWith(decodeURIComponent(parts.at(-1) ?? ''))).toBe(true);
  },
);
