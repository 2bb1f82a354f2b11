import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readPrompt } from '../answering/writing/prompt.ts';
import type { ChatModel } from '../inference/chat-model.ts';
import { readable } from '../text/readable.ts';
import type { Chunk, Document } from '../types.ts';
import { askForJson } from './ask-for-json.ts';
import { documentsSaying } from './documents-saying.ts';
import type { DraftQuestion } from './draft-questions.ts';
import { seededRandom } from './seeded-random.ts';

const drafts = z.strictObject({ questions: z.array(z.strictObject({ question: z.string(), answer: z.string() })) });
/** Questions asked for from one passage: more become alike. */
const FROM_A_PASSAGE = 2;

export interface DraftingOptions {
  model: ChatModel;
  /** Folder of the prompts; `draft-questions.md` is read. */
  prompts: string;
  count: number;
  seed: number;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * Drafts of questions by a chat model, from passages drawn by the seed. One whose answer does not stand in its passage letter by letter is
 * dropped. Throws what the model throws, PROMPT_MISSING, PROMPT_INVALID.
 */
export async function draftWithModel(
  documents: ReadonlyMap<string, Document>,
  chunks: readonly Chunk[],
  { model, prompts, count, seed, onProgress, signal }: DraftingOptions,
): Promise<DraftQuestion[]> {
  const { fill } = await readPrompt(prompts, 'draft-questions', ['fence', 'count', 'passage']);
  const random = seededRandom(seed);
  const order = chunks.map((chunk) => ({ chunk, at: random() })).sort((a, b) => a.at - b.at);
  const made: DraftQuestion[] = [];
  for (const { chunk } of order) {
    if (made.length >= count) break;
    const document = documents.get(chunk.documentId);
    if (document === undefined) continue;
    const passage = readable(document, chunk);
    const fence = `=== ${randomBytes(6).toString('hex')}`; // no document can know it
    const { value } = await askForJson(model, fill({ fence, count: String(FROM_A_PASSAGE), passage }), drafts, signal);
    for (const { question, answer } of value.questions.slice(0, FROM_A_PASSAGE)) {
      const words = answer.trim();
      const isUsable = question.trim() !== '' && words !== '' && passage.includes(words);
      if (!isUsable || made.length >= count || made.some((it) => it.question === question.trim())) continue;
      made.push({
        id: `draft-${made.length + 1}`,
        question: question.trim(),
        words: [[words]],
        documents: [...new Set([document.id, ...documentsSaying(words, question, [...documents.values()])])].sort(),
        tags: ['answerable'],
        draft: true,
      });
    }
    onProgress?.(made.length, count);
  }
  return made;
}
