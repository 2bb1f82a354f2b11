import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { PullquoteError, shown } from '../errors.ts';
import { collectGarbage } from './collect-garbage.ts';
import { asDiskError, syncFile, syncFolder } from './disk.ts';
import { digestOf, pieces, TRUTH } from './generation-files.ts';
import { CURRENT, currentGeneration, readManifest, UNFINISHED, verifyWritable } from './index-folder.ts';
import {
  createManifest,
  type Digest,
  FILES,
  type FileName,
  generationId,
  type Manifest,
  sequenceOf,
} from './manifest.ts';
import { digestFile, verifyDigest, withPlainFile } from './plain-file.ts';
import { buildVectorIndex, readVectorIndex } from './vector-index.ts';
import { type Content, verifyContent } from './verify-content.ts';

/** What is to be published. */
export interface Publication extends Content {
  /** Version of the rules for reading, splitting and chunking. */
  pipeline: number;
  /** The folder ingested. */
  source: string;
}

export interface PublishOptions {
  /** Default: the system's clock. */
  now?: () => Date;
  /** Told before each operation on the disk, by name. Tests end the process or throw here. */
  onStep?: (step: string) => void;
}

/**
 * Writes a new generation and makes it the one that serves, or does nothing if the current one is whole and holds the same. The caller
 * holds the folder's lock (`lockIndex`). At every moment CURRENT names a whole generation, whenever the process or the machine stops:
 *
 *     .tmp-<random>/ ← files, each fsynced, read back and held against what was meant; the graph loaded and questioned; manifest
 *     fsync .tmp-<random>/ → rename to <id>/ → fsync folder → .tmp-CURRENT, fsynced → rename to CURRENT → fsync folder → delete old ones
 *
 * The current generation and the one before are kept: the first for whoever is reading it still, the second as the last good one.
 * Throws DISK_FULL, INDEX_UNWRITABLE (nothing is tried twice: after a failed fsync the kernel forgets what it could not write),
 * INDEX_FOREIGN, INDEX_TOO_NEW, VECTOR_INVALID, NATIVE_MISSING.
 */
