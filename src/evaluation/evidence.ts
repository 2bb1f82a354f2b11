import { graphemeEnd, graphemeStart } from '../text/unicode.ts';
import type { Answer, Citation } from '../types.ts';
import type { Asker } from './asker.ts';
import type { Evidence } from './types.ts';

/** How much of the document is shown on either side of a quote, in UTF-16 units. */
const SURROUNDINGS = 240;

/**
 * Looks up every quote of an answer in its document again, by plain comparison. A document of another revision than the citation's proves
 * nothing: its quotes count as not exact.
 */
export async function evidenceOf({ citations, nearest }: Answer, document: Asker['document']): Promise<Evidence[]> {
  const lists = [
    ...citations.map((citation) => ({ list: 'citations' as const, citation })),
    ...nearest.map((citation) => ({ list: 'nearest' as const, citation })),
  ];
  return Promise.all(
    lists.map(async ({ list, citation }) => ({ list, ...verified(citation, await document(citation.document.id)) })),
  );
}

function verified(
  { number, document, quote, start, end, prefix, suffix }: Citation,
  found: { revision: string; text: string } | null,
): Omit<Evidence, 'list'> {
  if (found === null || found.revision !== document.revision) {
    return { number, exact: false, before: prefix, after: suffix };
  }
  const { text } = found;
  const exact =
    quote !== '' &&
    text.slice(start, end) === quote &&
    text.slice(0, start).endsWith(prefix) &&
    text.slice(end).startsWith(suffix);
  return { number, exact, before: leadingUp(text, start), after: goingOn(text, end) };
}

/** What stands before a position, from the beginning of a word. */
function leadingUp(text: string, end: number): string {
  const start = Math.max(0, end - SURROUNDINGS);
  if (start === 0) return text.slice(0, end);
  return `… ${text.slice(graphemeEnd(text, start), end).replace(/^\S*\s+/u, '')}`;
}

/** What stands behind a position, to the end of a word. */
function goingOn(text: string, start: number): string {
  const end = Math.min(text.length, start + SURROUNDINGS);
  if (end === text.length) return text.slice(start);
  return `${text.slice(start, graphemeStart(text, end)).replace(/\s+\S*$/u, '')} …`;
}
