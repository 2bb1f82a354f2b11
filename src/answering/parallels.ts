import { readable } from '../text/readable.ts';
import { evidence, type Supported, supportedRank } from './agreement.ts';
import { align, isCopy } from './align.ts';
import { type Candidate, sentenceOf } from './candidates.ts';

/** Less evidence than this is not looked at. */
const LEAST_EVIDENCE = 0.1;

/**
 * Adds to each candidate's agreement the evidence of other documents that say its sentence over again with other words in the answer's
 * place. They contradict the answer, but not that this is the place that answers; without them two documents that differ on a fact would
 * lose to any sentence on which they are the same. The order is again that of rank and agreement together.
 */
export function withParallels(candidates: readonly Supported[]): Supported[] {
  const counted = candidates.map((it) => ({ ...it, agreement: it.agreement + parallelEvidence(it, candidates) }));
  return counted.sort((a, b) => supportedRank(b) - supportedRank(a));
}

/** The evidence of one candidate's parallels in documents that don't support it. */
export function parallelEvidence(candidate: Supported, candidates: readonly Candidate[]): number {
  if (evidence(candidate) < LEAST_EVIDENCE) return 0;
  const known = new Set([candidate, ...candidate.support].map(({ document }) => document.id));
  let sum = 0;
  for (const other of candidates) {
    if (known.has(other.document.id) || evidence(other) < LEAST_EVIDENCE || !isParallel(candidate, other)) continue;
    known.add(other.document.id);
    sum += evidence(other);
  }
  return sum;
}

/** Are two sentences the same but for the words at which the reader points in both? */
export function isParallel(one: Candidate, other: Candidate): boolean {
  const [a, b] = [sentenceOf(one), sentenceOf(other)];
  const answer = { start: one.answer.start - a.start, end: one.answer.end - a.start };
  const alignment = align(readable(one.document, a), readable(other.document, b), answer);
  const place = alignment.counterpart;
  if (place === null || !isCopy(alignment)) return false;
  return other.answer.start < b.start + place.end && b.start + place.start < other.answer.end;
}
