import type { QuestionMeasure } from '../types.ts';

export const declinedMeasure: QuestionMeasure = {
  name: 'declined',
  title: 'Declined rightly',
  definition: 'Of the questions that the documents don’t answer: declined.',
  from: 'NoAns_exact of Rajpurkar, Jia, Liang 2018',
  better: 'higher',
  unit: 'share',
  of({ expected }, { answer, leftOut }) {
    if (expected !== 'unanswered' && !leftOut) return null;
    return answer?.kind === 'unanswered' ? 1 : 0;
  },
};
