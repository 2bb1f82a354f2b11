import type { Example, Place, QuestionMeasure, RankedQuote } from '../types.ts';
import { says } from './says.ts';

/** Does a quote hold the place where an answer begins? */
export function holdsPlace(
  quote: { documentId: string; text: string; start?: number } | null | undefined,
  { documentId, start }: Place,
): boolean {
  if (quote?.start === undefined || quote.documentId !== documentId) return false;
  return quote.start <= start && start < quote.start + quote.text.length;
}

/** By its place where the set gives one, else by its words in a right document. */
function holdsAnswer(quote: RankedQuote, { places, words, documents }: Example): boolean {
  if (places.length > 0) return places.some((place) => holdsPlace(quote, place));
  const isRight = documents.length === 0 || documents.includes(quote.documentId);
  return isRight && words.every((group) => group.some((word) => says(quote.text, word)));
}

/** At 1 it is the quote that is the answer's first statement, beyond it the sentences that came closest. */
export function sentenceAt(k: number): QuestionMeasure {
  return {
    name: `sentence@${k}`,
    title: k === 1 ? 'Right sentence first' : `Right sentence among ${k}`,
    definition: `Of the questions whose answer has a known place or known words: ${
      k === 1 ? 'the first quote holds' : `one of the first ${k} sentences holds`
    } it, whatever was then decided.`,
    from: 'success@k, over sentences',
    better: 'higher',
    unit: 'share',
    of(example, { ranking, leftOut }) {
      const { expected, places, words } = example;
      if (expected !== 'answered' || leftOut || ranking === null || places.length + words.length === 0) return null;
      const { first, nearest } = ranking;
      const quotes = k === 1 ? (first === null ? [] : [first]) : nearest.slice(0, k);
      return quotes.some((quote) => holdsAnswer(quote, example)) ? 1 : 0;
    },
  };
}
