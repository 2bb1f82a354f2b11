import { fold, tokenize } from '../text/tokenize.ts';
import { type Candidate, rank } from './candidates.ts';

/** Words that change how an answer is put, not what it is. */
const HEDGES = new Set(
  'a an the about around approximately nearly almost roughly some over more than at least up to only just'.split(' '),
);

/** The words by which two answers are compared, folded and stemmed. */
export function answerWords({ document, answer }: Candidate): Set<string> {
  const words = tokenize(document.text.slice(answer.start, answer.end)).filter(({ text }) => !HEDGES.has(fold(text)));
  return new Set(words.map(({ term }) => term));
}

/** Are two answers the same: do the words of one contain the other's? */
export function isSameAnswer(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  return small.size > 0 && [...small].every((word) => large.has(word));
}

/** Where a reading begins to count as evidence, and how fast: sigmoid((rank − 13) / 4). */
const EVIDENCE = { middle: 13, width: 4 };
/** What a whole second document's evidence adds to a candidate's margin. */
const AGREEMENT_WEIGHT = 4;

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
    const agreement = [...support.values()].reduce((sum, it) => sum + evidence(it), 0);
    return { ...candidate, support: [...support.values()], agreement };
  });
  return supported.sort((a, b) => supportedRank(b) - supportedRank(a));
}

export function supportedRank(candidate: Supported): number {
  return rank(candidate) + AGREEMENT_WEIGHT * candidate.agreement;
}

/** 0 to 1: how much one reading counts as evidence. */
export function evidence(candidate: Candidate): number {
  return 1 / (1 + Math.exp(-(rank(candidate) - EVIDENCE.middle) / EVIDENCE.width));
}
