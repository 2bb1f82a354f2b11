import { holdsPlace } from '../src/evaluation/measures/sentence-at.ts';
import type { SquadQuestion } from './squad.ts';

export { draftOf } from '../src/evaluation/ranking.ts';

/** Does a quote of the question's paragraph hold the place where the answer begins? */
export function holdsAnswer(
  quote: { documentId: string; text: string; start?: number } | undefined,
  { documentId, answer }: SquadQuestion,
): boolean {
  return holdsPlace(quote, { documentId, start: answer.start });
}
