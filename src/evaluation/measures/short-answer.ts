import type { Answer } from '../../types.ts';

/** What is held against a set's short answers: the short answer, else the first statement. */
export function shortAnswerOf(answer: Pick<Answer, 'shortAnswer' | 'statements'>): string {
  return answer.shortAnswer?.text ?? answer.statements[0]?.text ?? '';
}
