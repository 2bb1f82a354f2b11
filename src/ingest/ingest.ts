import { asPullquoteError, PullquoteError, shown, systemCode, throwIfAborted } from '../errors.ts';
import { lockIndex } from '../retrieval/index-lock.ts';
import { type OpenGeneration, openGeneration } from '../retrieval/open-generation.ts';
import { publishGeneration } from '../retrieval/publish-generation.ts';
import { verifyVector } from '../retrieval/verify-vectors.ts';
import { oneLine, passageOf, readable } from '../text/readable.ts';
import { splitSentences } from '../text/sentences.ts';
import { wholeGraphemesWithin } from '../text/unicode.ts';
import type { Chunk, Document, Embedder, SkippedFile, Span } from '../types.ts';
import { chunkDocument } from './chunk.ts';
import { type DocumentFile, listFiles, loadDocument, type ReadDocument, readBytes } from './documents.ts';

/** Version of the rules for reading, splitting and chunking: raised when they change, so that nothing old is reused. */
const PIPELINE = 1;

export interface IngestOptions {
  /** Told as chunks are embedded: how many of how many so far known. */
  onProgress?: (done: number, total: number) => void;
  /** Largest file, in bytes. */
  largestFile?: number;
  signal?: AbortSignal;
}

export interface IngestReport {
  generation: string;
  /** Nothing had changed, so nothing was published. */
  unchanged: boolean;
  documents: number;
  sentences: number;
  chunks: number;
  /** Documents taken over from the last generation, since their revision is the same or cannot be told just now. */
  reused: number;
  skipped: SkippedFile[];
}

/** A document ready for the index, with the vectors of its chunks if they are known already. */
interface Prepared {
  document: Document;
  chunks: Chunk[];
  vectors: Float32Array | null;
}

/**
 * Reads a folder into a new generation of the index and publishes it. A file with something wrong is listed and the others go on; a
 * document whose bytes haven't changed keeps its vectors, and one whose file cannot be read just now stays as it was. Until the last step
 * the old generation serves, whatever happens.
 *
 * Throws FOLDER_MISSING, FOLDER_EMPTY, INDEX_LOCKED, INDEX_FOREIGN, INDEX_TOO_NEW, INDEX_UNWRITABLE, DISK_FULL, MODEL_FAILED, VECTOR_INVALID, ABORTED.
 */
export async function ingest(
  folder: string,
  indexFolder: string,
  embedder: Embedder,
  options: IngestOptions = {},
): Promise<IngestReport> {
  const { files, skipped } = await listFiles(folder);
  const release = await lockIndex(indexFolder);
  try {
    const last = await openLast(indexFolder, embedder);
    const prepared = await prepareAll(folder, files, last, skipped, options);
    if (prepared.length === 0) {
      throw new PullquoteError(
        'FOLDER_EMPTY',
        `${shown(folder)} holds no text, Markdown or HTML file that can be read${reasonsOf(skipped)}`,
        { folder, skipped },
      );
    }
    const documents = prepared.map(({ document }) => document);
    const chunks = prepared.flatMap((it) => it.chunks);
    const vectors = await embedAll(prepared, embedder, options);
    const { id, unchanged } = await publishGeneration(indexFolder, {
      source: folder,
      pipeline: PIPELINE,
      embedder: { id: embedder.id, dimensions: embedder.dimensions },
      documents,
      chunks,
      vectors,
    });
    return {
      generation: id,
      unchanged,
      documents: documents.length,
      sentences: documents.reduce((sum, { sentences }) => sum + sentences.length, 0),
      chunks: chunks.length,
      reused: prepared.filter((it) => it.vectors !== null).length,
      skipped,
    };
  } finally {
    await release();
  }
}

/** The generation to take unchanged documents from; null when there is none of these rules and this embedder. */
async function openLast(indexFolder: string, embedder: Embedder): Promise<OpenGeneration | null> {
  try {
    const last = await openGeneration(indexFolder, embedder);
    return last.manifest.pipeline === PIPELINE ? last : null;
  } catch (error) {
    const { code } = asPullquoteError(error);
    if (code === 'INDEX_MISSING' || code === 'INDEX_CORRUPT' || code === 'INDEX_MISMATCH') return null;
    throw error;
  }
}

