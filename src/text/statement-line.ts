import type { Statement } from '../types.ts';

/** A statement as a line of an answer's text: its words, then the marks of its citations. */
export function statementLine({ text, citations }: Statement): string {
  return `${text} ${markers(citations)}`;
}

/** "[1][2]" */
export function markers(citations: readonly number[]): string {
  return citations.map((number) => `[${number}]`).join('');
}
