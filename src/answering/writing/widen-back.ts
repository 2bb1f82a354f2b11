import type { Document, Quote } from '../../types.ts';

/** Who this is stands in the sentence before. */
const POINTS_BACK = /^["“‘']?(?:he|she|they|his|her|their|it|its)\b/iu;
/** Sentences that a quote is widened by, at most. */
const MOST = 2;

/** A quote that begins with "he" and the like, with the sentences of its block before it, as far back as it points; any other as it is. */
export function widenBack(quote: Quote, documents: ReadonlyMap<string, Document>): Quote {
  const document = documents.get(quote.documentId);
  if (document === undefined || quote.start === undefined) return quote;
  const { blocks, sentences, text } = document;
  const end = quote.start + quote.text.length;
  const block = blocks.find((it) => it.start <= (quote.start ?? 0) && end <= it.end);
  let at = sentences.findIndex((it) => it.start === quote.start);
  for (let step = 0; step < MOST; step++) {
    const before = sentences[at - 1];
    const own = sentences[at];
    if (own === undefined || before === undefined || block === undefined || before.start < block.start) break;
    if (!POINTS_BACK.test(text.slice(own.start, own.end))) break;
    at -= 1;
  }
  const start = sentences[at]?.start ?? quote.start;
  return { ...quote, start, text: text.slice(start, end) };
}
