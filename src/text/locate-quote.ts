import type { Span } from '../types.ts';
import { splitsGrapheme } from './unicode.ts';

/**
 * Where a quote stands in a text, exactly; among several places the one nearest to where its answerer believes it to start, else the first.
 * Null when the text does not stand there, is empty, or would begin or end inside a grapheme.
 */
export function locateQuote(text: string, quote: { text: string; start?: number }): Span | null {
  const length = quote.text.length;
  if (length === 0) return null;
  const hint = quote.start ?? 0;
  const isWhole = (at: number) => !splitsGrapheme(text, at) && !splitsGrapheme(text, at + length);
  if (hint >= 0 && text.startsWith(quote.text, hint) && isWhole(hint)) return { start: hint, end: hint + length };
  let found: Span | null = null;
  for (let at = text.indexOf(quote.text); at !== -1; at = text.indexOf(quote.text, at + 1)) {
    if (!isWhole(at)) continue;
    if (found === null || Math.abs(at - hint) < Math.abs(found.start - hint)) found = { start: at, end: at + length };
    if (at >= hint) break; // later places are only farther
  }
  return found;
}
