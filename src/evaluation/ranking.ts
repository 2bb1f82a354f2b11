import { CHUNKS_READ } from '../answering/candidates.ts';
import { answerExtractively, type Draft } from '../answering/extractive.ts';
import { mendSpelling } from '../answering/mend-spelling.ts';
import type { Models } from '../inference/models.ts';
import { search } from '../retrieval/search.ts';
import type { ServedIndex } from '../retrieval/served-index.ts';
import type { Quote } from '../types.ts';
import type { RankedQuote, Ranking } from './types.ts';

/** Chunks whose documents are ranked behind those that were read. */
const SEARCHED = 50;

/** What the built-in answerer drafts for a question before anything is decided, as `createChatbot` has it drafted. */
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

/** How a question's documents and sentences are ranked: those that the draft quotes, then those that the search found. */
export async function rankingOf(
  models: Models,
  index: ServedIndex,
  question: string,
  draft: Draft,
  documents?: string[],
): Promise<Ranking> {
  const found = await search(index, models.embedder, question, { limit: SEARCHED, ...(documents && { documents }) });
  const first = rankedQuote(draft.statements[0]?.quotes[0]);
  const nearest = draft.nearest.flatMap((quote) => rankedQuote(quote) ?? []);
  const searched = found.hits.map(({ chunk }) => chunk.documentId);
  const ranked = [...(first === null ? [] : [first.documentId]), ...nearest.map((it) => it.documentId), ...searched];
  return { documents: [...new Set(ranked)], first, nearest };
}

function rankedQuote(quote: Quote | undefined): RankedQuote | null {
  if (quote?.start === undefined) return null;
  return { documentId: quote.documentId, start: quote.start, text: quote.text };
}
