import type { Statement } from '../types.ts';

/** A statement as a line of an answer's text: its words, then the marks of its citations. */
export function statementLine({ text, citations }: Statement): string {
  return `${text} ${citations.map((number) => `[${number}]`).join('')}`;
}
