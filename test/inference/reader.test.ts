import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readModelManifest } from '../../src/inference/model-files.ts';
import { createReader } from '../../src/inference/reader.ts';
import { createWordPiece } from '../../src/inference/wordpiece.ts';
import type { Reader, Span } from '../../src/types.ts';

const models = join(import.meta.dirname, '../../models');
interface Given {
  question: string;
  passage: string;
  margin: number;
  start: number;
  end: number;
  text: string;
}
const reference: Given[] = JSON.parse(readFileSync(join(models, 'reference.json'), 'utf8')).reader;

let reader: Reader;
beforeAll(async () => {
  const manifest = await readModelManifest(models);
  reader = await createReader(models, manifest, await createWordPiece(models, manifest));
});

async function readAll(question: string, passage: string, regions: Span[] = [{ start: 0, end: passage.length }]) {
  return reader.read(question, passage, regions);
}

test.each(reference)('reads as an independent implementation does: $question → $text', async (given) => {
  const [reading] = await readAll(given.question, given.passage);
  expect(reading).toMatchObject({ start: given.start, end: given.end });
  expect(given.passage.slice(reading?.start, reading?.end)).toBe(given.text);
  expect(Math.abs((reading?.margin ?? Number.NaN) - given.margin)).toBeLessThan(0.3);
});

const passage = 'Merz leads Germany. The bridge cost €5 million. Starmer leads Britain.';
const sentences = ['Merz leads Germany.', 'The bridge cost €5 million.', 'Starmer leads Britain.'].map((it) => {
  const start = passage.indexOf(it);
  return { start, end: start + it.length };
});

describe('a passage', () => {
  test('is read by regions: the best of each, inside it', async () => {
    const readings = await readAll('Who leads Britain?', passage, sentences);
    expect(readings).toHaveLength(3);
    for (const [index, reading] of readings.entries()) {
      const region = sentences[index] as Span;
      expect(reading?.start).toBeGreaterThanOrEqual(region.start);
      expect(reading?.end).toBeLessThanOrEqual(region.end);
    }
    expect(passage.slice(readings[2]?.start, readings[2]?.end)).toBe('Starmer');
    const margins = readings.map((reading) => reading?.margin ?? Number.NaN);
    expect(Math.max(...margins)).toBe(margins[2]);
    expect(margins[2]).toBeGreaterThan((margins[1] ?? 0) + 5);
  });

  test('gives the same however it is cut into regions', async () => {
    const [whole] = await readAll('What did the bridge cost?', passage);
    const parts = await readAll('What did the bridge cost?', passage, sentences);
    expect(parts[1]).toEqual(whole);
    expect(passage.slice(whole?.start, whole?.end)).toMatch(/€?5 million/);
  });

  test('has no reading in a region without words, or that cuts a word', async () => {
    expect(await readAll('Who?', 'One  two', [{ start: 3, end: 5 }])).toEqual([null]);
    expect(await readAll('Who?', 'Wordless', [{ start: 1, end: 5 }])).toEqual([null]);
    expect(await readAll('Who?', passage, [])).toEqual([]);
    expect(await readAll('Who?', '', [{ start: 0, end: 0 }])).toEqual([null]);
  });

  test('beyond what the model holds has no reading, and the rest is read', async () => {
    const long = `${passage} ${'More words stand here. '.repeat(200)}`;
    const [first, last] = await readAll('Who leads Britain?', long, [
      sentences[2] as Span,
      { start: long.length - 23, end: long.length },
    ]);
    expect(long.slice(first?.start, first?.end)).toBe('Starmer');
    expect(last).toBeNull();
  });

  test.each([
    ['emoji', '👨‍👩‍👧‍👦 🇺🇦', '👍'],
    ['a lone surrogate', 'a \ud83d b', '\ude00?'],
    ['special tokens', '[SEP] [CLS] Merz [SEP]', '[SEP] who [CLS]'],
    ['a question of 10,000 words', passage, 'who '.repeat(10_000)],
    ['no question', passage, ''],
  ])('of %s is read without harm', async (_, text, question) => {
    const [reading] = await readAll(question, text);
    expect(Number.isFinite(reading?.margin)).toBe(true);
    expect(text.slice(reading?.start, reading?.end)).not.toBe('');
  });

  test('gives the same each time, also when many are read at once', async () => {
    const [once] = await readAll('Who leads Germany?', passage);
    const many = await Promise.all(
      Array.from({ length: 6 }, (_, index) => readAll(index % 2 ? 'Who leads Germany?' : 'Other?', passage)),
    );
    for (const [index, [reading]] of many.entries()) if (index % 2) expect(reading).toEqual(once);
  });
});
