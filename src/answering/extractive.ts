import { dot } from '../retrieval/dot.ts';
import type { Search } from '../retrieval/search.ts';
import type { ServedIndex } from '../retrieval/served-index.ts';
import { readable } from '../text/readable.ts';
import type { Document, Embedder, Quote, Reader, Span } from '../types.ts';
import { findSupport, type Supported, supportedRank } from './agreement.ts';
import { canHold, kindAsked } from './answer-kind.ts';
import { type Candidate, readAgain, readCandidates, sentenceOf } from './candidates.ts';
import { confidenceOf, type Features, featuresOf } from './confidence.ts';
import { corroborate } from './corroborate.ts';
import { asksForList, listAround } from './lists.ts';
import { namesAnother } from './other-name.ts';
import { agreementBesideCopies, isParallel, withParallels } from './parallels.ts';
import { asksYesNo, propositionOf } from './proposition.ts';
import { answerWords, isSameAnswer } from './same-answer.ts';
import { type Settled, settles, speaksOf } from './verdict.ts';

/** What an answerer proposes; nothing in it is verified yet. */
export interface Draft {
  /** Best first; the first quote of a statement is its own. */
  statements: { text: string; quotes: Quote[] }[];
  /** The exact words that answer, inside the first statement's first quote. */
  shortAnswer: string | null;
  /** For a yes/no question that the first statement's first quote settles. */
  verdict: Settled | null;
  /** How likely the statements answer the question, 0 to 1. */
  confidence: number;
  /** The sentences that came closest, best first. */
  nearest: Quote[];
  /** What the confidence was made of; null when nothing was found to read. */
  features: Features | null;
  /** The answer and all that the reader saw beside it, to be compared; null when nothing was found to read. */
  compared: { best: Supported; candidates: readonly Candidate[]; sentenceVector: Float32Array } | null;
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
  const kind = kindAsked(question);
  const possible = first.filter((it) => canHold(kind, question, wordsOf(it)) && !namesAnother(question, wordsOf(it)));
  const read = await readAgain(reader, question, possible, signal);
  const candidates = withParallels(findSupport(read));
  const nearest = [...candidates, ...first.filter((it) => !possible.includes(it))]
    .slice(0, MOST_NEAREST)
    .map((candidate) => quoteOf(candidate.document, sentenceOf(candidate)));
  const { likeliest, verdict } = settle(question, candidates);
  if (likeliest === undefined) return { ...NOTHING, nearest };

  const sentenceVector = await embedder.embed(wordsOf(likeliest));
  const seen = { candidates: read, hits: found.hits };
  const reading = { reader, embedder, question, found, documents: index.documents, signal };
  const { best: supported, candidates: all } = await corroborate(reading, likeliest, seen, sentenceVector);
  const best = { ...supported, agreement: agreementBesideCopies(supported, all) };
  const rest = candidates.filter((it) => it !== likeliest);
  const cosine = dot(found.vector, sentenceVector);
  // Who contradicts it says where the answer stands all the same.
  const rivals = rest.filter((it) => !isParallel(best, it));
  const features = featuresOf(question, best, rivals, index.keywords, cosine);
  const drafted = asksForList(question) ? listStatements(best, rest, question) : oneStatement(best, question);
  const compared = { best, candidates: all, sentenceVector };
  return { ...drafted, verdict, confidence: confidenceOf(features), nearest, features, compared };
}

const NOTHING: Draft = {
  statements: [],
  shortAnswer: null,
  verdict: null,
  confidence: 0,
  nearest: [],
  features: null,
  compared: null,
};

/** The likeliest candidate: of a yes/no question the first whose sentence settles it, or else that at least names what is asked about. */
function settle(
  question: string,
  candidates: readonly Supported[],
): { likeliest: Supported | undefined; verdict: Settled | null } {
  if (!asksYesNo(question)) return { likeliest: candidates[0], verdict: null };
  const proposition = propositionOf(question);
  if (proposition !== null) {
    for (const likeliest of candidates) {
      const verdict = settles(proposition, wordsOf(likeliest));
      if (verdict !== null) return { likeliest, verdict };
    }
  }
  return { likeliest: candidates.find((it) => speaksOf(question, wordsOf(it))), verdict: null };
}

function wordsOf(candidate: Candidate): string {
  return readable(candidate.document, sentenceOf(candidate));
}

type Proposal = Pick<Draft, 'statements' | 'shortAnswer'>;

function oneStatement(best: Supported, question: string): Proposal {
  return { statements: [statementOf(best)], shortAnswer: shortAnswerOf(best, question) };
}

/**
 * The words at which the reader points. None where only the whole sentence will do (why, how, yes or no), nor when they aren't of the kind
 * asked for though the sentence is.
 */
function shortAnswerOf({ document, answer }: Candidate, question: string): string | null {
  const kind = kindAsked(question);
  if (kind === 'explanation' || asksYesNo(question)) return null;
  const { text } = document;
  if (!canHold(kind, question, text.slice(answer.start, answer.end + UNIT_REACH))) return null;
  return text.slice(answer.start - boundBefore(text, answer), answer.end);
}

/** "more than" before a number belongs to it: its length, in UTF-16 units. */
function boundBefore(text: string, { start, end }: Span): number {
  if (!/^\p{N}/u.test(text.slice(start, end))) return 0;
  return BOUND.exec(text.slice(Math.max(0, start - BOUND_REACH), start))?.[0].length ?? 0;
}

const BOUND =
  /\b(?:(?:no )?(?:more|less|fewer|higher|lower) than|not more than|at (?:least|most)|up to|over|under|above|below|nearly|almost|about|around|approximately|roughly|some|only)\s$/iu;
const BOUND_REACH = 24;
/** A number's unit may stand behind the reader's words, in UTF-16 units. */
const UNIT_REACH = 10;

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
    ...oneStatement(best, question),
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
