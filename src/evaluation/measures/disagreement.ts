import type { QuestionMeasure, Result } from '../types.ts';

/** Does the answer show positions, or such as cannot both be true? */
function shows(which: 'any' | 'contradicting', { answer }: Result): boolean {
  return answer?.disagreements.some(({ compatible }) => which === 'any' || !compatible) ?? false;
}

export const disagreementFoundMeasure: QuestionMeasure = {
  name: 'disagreementFound',
  title: 'Disagreement found',
  definition:
    'Of the questions on which the documents differ: the answer shows both sides, also where both can be true (“more than 30” and “35”).',
  from: 'recall',
  better: 'higher',
  unit: 'share',
  of({ disagreement }, result) {
    return disagreement !== true || result.leftOut ? null : shows('any', result) ? 1 : 0;
  },
};

export const disagreementInventedMeasure: QuestionMeasure = {
  name: 'disagreementInvented',
  title: 'Disagreement invented',
  definition:
    'Of the questions on which the documents agree: the answer shows two sides all the same that cannot both be true.',
  from: 'false positive rate',
  better: 'lower',
  unit: 'share',
  of({ disagreement }, result) {
    return disagreement !== false || result.leftOut ? null : shows('contradicting', result) ? 1 : 0;
  },
};
