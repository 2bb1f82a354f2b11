import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildVectorIndex, readVectorIndex } from '../../src/retrieval/vector-index.ts';
import { verifyVectors } from '../../src/retrieval/verify-vectors.ts';
import { fakeVectors } from '../support/fake-generation.ts';

const dimensions = 16;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-vectors-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.doUnmock('hnswlib-node');
  await rm(folder, { recursive: true, force: true });
});

/** The nearest rows, by comparing with each. */
function nearestRows(vectors: Float32Array, query: Float32Array, k: number): number[] {
  const cosines = Array.from({ length: vectors.length / dimensions }, (_, row) => {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    return vector.reduce((sum, value, i) => sum + value * (query[i] as number), 0);
  });
  return cosines
    .map((cosine, row) => ({ cosine, row }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, k)
    .map(({ row }) => row);
}

describe('a vector index', () => {
  it('finds the rows that comparing with each would find', async () => {
    const vectors = fakeVectors(2000, dimensions);
    const index = await buildVectorIndex(vectors, dimensions);
    const queries = fakeVectors(50, dimensions, 99);
    let right = 0;
    for (let i = 0; i < 50; i++) {
      const query = queries.subarray(i * dimensions, (i + 1) * dimensions);
      const found = (await index.search(query, 10)).map(({ row }) => row);
      right += nearestRows(vectors, query, 10).filter((row) => found.includes(row)).length;
    }
    expect(right).toBeGreaterThanOrEqual(495); // of 500; with hnswlib's own ef of 10 it is about 400
  });

  it('gives the cosine, nearest first, also for a question that has not unit length', async () => {
    const index = await buildVectorIndex(Float32Array.of(1, 0, 0, 1, -1, 0), 2);
    const found = await index.search(Float32Array.of(3, 4), 3);
    expect(found.map(({ row }) => row)).toEqual([1, 0, 2]);
    for (const [i, cosine] of [0.8, 0.6, -0.6].entries()) expect(found[i]?.cosine).toBeCloseTo(cosine, 5);
  });

  it('returns all rows when asked for more, without a warning, and none when asked for none', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const index = await buildVectorIndex(fakeVectors(3, dimensions), dimensions);
    const query = fakeVectors(1, dimensions, 5);
    expect(await index.search(query, 50)).toHaveLength(3);
    expect(await index.search(query, 1.7)).toHaveLength(1);
    for (const k of [0, -1, Number.NaN]) expect(await index.search(query, k)).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('holds no rows, or one', async () => {
    const empty = await buildVectorIndex(new Float32Array(0), dimensions);
    expect(await empty.search(fakeVectors(1, dimensions), 5)).toEqual([]);
    await empty.write(join(folder, 'empty'));
    expect(
      await (await readVectorIndex(join(folder, 'empty'), new Float32Array(0), dimensions)).search(
        fakeVectors(1, dimensions),
        5,
      ),
    ).toEqual([]);
    const one = await buildVectorIndex(fakeVectors(1, dimensions), dimensions);
    expect(await one.search(fakeVectors(1, dimensions), 5)).toHaveLength(1);
  });

  it('finds every row although half of the rows are equal', async () => {
    const vectors = fakeVectors(6000, dimensions);
    const repeated = fakeVectors(1, dimensions, 7);
    for (let row = 0; row < 6000; row += 2) vectors.set(repeated, row * dimensions);
    const index = await buildVectorIndex(vectors, dimensions);
    for (let row = 1; row < 6000; row += 40) {
      const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
      expect((await index.search(vector, 1))[0]?.row).toBe(row);
    }
    expect((await index.search(repeated, 3)).map(({ row }) => row)).toEqual([0, 2, 4]);
    await index.write(join(folder, 'graph'));
    const read = await readVectorIndex(join(folder, 'graph'), vectors, dimensions);
    expect((await read.search(repeated, 3)).map(({ row }) => row)).toEqual([0, 2, 4]);
  });

  it('lets the event loop turn while it is built', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await buildVectorIndex(fakeVectors(3000, dimensions), dimensions);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it.each([
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
  ])('refuses %s before native code sees it, naming the chunk', async (_, value) => {
    const vectors = fakeVectors(5, dimensions);
    vectors[3 * dimensions + 2] = value;
    const chunk = (row: number) => `chunk c${row}`;
    await expect(buildVectorIndex(vectors, dimensions, chunk)).rejects.toMatchObject({
      code: 'VECTOR_INVALID',
      message: `The vector of chunk c3 is ${value} at 2`,
    });
    const index = await buildVectorIndex(fakeVectors(5, dimensions), dimensions);
    await expect(index.search(vectors.subarray(3 * dimensions, 4 * dimensions), 1)).rejects.toMatchObject({
      code: 'VECTOR_INVALID',
    });
  });

  it('refuses zeros, broken rows, a question of another length and what is no Float32Array', async () => {
    const vectors = fakeVectors(5, dimensions).fill(0, dimensions, 2 * dimensions);
    await expect(verifyVectors(vectors, dimensions)).rejects.toThrow('The vector of row 1 is all zeros');
    await expect(verifyVectors(vectors.subarray(1), dimensions)).rejects.toThrow('no rows of 16 dimensions');
    for (const wrong of [[null, 'a'], null, undefined, 'text', {}]) {
      await expect(verifyVectors(wrong as unknown as Float32Array, 2)).rejects.toThrow('no Float32Array');
    }
    const index = await buildVectorIndex(fakeVectors(5, dimensions), dimensions);
    await expect(index.search(new Float32Array(3), 1)).rejects.toMatchObject({ code: 'VECTOR_INVALID' });
    await expect(index.search([null] as unknown as Float32Array, 1)).rejects.toMatchObject({ code: 'VECTOR_INVALID' });
  });

  it('says what to do when the native part was not built', async () => {
    vi.resetModules();
    vi.doMock('hnswlib-node', () => {
      throw new Error('Could not locate the bindings file');
    });
    const fresh = await import('../../src/retrieval/vector-index.ts');
    await expect(fresh.buildVectorIndex(fakeVectors(2, dimensions), dimensions)).rejects.toMatchObject({
      code: 'NATIVE_MISSING',
      message: expect.stringContaining('npm rebuild hnswlib-node'),
    });
  });
});

describe('a vector index read from its file', () => {
  const vectors = fakeVectors(600, dimensions);
  const query = fakeVectors(1, dimensions, 4);
  let file: string;
  beforeEach(async () => {
    file = join(folder, 'graph.hnsw');
    await (await buildVectorIndex(vectors, dimensions)).write(file);
  });

  it('answers as the one that was written', async () => {
    const built = await buildVectorIndex(vectors, dimensions);
    const read = await readVectorIndex(file, vectors, dimensions);
    expect(await read.search(query, 20)).toEqual(await built.search(query, 20));
  });

  it('is refused with other dimensions, another count or other vectors than it was made of', async () => {
    const code = 'INDEX_CORRUPT';
    await expect(readVectorIndex(file, fakeVectors(600, 32), 32)).rejects.toMatchObject({
      code,
      message: expect.stringContaining('16 dimensions instead of 32'),
    });
    await expect(readVectorIndex(file, fakeVectors(599, 16), 16)).rejects.toMatchObject({
      code,
      message: expect.stringContaining('600 points instead of 599'),
    });
    await expect(readVectorIndex(file, fakeVectors(600, 16, 2), 16)).rejects.toMatchObject({
      code,
      message: expect.stringContaining('another vector at point 0'),
    });
  });

  it('is refused when it is missing, cut off, or something else', async () => {
    const code = 'INDEX_CORRUPT';
    await truncate(file, 5000);
    await expect(readVectorIndex(file, vectors, dimensions)).rejects.toMatchObject({ code });
    await writeFile(file, 'text');
    await expect(readVectorIndex(file, vectors, dimensions)).rejects.toMatchObject({ code });
    await rm(file);
    await expect(readVectorIndex(file, vectors, dimensions)).rejects.toMatchObject({ code });
  });
});
