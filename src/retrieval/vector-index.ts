import { createHash } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { SynchronousInMemoryDocstore } from '@langchain/community/stores/doc/in_memory';
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { Document as StoredRow } from '@langchain/core/documents';
import type { HierarchicalNSW } from 'hnswlib-node';
import { PullquoteError } from '../errors.ts';
import { ROWS_A_TURN, rowOf, verifyVector, verifyVectors } from './verify-vectors.ts';

/** A row of the vectors and its cosine with the vector searched for, −1 to 1. */
export interface Neighbour {
  row: number;
  cosine: number;
}

/** The HNSW graph over the vectors of a generation, in memory. */
export interface VectorIndex {
  /** The `k` nearest rows (all, if there are fewer), nearest first. Throws VECTOR_INVALID. */
  search(vector: Float32Array, k: number): Promise<Neighbour[]>;
  /** Writes the graph to a file. Resolves even when nothing was written (full disk, no folder): the caller reads it back. */
  write(file: string): Promise<void>;
}

/** Candidates kept while searching. hnswlib's own 10 finds 44 % of the ten nearest in a hard set; 200 finds 99.6 % in 0.14 ms. Not saved. */
const EF = 200;
/** Rows added between two turns of the event loop: about 0.1 s of work. */
const BATCH = 256;
/** Rows asked for themselves after reading a graph. */
const SAMPLE = 64;
/** Cosines are sums of 32-bit products in another order than ours. */
const TOLERANCE = 1e-3;

/**
 * Builds the graph, letting the event loop turn between batches.
 * @param vectors row by row, `dimensions` floats each
 * @param nameOf what the message calls a row that is invalid
 * Throws VECTOR_INVALID, NATIVE_MISSING.
 */
export async function buildVectorIndex(
  vectors: Float32Array,
  dimensions: number,
  nameOf?: (row: number) => string,
): Promise<VectorIndex> {
  await verifyVectors(vectors, dimensions, nameOf);
  const points = await pointsOf(vectors, dimensions);
  const store = await createStore(dimensions);
  for (let first = 0; first < points.length; first += BATCH) {
    const batch = points.slice(first, first + BATCH);
    await store.addVectors(
      batch.map(([row]) => Array.from(rowOf(vectors, row, dimensions))),
      batch.map(() => NO_TEXT),
    );
    // The first batch makes HNSWLib initialise the graph for its own size; one resize while it is small spares one for each batch.
    if (first === 0 && points.length > BATCH) store.index.resizeIndex(points.length);
    await setImmediate();
  }
  if (points.length > 0) store.index.setEf(EF);
  return vectorIndex(store, points, dimensions);
}

/**
 * Reads a graph into a new native object, and checks it against the vectors it is said to hold. hnswlib trusts its file blindly (a
 * flipped bit may end the process), so the caller must have checked the file's SHA-256.
 * Throws INDEX_CORRUPT, VECTOR_INVALID, NATIVE_MISSING.
 */
export async function readVectorIndex(file: string, vectors: Float32Array, dimensions: number): Promise<VectorIndex> {
  await verifyVectors(vectors, dimensions);
  const points = await pointsOf(vectors, dimensions);
  const count = points.length;
  const corrupt = (what: string, cause?: unknown) =>
    new PullquoteError('INDEX_CORRUPT', `The vector graph ${file} ${what}`, { file }, cause);
  const store = await createStore(dimensions);
  const index = vectorIndex(store, points, dimensions);
  if (count === 0) return index;

  const header = await readHeader(file).catch((cause: unknown) => {
    throw corrupt('cannot be read', cause);
  });
  if (header.dimensions !== dimensions) throw corrupt(`has ${header.dimensions} dimensions instead of ${dimensions}`);
  if (header.count !== count) throw corrupt(`has ${header.count} points instead of ${count}`);
  try {
    await store.index.readIndex(file); // `store` holds the object: were it collected during the load, the process would end
  } catch (cause) {
    throw corrupt('cannot be loaded', cause);
  }
  if (store.index.getCurrentCount() !== count) throw corrupt('has lost points');
  store.index.setEf(EF);

  let found = 0;
  const sample = Math.min(SAMPLE, count);
  for (let i = 0; i < sample; i++) {
    const point = Math.floor((i * count) / sample);
    const vector = rowOf(vectors, (points[point] as Point)[0], dimensions);
    if (!(cosineOf(vector, Float32Array.from(store.index.getPoint(point))) > 1 - TOLERANCE)) {
      throw corrupt(`holds another vector at point ${point}`);
    }
    const nearest = (await index.search(vector, 1))[0];
    if (nearest === undefined) throw corrupt('answers with a point that does not exist');
    const cosine = cosineOf(vector, rowOf(vectors, nearest.row, dimensions));
    if (!(Math.abs(nearest.cosine - cosine) < TOLERANCE)) throw corrupt(`gives row ${nearest.row} a wrong cosine`);
    if (cosine > 1 - TOLERANCE) found++;
  }
  // Among very many near-equal vectors an approximate graph may rightly miss most rows; a broken one misses all.
  if (found === 0) throw corrupt(`finds none of ${sample} rows when asked for them`);
  return index;
}

