import type { QuestionMeasure } from '../types.ts';
import { rightDocumentsCited } from './said.ts';

export const citationPrecisionMeasure: QuestionMeasure = {
  name: 'citationPrecision',
  title: 'Citation precision',
  definition: 'Of the documents that an answer cites: the share that are among the given ones.',
  from: 'precision of a set; citation precision of Gao et al. 2023 (ALCE), against given documents',
  better: 'higher',
  unit: 'share',
  of(example, { answer, leftOut }) {
    if (example.expected !== 'answered' || leftOut || example.documents.length === 0) return null;
    if (answer?.kind !== 'answered') return null;
    const cited = new Set(answer.citations.map(({ document }) => document.id));
    return cited.size === 0 ? 0 : rightDocumentsCited(answer, example).length / cited.size;
  },
};
