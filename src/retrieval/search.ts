import { PullquoteError, shown } from '../errors.ts';
import type { Chunk, Embedder, Hit } from '../types.ts';
import { dot } from './dot.ts';
import type { ServedIndex } from './served-index.ts';
import { rowOf } from './verify-vectors.ts';

/** Chunks that either search proposes, before their scores are fused. */
const CANDIDATES = 50;
/** What the cosine counts beside BM25's share of the best passage: measured, 0.5 to 2 differ little (shared notes on answering). */
const COSINE_WEIGHT = 2;

export interface Search {
  /** Best first. */
  hits: Hit[];
  /** The question's vector. */
  vector: Float32Array;
  /** The chunks nearest to another vector, nearest first, from the same documents and with their scores for the same question. */
  near(vector: Float32Array, limit: number): Promise<Hit[]>;
}

export interface SearchOptions {
  /** Most hits. */
  limit: number;
  /** Search these documents only (ids). */
  documents?: readonly string[];
}

/**
 * Hybrid search: `bm25 / bm25 of the best passage + 2 · cosine` over the chunks that either search proposes. Unlike rank fusion the sum
 * keeps the margins, which say how sure each side is (Bruch, Gai, Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval").
 * Within `documents` every chunk of theirs is compared, so no graph search can miss one. Throws DOCUMENT_UNKNOWN naming the first that isn't there.
 */
export async function search(
  index: ServedIndex,
  embedder: Embedder,
  question: string,
  options: SearchOptions,
): Promise<Search> {
  const { limit, documents } = options;
  const rows = documents === undefined ? null : rowsOf(index, documents);
  const vector = await embedder.embed(question);
  const bm25 = index.keywords.search(question);

  const candidates = rows ?? new Set([...best(bm25), ...(await nearest(index, vector, CANDIDATES))]);
  let most = Number.MIN_VALUE;
  for (const row of candidates) most = Math.max(most, bm25.get(row) ?? 0);

  function hitOf(row: number): Hit {
    const hit = { chunk: index.chunks[row] as Chunk, bm25: bm25.get(row) ?? 0, cosine: cosine(index, row, vector) };
    return { ...hit, score: hit.bm25 / most + COSINE_WEIGHT * hit.cosine };
  }

  const hits = [...candidates].map(hitOf).sort((a, b) => b.score - a.score);
  return {
    hits: hits.slice(0, limit),
    vector,
    async near(other, nearLimit) {
      const found =
        rows === null ? await nearest(index, other, nearLimit) : nearestAmong(index, other, nearLimit, rows);
      return found.map(hitOf);
    },
  };
}

async function nearest(index: ServedIndex, vector: Float32Array, limit: number): Promise<number[]> {
  return (await index.vectorIndex.search(vector, limit)).map(({ row }) => row);
}

function nearestAmong(index: ServedIndex, vector: Float32Array, limit: number, rows: Iterable<number>): number[] {
  const cosines = [...rows].map((row) => [row, cosine(index, row, vector)] as const).sort(([, a], [, b]) => b - a);
  return cosines.slice(0, limit).map(([row]) => row);
}

function rowsOf(index: ServedIndex, documents: readonly string[]): Set<number> {
  const rows = new Set<number>();
  for (const id of documents) {
    const found = index.rowsOf.get(id);
    if (found === undefined) {
      throw new PullquoteError('DOCUMENT_UNKNOWN', `no document ${shown(id)} in the index`, { document: id });
    }
    for (let row = found.start; row < found.end; row++) rows.add(row);
  }
  return rows;
}

/** The rows with the best keyword scores. */
function best(bm25: Map<number, number>): number[] {
  return [...bm25]
    .sort(([, a], [, b]) => b - a)
    .slice(0, CANDIDATES)
    .map(([row]) => row);
}

function cosine({ vectors }: ServedIndex, row: number, vector: Float32Array): number {
  return dot(rowOf(vectors, row, vector.length), vector);
}
