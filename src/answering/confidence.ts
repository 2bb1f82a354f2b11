import type { KeywordIndex } from '../retrieval/keyword-index.ts';
import { passageOf } from '../text/readable.ts';
import { terms } from '../text/tokenize.ts';
import { AGREEMENT_WEIGHT, type Supported, supportedRank } from './agreement.ts';
import { coefficients } from './confidence-coefficients.ts';
import { answerWords, isSameAnswer } from './same-answer.ts';

/** What the confidence is made of. Each is a share, a cosine or a difference of margins, so none depends on how large the index is. */
export interface Features {
  /** The reader's margin, and what agreeing documents add to it, within ±20. */
  margin: number;
  /** The fused score of the chunk. */
  score: number;
  /** BM25 of the chunk over the summed rarity of the question's terms. */
  bm25: number;
  /** Share of the question's terms that stand in the chunk, weighted by rarity. */
  coverage: number;
  /** How rare the question's terms are in the index, on average, 0 to 1: what the two above are to be held against. */
  rarity: number;
  /** Cosine of the question and the answer's sentence. */
  cosine: number;
  /** How far the best different answer of another document is behind, 0 to 20. */
  lead: number;
}

/** How likely the candidate answers the question, 0 to 1: a logistic model over the features, fitted by bench/fit-confidence.ts. */
export function confidenceOf(features: Features): number {
  const { bias, weights } = coefficients;
  let sum = bias;
  for (const [name, weight] of Object.entries(weights)) sum += weight * features[name as keyof Features];
  return 1 / (1 + Math.exp(-sum));
}

/** Margins and leads beyond this say no more. */
const FAR = 20;

/** The features of the best candidate; `cosine` is that of the question and its sentence. */
export function featuresOf(
  question: string,
  best: Supported,
  others: readonly Supported[],
  keywords: KeywordIndex,
  cosine: number,
): Features {
  const rarity = new Map([...new Set(terms(question))].map((term) => [term, rarityOf(keywords, term)]));
  const total = sum(rarity.values()) || 1;
  const found = new Set(terms(passageOf(best.document, best.hit.chunk).text));
  const words = answerWords(best);
  const rival = others.find((it) => it.document.id !== best.document.id && !isSameAnswer(answerWords(it), words));
  return {
    margin: clamp(best.margin + AGREEMENT_WEIGHT * best.agreement, -FAR, FAR),
    score: best.hit.score,
    bm25: best.hit.bm25 / total,
    coverage: sum([...rarity].map(([term, weight]) => (found.has(term) ? weight : 0))) / total,
    rarity: rarity.size === 0 ? 0 : total / rarity.size / rarityOf(keywords, ''),
    cosine,
    lead: rival === undefined ? FAR : clamp(supportedRank(best) - supportedRank(rival), 0, FAR),
  };
}

/** BM25's inverse document frequency (Robertson and Zaragoza 2009), over chunks. */
function rarityOf(keywords: KeywordIndex, term: string): number {
  const rows = keywords.rowsWith(term);
  return Math.log(1 + (keywords.rows - rows + 0.5) / (rows + 0.5));
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
