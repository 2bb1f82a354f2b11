import { endianness } from 'node:os';
import { join } from 'node:path';
import { asPullquoteError, PullquoteError, shown } from '../errors.ts';
import type { EmbedderIdentity, StoredGeneration } from '../types.ts';
import { currentGeneration, readManifest, type Survey, surveyFolder } from './index-folder.ts';
import type { FileName, Manifest } from './manifest.ts';
import { readLines, verifyDigest, withPlainFile } from './plain-file.ts';
import { buildVectorIndex, readVectorIndex, type VectorIndex } from './vector-index.ts';
import { asChunk, asDocument, verifyContent } from './verify-content.ts';

/** A generation read from the disk and found whole. */
export interface OpenGeneration extends StoredGeneration {
  manifest: Manifest;
  vectorIndex: VectorIndex;
  /** What was wrong and could be helped, for the operator: one sentence each. */
  warnings: string[];
}

/** How often to start again when generations are published, and deleted, faster than they can be read. */
const ATTEMPTS = 10;

export interface OpenOptions {
  /** Whether an older generation will do where the one that CURRENT names is damaged. Default: it will. */
  older?: boolean;
}

/**
 * Opens the generation that CURRENT names, or, where its files are damaged, the next older one that is whole, with a warning. Nothing is
 * parsed, and nothing given to native code, before its SHA-256 is found right. The graph is a cache: if damaged, it is made anew in memory.
 * Writes nothing.
 * Throws INDEX_MISSING, INDEX_CORRUPT (naming the file), INDEX_MISMATCH (made by another embedder), INDEX_TOO_NEW, INDEX_FOREIGN,
 * NATIVE_MISSING.
 */
export async function openGeneration(
  indexFolder: string,
  embedder: EmbedderIdentity,
  { older = true }: OpenOptions = {},
): Promise<OpenGeneration> {
  for (let attempt = 1; ; attempt++) {
    const survey = await surveyFolder(indexFolder);
    if (!survey || (survey.current === null && survey.generations.length === 0)) {
      throw new PullquoteError('INDEX_MISSING', `There is no index in ${shown(indexFolder)}: run ingest first`, {
        folder: indexFolder,
      });
    }
    const overtaken = async () => attempt < ATTEMPTS && (await currentGeneration(indexFolder)) !== survey.current;
    const ids = candidates(survey).filter((id) => older || id === survey.current);
    const generation = await openFirstWhole(indexFolder, survey.current, ids, embedder, overtaken);
    if (generation) return generation;
  }
}

/** Tries one generation after the other; null if CURRENT was `overtaken` when one failed, since it may just have been deleted. */
async function openFirstWhole(
  indexFolder: string,
  current: string | null,
  ids: readonly string[],
  embedder: EmbedderIdentity,
  overtaken: () => Promise<boolean>,
): Promise<OpenGeneration | null> {
  const warnings: string[] = [];
  if (current === null) warnings.push(`CURRENT in ${indexFolder} is missing or damaged: taking the newest generation`);
  let firstError: PullquoteError | null = null;
  for (const id of ids) {
    try {
      const generation = await readGeneration(indexFolder, id, embedder, warnings);
      if (firstError) warnings.push(`Serving the older generation ${id}. Run ingest to mend the index`);
      return generation;
    } catch (cause) {
      const error = asPullquoteError(cause);
      const tryOlder = error.code === 'INDEX_CORRUPT' || (error.code === 'INDEX_MISMATCH' && firstError !== null);
      if (!tryOlder) throw error;
      if (await overtaken()) return null;
      firstError ??= error;
      warnings.push(`Generation ${id} is refused: ${error.message}`);
    }
  }
  throw firstError ?? new PullquoteError('INDEX_CORRUPT', `CURRENT in ${indexFolder} is missing or damaged`);
}

/** CURRENT first, then those before it, newest first, and last those that were never made current. */
function candidates({ current, generations }: Survey): string[] {
  if (current === null) return generations;
  const at = generations.indexOf(current);
  return [current, ...generations.slice(at + 1), ...generations.slice(0, Math.max(at, 0))];
}

