import type { QuestionMeasure } from '../types.ts';

export const reciprocalRankMeasure: QuestionMeasure = {
  name: 'mrr',
  title: 'Mean reciprocal rank',
  definition:
    'Of the questions with given documents: 1 when one of them is ranked first, 1/2 when second, and so on; 0 when none is found.',
  from: 'Voorhees 1999 (TREC-8 question answering)',
  better: 'higher',
  unit: 'share',
  of({ expected, documents }, { ranking, leftOut }) {
    if (expected !== 'answered' || leftOut || documents.length === 0 || ranking === null) return null;
    const at = ranking.documents.findIndex((id) => documents.includes(id));
    return at < 0 ? 0 : 1 / (at + 1);
  },
};
