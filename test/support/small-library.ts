/** Small documents in memory, made by the real loader and chunker, and hits on all their chunks. */
import { chunkDocument } from '../../src/ingest/chunk.ts';
import { loadText } from '../../src/ingest/load-text.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import type { Document, Hit } from '../../src/types.ts';

export function documentOf(id: string, text: string): Document {
  const loaded = loadText(text);
  const sentences = loaded.blocks
    .filter(({ kind }) => kind === 'paragraph' || kind === 'item')
    .flatMap((block) => splitSentences(loaded.text, block));
  return { ...loaded, id, revision: 'a'.repeat(64), format: 'text', sentences };
}

export function hitsOn(documents: Iterable<Document>): Hit[] {
  return [...documents].flatMap((document) =>
    chunkDocument(document).map((chunk) => ({ chunk, score: 1, bm25: 1, cosine: 1 })),
  );
}
