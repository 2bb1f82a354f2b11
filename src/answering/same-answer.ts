import { fold, tokenize } from '../text/tokenize.ts';
import type { Document, Span } from '../types.ts';

/** A document and the words in it that answer. */
export interface Answered {
  document: Pick<Document, 'text'>;
  answer: Span;
}

/** Words that change how an answer is put, not what it is. */
const HEDGES = new Set(
  'a an the about around approximately nearly almost roughly some over more than at least up to only just'.split(' '),
);

/** The words by which two answers are compared, folded and stemmed. */
export function answerWords({ document, answer }: Answered): Set<string> {
  const words = tokenize(document.text.slice(answer.start, answer.end)).filter(({ text }) => !HEDGES.has(fold(text)));
  return new Set(words.map(({ term }) => term));
}

/** The share of the shorter answer's words that the longer has when both are the same, put differently. */
const SAME_WORDS = 0.8;

/** Are two answers the same: has the longer (nearly) all words of the shorter, and all its numbers? */
export function isSameAnswer(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  const missing = [...small].filter((word) => !large.has(word));
  return (
    small.size > 0 && small.size - missing.length >= small.size * SAME_WORDS && !missing.some((word) => /\d/.test(word))
  );
}
