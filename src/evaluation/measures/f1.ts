import type { QuestionMeasure } from '../types.ts';
import { normalizeAnswer } from './normalize-answer.ts';
import { shortAnswerOf } from './short-answer.ts';

/** SQuAD's F1: the harmonic mean of precision and recall of the words that two answers share. */
export function f1(answer: string, reference: string): number {
  const left = normalizeAnswer(answer);
  const right = normalizeAnswer(reference);
  const rest = [...right];
  let shared = 0;
  for (const word of left) {
    const at = rest.indexOf(word);
    if (at === -1) continue;
    rest.splice(at, 1);
    shared += 1;
  }
  // Of nothing but articles nothing is left: alike, as the script of SQuAD 2.0 has it.
  if (left.length + right.length === 0) return 1;
  return shared === 0 ? 0 : (2 * shared) / (left.length + right.length);
}

export const f1Measure: QuestionMeasure = {
  name: 'f1',
  title: 'F1 of the short answer',
  definition:
    'Of the questions with given short answers: how much the words of the short answer (else of the first statement) and of the best given one overlap. Declining is 0.',
  from: 'Rajpurkar et al. 2016; with unanswerable ones in the set, HasAns_f1 of Rajpurkar, Jia, Liang 2018',
  better: 'higher',
  unit: 'share',
  of({ expected, answers }, { answer, leftOut }) {
    if (expected !== 'answered' || leftOut || answers.length === 0) return null;
    if (answer?.kind !== 'answered') return 0;
    return Math.max(...answers.map((reference) => f1(shortAnswerOf(answer), reference)));
  },
};
