import { type ServedIndex, serveIndex } from '../retrieval/served-index.ts';
import { buildVectorIndex } from '../retrieval/vector-index.ts';
import { passageOf } from '../text/readable.ts';
import type { Chunk, Document, Embedder } from '../types.ts';

/** Documents and their chunks, not yet in any index. */
export interface Collection {
  documents: readonly Document[];
  chunks: readonly Chunk[];
}

/** The vectors of the chunks, by chunk id: made once, for every index over some of them. */
export async function embedChunks(
  { documents, chunks }: Collection,
  embedder: Embedder,
  onProgress?: (done: number, total: number) => void,
): Promise<Map<string, Float32Array>> {
  const byId = new Map(documents.map((document) => [document.id, document]));
  const vectors = new Map<string, Float32Array>();
  for (const chunk of chunks) {
    vectors.set(chunk.id, await embedder.embed(passageOf(byId.get(chunk.documentId) as Document, chunk).text));
    onProgress?.(vectors.size, chunks.length);
  }
  return vectors;
}

/** An index in memory over those documents that are wanted, as it would be served; nothing is left of it on the disk. */
export async function indexOf(
  collection: Collection,
  vectorOf: ReadonlyMap<string, Float32Array>,
  wanted: (documentId: string) => boolean = () => true,
  id = 'in-memory',
): Promise<ServedIndex> {
  const documents = collection.documents.filter((document) => wanted(document.id));
  const chunks = collection.chunks.filter(({ documentId }) => wanted(documentId));
  const dimensions = vectorOf.values().next().value?.length ?? 0;
  const vectors = new Float32Array(chunks.length * dimensions);
  for (const [row, chunk] of chunks.entries()) vectors.set(vectorOf.get(chunk.id) as Float32Array, row * dimensions);
  const vectorIndex = await buildVectorIndex(vectors, dimensions);
  return serveIndex({ id, documents, chunks, vectors, vectorIndex, warnings: [] });
}
