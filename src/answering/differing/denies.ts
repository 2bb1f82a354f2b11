import { dot } from '../../retrieval/dot.ts';
import type { Search } from '../../retrieval/search.ts';
import { readable } from '../../text/readable.ts';
import type { Document, Embedder, Quote, Span } from '../../types.ts';
import type { Supported } from '../agreement.ts';
import { kindAsked } from '../answer-kind.ts';
import { sentenceOf } from '../candidates.ts';
import { asksYesNo } from '../proposition.ts';
import { clauseAround, matter, negationsIn } from './polarity.ts';

/** A sentence that says a thing, and another document's that says it is not so. */
export interface Denial {
  /** The telling words of the answer's sentence: a span of it. */
  own: Span;
  /** The telling words of the other, inside its quote. */
  other: string;
  quote: Quote;
}

/** Chunks nearest to the answer's sentence, and to the question, in which a denial is sought. */
const NEAR = 16;
/** Sentences embedded at the most. */
const MOST_EMBEDDED = 3;
/** What the two sentences must have in common: cosine, share of the shorter's words. */
const LEAST = { cosine: 0.5, shared: 0.5 };
/** Words that the two must share, and what each must have of the question's: of one for a yes or no the other sentence some, else both most. */
const LEAST_ASKED = { yesNo: { words: 3, own: 0.5, other: 0.3 }, else: { words: 4, own: 0.6, other: 0.6 } };
/** A document that says so much of the answer's sentence too denies nothing. */
const AFFIRMS = 0.8;

/**
 * The other document's sentence that turns the answer's around, or null. A question for a number, a date, a person or a place is not answered
 * by a denial.
 */
export async function denies(
  question: string,
  best: Supported,
  sentence: Float32Array,
  { embedder, found, documents }: { embedder: Embedder; found: Search; documents: ReadonlyMap<string, Document> },
): Promise<Denial | null> {
  const kind = kindAsked(question);
  if (kind !== null && kind !== 'explanation') return null;
  const own = readable(best.document, sentenceOf(best));
  const turns = negationsIn(own).length;
  if (turns > 1) return null;
  const asked = matter(question);
  const said = matter(own);
  const least = asksYesNo(question) ? LEAST_ASKED.yesNo : LEAST_ASKED.else;
  if (shareOf(asked, said) < least.own) return null;
  const possible: { document: Document; span: Span; text: string; shared: number }[] = [];
  const affirming = new Set<string>();
  const seen = new Set<string>();
  for (const { chunk } of [...(await found.near(sentence, NEAR)), ...(await found.near(found.vector, NEAR))]) {
    const document = documents.get(chunk.documentId);
    if (document === undefined || document.id === best.document.id || seen.has(chunk.id)) continue;
    seen.add(chunk.id);
    for (const span of document.sentences.slice(chunk.first, chunk.last + 1)) {
      const text = readable(document, span);
      const theirs = matter(text);
      const theirTurns = negationsIn(text).length;
      if (theirTurns === turns && shareOf(said, theirs) >= AFFIRMS) affirming.add(document.id);
      if (theirTurns !== 1 - turns) continue;
      const both = [...said].filter((word) => theirs.has(word)).length;
      const shared = both / Math.max(1, Math.min(said.size, theirs.size));
      if (both < least.words || shared < LEAST.shared || shareOf(asked, theirs) < least.other) continue;
      possible.push({ document, span, text, shared });
    }
  }
  possible.sort((a, b) => b.shared - a.shared);
  const denying = possible.filter(({ document }) => !affirming.has(document.id));
  for (const { document, span, text } of denying.slice(0, MOST_EMBEDDED)) {
    if (dot(await embedder.embed(text), sentence) < LEAST.cosine) continue;
    const words = tellingWords(text, null);
    return {
      own: tellingWords(own, {
        start: best.answer.start - sentenceOf(best).start,
        end: best.answer.end - sentenceOf(best).start,
      }),
      other: document.text.slice(span.start + words.start, span.start + words.end),
      quote: { documentId: document.id, text: document.text.slice(span.start, span.end), start: span.start },
    };
  }
  return null;
}

/** The clause that denies; of the side that says so the answer, or the whole sentence. */
function tellingWords(sentence: string, answer: Span | null): Span {
  const [negation] = negationsIn(sentence);
  if (negation !== undefined) return clauseAround(sentence, negation);
  const isLong = answer !== null && sentence.slice(answer.start, answer.end).trim().includes(' ');
  return isLong ? answer : { start: 0, end: sentence.replace(/[.!?]+$/u, '').length };
}

function shareOf(words: ReadonlySet<string>, within: ReadonlySet<string>): number {
  return words.size === 0 ? 0 : [...words].filter((word) => within.has(word)).length / words.size;
}
