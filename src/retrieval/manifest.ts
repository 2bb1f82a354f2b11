import { createHash } from 'node:crypto';
import { PullquoteError, shown } from '../errors.ts';
import type { EmbedderIdentity } from '../types.ts';

/** The shape of what is stored. A newer one is refused by name. */
const VERSION = 1;

/** The files of a generation beside its manifest. All but the graph are the truth; the graph is made from the vectors. */
export const FILES = ['documents.jsonl', 'chunks.jsonl', 'vectors.f32', 'graph.hnsw'] as const;
export type FileName = (typeof FILES)[number];

/** How long a file is and what it hashes to. */
export interface Digest {
  bytes: number;
  /** Lower-case hex. */
  sha256: string;
}

/** What a generation says of itself. Its own SHA-256 is in the name of its folder, and it holds those of the other files. */
export interface Manifest {
  format: 'pullquote-index';
  version: typeof VERSION;
  /** From 1, growing; the first part of the id. */
  sequence: number;
  /** ISO 8601, UTC. */
  created: string;
  /** Version of the rules for reading, splitting and chunking. */
  pipeline: number;
  embedder: EmbedderIdentity;
  space: 'cosine';
  /** The folder ingested. */
  source: string;
  counts: { documents: number; chunks: number; sentences: number };
  files: Record<FileName, Digest>;
}

export function createManifest(facts: Omit<Manifest, 'format' | 'version' | 'space'>): Manifest {
  return { format: 'pullquote-index', version: VERSION, space: 'cosine', ...facts };
}

/** `<sequence>-<first 16 hex digits of the SHA-256 of the manifest's bytes>`. */
export function generationId(sequence: number, manifest: Uint8Array): string {
  return `${sequence}-${createHash('sha256').update(manifest).digest('hex').slice(0, 16)}`;
}

/** The sequence number in the name of a generation's folder, or null if it is not such a name. */
export function sequenceOf(id: string): number | null {
  const match = /^([1-9]\d{0,14})-[0-9a-f]{16}$/.exec(id);
  return match ? Number(match[1]) : null;
}

/**
 * Reads a manifest, once its bytes are held against the name of its folder.
 * Throws INDEX_CORRUPT, INDEX_TOO_NEW (naming both versions), INDEX_MISMATCH (another space).
 */
export function parseManifest(bytes: Uint8Array, id: string, file: string): Manifest {
  const corrupt = (what: string, cause?: unknown) =>
    new PullquoteError('INDEX_CORRUPT', `${file} ${what}`, { file }, cause);
  const sequence = sequenceOf(id);
  if (sequence === null || generationId(sequence, bytes) !== id) throw corrupt('was changed: its SHA-256 is another');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw corrupt('is not JSON', cause);
  }
  if (!isRecord(value) || value.format !== 'pullquote-index' || !isCount(value.version)) {
    throw corrupt('is not the manifest of an index');
  }
  if (value.version > VERSION) {
    throw new PullquoteError(
      'INDEX_TOO_NEW',
      `The index ${file} has version ${value.version}; this Pullquote reads up to version ${VERSION}`,
      { file, version: value.version, supported: VERSION },
    );
  }
  if (value.version !== VERSION) throw corrupt(`has version ${value.version}`);
  if (value.space !== 'cosine') {
    throw new PullquoteError(
      'INDEX_MISMATCH',
      `The index ${file} has space ${shown(value.space)} instead of "cosine"`,
      {
        file,
        space: value.space,
        expected: 'cosine',
      },
    );
  }
  const { created, pipeline, embedder, source, counts, files } = value;
  if (value.sequence !== sequence) throw corrupt('has another sequence than its folder');
  if (typeof created !== 'string' || typeof source !== 'string') throw corrupt('lacks created or source');
  if (typeof pipeline !== 'number') throw corrupt('lacks its pipeline');
  if (!isRecord(embedder) || typeof embedder.id !== 'string' || !isCount(embedder.dimensions)) {
    throw corrupt('lacks its embedder');
  }
  if (!isRecord(counts) || !['documents', 'chunks', 'sentences'].every((name) => isCount(counts[name]))) {
    throw corrupt('lacks its counts');
  }
  if (!isRecord(files) || !FILES.every((name) => isDigest(files[name]))) throw corrupt('lacks its files');
  return value as unknown as Manifest;
}

function isDigest(value: unknown): boolean {
  return isRecord(value) && isCount(value.bytes) && typeof value.sha256 === 'string';
}

/** A whole number from 0. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
