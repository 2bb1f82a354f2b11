import { CHUNKS_READ } from '../src/answering/candidates.ts';
import { answerExtractively, type Draft } from '../src/answering/extractive.ts';
import { mendSpelling } from '../src/answering/mend-spelling.ts';
import type { Models } from '../src/inference/models.ts';
import { search } from '../src/retrieval/search.ts';
import type { ServedIndex } from '../src/retrieval/served-index.ts';
import type { SquadQuestion } from './squad.ts';

/** What the answerer drafts for a question before anything is decided, as `createChatbot` has it drafted. */
export async function draftOf(
  models: Models,
  index: ServedIndex,
  question: string,
  documents?: string[],
): Promise<Draft> {
  const mended = mendSpelling(question, index.keywords, models.isKnownWord);
  const found = await search(index, models.embedder, mended, { limit: CHUNKS_READ, ...(documents && { documents }) });
  return answerExtractively(models, mended, found, index);
}

/** Does a quote of the question's paragraph hold the place where the answer begins? */
export function holdsAnswer(
  quote: { documentId: string; text: string; start?: number } | undefined,
  question: SquadQuestion,
): boolean {
  if (quote?.start === undefined || quote.documentId !== question.documentId) return false;
  return quote.start <= question.answer.start && question.answer.start < quote.start + quote.text.length;
}
