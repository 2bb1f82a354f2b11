import type { QuestionMeasure } from '../types.ts';

export const verbatimMeasure: QuestionMeasure = {
  name: 'verbatim',
  title: 'Verbatim',
  definition:
    'Every quote shown is, character for character, what stands at its place in the document, checked again by other code than made it.',
  from: 'promise 1 of DESIGN.md',
  better: 'higher',
  unit: 'share',
  of(_, { answer, evidence }) {
    if (answer === null) return null;
    const shown = answer.citations.length + answer.nearest.length;
    if (shown === 0) return null;
    return evidence.length === shown && evidence.every(({ exact }) => exact) ? 1 : 0;
  },
};
