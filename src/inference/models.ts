import type { Embedder, Reader } from '../types.ts';
import { createEmbedder } from './embedder.ts';
import { createKnownWords } from './known-words.ts';
import { readModelManifest } from './model-files.ts';
import { createReader } from './reader.ts';
import { createWordPiece } from './wordpiece.ts';

export interface Models {
  embedder: Embedder;
  reader: Reader;
  /** Can the word, folded, be English? */
  isKnownWord: (word: string) => boolean;
}

/** The built-in models, every file verified against the manifest's SHA-256. Throws MODEL_MISSING, MODEL_CORRUPT, MODEL_FAILED. */
export async function loadModels(folder: string): Promise<Models> {
  const manifest = await readModelManifest(folder);
  const pieces = await createWordPiece(folder, manifest);
  const [embedder, reader] = await Promise.all([
    createEmbedder(folder, manifest, pieces),
    createReader(folder, manifest, pieces),
  ]);
  return { embedder, reader, isKnownWord: createKnownWords(pieces) };
}
