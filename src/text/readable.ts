import type { Document, Span } from '../types.ts';

/**
 * The words of a span: its slice with every markup character replaced by a space, one for one, so that offsets still hold.
 * `document.markup` is sorted, so a span in a long document costs a binary search.
 */
export function readable(document: Pick<Document, 'text' | 'markup'>, { start, end }: Span): string {
  const { text, markup } = document;
  let words = '';
  let position = start;
  for (let index = firstEndingAfter(markup, start); index < markup.length; index++) {
    const mark = markup[index] as Span;
    if (mark.start >= end) break;
    const from = Math.max(mark.start, position);
    const to = Math.min(mark.end, end);
    words += text.slice(position, from) + ' '.repeat(to - from);
    position = to;
  }
  return words + text.slice(position, end);
}

/**
 * Text of the last heading that ends at or before the position. The title names the whole document rather than a section, so
 * it counts only when it is the document's one heading. Null where there is none.
 */
export function sectionOf(
  document: Pick<Document, 'text' | 'markup' | 'blocks' | 'title'>,
  position: number,
): string | null {
  const { blocks } = document;
  let at = firstEndingAfter(blocks, position) - 1;
  while (at >= 0 && blocks[at]?.kind !== 'heading') at--;
  const last = blocks[at];
  if (last === undefined) return null;
  const section = oneLine(readable(document, last));
  if (section !== document.title) return section;
  return blocks.some((block) => block.kind === 'heading' && block !== last) ? null : section;
}

/** Of a longer heading only this much is read: it shares the reader's tokens with what stands under it. In UTF-16 units. */
const LONGEST_HEADING = 200;

/**
 * A span as it is searched and read: under its section's heading, where it has one, since "How long?" may be said only there. `offset` is where
 * the span itself begins.
 */
export function passageOf(
  document: Pick<Document, 'text' | 'markup' | 'blocks' | 'title'>,
  span: Span,
): { text: string; offset: number } {
  const section = sectionOf(document, span.start);
  const heading = section === null ? '' : `${section.slice(0, LONGEST_HEADING)}\n`;
  return { text: heading + readable(document, span), offset: heading.length };
}

/** A text on one line: every run of white space is one space, none at the edges. */
export function oneLine(text: string): string {
  return text.trim().split(/\s+/u).join(' ');
}

function firstEndingAfter(spans: Span[], position: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as Span).end <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
