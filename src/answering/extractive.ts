import { dot } from '../retrieval/dot.ts';
import type { Search } from '../retrieval/search.ts';
import type { ServedIndex } from '../retrieval/served-index.ts';
import type { Document, Embedder, Quote, Reader, Span } from '../types.ts';
import { findSupport, type Supported, supportedRank, withSupport } from './agreement.ts';
import { type Candidate, readAgain, readCandidates, sentenceOf, sentenceText } from './candidates.ts';
import { confidenceOf, type Features, featuresOf } from './confidence.ts';
import { corroborate } from './corroborate.ts';
import type { DraftDisagreement } from './disagreements.ts';
import { eligible } from './eligible.ts';
import { asksForList, asksForSteps, listAround, stepsAround } from './lists.ts';
import { paragraphOf } from './of-another.ts';
import { agreementBesideCopies, isParallel, withParallels } from './parallels.ts';
import { asksYesNo, propositionOf } from './proposition.ts';
import { answerWords, isSameAnswer } from './same-answer.ts';
import { shortAnswerOf } from './short-answer.ts';
import { settles, speaksOf } from './verdict.ts';

/** What an answerer proposes; nothing in it is verified yet. */
export interface Draft {
  /** Best first; the first quote of a statement is its own. */
  statements: { text: string; quotes: Quote[] }[];
  /** The exact words that answer, inside the first statement's first quote. */
  shortAnswer: string | null;
  /** For a yes/no question that the first statement's first quote settles. */
  verdict: 'yes' | 'no' | null;
  /** For a yes/no question that documents settle differently. */
  differing: DraftDisagreement | null;
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
  const possible = eligible(question, first);
  const read = await readAgain(reader, question, possible, signal);
  const candidates = withParallels(findSupport(read));
  const nearest = [...candidates, ...first.filter((it) => !possible.includes(it))]
    .slice(0, MOST_NEAREST)
    .map((candidate) => quoteOf(candidate.document, sentenceOf(candidate)));
  const { likeliest, verdict, against } = settle(question, candidates);
  if (likeliest === undefined) return { ...NOTHING, nearest };

  const sentenceVector = await embedder.embed(sentenceText(likeliest));
  const seen = { candidates: read, hits: found.hits };
  const reading = { reader, embedder, question, found, documents: index.documents, signal };
  const { best: corroborated, candidates: all } = await corroborate(reading, likeliest, seen, sentenceVector);
  const supported = withSameVerdict(question, corroborated);
  const best = { ...supported, agreement: agreementBesideCopies(supported, all) };
  const rest = candidates.filter((it) => it !== likeliest);
  const cosine = dot(found.vector, sentenceVector);
  // Who contradicts it says where the answer stands all the same.
  const rivals = rest.filter((it) => !isParallel(best, it));
  const features = featuresOf(question, best, rivals, index.keywords, cosine);
  const drafted = asksForList(question) ? listStatements(best, rest, question) : oneStatement(best, question);
  const compared = { best, candidates: all, sentenceVector };
  const differing = contradiction(question, best, against);
  return { ...drafted, verdict, differing, confidence: confidenceOf(features), nearest, features, compared };
}

const NOTHING: Draft = {
  statements: [],
  shortAnswer: null,
  verdict: null,
  differing: null,
  confidence: 0,
  nearest: [],
  features: null,
  compared: null,
};

interface Chosen {
  likeliest: Supported | undefined;
  verdict: 'yes' | 'no' | null;
  /** Those of other documents that settle it otherwise. */
  against: Candidate[];
}

/** The likeliest candidate: of a yes/no question the first whose sentence settles it, or else that at least speaks of what is asked about. */
function settle(question: string, candidates: readonly Supported[]): Chosen {
  const none = { verdict: null, against: [] };
  if (!asksYesNo(question)) return { likeliest: candidates[0], ...none };
  const proposition = propositionOf(question);
  const settled = candidates.flatMap((candidate) => {
    const verdict = proposition && settles(proposition, sentenceText(candidate));
    return verdict === null ? [] : [{ candidate, verdict }];
  });
  const first = settled.find(({ verdict }) => verdict !== 'otherwise') ?? settled[0];
  if (first === undefined) {
    const speaks = (it: Candidate) => speaksOf(question, sentenceText(it), paragraphOf(it), it.document.title);
    return { likeliest: candidates.find(speaks), ...none };
  }
  const against = settled.filter(
    ({ candidate, verdict }) => verdict !== first.verdict && candidate.document.id !== first.candidate.document.id,
  );
  const verdict = first.verdict === 'otherwise' || against.length > 0 ? null : first.verdict;
  return { likeliest: first.candidate, verdict, against: against.map(({ candidate }) => candidate) };
}

/** Of a yes/no question only those support an answer that settle it the same way. */
function withSameVerdict(question: string, best: Supported): Supported {
  const proposition = propositionOf(question);
  if (!asksYesNo(question) || proposition === null) return asksYesNo(question) ? withSupport(best, []) : best;
  const own = settles(proposition, sentenceText(best));
  return withSupport(
    best,
    best.support.filter((it) => own !== null && settles(proposition, sentenceText(it)) === own),
  );
}

/** Both sides where documents settle a yes/no question differently, in whole sentences. */
function contradiction(question: string, best: Candidate, against: readonly Candidate[]): DraftDisagreement | null {
  const [other] = against;
  if (other === undefined) return null;
  const position = (candidate: Candidate) => {
    const quote = quoteOf(candidate.document, sentenceOf(candidate));
    return { text: quote.text, quotes: [quote] };
  };
  return { about: question, positions: [position(best), position(other)], compatible: false };
}

type Proposal = Pick<Draft, 'statements' | 'shortAnswer'>;

function oneStatement(best: Supported, question: string): Proposal {
  const steps = asksForSteps(question) ? stepsAround(best.document, sentenceOf(best)) : null;
  if (steps !== null) {
    const quote = quoteOf(best.document, steps);
    return { statements: [{ text: quote.text, quotes: [quote] }], shortAnswer: null };
  }
  return { statements: [statementOf(best)], shortAnswer: shortAnswerOf(best, question) };
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
