import { passageOf } from '../text/readable.ts';
import type { Chunk, Document, EmbedderIdentity, Span } from '../types.ts';
import { buildKeywordIndex, type KeywordIndex } from './keyword-index.ts';
import { type OpenOptions, openGeneration } from './open-generation.ts';
import type { VectorIndex } from './vector-index.ts';

/** One generation in memory, whole and verified, ready to be searched. A row is a chunk's number. Never changed once made. */
export interface ServedIndex {
  /** The generation's id. */
  id: string;
  documents: ReadonlyMap<string, Document>;
  chunks: readonly Chunk[];
  /** `chunks.length × dimensions`, unit rows. */
  vectors: Float32Array;
  vectorIndex: VectorIndex;
  keywords: KeywordIndex;
  /** Rows of each document: half-open. */
  rowsOf: ReadonlyMap<string, Span>;
  /** What was found wrong on the way, and how it was met. */
  warnings: readonly string[];
}

/**
 * The generation that the folder's CURRENT names, or the last good one if an older one will do, ready to be searched.
 * Throws INDEX_MISSING, INDEX_CORRUPT, INDEX_MISMATCH, INDEX_TOO_NEW, INDEX_FOREIGN, NATIVE_MISSING.
 */
export async function openServedIndex(
  indexFolder: string,
  embedder: EmbedderIdentity,
  options?: OpenOptions,
): Promise<ServedIndex> {
  const { id, documents, chunks, vectors, vectorIndex, warnings } = await openGeneration(
    indexFolder,
    embedder,
    options,
  );
  return serveIndex({ id, documents, chunks, vectors, vectorIndex, warnings });
}

/** Adds what is not kept on disk: the keyword index, and each document's rows. */
export async function serveIndex(
  stored: Pick<ServedIndex, 'id' | 'chunks' | 'vectors' | 'vectorIndex' | 'warnings'> & {
    documents: readonly Document[];
  },
): Promise<ServedIndex> {
  const documents = new Map(stored.documents.map((document) => [document.id, document]));
  const rowsOf = new Map<string, Span>(stored.documents.map(({ id }) => [id, { start: 0, end: 0 }]));
  for (const [row, { documentId }] of stored.chunks.entries()) {
    const rows = rowsOf.get(documentId);
    rowsOf.set(documentId, { start: rows === undefined || rows.end === 0 ? row : rows.start, end: row + 1 });
  }
  const keywords = await buildKeywordIndex(
    stored.chunks.map((chunk) => {
      const document = documents.get(chunk.documentId);
      return document === undefined ? '' : passageOf(document, chunk).text;
    }),
  );
  return { ...stored, documents, keywords, rowsOf };
}
