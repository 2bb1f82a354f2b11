import { PullquoteError } from '../errors.ts';
import type { Embedder } from '../types.ts';
import { type ModelManifest, readModelFile } from './model-files.ts';
import { createOnnxModel } from './onnx-model.ts';
import { CLS, SEP, type WordPiece } from './wordpiece.ts';

/**
 * The built-in sentence embedder (all-MiniLM-L6-v2, 8 bits): `[CLS] text [SEP]`, cut at the model's 256 tokens, to a unit vector of 384.
 * Throws MODEL_CORRUPT, MODEL_MISSING, MODEL_FAILED; VECTOR_INVALID if the model ever gives something that is no unit vector.
 */
export async function createEmbedder(folder: string, manifest: ModelManifest, pieces: WordPiece): Promise<Embedder> {
  const { id, dimensions, maxTokens } = manifest.embedder;
  const run = await createOnnxModel('embedder', await readModelFile(folder, manifest.embedder), 1);

  return {
    id,
    dimensions,
    async embed(text) {
      const ids = [
        CLS,
        ...pieces(text)
          .slice(0, maxTokens - 2)
          .map((piece) => piece.id),
        SEP,
      ];
      const { embedding } = await run({ input_ids: ids, attention_mask: ids.map(() => 1) });
      if (embedding === undefined || embedding.length !== dimensions || !isUnit(embedding)) {
        throw new PullquoteError('VECTOR_INVALID', `the embedder ${id} gave no unit vector of ${dimensions} numbers`, {
          model: id,
        });
      }
      return embedding;
    },
  };
}

function isUnit(vector: Float32Array): boolean {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.abs(sum - 1) < 1e-3; // false for NaN too
}
