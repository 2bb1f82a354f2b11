import { dot } from '../retrieval/dot.ts';
import type { Search } from '../retrieval/search.ts';
import type { Document, Embedder, Hit, Reader } from '../types.ts';
import { evidence, type Supported, withSupport } from './agreement.ts';
import { type Candidate, readCandidates, sentenceOf, sentenceText } from './candidates.ts';
import { answerWords, isSameAnswer } from './same-answer.ts';
import { type AnswerValue, answerValue } from './values/answer-value.ts';
import { haveSameUnit } from './values/have-same-unit.ts';

export interface Reading {
  reader: Reader;
  embedder: Embedder;
  question: string;
  found: Search;
  documents: ReadonlyMap<string, Document>;
  signal?: AbortSignal | undefined;
}

/** Further documents read for what they say of the answer. */
const MOST_OTHERS = 2;
/** Chunks nearest to the answer's sentence among which they are sought. */
const NEAR = 12;
/** The reader by itself is believed from here on: share of evidence, 0 to 1. */
const LEAST_EVIDENCE = 0.4;
/** Where it hesitates, a sentence with the same answer still counts when it says nearly the same: cosine of the two sentences. */
const LEAST_COSINE = 0.6;

/**
 * The documents that say the same: those in which the reader pointed at the same answer, and those of the chunks nearest to the answer's
 * sentence (its vector is given) in which it does when asked. `read` is what the reader saw so far; all that it has seen is returned.
 */
export async function corroborate(
  { reader, embedder, question, found, documents, signal }: Reading,
  best: Supported,
  read: { candidates: readonly Candidate[]; hits: readonly Hit[] },
  sentence: Float32Array,
): Promise<{ best: Supported; candidates: Candidate[] }> {
  if (best.margin <= 0) return { best: withSupport(best, []), candidates: [...read.candidates] };
  const others = await unread(best, read.hits, found, sentence);
  const more = await readCandidates(reader, question, others, documents, signal);
  const words = answerWords(best);
  const value = valueGiven(best, question);
  const support = new Map<string, Candidate>();
  const candidates = [...read.candidates, ...more];
  for (const candidate of candidates) {
    const { id } = candidate.document;
    if (id === best.document.id || support.has(id) || !isSameAnswer(answerWords(candidate), words)) continue;
    const isSure = candidate.margin > 0 && evidence(candidate) >= LEAST_EVIDENCE;
    if (isSure || (await isNear(candidate, sentence, embedder))) support.set(id, candidate);
  }
  const { agreement } = withSupport(best, [...support.values()]);
  // The same number of something else is evidence that it is the number, but says nothing that could be quoted.
  const quotable = [...support.values()].filter((it) => haveSameUnit(question, value, valueGiven(it, question)));
  return { best: { ...best, support: quotable, agreement }, candidates };
}

/** Chunks of documents that don't support the answer yet, nearest to its sentence, one of each. */
async function unread(best: Supported, read: readonly Hit[], found: Search, sentence: Float32Array): Promise<Hit[]> {
  const known = new Set([best, ...best.support].map(({ document }) => document.id));
  const chosen: Hit[] = [];
  for (const hit of await found.near(sentence, NEAR)) {
    const { id, documentId } = hit.chunk;
    if (known.has(documentId) || read.some(({ chunk }) => chunk.id === id)) continue;
    known.add(documentId);
    chosen.push(hit);
    if (chosen.length === MOST_OTHERS) break;
  }
  return chosen;
}

/** "35 officials" agrees with no "35 countries". */
function valueGiven(candidate: Candidate, question: string): AnswerValue {
  const { start } = sentenceOf(candidate);
  const { answer } = candidate;
  return answerValue(question, sentenceText(candidate), { start: answer.start - start, end: answer.end - start });
}

async function isNear(candidate: Candidate, sentence: Float32Array, embedder: Embedder): Promise<boolean> {
  const own = await embedder.embed(sentenceText(candidate));
  return dot(own, sentence) >= LEAST_COSINE;
}
