import type { QuestionMeasure } from '../types.ts';
import { normalizeAnswer } from './normalize-answer.ts';
import { shortAnswerOf } from './short-answer.ts';

/** SQuAD's exact match: 1 when two answers are the same words, else 0. */
export function exactMatch(answer: string, reference: string): number {
  return normalizeAnswer(answer).join(' ') === normalizeAnswer(reference).join(' ') ? 1 : 0;
}

export const exactMatchMeasure: QuestionMeasure = {
  name: 'exactMatch',
  title: 'Exact match',
  definition:
    'Of the questions with given short answers: the short answer (else the first statement) is one of them, but for case, punctuation and articles. Declining is 0.',
  from: 'Rajpurkar et al. 2016; with unanswerable ones in the set, HasAns_exact of Rajpurkar, Jia, Liang 2018',
  better: 'higher',
  unit: 'share',
  of({ expected, answers }, { answer, leftOut }) {
    if (expected !== 'answered' || leftOut || answers.length === 0) return null;
    if (answer?.kind !== 'answered') return 0;
    return Math.max(...answers.map((reference) => exactMatch(shortAnswerOf(answer), reference)));
  },
};
