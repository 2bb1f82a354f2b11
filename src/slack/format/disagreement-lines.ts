/** A fact on which documents differ, side by side. */
import type { types } from '@slack/bolt';
import type { Citation, Disagreement, Position } from '../../types.ts';
import { markers, quoteElements, readableDate, sourceLine } from './citation-lines.ts';
import { section, shortened, words } from './message.ts';

/** Each side: its words, how many documents are on it and from when, then the quotes that the message does not show yet. */
export function disagreementElements(
  { about, positions, compatible, newest }: Disagreement,
  cited: ReadonlyMap<number, Citation>,
  fresh: ReadonlySet<number>,
  baseUrl: string,
): types.RichTextBlockElement[] {
  const title = compatible ? 'The documents put it differently; both can be true' : 'The documents differ';
  return [
    section(words(title, { bold: true }), words(`: ${shortened(about, 500)}`)),
    ...positions.flatMap((position, place) => [
      section(
        words('• '),
        words(shortened(position.text, 500), { bold: true }),
        words(` – ${standing(position)}${place === newest ? ', the newest' : ''}`),
        ...markers(position.citations, cited, baseUrl),
      ),
      ...quotes(position, cited, fresh, baseUrl),
    ]),
  ];
}

/** One quote a side says enough; the others are linked. */
function quotes(
  { text, citations }: Position,
  cited: ReadonlyMap<number, Citation>,
  fresh: ReadonlySet<number>,
  baseUrl: string,
): types.RichTextBlockElement[] {
  const own = citations.flatMap((number) => (fresh.has(number) ? (cited.get(number) ?? []) : []));
  const [first, ...others] = own;
  if (!first) return [];
  return [...quoteElements(first, text), ...[first, ...others].map((citation) => sourceLine(citation, baseUrl))];
}

function standing({ documents, dates }: Position): string {
  const count = `${documents} document${documents === 1 ? '' : 's'}`;
  const [oldest, youngest] = [dates[0], dates.at(-1)];
  if (oldest === undefined || youngest === undefined) return count;
  const when = oldest === youngest ? readableDate(oldest) : `${readableDate(oldest)} to ${readableDate(youngest)}`;
  return `${count}, ${shortened(when, 100)}`;
}
