import type { QuestionMeasure } from '../types.ts';
import { says } from './says.ts';

export const understoodMeasure: QuestionMeasure = {
  name: 'understood',
  title: 'Follow-up understood',
  definition:
    'Of the questions that say how they are to be understood: what was searched for holds the words that it should, or was left as it is when it stands alone.',
  from: 'rewriting of questions in context, Elgohary et al. 2019 (CANARD), by required words',
  better: 'higher',
  unit: 'share',
  of({ question, standalone }, { answer, leftOut }) {
    if (standalone === null || leftOut) return null;
    const searched = answer?.standaloneQuestion.trim() ?? '';
    if (standalone === true) return searched.toLowerCase() === question.trim().toLowerCase() ? 1 : 0;
    return standalone.every((words) => says(searched, words)) ? 1 : 0;
  },
};
