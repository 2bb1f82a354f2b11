import type { Quote } from '../../types.ts';
import type { DraftPosition } from '../disagreements.ts';
import { answerValue, says } from '../values/answer-value.ts';
import type { VerifiedStatement } from './written.ts';

/** Is every position of every disagreement told by a statement? Where documents differ, an answer that tells one side only is no answer. */
export function isEachSideTold(
  statements: readonly VerifiedStatement[],
  question: string,
  disagreements: readonly { positions: readonly DraftPosition[] }[],
): boolean {
  return disagreements.every(({ positions }) =>
    positions.every((position) => statements.some((statement) => isToldBy(statement, position, question))),
  );
}

/** Does a statement say what the position says, in whatever spelling, and rest on one of its quotes? */
function isToldBy({ text, quotes }: VerifiedStatement, position: DraftPosition, question: string): boolean {
  const value = answerValue(question, position.text, { start: 0, end: position.text.length });
  const isCited = quotes.some((quote) => position.quotes.some((it) => isOverlapping(quote, it)));
  return isCited && says(text, value);
}

function isOverlapping(a: Quote, b: Quote): boolean {
  const [from, other] = [a.start ?? 0, b.start ?? 0];
  return a.documentId === b.documentId && from < other + b.text.length && other < from + a.text.length;
}
