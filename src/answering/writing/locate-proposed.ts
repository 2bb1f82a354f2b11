import { locateQuote } from '../../text/locate-quote.ts';
import { type Normalised, normalise } from '../../text/normalise.ts';
import { readable } from '../../text/readable.ts';
import { wholeGraphemes } from '../../text/unicode.ts';
import type { Document, Quote, Span } from '../../types.ts';
import type { Passage } from './passages.ts';

/** A quote as a chat model gives it. */
export interface ProposedQuote {
  /** The number of the passage that it is said to stand in; null if none was given. */
  passage: number | null;
  text: string;
}

/** Finds what a chat model proposes; several quotes where an ellipsis joins several places, none where it isn't there. */
export type LocateProposed = (quote: ProposedQuote) => Quote[];

/** Nobody reads a longer quote as one, in UTF-16 units. */
const LONGEST_QUOTE = 1_600;
/** A shorter quote stands in too many places to be looked for anywhere but in its own passage. In words. */
const FEWEST_WORDS = 3;

const ELLIPSIS = /\s*(?:\[\s*\.\.\.\s*\]|\(\s*\.\.\.\s*\)|\.{3,})\s*/;

/**
 * Looks in the passage that is named, then in the others, then in their whole documents: exactly, else but for white space, typographic
 * signs, a capital at the start, and with an ellipsis for what is left out. The place found is widened to whole sentences, so that no "not"
 * is cut off; what is returned is the document's own text there.
 */
export function locateIn(passages: readonly Passage[]): LocateProposed {
  const normalised = new Map<Passage, Normalised>();
  const normalOf = (passage: Passage) => {
    const found = normalised.get(passage) ?? normalise(readable(passage.document, passage));
    normalised.set(passage, found);
    return found;
  };
  return ({ passage: number, text }) => {
    const proposed = unwrapped(normalise(text).text);
    if (proposed === '' || proposed.length > LONGEST_QUOTE) return [];
    const own = passages.filter((passage) => passage.number === number);
    const isShort = proposed.split(' ').length < FEWEST_WORDS;
    const others = isShort ? [] : passages.filter((passage) => passage.number !== number);
    for (const passage of [...own, ...others]) {
      const spans = locateNormal(normalOf(passage), proposed);
      if (spans.length > 0) return quotesOf(passage.document, shifted(spans, passage.start));
    }
    if (isShort) return [];
    for (const document of new Set([...own, ...others].map((passage) => passage.document))) {
      const span = locateQuote(document.text, { text: text.trim() });
      if (span !== null && isWhole(document.text, span)) return quotesOf(document, [span]);
    }
    return [];
  };
}

/** Without quotation marks around the whole, and dots at the ends that only say "there is more". */
function unwrapped(text: string): string {
  let bare = text.trim();
  const isWrapped = bare.length > 1 && /^["']/.test(bare) && bare.at(-1) === bare[0];
  if (isWrapped) bare = bare.slice(1, -1);
  return bare
    .replace(/^(?:\[?\.{3,}\]?\s*)+/, '')
    .replace(/(?:\s*\[\.{3,}\]|\s*\.{4,}|(?<=\w)\s*\.{3})$/, '')
    .trim();
}

/** Where the words stand, as spans of the normalised text's original; the parts about an ellipsis one by one, in order. */
function locateNormal(within: Normalised, proposed: string): Span[] {
  const whole = find(within.text, proposed, 0);
  if (whole !== null) return [within.original(whole)];
  const parts = proposed.split(ELLIPSIS).filter((part) => part !== '');
  if (parts.length < 2) return [];
  const spans: Span[] = [];
  let from = 0;
  for (const part of parts) {
    const span = part.includes(' ') ? find(within.text, part, from) : null;
    if (span === null) return [];
    spans.push(within.original(span));
    from = span.end;
  }
  return spans;
}

/** As it is, else with the first letter's other case, else without the full stop at the end. */
function find(text: string, words: string, from: number): Span | null {
  const [first = ''] = words;
  const other = first === first.toLowerCase() ? first.toUpperCase() : first.toLowerCase();
  const forms = [words, other + words.slice(first.length)];
  for (const form of [...forms, ...forms.map((it) => it.replace(/[.,;:]$/, ''))]) {
    for (let at = text.indexOf(form, from); at !== -1 && form !== ''; at = text.indexOf(form, at + 1)) {
      const span = { start: at, end: at + form.length };
      if (isWhole(text, span)) return span;
    }
  }
  return null;
}

const INSIDE_WORD = /[\p{L}\p{N}\p{M}]/u;

/** Does the span begin and end between words? "5%" is not to be found in "75%", nor in "1.5%". */
function isWhole(text: string, { start, end }: Span): boolean {
  const isWord = (at: number) => INSIDE_WORD.test(text.charAt(at));
  const isNumber = (at: number) => /\p{N}[.,]\p{N}/u.test(text.slice(at - 1, at + 2));
  if (isWord(start - 1) && isWord(start)) return false;
  if (isWord(end - 1) && isWord(end)) return false;
  return !isNumber(start - 1) && !isNumber(end);
}

function shifted(spans: readonly Span[], by: number): Span[] {
  return spans.map(({ start, end }) => ({ start: start + by, end: end + by }));
}

/** The document's own text at each place, in whole sentences, each once. */
function quotesOf(document: Document, spans: readonly Span[]): Quote[] {
  const quotes: Quote[] = [];
  for (const span of spans) {
    const { start, end } = wholeGraphemes(document.text, wholeSentences(document, span));
    if (end - start > LONGEST_QUOTE) return [];
    if (quotes.some((quote) => quote.start === start)) continue;
    quotes.push({ documentId: document.id, text: document.text.slice(start, end), start });
  }
  return quotes;
}

function wholeSentences({ sentences }: Document, { start, end }: Span): Span {
  const touched = sentences.filter((sentence) => sentence.end > start && sentence.start < end);
  const [first = { start, end }] = touched;
  const last = touched.at(-1) ?? first;
  return { start: Math.min(start, first.start), end: Math.max(end, last.end) };
}
