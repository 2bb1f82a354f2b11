import type { QuestionMeasure } from '../types.ts';

/** Is one of the right documents among the first k of the ranking? */
export function isPassageAt(k: number, ranked: readonly string[], right: readonly string[]): boolean {
  return ranked.slice(0, k).some((id) => right.includes(id));
}

/** Hit rate at k (success@k). */
export function passageAt(k: number): QuestionMeasure {
  return {
    name: `passage@${k}`,
    title: k === 1 ? 'Right document first' : `Right document among ${k}`,
    definition:
      k === 1
        ? 'Of the questions with given documents: one of them is ranked first, whatever was then decided.'
        : `Of the questions with given documents: one of them is among the first ${k}, whatever was then decided.`,
    from: 'success@k; Karpukhin et al. 2020 call it top-k accuracy',
    better: 'higher',
    unit: 'share',
    of({ expected, documents }, { ranking, leftOut }) {
      if (expected !== 'answered' || leftOut || documents.length === 0 || ranking === null) return null;
      return isPassageAt(k, ranking.documents, documents) ? 1 : 0;
    },
  };
}