function vectorIndex(store: HNSWLib, points: Point[], dimensions: number): VectorIndex {
  return {
    async search(vector, k) {
      verifyVector(vector, dimensions, () => 'the question');
      const within = Math.min(Math.floor(k), points.length); // beyond the count, HNSWLib warns on the console at each question
      if (!(within >= 1)) return [];
      const found = await store.similaritySearchVectorWithScore(Array.from(vector), within);
      const rows = found.flatMap(([{ metadata }, distance]) =>
        (points[metadata.point] ?? []).map((row) => ({ row, cosine: 1 - distance })),
      );
      return rows.slice(0, Math.floor(k));
    },
    async write(file) {
      if (points.length > 0) await store.index.writeIndex(file);
      else await writeFile(file, '');
    },
  };
}

/**
 * The rows that share one vector, in order. Equal vectors are one point of the graph: texts repeated on every page would else crowd one
 * another's neighbour lists until no path leads out (measured: half of 10,000 rows equal, two in five of the others were never found).
 */
type Point = [number, ...number[]];

async function pointsOf(vectors: Float32Array, dimensions: number): Promise<Point[]> {
  const points = new Map<string, Point>();
  for (let row = 0; row < vectors.length / dimensions; row++) {
    if (row % ROWS_A_TURN === ROWS_A_TURN - 1) await setImmediate();
    const { buffer, byteOffset, byteLength } = rowOf(vectors, row, dimensions);
    const key = createHash('sha256')
      .update(new Uint8Array(buffer, byteOffset, byteLength))
      .digest('base64');
    const point = points.get(key);
    if (point) point.push(row);
    else points.set(key, [row]);
  }
  return [...points.values()];
}

async function createStore(dimensions: number): Promise<HNSWLib> {
  const index = await createGraph(dimensions);
  return new HNSWLib(noEmbeddings, { space: 'cosine', numDimensions: dimensions, index, docstore: new Points() });
}

async function createGraph(dimensions: number): Promise<HierarchicalNSW> {
  let native: typeof import('hnswlib-node');
  try {
    native = (await import('hnswlib-node')).default;
  } catch (cause) {
    throw new PullquoteError(
      'NATIVE_MISSING',
      'The vector index (hnswlib-node) was not built for this machine. Install python3, make and g++, then run: npm rebuild hnswlib-node --ignore-scripts=false',
      { package: 'hnswlib-node', platform: process.platform, arch: process.arch, node: process.version },
      cause,
    );
  }
  return new native.HierarchicalNSW('cosine', dimensions);
}

/** Chunks are held elsewhere: the point is all that the store has to tell. LangChain's docstore would hold an object for each. */
class Points extends SynchronousInMemoryDocstore {
  override add(): void {}
  override search(label: string): StoredRow {
    return new StoredRow({ pageContent: '', metadata: { point: Number(label) } });
  }
}

const NO_TEXT = new StoredRow({ pageContent: '' });

/** The vectors come ready-made, one text a run; HNSWLib only asks for embeddings when it is given texts. */
const noEmbeddings = {
  embedDocuments: () => Promise.reject(new Error('vectors are made by the embedder')),
  embedQuery: () => Promise.reject(new Error('vectors are made by the embedder')),
};

/** What a graph's file says of itself, by the order in which `hnswalg.h saveIndex` writes it (64-bit, little-endian). */
async function readHeader(file: string): Promise<{ count: number; dimensions: number }> {
  const handle = await open(file, 'r');
  try {
    const bytes = Buffer.alloc(48);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    if (bytesRead < bytes.length) throw new Error(`${bytesRead} bytes`);
    const [count, label, vector] = [16, 32, 40].map((offset) => Number(bytes.readBigUInt64LE(offset)));
    return { count: count as number, dimensions: ((label as number) - (vector as number)) / 4 };
  } finally {
    await handle.close();
  }
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number, b[i] as number];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot / Math.sqrt(aa * bb);
}
