import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { readable } from '../text/readable.ts';
import type { Chunk, Document } from '../types.ts';
import { askForJson } from './ask-for-json.ts';
import type { ChatModel } from './chat-model.ts';
import type { DraftQuestion } from './draft-questions.ts';
import { readPromptFile } from './prompt-file.ts';
import { seededRandom } from './seeded-random.ts';

const drafts = z.strictObject({ questions: z.array(z.strictObject({ question: z.string(), answer: z.string() })) });
/** Questions asked for from one passage: more become alike. */
const FROM_A_PASSAGE = 2;

export interface DraftingOptions {
  model: ChatModel;
  /** Of the prompt `draft-questions.md`. */
  promptFile: string;
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
  { model, promptFile, count, seed, onProgress, signal }: DraftingOptions,
): Promise<DraftQuestion[]> {
  const fill = await readPromptFile(promptFile, ['fence', 'count', 'passage']);
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
        documents: [...documents.values()].filter(({ text }) => text.includes(words)).map(({ id }) => id),
        tags: ['answerable'],
        draft: true,
      });
    }
    onProgress?.(made.length, count);
  }
  return made;
}
