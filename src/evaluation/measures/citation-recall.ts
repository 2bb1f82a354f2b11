import type { QuestionMeasure } from '../types.ts';
import { rightDocumentsCited } from './said.ts';

export const citationRecallMeasure: QuestionMeasure = {
  name: 'citationRecall',
  title: 'Citation recall',
  definition: 'Of the documents from which a right quote can come: the share that the answer cites.',
  from: 'recall of a set; citation recall of Gao et al. 2023 (ALCE), against given documents',
  better: 'higher',
  unit: 'share',
  of(example, { answer, leftOut }) {
    const { expected, documents } = example;
    if (expected !== 'answered' || leftOut || documents.length === 0 || answer?.kind !== 'answered') return null;
    return rightDocumentsCited(answer, example).length / documents.length;
  },
};
