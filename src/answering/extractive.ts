import { dot } from '../retrieval/dot.ts';
import type { Search } from '../retrieval/search.ts';
import type { ServedIndex } from '../retrieval/served-index.ts';
import { readable } from '../text/readable.ts';
import type { Document, Embedder, Quote, Reader, Span } from '../types.ts';
import { findSupport, type Supported, supportedRank } from './agreement.ts';
import { type Candidate, readAgain, readCandidates, sentenceOf } from './candidates.ts';
import { confidenceOf, type Features, featuresOf } from './confidence.ts';
import { corroborate } from './corroborate.ts';
import { asksForList, listAround } from './lists.ts';
import { answerWords, isSameAnswer } from './same-answer.ts';

/** What an answerer proposes; nothing in it is verified yet. */
export interface Draft {
  /** Best first; the first quote of a statement is its own. */
  statements: { text: string; quotes: Quote[] }[];
  /** The exact words that answer, inside the first statement's first quote. */
  shortAnswer: string | null;
  /** How likely the statements answer the question, 0 to 1. */
  confidence: number;
  /** The sentences that came closest, best first. */
  nearest: Quote[];
  /** What the confidence was made of; null when nothing was found to read. */
  features: Features | null;
}

export interface ExtractiveParts {
  reader: Reader;
  embedder: Embedder;
}

/** Most statements of an answer that lists things. */
const MOST_STATEMENTS = 3;
/** A further statement's rank may be this far behind the first's. */
const STATEMENT_REACH = 8;
/** Passages shown when there is no answer. */
const MOST_NEAREST = 3;
/** A longer list has no short answer, in UTF-16 units. */
const LONGEST_SHORT_ANSWER = 200;

/** The built-in answerer: the reader points at the words, their sentence is the statement and its own quote. */
export async function answerExtractively(
  { reader, embedder }: ExtractiveParts,
  question: string,
  found: Search,
  index: ServedIndex,
  signal?: AbortSignal,
): Promise<Draft> {
  const first = await readCandidates(reader, question, found.hits, index.documents, signal);
  const read = await readAgain(reader, question, first, signal);
  const candidates = findSupport(read);
  const [likeliest, ...rest] = candidates;
  if (likeliest === undefined) {
    return { statements: [], shortAnswer: null, confidence: 0, nearest: [], features: null };
  }

  const sentenceVector = await embedder.embed(readable(likeliest.document, sentenceOf(likeliest)));
  const seen = { candidates: read, hits: found.hits };
  const reading = { reader, embedder, question, found, documents: index.documents, signal };
  const best = await corroborate(reading, likeliest, seen, sentenceVector);
  const cosine = dot(found.vector, sentenceVector);
  const features = featuresOf(question, best, rest, index.keywords, cosine);
  const drafted = asksForList(question) ? listStatements(best, rest, question) : oneStatement(best);
  return {
    ...drafted,
    confidence: confidenceOf(features),
    nearest: candidates.slice(0, MOST_NEAREST).map((candidate) => quoteOf(candidate.document, sentenceOf(candidate))),
    features,
  };
}

type Proposal = Pick<Draft, 'statements' | 'shortAnswer'>;

function oneStatement(best: Supported): Proposal {
  return { statements: [statementOf(best)], shortAnswer: best.document.text.slice(best.answer.start, best.answer.end) };
}

/** A list of the document when the answer announces it or stands in it; else further sentences with other answers. */
function listStatements(best: Supported, others: readonly Supported[], question: string): Proposal {
  const list = listAround(best.document, sentenceOf(best), question);
  if (list !== null) {
    const whole = quoteOf(best.document, list.whole);
    const items = best.document.text.slice(list.items.start, list.items.end);
    return {
      statements: [{ text: whole.text, quotes: [whole] }],
      shortAnswer: items.length <= LONGEST_SHORT_ANSWER ? items : null,
    };
  }
  const chosen: Candidate[] = [best];
  for (const other of others) {
    if (chosen.length === MOST_STATEMENTS || supportedRank(best) - supportedRank(other) > STATEMENT_REACH) break;
    if (other.margin > 0 && chosen.every((it) => isAnother(it, other))) chosen.push(other);
  }
  return {
    ...oneStatement(best),
    statements: [statementOf(best), ...chosen.slice(1).map((it) => statementOf({ ...it, support: [] }))],
  };
}

/** Another sentence that gives another answer. */
function isAnother(a: Candidate, b: Candidate): boolean {
  const isSameSentence = a.document.id === b.document.id && a.sentence === b.sentence;
  return !isSameSentence && !isSameAnswer(answerWords(a), answerWords(b));
}

/** The candidate's sentence, quoted, with the sentences of other documents that give the same answer. */
function statementOf({
  document,
  sentence,
  support,
}: Pick<Supported, 'document' | 'sentence' | 'support'>): Draft['statements'][number] {
  const span = document.sentences[sentence] as Span;
  return {
    text: document.text.slice(span.start, span.end),
    quotes: [quoteOf(document, span), ...support.map((it) => quoteOf(it.document, sentenceOf(it)))],
  };
}

function quoteOf({ id, text }: Document, { start, end }: Span): Quote {
  return { documentId: id, text: text.slice(start, end), start };
}
