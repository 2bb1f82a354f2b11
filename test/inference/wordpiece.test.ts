import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readModelManifest } from '../../src/inference/model-files.ts';
import { CLS, createWordPiece, SEP, type WordPiece } from '../../src/inference/wordpiece.ts';
import { cpuTime } from '../support/blocks.ts';
import { fc, property } from '../support/property.ts';

const models = join(import.meta.dirname, '../../models');
const reference: { text: string; ids: number[] }[] = JSON.parse(
  readFileSync(join(models, 'reference.json'), 'utf8'),
).tokenizer;

let pieces: WordPiece;
beforeAll(async () => {
  pieces = await createWordPiece(models, await readModelManifest(models));
});

function idsOf(text: string): number[] {
  return [CLS, ...pieces(text).map(({ id }) => id), SEP];
}

test.each(reference)('gives the ids of an independent implementation for $text', ({ text, ids }) => {
  expect(idsOf(text)).toEqual(ids);
});

describe('the pieces of a text', () => {
  test('carry the span of their whole word', () => {
    const text = 'The Luhansk region’s 75%.';
    const slices = pieces(text).map(({ start, end }) => text.slice(start, end));
    expect([...new Set(slices)]).toEqual(['The', 'Luhansk', 'region', '’', 's', '75', '%', '.']);
    expect(slices.filter((it) => it === 'Luhansk').length).toBeGreaterThan(1);
  });

  test('are the same the second time, when the word is remembered', () => {
    const text = 'Unforgettable Zelenskyy unforgettable';
    const first = pieces(text);
    expect(pieces(text)).toEqual(first);
    expect(pieces(`x ${text}`).slice(1)).toEqual(first.map((it) => ({ ...it, start: it.start + 2, end: it.end + 2 })));
  });

  property.prop([fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))], { numRuns: 2_000 })(
    'are in order, inside it, of known ids, and as many for two texts as for each',
    (text) => {
      let at = 0;
      for (const { id, start, end } of pieces(text)) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(id).toBeGreaterThanOrEqual(0);
        expect(id).toBeLessThan(30_522);
        at = start;
      }
      expect(pieces(`${text} ${text}`)).toHaveLength(pieces(text).length * 2);
    },
  );

  test('are found in linear time', () => {
    const text = 'word-by-word, '.repeat(10_000);
    pieces(text.slice(0, 1_000));
    expect(cpuTime(() => pieces(text))).toBeLessThan(1_500);
    expect(cpuTime(() => pieces('x'.repeat(100_000)))).toBeLessThan(1_500);
  });
});
