/** "Show sources": every citation of an answer with the words around it, in a window of its own. */
import type { types } from '@slack/bolt';
import type { Answer, Citation, Document } from '../../types.ts';
import { quoteElements, sourceLine } from './citation-lines.ts';
import { type Block, note, quotation, richText, shortened, words } from './message.ts';

/** A view holds 100 blocks, and 250 kB in all. */
const MOST_BLOCKS = 95;
const MOST_CHARACTERS = 60_000;

export interface SourcesViewOptions {
  baseUrl: string;
  /** The documents as they are now: one that has changed since is marked. */
  documents: ReadonlyMap<string, Document>;
}

export function sourcesView(answer: Answer, { baseUrl, documents }: SourcesViewOptions): types.ModalView {
  const blocks: Block[] = [note(`Question: ${shortened(answer.question, 500)}`)];
  let room = MOST_CHARACTERS;
  let left = 0;
  for (const citation of answer.kind === 'unanswered' ? answer.nearest : answer.citations) {
    const more = citationBlocks(citation, documents.get(citation.document.id), baseUrl);
    const size = JSON.stringify(more).length;
    if (size > room || blocks.length + more.length > MOST_BLOCKS) {
      left += 1;
      continue;
    }
    blocks.push(...more);
    room -= size;
  }
  if (left > 0) blocks.push(note(`${left} more did not fit.`));
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Sources' },
    close: { type: 'plain_text', text: 'Close' },
    blocks,
  };
}

/** A quote that doesn't stand in the very revision that it names was not made by us, and is not shown. */
function citationBlocks(citation: Citation, document: Document | undefined, baseUrl: string): Block[] {
  const { start, end, quote, prefix, suffix } = citation;
  const line = sourceLine(citation, baseUrl);
  if (document?.revision !== citation.document.revision)
    return [richText(line, ...quoteElements(citation, null)), note('The document has changed since, or is gone.')];
  if (document.text.slice(start, end) !== quote)
    return [note(`[${citation.number}] cannot be shown: its quote is not in the document.`)];
  const quotes = quoteElements(citation, null);
  // With the words around it, set apart; a quote too long for one block stands alone.
  if (quotes.length === 1)
    return [
      richText(
        line,
        quotation(surroundings(prefix && `…${prefix}`), words(quote), surroundings(suffix && `${suffix}…`)),
      ),
    ];
  return [richText(line), ...quotes.map((element) => richText(element))];
}

function surroundings(text: string) {
  return words(text, { italic: true });
}
