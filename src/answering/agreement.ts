import { type Candidate, rank } from './candidates.ts';
import { answerWords, isSameAnswer } from './same-answer.ts';

/** Where a reading begins to count as evidence, and how fast: sigmoid((rank − 13) / 4). */
const EVIDENCE = { middle: 13, width: 4 };

/** 0 to 1: how much one reading counts as evidence. */
export function evidence(candidate: Candidate): number {
  return 1 / (1 + Math.exp(-(rank(candidate) - EVIDENCE.middle) / EVIDENCE.width));
}

/** What a second document's whole evidence adds to a candidate's rank. */
export const AGREEMENT_WEIGHT = 4;

/** A candidate with those of other documents that give the same answer, the best of each document, best first. */
export interface Supported extends Candidate {
  support: Candidate[];
  /** 0 and up: how much evidence the other documents give. */
  agreement: number;
}

/** Adds to each candidate what other documents say of the same; the order is that of rank and agreement together. */
export function findSupport(candidates: readonly Candidate[]): Supported[] {
  const words = candidates.map(answerWords);
  const supported = candidates.map((candidate, index) => {
    const support = new Map<string, Candidate>();
    for (const [other, it] of candidates.entries()) {
      const { id } = it.document;
      if (id === candidate.document.id || support.has(id)) continue;
      if (isSameAnswer(words[index] ?? new Set(), words[other] ?? new Set())) support.set(id, it);
    }
    return withSupport(candidate, [...support.values()]);
  });
  return supported.sort((a, b) => supportedRank(b) - supportedRank(a));
}

export function withSupport(candidate: Candidate, support: Candidate[]): Supported {
  return { ...candidate, support, agreement: support.reduce((sum, it) => sum + evidence(it), 0) };
}

export function supportedRank(candidate: Supported): number {
  return rank(candidate) + AGREEMENT_WEIGHT * candidate.agreement;
}
