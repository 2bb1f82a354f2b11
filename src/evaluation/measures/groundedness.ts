import { tokenize } from '../../text/tokenize.ts';
import type { QuestionMeasure } from '../types.ts';

/** A sentence begins here, so a capital says nothing. */
const OPENS_SENTENCE = /(?:^|[.!?:]["”’)]?\s+|\n\s*)["“‘'(]*$/u;

/** The numbers and names of a text, folded: what a reader would check first. */
export function checkable(text: string): string[] {
  return tokenize(text).flatMap(({ text: word, term, start, isStopWord }) => {
    if (/\p{N}/u.test(word)) return [term];
    const isName =
      /^\p{Lu}/u.test(word) && !isStopWord && !OPENS_SENTENCE.test(text.slice(Math.max(0, start - 20), start));
    return isName ? [term] : [];
  });
}

export const groundednessMeasure: QuestionMeasure = {
  name: 'grounded',
  title: 'Grounded',
  definition: 'The share of an answer’s statements whose every number and name stands in the quotes that they cite.',
  from: 'entity and number precision of Nan et al. 2021, per statement',
  better: 'higher',
  unit: 'share',
  of(_, { answer }) {
    if (answer?.kind !== 'answered' || answer.statements.length === 0) return null;
    const quotes = new Map(answer.citations.map(({ number, quote }) => [number, quote]));
    const grounded = answer.statements.filter(({ text, citations }) => {
      const quoted = new Set(citations.flatMap((number) => tokenize(quotes.get(number) ?? '').map(({ term }) => term)));
      return checkable(text).every((term) => quoted.has(term));
    });
    return grounded.length / answer.statements.length;
  },
};
