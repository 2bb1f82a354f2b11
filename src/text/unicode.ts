import type { Span } from '../types.ts';

/** Is there a grapheme's inside (a surrogate pair, a letter and its accent, a joined emoji) at this position of the text? */
export function splitsGrapheme(text: string, position: number): boolean {
  if (position <= 0 || position >= text.length) return false;
  return graphemeStart(text, position) !== position;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** No grapheme of real text is longer, and Intl.Segmenter copies its whole input: so it gets a window, in UTF-16 units. */
const WINDOW = 64;

/** Where the grapheme that covers the position starts. */
export function graphemeStart(text: string, position: number): number {
  if (position <= 0) return 0;
  if (position >= text.length) return text.length;
  const from = windowStart(text, position);
  const segment = graphemes.segment(text.slice(from, position + WINDOW)).containing(position - from);
  return segment === undefined ? position : from + segment.index;
}

/** Flags are pairs of letters, told apart only by counting from the first of them: so a window begins before them, up to this many units. */
const LONGEST_FLAGS = 4_096;

function windowStart(text: string, position: number): number {
  let from = Math.max(0, position - WINDOW);
  const least = Math.max(0, from - LONGEST_FLAGS);
  while (from > least && isFlagUnit(text.charCodeAt(from))) from--;
  return from;
}

/** Half of a regional indicator, U+1F1E6 to U+1F1FF (the first half is that of other signs too, which does no harm). */
function isFlagUnit(unit: number): boolean {
  return unit === 0xd83c || (unit >= 0xdde6 && unit <= 0xddff);
}

/** The span grown, if need be, so that neither edge lies inside a grapheme. */
export function wholeGraphemes(text: string, { start, end }: Span): Span {
  const last = graphemeStart(text, end);
  return { start: graphemeStart(text, start), end: last === end ? end : graphemeEnd(text, end) };
}

/** Likewise, but never beyond the limits (which may themselves lie inside a grapheme). */
export function wholeGraphemesWithin(text: string, span: Span, limits: Span): Span {
  const { start, end } = wholeGraphemes(text, span);
  return { start: Math.max(limits.start, start), end: Math.min(limits.end, end) };
}

/** Where the grapheme that covers the position ends; the position itself, if none is cut by it. */
export function graphemeEnd(text: string, position: number): number {
  while (splitsGrapheme(text, position)) position++;
  return position;
}

/** The span without the white space at its edges. */
export function trimSpan(text: string, { start, end }: Span): Span {
  while (start < end && isSpace(text, start)) start++;
  while (end > start && isSpace(text, end - 1)) end--;
  return { start, end };
}

/** White space as JavaScript's `trim` has it, and U+0085, at a position. */
export function isSpace(text: string, position: number): boolean {
  const unit = text.charCodeAt(position);
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return unit === 0x85 || unit === 0xa0 || (unit >= 0x1680 && /\s/.test(text.charAt(position)));
}

const WORD = /[\p{L}\p{N}\p{M}]/u;

/** The span grown to whole words, inside the limits. */
export function widenToWords(text: string, span: Span, limits: Span): Span {
  let { start, end } = span;
  while (start > limits.start && isWord(text, start - 1) && isWord(text, start)) start--;
  while (end < limits.end && isWord(text, end - 1) && isWord(text, end)) end++;
  return { start, end };
}

function isWord(text: string, position: number): boolean {
  const unit = text.charCodeAt(position);
  return (unit >= 0xd800 && unit <= 0xdfff) || WORD.test(text.charAt(position));
}
