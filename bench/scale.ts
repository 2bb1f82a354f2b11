import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Models } from '../src/inference/models.ts';
import { publishGeneration } from '../src/retrieval/publish-generation.ts';
import { search } from '../src/retrieval/search.ts';
import { openServedIndex } from '../src/retrieval/served-index.ts';
import type { Chunk, Document } from '../src/types.ts';
import { percentile } from './measures.ts';
import type { SquadSet } from './squad.ts';

export interface Scale {
  chunks: number;
  /** Seconds to build the graph, write, verify and publish. */
  publishSeconds: number;
  /** Seconds to open the generation and build the keyword index. */
  openSeconds: number;
  /** Bytes resident once it serves. */
  resident: number;
  /** Milliseconds of a search, the question's embedding included. */
  searchP50: number;
  searchP95: number;
  /** Share of questions whose own chunk, which is there once among its variations, is among the first ten. */
  found: number;
}

/** A variation's vector is its original's with these shares of two others' added: it stays where texts lie. */
const SHARES = [0.7, 0.4];

/**
 * A large index made of a set's chunks: each again and again with other numbers and some sentences exchanged, and its vector mixed
 * with others' (embedding them all would take a quarter of an hour and measure the embedder). The originals are in it, once.
 */
export async function measureScale(
  models: Models,
  set: SquadSet,
  vectorOf: ReadonlyMap<string, Float32Array>,
  count: number,
): Promise<Scale> {
  const folder = await mkdtemp(join(tmpdir(), 'pullquote-scale-'));
  try {
    const index = join(folder, 'index');
    const started = performance.now();
    await publishGeneration(index, {
      source: 'bench',
      pipeline: 0,
      embedder: identityOf(models),
      ...grow(set, vectorOf, count),
    });
    const published = performance.now();
    const served = await openServedIndex(index, models.embedder);
    const opened = performance.now();
    const times: number[] = [];
    let found = 0;
    const questions = set.questions.filter((_, number) => number % 3 === 0);
    for (const { question, documentId } of questions) {
      const before = performance.now();
      const { hits } = await search(served, models.embedder, question, { limit: 10 });
      times.push(performance.now() - before);
      if (hits.some(({ chunk }) => chunk.documentId === `${documentId}~0`)) found += 1;
    }
    return {
      chunks: served.chunks.length,
      publishSeconds: (published - started) / 1000,
      openSeconds: (opened - published) / 1000,
      resident: process.memoryUsage.rss(),
      searchP50: percentile(times, 0.5),
      searchP95: percentile(times, 0.95),
      found: found / questions.length,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function identityOf({ embedder: { id, dimensions } }: Models): { id: string; dimensions: number } {
  return { id, dimensions };
}

function grow({ documents, chunks }: SquadSet, vectorOf: ReadonlyMap<string, Float32Array>, count: number) {
  const grown: { documents: Document[]; chunks: Chunk[] } = { documents: [], chunks: [] };
  const dimensions = vectorOf.values().next().value?.length ?? 0;
  const vectors = new Float32Array(count * dimensions);
  const random = mulberry32(1);
  const all = [...vectorOf.values()];
  for (let copy = 0; grown.chunks.length < count; copy++) {
    for (const document of documents) {
      const id = `${document.id}~${copy}`;
      const own = chunks.filter(({ documentId }) => documentId === document.id);
      if (grown.chunks.length + own.length > count)
        return { ...grown, vectors: vectors.slice(0, grown.chunks.length * dimensions) };
      const text =
        copy === 0 ? document.text : document.text.replace(/\p{Lu}\p{Ll}{3,}|\d/gu, (word) => vary(word, random));
      grown.documents.push({ ...document, id, text, title: id, revision: id });
      for (const chunk of own) {
        const vector = vectorOf.get(chunk.id) as Float32Array;
        const row = vectors.subarray(grown.chunks.length * dimensions, (grown.chunks.length + 1) * dimensions);
        grown.chunks.push({ ...chunk, id: `${id}#${chunk.start}-${chunk.end}`, documentId: id });
        const others = copy === 0 ? [] : SHARES.map(() => pick(all, random));
        let sum = 0;
        for (let i = 0; i < dimensions; i++) {
          row[i] = others.reduce((mixed, other, j) => mixed + (SHARES[j] ?? 0) * (other[i] ?? 0), vector[i] ?? 0);
          sum += (row[i] ?? 0) ** 2;
        }
        for (let i = 0; i < dimensions; i++) row[i] = (row[i] ?? 0) / Math.sqrt(sum);
      }
    }
  }
  return { ...grown, vectors };
}

/** Another digit, or a name with its letters moved, of the same length: the offsets hold. */
function vary(word: string, random: () => number): string {
  if (/\d/.test(word)) return String(Math.floor(random() * 10));
  const by = Math.floor(random() * 26);
  return word.replace(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + by) % 26) + 97));
}

/** A small seeded generator (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick(vectors: readonly Float32Array[], random: () => number): Float32Array {
  return vectors[Math.floor(random() * vectors.length)] as Float32Array;
}
