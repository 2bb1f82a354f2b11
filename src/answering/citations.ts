import { PullquoteError, shown } from '../errors.ts';
import { locateQuote } from '../text/locate-quote.ts';
import { readable, sectionOf } from '../text/readable.ts';
import { graphemeEnd, graphemeStart } from '../text/unicode.ts';
import type { Citation, Document, Quote, Span } from '../types.ts';

/** Characters of context on either side of a citation, so that it can be found again (W3C Web Annotation, TextQuoteSelector). */
const CONTEXT = 32;
/** A longer quote's text fragment names its first and last words instead, in UTF-16 units. */
const LONGEST_FRAGMENT = 300;
const FRAGMENT_WORDS = 6;
/** As much of a revision as makes another one unlikely, in hex digits. */
const REVISION_DIGITS = 12;

/** Collects an answer's citations, numbered in order of appearance; the same place is cited once. */
export interface Citations {
  /** The number of the quote's citation, or null when the text does not stand in the document. */
  cite(quote: Quote): number | null;
  /** All so far. */
  list(): Citation[];
}

/** The only maker of citations: each is a slice of its document, located by code. */
export function collectCitations(documents: ReadonlyMap<string, Document>): Citations {
  const citations: Citation[] = [];
  return {
    cite(quote) {
      const document = documents.get(quote.documentId);
      const span = document === undefined ? null : locateQuote(document.text, quote);
      if (document === undefined || span === null) return null;
      const before = citations.find(
        (it) => it.document.id === document.id && it.start === span.start && it.end === span.end,
      );
      if (before !== undefined) return before.number;
      citations.push(makeCitation(document, span, citations.length + 1));
      return citations.length;
    },
    list: () => [...citations],
  };
}

function makeCitation(document: Document, { start, end }: Span, number: number): Citation {
  const { id, title, publisher, url, published, revision, text } = document;
  const quote = text.slice(start, end);
  const section = sectionOf(document, start);
  if (start < 0 || end <= start || end > text.length) {
    throw new PullquoteError(
      'QUOTE_NOT_FOUND',
      `${start}-${end} is no place in ${shown(id)} of ${text.length} characters`,
      { id, start, end },
    );
  }
  const citation: Omit<Citation, keyof Brand> = {
    number,
    document: {
      id,
      title,
      ...(publisher !== undefined && { publisher }),
      ...(url !== undefined && { url }),
      ...(published !== undefined && { published }),
      revision,
    },
    quote,
    start,
    end,
    ...(section !== null && { section }),
    prefix: text.slice(Math.min(start, graphemeEnd(text, Math.max(0, start - CONTEXT))), start),
    suffix: text.slice(end, graphemeStart(text, Math.min(text.length, end + CONTEXT))),
    link: `/sources/${id.split('/').map(encodeURIComponent).join('/')}#${start}-${end}@${revision.slice(0, REVISION_DIGITS)}`,
    ...(url !== undefined && {
      original: `${url.split('#')[0]}#:~:text=${textFragment(readable(document, { start, end }))}`,
    }),
  };
  return citation as Citation;
}

type Brand = { [Key in keyof Citation as Key extends symbol ? Key : never]: Citation[Key] };

/**
 * A quote's words as a URL text fragment (WICG Scroll-to-Text-Fragment), percent-encoded, commas and hyphens too, which have a meaning there.
 * Long ones, and those that run over a line (a match within one block can't), name their first and last words.
 */
function textFragment(quote: string): string {
  const words = quote.trim().split(/\s+/);
  const encode = (part: string[]) => encodeURIComponent(part.join(' ')).replaceAll('-', '%2D');
  const ends = Math.min(FRAGMENT_WORDS, Math.floor(words.length / 2));
  if (ends === 0 || (quote.length <= LONGEST_FRAGMENT && !quote.includes('\n'))) return encode(words);
  return `${encode(words.slice(0, ends))},${encode(words.slice(-ends))}`;
}
