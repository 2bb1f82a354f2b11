import type { QuestionMeasure } from '../types.ts';
import { rightDocumentsCited } from './said.ts';

export const documentCitedMeasure: QuestionMeasure = {
  name: 'documentCited',
  title: 'Right document cited',
  definition: 'Of the answers to questions with given documents: at least one of them is cited.',
  from: 'attribution to the gold document, Bohnet et al. 2022',
  better: 'higher',
  unit: 'share',
  of(example, { answer, leftOut }) {
    if (example.expected !== 'answered' || leftOut || example.documents.length === 0) return null;
    if (answer?.kind !== 'answered') return null;
    return rightDocumentsCited(answer, example).length > 0 ? 1 : 0;
  },
};
