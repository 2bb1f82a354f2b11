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
  const headings = document.blocks.filter((block) => block.kind === 'heading');
  const last = headings.findLast((heading) => heading.end <= position);
  if (last === undefined) return null;
  const section = oneLine(readable(document, last));
  return section === document.title && headings.length > 1 ? null : section;
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
