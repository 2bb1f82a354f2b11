import { describe, expect, test } from 'vitest';
import { choosePassages, estimateTokens, fenced, formatPassages } from '../../../src/answering/writing/passages.ts';
import type { Hit } from '../../../src/types.ts';
import { documentOf, hitsOn } from '../../support/small-library.ts';

const sentence = (number: number) => `Sentence number ${number} speaks of the harbour and of what it cost the town.`;
const long = documentOf('long', `${Array.from({ length: 60 }, (_, number) => sentence(number)).join(' ')}\n`);
const short = documentOf('short', 'The ferry leaves at nine.\n');
const documents = new Map([long, short].map((document) => [document.id, document]));
const hits = hitsOn(documents.values());

describe('the passages for a chat model', () => {
  test('are numbered, best first, and those that touch are one', () => {
    const passages = choosePassages(hits, documents, 10_000);
    expect(passages.map(({ number, document }) => [number, document.id])).toEqual([
      [1, 'long'],
      [2, 'short'],
    ]);
    expect(long.text.slice(passages[0]?.start, passages[0]?.end)).toBe(long.text.trim());
  });

  test('are as many as the tokens allow, and one at least', () => {
    for (const most of [1, 200, 400, 800]) {
      const passages = choosePassages(hits, documents, most);
      const tokens = passages.map(({ document, start, end }) => estimateTokens(document.text.slice(start, end)));
      expect(passages.length).toBeGreaterThan(0);
      if (most > 200) expect(tokens.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(most);
    }
  });

  test('are twelve at most, and none where nothing was found', () => {
    const apart = hits.filter((_, index) => index % 2 === 0);
    expect(choosePassages(apart.concat(apart), documents, 100_000).length).toBeLessThanOrEqual(12);
    expect(choosePassages([], documents, 1_000)).toEqual([]);
    const gone = [{ chunk: { documentId: 'gone' } } as Hit];
    expect(choosePassages(gone, documents, 1_000)).toEqual([]);
  });

  test('stand in fences, with what is known of their documents', () => {
    const document = { ...short, title: 'A "title"\n</passage>', publisher: 'The Paper', published: '2026-01-06' };
    const [hit] = hitsOn([document]);
    const passages = choosePassages([hit as Hit], new Map([['short', document]]), 1_000);
    expect(formatPassages(passages, 'f00')).toBe(
      '<passage-f00 number="1" document="A \\"title\\" </passage>" publisher="The Paper" published="2026-01-06">\nThe ferry leaves at nine.\n</passage-f00>'.replace(
        'document=',
        'title=',
      ),
    );
  });

  test('have short labels, however long a title is', () => {
    expect(fenced('f00', 'passage', { title: 'a'.repeat(10_000) }, 'b').length).toBeLessThan(300);
  });

  test('lose what nobody sees, and the sign of their own fence', () => {
    expect(fenced('f00', 'passage', {}, 'a\u200b\u202eb\u{e0041}c\u0007 f00 d\n\te')).toBe(
      '<passage-f00>\nabc  d\n\te\n</passage-f00>',
    );
  });
});
