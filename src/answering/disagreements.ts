import type { Search } from '../retrieval/search.ts';
import type { Disagreement, Document, Embedder, Position, Quote, Span } from '../types.ts';
import type { Supported } from './agreement.ts';
import { type Candidate, sentenceOf } from './candidates.ts';
import type { Citations } from './citations.ts';
import { denies } from './differing/denies.ts';
import { further, grouped, quoteOf, type Side, sidesAgainst, wordsOf } from './differing/sides.ts';
import { asksYesNo } from './proposition.ts';

/** A disagreement as it is proposed: nothing in it is located yet. */
export interface DraftDisagreement {
  /** The question that the documents answer differently. */
  about: string;
  /** That of the answer first. */
  positions: DraftPosition[];
  /** Both can be true. */
  compatible: boolean;
}

export interface DraftPosition {
  /** The exact words of this side, inside its first quote. */
  text: string;
  /** One sentence of each document on this side, the clearest first. */
  quotes: Quote[];
}

export interface DisagreementParts {
  embedder: Embedder;
  found: Search;
  documents: ReadonlyMap<string, Document>;
}

/** Sides that are shown. */
const MOST_POSITIONS = 3;

/**
 * What other documents say otherwise of the fact that the answer gives: another value of the same kind, in a sentence about the same
 * thing, or that it is not so. Null when none does. `candidates` are all that the reader saw, `sentence` the vector of the answer's.
 */
export async function findDisagreement(
  question: string,
  best: Supported,
  candidates: readonly Candidate[],
  sentence: Float32Array,
  parts: DisagreementParts,
): Promise<DraftDisagreement | null> {
  if (best.margin <= 0) return null;
  const denial = await denies(question, best, sentence, parts);
  if (denial !== null) {
    return {
      about: question,
      positions: [ownPosition(best, denial.own, false), { text: denial.other, quotes: [denial.quote] }],
      compatible: false,
    };
  }
  // The reader's words answer no yes/no question: another value in their place is no other answer.
  const sides = asksYesNo(question) ? [] : await sidesAgainst(question, best, candidates, parts.embedder);
  const [first] = sides;
  if (first === undefined) return null;
  const against = new Set(sides.map(({ candidate }) => candidate.document.id));
  const own = { ...best, support: best.support.filter(({ document }) => !against.has(document.id)) };
  const taken = [best, ...best.support, ...sides.map((it) => it.candidate)];
  const ownSide = ownPosition(own, first.own, true);
  const groups = grouped(question, sides).slice(0, MOST_POSITIONS - 1);
  return {
    about: question,
    positions: [
      { ...ownSide, quotes: [...ownSide.quotes, ...further(question, best, first.own, candidates, taken)] },
      ...groups.map((group) => {
        const [head] = group as [Side];
        return {
          text: wordsOf(head.candidate, head.other),
          quotes: [
            ...group.map(({ candidate }) => quoteOf(candidate.document, sentenceOf(candidate))),
            ...further(question, head.candidate, head.other, candidates, taken),
          ],
        };
      }),
    ],
    compatible: groups.every((group) => group.every(({ isCompatible }) => isCompatible)),
  };
}

function ownPosition(best: Supported, words: Span, withSupport: boolean): DraftPosition {
  const quotes = [best, ...(withSupport ? best.support : [])].map((it) => quoteOf(it.document, sentenceOf(it)));
  return { text: wordsOf(best, words), quotes };
}

/** The disagreement with its quotes located; null when that leaves fewer than two sides. */
export function citeDisagreement(
  { about, positions, compatible }: DraftDisagreement,
  citations: Citations,
): Disagreement | null {
  const cited: Position[] = [];
  for (const { text, quotes } of positions) {
    const numbers = [...new Set(quotes.flatMap((quote) => citations.cite(quote) ?? []))];
    const found = numbers.flatMap((number) => citations.list().find((it) => it.number === number) ?? []);
    if (!found[0]?.quote.includes(text)) {
      if (cited.length === 0) return null; // without the answer's own side there is nothing to hold against it
      continue;
    }
    const documents = new Set(found.map(({ document }) => document.id)).size;
    const dates = [...new Set(found.flatMap(({ document }) => document.published ?? []))].sort();
    cited.push({ text, citations: numbers, documents, dates });
  }
  if (cited.length < 2) return null;
  return { about, positions: cited, compatible, newest: newestOf(cited) };
}

/** ISO 8601 days; the rest is not compared. */
const ISO_DATE = /^\d{4}-\d{2}-\d{2}/;

/** The position with the newest document, where all sides are dated to the day and one day is the last. */
function newestOf(positions: readonly Position[]): number | null {
  const last = positions.map(
    ({ dates }) =>
      dates
        .filter((date) => ISO_DATE.test(date))
        .map((date) => date.slice(0, 10))
        .sort()
        .at(-1) ?? null,
  );
  const known = last.filter((date) => date !== null).sort();
  const newest = known.at(-1);
  if (newest === undefined || known.length < last.length || known.at(-2) === newest) return null;
  return last.indexOf(newest);
}