export async function publishGeneration(
  indexFolder: string,
  publication: Publication,
  { now = () => new Date(), onStep = () => {} }: PublishOptions = {},
): Promise<{ id: string; unchanged: boolean }> {
  await verifyPublishable(publication);
  const before = await verifyWritable(indexFolder);
  await collectGarbage(indexFolder, before.current, null, onStep); // now too: publishers that are killed again and again never come to the end
  const truth = TRUTH.map((name) => [name, digestOf(publication, name)] as const);
  if (
    before.current !== null &&
    (await holdsTheSame(indexFolder, before.current, publication, Object.fromEntries(truth)))
  ) {
    return { id: before.current, unchanged: true };
  }

  const { documents, chunks, vectors, embedder, pipeline, source } = publication;
  const index = await buildVectorIndex(vectors, embedder.dimensions);
  const unfinished = join(indexFolder, `${UNFINISHED}${randomUUID()}`);
  let unserved: string | null = null;
  try {
    onStep('create folder');
    const created = await mkdir(indexFolder, { recursive: true });
    if (created !== undefined) await syncFolder(dirname(created));
    onStep('create unfinished folder');
    await mkdir(unfinished);
    const files: Partial<Record<FileName, Digest>> = {};
    for (const [name, digest] of truth) {
      const file = join(unfinished, name);
      await write(file, pieces(publication, name), onStep);
      await withPlainFile(file, (handle, bytes) => verifyDigest(file, handle, bytes, digest));
      files[name] = digest;
    }
    const graph = join(unfinished, 'graph.hnsw');
    onStep('write graph.hnsw');
    await index.write(graph);
    await readVectorIndex(graph, vectors, embedder.dimensions); // this process is the canary: a graph that kills dies here, not in a server
    onStep('sync graph.hnsw');
    await syncFile(graph);
    files['graph.hnsw'] = await digestFile(graph);

    const sequence = Math.max(0, ...[before.current ?? '', ...before.generations].map((id) => sequenceOf(id) ?? 0)) + 1;
    const manifest = createManifest({
      sequence,
      created: now().toISOString(),
      pipeline,
      embedder: { id: embedder.id, dimensions: embedder.dimensions },
      source,
      counts: {
        documents: documents.length,
        chunks: chunks.length,
        sentences: documents.reduce((sum, document) => sum + document.sentences.length, 0),
      },
      files: files as Manifest['files'],
    });
    const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    await write(join(unfinished, 'manifest.json'), [bytes], onStep);
    onStep('sync unfinished folder');
    await syncFolder(unfinished);

    const id = generationId(sequence, bytes);
    onStep('name generation');
    await rename(unfinished, join(indexFolder, id));
    unserved = join(indexFolder, id);
    onStep('sync folder');
    await syncFolder(indexFolder);
    await readManifest(indexFolder, id);

    const next = join(indexFolder, `${UNFINISHED}${CURRENT}`);
    await rm(next, { recursive: true, force: true });
    await write(next, [Buffer.from(`${id}\n`)], onStep);
    onStep('name CURRENT');
    await rename(next, join(indexFolder, CURRENT)).catch(async (error: unknown) => {
      // A folder in place of CURRENT cannot be renamed over; it names nothing, so nothing is lost with it.
      if ((await currentGeneration(indexFolder)) !== null) throw error;
      await rm(join(indexFolder, CURRENT), { recursive: true, force: true });
      await rename(next, join(indexFolder, CURRENT));
    });
    unserved = null; // from here on it may serve: should the next step fail, either generation is whole
    onStep('sync folder');
    await syncFolder(indexFolder);
    await collectGarbage(indexFolder, id, before.current, onStep);
    return { id, unchanged: false };
  } catch (error) {
    const coded = asDiskError(await trueCause(error, unfinished), indexFolder);
    for (const folder of [unfinished, unserved, join(indexFolder, `${UNFINISHED}${CURRENT}`)]) {
      if (folder !== null) await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
    throw coded;
  }
}

/** What `openGeneration` would refuse is not published. */
async function verifyPublishable(publication: Publication): Promise<void> {
  try {
    await verifyContent(publication);
  } catch (error) {
    if (!(error instanceof PullquoteError) || error.code !== 'INDEX_CORRUPT') throw error;
    throw new PullquoteError('INTERNAL', `Not to be published: ${error.message}`, error.facts, error);
  }
}

/** Whether a generation was made from the same, by the same rules, and is whole on the disk. */
async function holdsTheSame(
  indexFolder: string,
  id: string,
  { pipeline, embedder }: Publication,
  truth: Record<string, Digest>,
): Promise<boolean> {
  try {
    const manifest = await readManifest(indexFolder, id);
    if (manifest.pipeline !== pipeline) return false;
    if (manifest.embedder.id !== embedder.id || manifest.embedder.dimensions !== embedder.dimensions) return false;
    if (!TRUTH.every((name) => isDeepStrictEqual(manifest.files[name], truth[name]))) return false;
    for (const name of FILES) {
      const file = join(indexFolder, id, name);
      await withPlainFile(file, (handle, bytes) => verifyDigest(file, handle, bytes, manifest.files[name]));
    }
    return true;
  } catch (error) {
    if (error instanceof PullquoteError) return false; // damaged: publishing mends it
    throw error;
  }
}

async function write(file: string, content: Iterable<Uint8Array>, onStep: (step: string) => void): Promise<void> {
  const name = file.slice(dirname(file).length + 1);
  onStep(`create ${name}`);
  const handle = await open(file, 'wx');
  try {
    for (const piece of content) {
      onStep(`write ${name}`);
      await handle.writeFile(piece);
    }
    onStep(`sync ${name}`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** hnswlib hides why a write failed. When what was written does not read back, a write of our own asks the disk. */
async function trueCause(error: unknown, unfinished: string): Promise<unknown> {
  if (!(error instanceof PullquoteError) || error.code !== 'INDEX_CORRUPT') return error;
  try {
    await write(join(unfinished, 'probe'), [Buffer.alloc(1 << 16, 1)], () => {});
  } catch (cause) {
    return cause;
  }
  return new PullquoteError(
    'INDEX_UNWRITABLE',
    `What was written to the index ${shown(dirname(unfinished))} reads back otherwise: ${error.message}`,
    { folder: dirname(unfinished) },
    error,
  );
}
