import { availableParallelism } from 'node:os';
import { PullquoteError } from '../errors.ts';
import type { Reader, Reading, Span } from '../types.ts';
import { type ModelManifest, readModelFile } from './model-files.ts';
import { createOnnxModel } from './onnx-model.ts';
import { CLS, type Piece, SEP, type WordPiece } from './wordpiece.ts';

/** More gain nothing on texts this short. */
const MOST_THREADS = 4;
/** A question's share of the reader's tokens; what is longer is cut. */
const MOST_QUESTION_PIECES = 64;

/**
 * The built-in reader: `[CLS] question [SEP] passage [SEP]`, the passage cut at the model's 320 tokens. A span's margin is
 * start + end logit less those of [CLS], which stands for "not here" (Devlin et al. 2019, section 4.3).
 */
export async function createReader(folder: string, manifest: ModelManifest, pieces: WordPiece): Promise<Reader> {
  const { id, maxTokens, maxAnswerTokens } = manifest.reader;
  const threads = Math.min(MOST_THREADS, availableParallelism());
  const run = await createOnnxModel('reader', await readModelFile(folder, manifest.reader), threads);

  return {
    id,
    async read(question, passage, regions) {
      const asked = pieces(question).slice(0, MOST_QUESTION_PIECES);
      const words = pieces(passage).slice(0, maxTokens - asked.length - 3);
      const ids = [CLS, ...asked.map((piece) => piece.id), SEP, ...words.map((piece) => piece.id), SEP];
      const first = asked.length + 2;
      const { start_logits: starts, end_logits: ends } = await run({
        input_ids: ids,
        attention_mask: ids.map(() => 1),
        token_type_ids: ids.map((_, index) => (index < first ? 0 : 1)),
      });
      if (starts?.length !== ids.length || ends?.length !== ids.length) {
        throw new PullquoteError('MODEL_FAILED', `the reader ${id} gave no logits for ${ids.length} tokens`, {
          model: id,
        });
      }
      const absent = (starts[0] ?? 0) + (ends[0] ?? 0);
      const found = { starts: starts.subarray(first), ends: ends.subarray(first), absent, longest: maxAnswerTokens };
      return regions.map((region) => bestSpan(words, region, found));
    },
  };
}

interface Logits {
  starts: Float32Array;
  ends: Float32Array;
  /** start + end logit of [CLS]. */
  absent: number;
  /** Most pieces of an answer. */
  longest: number;
}

/** The span of whole pieces inside the region with the largest margin; null when the region holds no piece. */
function bestSpan(words: Piece[], region: Span, { starts, ends, absent, longest }: Logits): Reading | null {
  let best: Reading | null = null;
  for (const [from, { start, end }] of words.entries()) {
    if (start < region.start || end > region.end) continue;
    for (let to = from; to < Math.min(words.length, from + longest); to++) {
      const last = words[to];
      if (last === undefined || last.end > region.end) break;
      const margin = (starts[from] ?? 0) + (ends[to] ?? 0) - absent;
      if (best === null || margin > best.margin) best = { start, end: last.end, margin };
    }
  }
  return best;
}
