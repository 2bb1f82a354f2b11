import { describe, expect, test } from 'vitest';
import { chunkDocument } from '../../src/ingest/chunk.ts';
import type { Block, BlockKind, Document, Span } from '../../src/types.ts';
import { fc, property } from '../support/property.ts';

type Parts = Pick<Document, 'id' | 'text' | 'blocks' | 'sentences'>;

/** A document of blocks: of a paragraph or an item the words in each of its sentences, of others just their kind. */
function documentOf(...parts: [BlockKind, ...number[]][]): Parts {
  const blocks: Block[] = [];
  const sentences: Span[] = [];
  let text = '';
  for (const [kind, ...lengths] of parts) {
    const start = text.length;
    if (lengths.length === 0) text += `A ${kind}`;
    for (const [index, length] of lengths.entries()) {
      if (index > 0) text += ' ';
      const from = text.length;
      text += `${Array.from({ length }, (_, word) => `w${sentences.length}-${word}`).join(' ')}.`;
      sentences.push({ start: from, end: text.length });
    }
    blocks.push({ kind, start, end: text.length });
    text += '\n\n';
  }
  return { id: 'news/a', text, blocks, sentences };
}

/** Sentence numbers of each chunk. */
function numbersOf(document: Parts): [number, number][] {
  return chunkDocument(document).map(({ first, last }) => [first, last]);
}

function wordsOf({ text }: Parts, { start, end }: Span): number {
  return text.slice(start, end).split(/\s+/).length;
}

describe('chunks', () => {
  test('are of 60 to 110 words, and each begins with the last sentence of the one before', () => {
    const document = documentOf(['paragraph', ...Array<number>(12).fill(25)]);
    expect(numbersOf(document)).toEqual([
      [0, 3],
      [3, 6],
      [6, 9],
      [9, 11],
    ]);
    expect(chunkDocument(document).map((chunk) => wordsOf(document, chunk))).toEqual([100, 100, 100, 75]);
  });

  test('are the slices of their sentences, and named by them', () => {
    const document = documentOf(['paragraph', 60, 40, 50]);
    const [first, second] = chunkDocument(document);
    expect(document.text.slice(first?.start, first?.end)).toMatch(/^w0-0 .* w1-39\.$/);
    expect(document.text.slice(second?.start, second?.end)).toMatch(/^w1-0 .* w2-49\.$/);
    expect(first?.id).toBe(`news/a#${first?.start}-${first?.end}`);
    expect(first?.documentId).toBe('news/a');
  });

  test('run on over paragraphs and items', () => {
    expect(numbersOf(documentOf(['paragraph', 30], ['paragraph', 30], ['item', 20], ['item', 20]))).toEqual([[0, 3]]);
  });

  test('end at a heading and at debris, however short they are', () => {
    const document = documentOf(
      ['heading'],
      ['paragraph', 5],
      ['heading'],
      ['paragraph', 5, 5],
      ['debris'],
      ['item', 5],
    );
    expect(numbersOf(document)).toEqual([
      [0, 0],
      [1, 2],
      [3, 3],
    ]);
  });

  test('leave a sentence that is too long by itself', () => {
    expect(numbersOf(documentOf(['paragraph', 20, 300, 20, 20]))).toEqual([
      [0, 0],
      [1, 1],
      [2, 3],
    ]);
    expect(numbersOf(documentOf(['paragraph', 500]))).toEqual([[0, 0]]);
  });

  test('do not overlap where both sentences would be too long together', () => {
    expect(numbersOf(documentOf(['paragraph', 50, 60, 70]))).toEqual([
      [0, 1],
      [2, 2],
    ]);
  });

  test('reach back at the end rather than stay short', () => {
    expect(numbersOf(documentOf(['paragraph', 40, 30, 29, 30]))).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  test('are none without sentences', () => {
    expect(chunkDocument(documentOf(['heading'], ['debris']))).toEqual([]);
  });
});

const block = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom<[BlockKind]>(['heading'], ['debris']) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom<BlockKind>('paragraph', 'item'),
        fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 160 })), {
          minLength: 1,
          maxLength: 9,
        }),
      )
      .map(([kind, lengths]): [BlockKind, ...number[]] => [kind, ...lengths]),
  },
);

describe('whatever the document', () => {
  property.prop([fc.array(block, { maxLength: 14 })], { numRuns: 2_000 })('its chunks keep the rules', (parts) => {
    const document = documentOf(...parts);
    const { sentences, blocks } = document;
    const chunks = chunkDocument(document);
    const words = (index: number) => wordsOf(document, sentences[index] as Span);
    const isWalled = (from: number, to: number) =>
      blocks.some(
        ({ kind, start }) =>
          (kind === 'heading' || kind === 'debris') &&
          start >= (sentences[from]?.end ?? 0) &&
          start < (sentences[to]?.start ?? Number.POSITIVE_INFINITY),
      );

    const held = new Set<number>();
    for (const [index, { first, last, start, end, id }] of chunks.entries()) {
      expect(id).toBe(`news/a#${start}-${end}`);
      expect([start, end]).toEqual([sentences[first]?.start, sentences[last]?.end]);
      for (let at = first; at <= last; at++) held.add(at);
      expect(first === last || !isWalled(first, last)).toBe(true);

      const total = wordsOf(document, { start, end });
      if (first !== last) expect(total).toBeLessThanOrEqual(110);
      const isLastOfRun = last + 1 >= sentences.length || isWalled(last, last + 1);
      const isFirstOfRun = first === 0 || isWalled(first - 1, first);
      if (total < 60) {
        expect(isLastOfRun || total + words(last + 1) > 110).toBe(true); // no room for the next
        if (isLastOfRun) expect(isFirstOfRun || total + words(first - 1) > 110).toBe(true);
      }

      const before = chunks[index - 1];
      if (before === undefined) continue;
      expect(first).toBeGreaterThan(before.first);
      expect(last).toBeGreaterThan(before.last);
      if (isFirstOfRun) expect(first).toBe(before.last + 1);
      else if (first > before.last) {
        // No overlap only beside a chunk of one sentence, or where both sentences would be too long together.
        expect(before.first === before.last || words(first - 1) + words(first) > 110).toBe(true);
      } else if (!isLastOfRun) expect(first).toBe(before.last);
    }
    expect(held.size).toBe(sentences.length);
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(chunks.length);
  });
});
