import { dot } from '../../retrieval/dot.ts';
import type { Embedder, Span } from '../../types.ts';

/** A sentence that answers, the words in it that do, and what stands around it. */
export interface Telling {
  sentence: string;
  answer: Span;
  passage: string;
  /** The reader's. */
  margin: number;
  /** Of the candidate. */
  rank: number;
  /** Nowhere else in its document does the reader point with more right. */
  isClearest: boolean;
  /** When the document was published, ISO 8601, where that is known. */
  published: string | undefined;
}

/** Another value for the same fact. Spans are of the two sentences. */
export interface Contrast {
  own: Span;
  other: Span;
  isCompatible: boolean;
}

/** How near two texts are in meaning: −1 to 1. */
export async function cosine(a: string, b: string, embedder: Embedder): Promise<number> {
  return dot(await embedder.embed(a), await embedder.embed(b));
}
