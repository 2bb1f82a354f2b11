import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createEmbedder } from '../../src/inference/embedder.ts';
import { readModelManifest } from '../../src/inference/model-files.ts';
import { createWordPiece } from '../../src/inference/wordpiece.ts';
import type { Embedder } from '../../src/types.ts';

const models = join(import.meta.dirname, '../../models');
const reference: { text: string; vector: number[] }[] = JSON.parse(
  readFileSync(join(models, 'reference.json'), 'utf8'),
).embedder;

let embedder: Embedder;
beforeAll(async () => {
  const manifest = await readModelManifest(models);
  embedder = await createEmbedder(models, manifest, await createWordPiece(models, manifest));
});

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((sum, value, index) => sum + value * (b[index] ?? Number.NaN), 0);
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

test('says what it is', () => {
  expect(embedder).toMatchObject({ id: 'all-MiniLM-L6-v2-int8', dimensions: 384 });
});

test.each(reference)('gives the vector of an independent implementation for $text', async ({ text, vector }) => {
  expect(cosine(await embedder.embed(text), vector)).toBeGreaterThanOrEqual(0.999);
});

test('puts what means the same nearer than what does not', async () => {
  const [asked, same, other] = await Promise.all(
    ['German troops', 'soldiers from Germany', 'an oil depot'].map((text) => embedder.embed(text)),
  );
  expect(dot(asked as Float32Array, same as Float32Array)).toBeGreaterThan(
    dot(asked as Float32Array, other as Float32Array) + 0.3,
  );
});

describe('the vector of a text', () => {
  test('is the same bit for bit, whatever is embedded in between or beside it', async () => {
    const text = 'Zelenskyy’s “land options” — the U.S.-led plan';
    const first = Buffer.from((await embedder.embed(text)).buffer.slice(0));
    for (const between of ['Other words.', 'x '.repeat(2_000), '', text.slice(0, 20)]) {
      const [, again] = await Promise.all([embedder.embed(between), embedder.embed(text)]);
      expect(Buffer.from((again as Float32Array).buffer).equals(first)).toBe(true);
    }
  });

  test('is its own: the next run does not write over it', async () => {
    const vector = await embedder.embed('One thing.');
    const copy = vector.slice();
    await embedder.embed('Quite another.');
    expect(vector).toEqual(copy);
  });

  test.each([
    ['nothing', ''],
    ['white space', ' \n\u00a0\u0085 '],
    ['10,000 words', 'word '.repeat(10_000)],
    ['one word of 100,000 letters', 'x'.repeat(100_000)],
    ['emoji only', '👨‍👩‍👧‍👦🇺🇦👍🏽'.repeat(50)],
    ['a lone surrogate', 'a\ud83d b\ude00'],
    ['NUL and controls', '\0\u0001\u001b[31m\u202e'],
    ['its own special tokens', '[CLS] [SEP] [MASK] [PAD] [UNK]'],
    ['scripts it does not know', '東京 กรุงเทพ ᚠᚢᚦ 𓀀'],
  ])('is a unit vector for %s', async (_, text) => {
    const vector = await embedder.embed(text);
    expect(vector).toHaveLength(384);
    expect(vector.every(Number.isFinite)).toBe(true);
    expect(Math.abs(dot(vector, vector) - 1)).toBeLessThan(1e-3);
  });

  test('is that of the first 256 tokens when there are more', async () => {
    const start = 'alpha beta gamma delta '.repeat(100);
    expect(await embedder.embed(`${start}and then something else`)).toEqual(await embedder.embed(start));
  });
});
