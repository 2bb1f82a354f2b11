import { createHash } from 'node:crypto';
import { seededRandom } from '../../src/evaluation/seeded-random.ts';
import type { Publication } from '../../src/retrieval/publish-generation.ts';
import type { Chunk, Document, EmbedderIdentity, Span } from '../../src/types.ts';

export { seededRandom };

export function fakeEmbedder(dimensions = 16): EmbedderIdentity {
  return { id: 'fake-embedder', dimensions };
}

/** `count` unit vectors in random directions, row by row. */
export function fakeVectors(count: number, dimensions: number, seed = 1): Float32Array {
  const random = seededRandom(seed);
  const vectors = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    for (let i = 0; i < dimensions; i++) vector[i] = random() - 0.5;
    const length = Math.hypot(...vector);
    for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] as number) / length;
  }
  return vectors;
}

/** A document of one paragraph, its sentences numbered, with letters of two, three and four bytes and a newline. */
function fakeDocument(id: string, sentenceCount: number): Document {
  const sentences: Span[] = [];
  let text = `Title of ${id} – naïve 𝒜\n\n`;
  const title: Span = { start: 0, end: text.length - 2 };
  const start = text.length;
  for (let i = 0; i < sentenceCount; i++) {
    if (i > 0) text += ' ';
    const from = text.length;
    text += `Sentence ${i} of ${id} says “${i * 7}” 🙂.`;
    sentences.push({ start: from, end: text.length });
  }
  return {
    id,
    revision: createHash('sha256').update(text).digest('hex'),
    format: 'text',
    title: `Title of ${id}`,
    text,
    blocks: [
      { kind: 'heading', ...title },
      { kind: 'paragraph', start, end: text.length },
    ],
    markup: [],
    sentences,
  };
}

/** Two sentences a chunk. */
function fakeChunks(document: Document): Chunk[] {
  const chunks: Chunk[] = [];
  for (let first = 0; first < document.sentences.length; first += 2) {
    const last = Math.min(first + 1, document.sentences.length - 1);
    const start = (document.sentences[first] as Span).start;
    const end = (document.sentences[last] as Span).end;
    chunks.push({ id: `${document.id}#${start}-${end}`, documentId: document.id, first, last, start, end });
  }
  return chunks;
}

/** A whole publication; another seed gives other texts, counts and vectors. */
export function fakePublication(seed = 1, documentCount = 3, dimensions = 16): Publication {
  const documents = Array.from({ length: documentCount }, (_, i) =>
    fakeDocument(`set-${seed}/text-${i}`, 4 + ((seed + i) % 5)),
  );
  const chunks = documents.flatMap(fakeChunks);
  return {
    documents,
    chunks,
    vectors: fakeVectors(chunks.length, dimensions, seed),
    embedder: fakeEmbedder(dimensions),
    pipeline: 1,
    source: 'seeds',
  };
}

/** What of a publication is opened again, to be compared as a whole. */
export function contentOf({ documents, chunks, vectors, embedder }: Omit<Publication, 'pipeline' | 'source'>) {
  return { documents, chunks, vectors, embedder: { ...embedder } };
}