async function prepareAll(
  folder: string,
  files: readonly DocumentFile[],
  last: OpenGeneration | null,
  skipped: SkippedFile[],
  { largestFile, signal }: IngestOptions,
): Promise<Prepared[]> {
  const known = last === null ? new Map<string, Prepared>() : preparedOf(last);
  const prepared: Prepared[] = [];
  for (const file of files) {
    throwIfAborted(signal);
    const earlier = known.get(file.id);
    const before = earlier?.document.format === file.format ? earlier : undefined;
    try {
      const content = await readBytes(folder, file, largestFile);
      const isSame = before?.document.revision === content.revision;
      prepared.push(isSame ? before : prepare(loadDocument(file, content)));
    } catch (error) {
      const { code, message } = asPullquoteError(error);
      const kept = before !== undefined && isThereStill(error);
      if (kept) prepared.push(before);
      skipped.push({ path: file.path, code, reason: kept ? `${message}; its earlier version is kept` : message });
    }
  }
  return prepared;
}

/** Whether a file that could not be read is there (forbidden, on a disk that fails), not deleted nor replaced by what is no file. */
function isThereStill(error: unknown): boolean {
  if (!(error instanceof PullquoteError) || error.code !== 'FILE_UNREADABLE') return false;
  const system = systemCode(error.cause);
  return system !== null && !['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(system);
}

/** Why files were left aside though they are of a format that is read: the first two reasons, on one line. */
function reasonsOf(skipped: readonly SkippedFile[]): string {
  const failed = skipped.filter(({ code }) => code !== null);
  if (failed.length === 0) return '';
  const reasons = failed.slice(0, 2).map(({ code, reason }) => `${oneLine(reason)} (${code})`);
  const rest = failed.length - reasons.length;
  return `: ${reasons.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

/** The documents of a generation with their chunks and vectors, by id. */
function preparedOf({ documents, chunks, vectors, embedder }: OpenGeneration): Map<string, Prepared> {
  const rows = new Map<string, number[]>();
  for (const [row, { documentId }] of chunks.entries()) {
    const before = rows.get(documentId);
    if (before === undefined) rows.set(documentId, [row]);
    else before.push(row);
  }
  const { dimensions } = embedder;
  return new Map(
    documents.map((document) => {
      const own = rows.get(document.id) ?? [];
      const first = own[0] ?? 0;
      return [
        document.id,
        {
          document,
          chunks: chunks.slice(first, first + own.length),
          vectors: vectors.slice(first * dimensions, (first + own.length) * dimensions),
        },
      ];
    }),
  );
}

/** Tells the sentences and the chunks apart. */
export function prepare(read: ReadDocument): Prepared {
  const text = readable(read, { start: 0, end: read.text.length });
  const sentences: Span[] = [];
  for (const block of read.blocks) {
    if (block.kind !== 'paragraph' && block.kind !== 'item') continue;
    // Graphemes are those of the document: a mark may cling to markup, which reads as a space.
    for (const sentence of splitSentences(text, block))
      sentences.push(wholeGraphemesWithin(read.text, sentence, block));
  }
  const document = { ...read, sentences };
  return { document, chunks: chunkDocument(document), vectors: null };
}

/** The vectors of all chunks, row by row: one text a run, so that the same text always gives the same vector. */
async function embedAll(
  prepared: readonly Prepared[],
  embedder: Embedder,
  { onProgress, signal }: IngestOptions,
): Promise<Float32Array> {
  const { dimensions } = embedder;
  const rows = prepared.reduce((sum, { chunks }) => sum + chunks.length, 0);
  const total = prepared.reduce((sum, it) => sum + (it.vectors === null ? it.chunks.length : 0), 0);
  const vectors = new Float32Array(rows * dimensions);
  let row = 0;
  let done = 0;
  for (const { document, chunks, vectors: known } of prepared) {
    if (known !== null) vectors.set(known, row * dimensions);
    for (const [index, chunk] of chunks.entries()) {
      if (known !== null) continue;
      throwIfAborted(signal);
      const vector = await embedder.embed(passageOf(document, chunk).text);
      verifyEmbedding(vector, dimensions, chunk.id); // a short one would be filled up with zeros unnoticed
      vectors.set(vector, (row + index) * dimensions);
      onProgress?.(++done, total);
    }
    row += chunks.length;
  }
  return vectors;
}

/** Throws VECTOR_INVALID naming the chunk. */
function verifyEmbedding(vector: unknown, dimensions: number, chunkId: string): void {
  const name = `chunk ${shown(chunkId)}`;
  if (!(vector instanceof Float32Array)) {
    throw new PullquoteError('VECTOR_INVALID', `The vector of ${name} is no Float32Array`, { chunk: chunkId });
  }
  verifyVector(vector, dimensions, () => name);
}
