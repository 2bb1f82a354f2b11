import type { Answer } from '../../types.ts';

/** What is held against a set's short answers: the short answer, else the first statement; nothing where it was declined. */
export function shortAnswerOf(answer: Pick<Answer, 'shortAnswer' | 'statements'> | null): string {
  return answer?.shortAnswer?.text ?? answer?.statements[0]?.text ?? '';
}
