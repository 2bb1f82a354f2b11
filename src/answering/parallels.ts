import { readable } from '../text/readable.ts';
import { tokenize } from '../text/tokenize.ts';
import type { Span } from '../types.ts';
import { evidence, type Supported, supportedRank } from './agreement.ts';
import { type Candidate, sentenceOf } from './candidates.ts';
import { align, isCopy } from './differing/align.ts';

/** Less evidence than this is not looked at. */
const LEAST_EVIDENCE = 0.1;

/**
 * Counts each candidate's agreement anew, other documents' copies of its sentence considered. The order is again that of rank and agreement
 * together.
 */
export function withParallels(candidates: readonly Supported[]): Supported[] {
  const counted = candidates.map((it) => ({ ...it, agreement: agreementBesideCopies(it, candidates) }));
  return counted.sort((a, b) => supportedRank(b) - supportedRank(a));
}

/**
 * The agreement of a candidate without the evidence of sentences that are its own word for word, in which the reader can't but find the
 * same again, and with that of sentences that differ from it in the answer: they contradict it, but not that this is the place that
 * answers. Else two documents that differ on a fact would lose to any sentence on which they are the same.
 */
export function agreementBesideCopies(candidate: Supported, candidates: readonly Candidate[]): number {
  const own = wordsOf(candidate);
  const repeated = candidate.support.filter((it) => wordsOf(it) === own);
  return candidate.agreement - total(repeated) + total(parallels(candidate, candidates));
}

/** One candidate's parallels in documents that don't support it. */
function parallels(candidate: Supported, candidates: readonly Candidate[]): Candidate[] {
  if (evidence(candidate) < LEAST_EVIDENCE) return [];
  const known = new Set([candidate, ...candidate.support].map(({ document }) => document.id));
  const found: Candidate[] = [];
  for (const other of candidates) {
    if (known.has(other.document.id) || evidence(other) < LEAST_EVIDENCE || !isParallel(candidate, other)) continue;
    known.add(other.document.id);
    found.push(other);
  }
  return found;
}

/** Are two sentences the same but for words at which the reader points in either? */
export function isParallel(one: Candidate, other: Candidate): boolean {
  const [own, theirs] = [answerIn(one), answerIn(other)];
  const alignment = align(textOf(one), textOf(other), own);
  if (!isCopy(alignment)) return false;
  const { counterpart, substitutions } = alignment;
  return (
    (counterpart !== null && overlap(counterpart, theirs)) ||
    substitutions.some((it) => overlap(it.own, own) || overlap(it.other, theirs))
  );
}

function total(candidates: readonly Candidate[]): number {
  return candidates.reduce((sum, it) => sum + evidence(it), 0);
}

function textOf(candidate: Candidate): string {
  return readable(candidate.document, sentenceOf(candidate));
}

function wordsOf(candidate: Candidate): string {
  return tokenize(textOf(candidate))
    .map(({ term }) => term)
    .join(' ');
}

/** The reader's words as a span of the sentence. */
function answerIn(candidate: Candidate): Span {
  const { start } = sentenceOf(candidate);
  return { start: candidate.answer.start - start, end: candidate.answer.end - start };
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
