import type { QuestionMeasure, Result } from '../types.ts';

/** Does the answer show positions that cannot both be true? */
function showsDisagreement({ answer }: Result): boolean {
  return answer?.disagreements.some(({ compatible }) => !compatible) ?? false;
}

export const disagreementFoundMeasure: QuestionMeasure = {
  name: 'disagreementFound',
  title: 'Disagreement found',
  definition: 'Of the questions on which the documents differ: the answer shows both sides.',
  from: 'recall',
  better: 'higher',
  unit: 'share',
  of({ disagreement }, result) {
    return disagreement !== true || result.leftOut ? null : showsDisagreement(result) ? 1 : 0;
  },
};

export const disagreementInventedMeasure: QuestionMeasure = {
  name: 'disagreementInvented',
  title: 'Disagreement invented',
  definition: 'Of the questions on which the documents agree: the answer shows two sides all the same.',
  from: 'false positive rate',
  better: 'lower',
  unit: 'share',
  of({ disagreement }, result) {
    return disagreement !== false || result.leftOut ? null : showsDisagreement(result) ? 1 : 0;
  },
};
