/** A citation in Slack: its quote as a block quote, and the line that says where it stands. */
import type { types } from '@slack/bolt';
import { readableDate as inWords } from '../../text/readable-date.ts';
import { splitSentences } from '../../text/sentences.ts';
import { graphemeStart } from '../../text/unicode.ts';
import type { Citation } from '../../types.ts';
import { type Inline, limits, link, quotation, section, shortened, words } from './message.ts';

/** A piece of a quote in one block, in characters: room is left for the line below it. */
const PIECE = limits.block - 600;

/** The quote, whole. A very long one stands in several block quotes, one after the other, parted between its sentences. */
export function quoteElements({ quote }: Pick<Citation, 'quote'>, emphasis: string | null): types.RichTextQuote[] {
  return pieces(quote).map((piece) => quotation(...emphasised(piece, emphasis)));
}

/** Consecutive parts, none longer than fits a block; joined they are the text again. */
function pieces(text: string): string[] {
  if (text.length <= PIECE) return [text];
  const ends = splitSentences(text, { start: 0, end: text.length }).map(({ end }) => end);
  const parts: string[] = [];
  let from = 0;
  while (text.length - from > PIECE) {
    const most = from + PIECE;
    const sentence = ends.findLast((end) => end > from && end <= most);
    const space = text.slice(from, most).search(/\s\S*$/);
    const to = sentence ?? graphemeStart(text, space > 0 ? from + space : most);
    parts.push(text.slice(from, to));
    from = to;
  }
  return [...parts, text.slice(from)];
}

/** The quote's words with the short answer strong where it stands; nothing is added or left out. */
function emphasised(quote: string, emphasis: string | null): Inline[] {
  const at = emphasis ? quote.indexOf(emphasis) : -1;
  if (at < 0 || !emphasis) return [words(quote)];
  return [words(quote.slice(0, at)), words(emphasis, { bold: true }), words(quote.slice(at + emphasis.length))];
}

/** `[1] Title · Section · Publisher · 6 Jan 2026 · Original`, the title leading to the highlighted passage. */
export function sourceLine(citation: Citation, baseUrl: string): types.RichTextSection {
  const { title, publisher, published } = citation.document;
  const facts = [citation.section, publisher, published && readableDate(published)].filter(Boolean);
  return section(
    words(`[${citation.number}] `),
    link(baseUrl + citation.link, shortened(title, 200)),
    ...facts.map((fact) => words(shortened(` · ${fact}`, 200))),
    ...(citation.original ? [words(' · '), link(citation.original, 'Original')] : []),
  );
}

/** `[1] [2]`, each leading to its passage. */
export function markers(numbers: readonly number[], cited: ReadonlyMap<number, Citation>, baseUrl: string): Inline[] {
  return numbers.flatMap((number) => {
    const citation = cited.get(number);
    return citation ? [words(' '), link(baseUrl + citation.link, `[${number}]`)] : [];
  });
}

/** A full ISO date for people; anything else as the document gives it. */
export const readableDate = (published: string): string => inWords(published, 'en', 'short');
