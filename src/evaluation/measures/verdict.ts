import type { QuestionMeasure } from '../types.ts';

export const verdictMeasure: QuestionMeasure = {
  name: 'verdict',
  title: 'Yes or no right',
  definition:
    'Of the questions with an expected yes or no (or that neither is to be said) to which the answer says yes or no: it is the expected one.',
  from: 'precision; selective accuracy of El-Yaniv and Wiener 2010',
  better: 'higher',
  unit: 'share',
  of({ verdict }, { answer, leftOut }) {
    if (verdict === null || leftOut || answer?.verdict === undefined) return null;
    return answer.verdict.value === verdict ? 1 : 0;
  },
};

export const verdictSettledMeasure: QuestionMeasure = {
  name: 'verdictSettled',
  title: 'Yes or no settled',
  definition: 'Of the questions with an expected yes or no: the answer says one of them, the right one or not.',
  from: 'coverage of El-Yaniv and Wiener 2010',
  better: 'higher',
  unit: 'share',
  of({ verdict }, { answer, leftOut }) {
    if ((verdict !== 'yes' && verdict !== 'no') || leftOut) return null;
    return answer?.verdict === undefined ? 0 : 1;
  },
};