async function readGeneration(
  indexFolder: string,
  id: string,
  embedder: EmbedderIdentity,
  warnings: string[],
): Promise<OpenGeneration> {
  const manifest = await readManifest(indexFolder, id);
  verifyEmbedder(manifest.embedder, embedder, join(indexFolder, id));
  const file = (name: FileName) => join(indexFolder, id, name);
  const documents = await readJsonLines(file('documents.jsonl'), manifest, 'documents.jsonl', asDocument);
  const chunks = await readJsonLines(file('chunks.jsonl'), manifest, 'chunks.jsonl', asChunk);
  const vectors = await readVectors(file('vectors.f32'), manifest);
  const generation = { id, embedder: manifest.embedder, documents, chunks, vectors };

  const corrupt = (what: string, cause?: unknown) =>
    new PullquoteError('INDEX_CORRUPT', `${join(indexFolder, id)}: ${what}`, { generation: id }, cause);
  try {
    await verifyContent(generation);
  } catch (cause) {
    throw corrupt(asPullquoteError(cause).message, cause);
  }
  const sentences = documents.reduce((sum, document) => sum + document.sentences.length, 0);
  const counts = { documents: documents.length, chunks: chunks.length, sentences };
  for (const name of ['documents', 'chunks', 'sentences'] as const) {
    if (counts[name] !== manifest.counts[name]) {
      throw corrupt(`${counts[name]} ${name} instead of ${manifest.counts[name]}`);
    }
  }
  const vectorIndex = await readGraph(file('graph.hnsw'), manifest, vectors, warnings);
  return { ...generation, manifest, vectorIndex, warnings };
}

function verifyEmbedder(made: EmbedderIdentity, asked: EmbedderIdentity, folder: string): void {
  if (made.id === asked.id && made.dimensions === asked.dimensions) return;
  throw new PullquoteError(
    'INDEX_MISMATCH',
    `The index ${folder} was made by the embedder ${shown(made.id)} (${made.dimensions} dimensions), not ${shown(asked.id)} (${asked.dimensions}): run ingest`,
    { folder, made, asked },
  );
}

function readJsonLines<T>(path: string, manifest: Manifest, name: FileName, as: (stored: unknown) => T): Promise<T[]> {
  return withPlainFile(path, async (handle, bytes) => {
    await verifyDigest(path, handle, bytes, manifest.files[name]);
    const values: T[] = [];
    try {
      await readLines(handle, (line) => values.push(as(JSON.parse(line))));
    } catch (cause) {
      const what = `${path}, line ${values.length + 1}: ${asPullquoteError(cause).message}`;
      throw new PullquoteError('INDEX_CORRUPT', what, { file: path, line: values.length + 1 }, cause);
    }
    return values;
  });
}

function readVectors(path: string, manifest: Manifest): Promise<Float32Array> {
  return withPlainFile(path, async (handle, bytes) => {
    const length = manifest.counts.chunks * manifest.embedder.dimensions;
    if (bytes !== length * 4) {
      const what = `${path} has ${bytes} bytes instead of ${length * 4}`;
      throw new PullquoteError('INDEX_CORRUPT', what, { file: path, bytes, expected: length * 4 });
    }
    await verifyDigest(path, handle, bytes, manifest.files['vectors.f32']);
    const vectors = new Float32Array(length);
    const buffer = Buffer.from(vectors.buffer);
    for (let at = 0; at < bytes; ) {
      const { bytesRead } = await handle.read(buffer, at, Math.min(bytes - at, 1 << 26), at);
      if (bytesRead === 0) throw new PullquoteError('INDEX_CORRUPT', `${path} became shorter`, { file: path });
      at += bytesRead;
    }
    if (endianness() === 'BE') buffer.swap32();
    return vectors;
  });
}

async function readGraph(
  path: string,
  manifest: Manifest,
  vectors: Float32Array,
  warnings: string[],
): Promise<VectorIndex> {
  try {
    await withPlainFile(path, (handle, bytes) => verifyDigest(path, handle, bytes, manifest.files['graph.hnsw']));
    return await readVectorIndex(path, vectors, manifest.embedder.dimensions);
  } catch (error) {
    if (!(error instanceof PullquoteError) || error.code !== 'INDEX_CORRUPT') throw error;
    warnings.push(`${error.message}. It is made anew from the vectors at each start; run ingest to mend it`);
    return buildVectorIndex(vectors, manifest.embedder.dimensions);
  }
}
