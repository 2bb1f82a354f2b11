import type { Search } from '../retrieval/search.ts';
import type { ServedIndex } from '../retrieval/served-index.ts';
import { readable } from '../text/readable.ts';
import type { Document, Embedder, Quote, Reader, Span } from '../types.ts';
import { answerWords, evidence, findSupport, isSameAnswer, type Supported, supportedRank } from './agreement.ts';
import { type Candidate, readAgain, readCandidates } from './candidates.ts';
import { confidenceOf, type Features, featuresOf } from './confidence.ts';
import { asksForList, listAround } from './lists.ts';

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
/** A document that counts for less than this as evidence is not shown as agreeing. */
const LEAST_EVIDENCE = 0.4;
/** Passages shown when there is no answer. */
const MOST_NEAREST = 3;
/** A longer list has no short answer, in UTF-16 units. */
const LONGEST_SHORT_ANSWER = 400;

/** The built-in answerer: the reader points at the words, their sentence is the statement and its own quote. */
export async function answerExtractively(
  { reader, embedder }: ExtractiveParts,
  question: string,
  { hits, vector }: Search,
  index: ServedIndex,
  signal?: AbortSignal,
): Promise<Draft> {
  const read = await readCandidates(reader, question, hits, index.documents, signal);
  const candidates = findSupport(await readAgain(reader, question, read, signal));
  const [best, ...others] = candidates;
  if (best === undefined) return { statements: [], shortAnswer: null, confidence: 0, nearest: [], features: null };

  const sentence = readable(best.document, sentenceOf(best));
  const features = featuresOf(question, best, others, index.keywords, dot(vector, await embedder.embed(sentence)));
  const drafted = asksForList(question) ? listStatements(best, others) : oneStatement(best);
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
function listStatements(best: Supported, others: readonly Supported[]): Proposal {
  const list = listAround(best.document, sentenceOf(best));
  if (list !== null) {
    const whole = quoteOf(best.document, list.whole);
    const items = best.document.text.slice(list.items.start, list.items.end);
    return {
      statements: [{ text: whole.text, quotes: [whole] }],
      shortAnswer: items.length <= LONGEST_SHORT_ANSWER ? items : null,
    };
  }
  const chosen = [best];
  for (const other of others) {
    if (chosen.length === MOST_STATEMENTS || supportedRank(best) - supportedRank(other) > STATEMENT_REACH) break;
    if (other.margin > 0 && chosen.every((it) => isAnother(it, other))) chosen.push(other);
  }
  return { ...oneStatement(best), statements: chosen.map(statementOf) };
}

/** Another sentence that gives another answer. */
function isAnother(a: Candidate, b: Candidate): boolean {
  const isSameSentence = a.document.id === b.document.id && a.sentence === b.sentence;
  return !isSameSentence && !isSameAnswer(answerWords(a), answerWords(b));
}

/** The candidate's sentence, quoted, with the sentences of other documents that give the same answer. */
function statementOf({ document, sentence, support }: Supported): Draft['statements'][number] {
  const span = document.sentences[sentence] as Span;
  const agreeing = support.filter((it) => it.margin > 0 && evidence(it) >= LEAST_EVIDENCE);
  return {
    text: document.text.slice(span.start, span.end),
    quotes: [quoteOf(document, span), ...agreeing.map((it) => quoteOf(it.document, sentenceOf(it)))],
  };
}

function sentenceOf({ document, sentence }: Candidate): Span {
  return document.sentences[sentence] as Span;
}

function quoteOf({ id, text }: Document, { start, end }: Span): Quote {
  return { documentId: id, text: text.slice(start, end), start };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
