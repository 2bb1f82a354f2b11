import { passageOf, readable } from '../../text/readable.ts';
import type { Document, Embedder, Quote, Span } from '../../types.ts';
import type { Supported } from '../agreement.ts';
import { type Candidate, rank, sentenceOf } from '../candidates.ts';
import { answerValue, compareAnswers, says } from '../values/answer-value.ts';
import { haveSameUnit } from '../values/have-same-unit.ts';
import { contrastBeside } from './copied-sentence.ts';
import { contrast } from './same-fact.ts';
import type { Contrast, Telling } from './telling.ts';

/** Sentences of other documents that are compared with the answer's, the best of each first. */
const MOST_COMPARED = 8;
/** Of one document. */
const MOST_OF_ONE = 3;
/** Below this margin a further document is not counted on a side. */
const LEAST_MARGIN = 0;

/** One other document's side, before equal ones are put together. */
export interface Side extends Contrast {
  candidate: Candidate;
}

/** The clearest contrast of each other document: with the answer, or else with what its sentence says beside it. */
export async function sidesAgainst(
  question: string,
  best: Supported,
  candidates: readonly Candidate[],
  embedder: Embedder,
): Promise<Side[]> {
  const others = candidates.filter(({ document }) => document.id !== best.document.id);
  // A document agrees by a sentence of it, unless one that answers better says otherwise.
  const own = tellingOf(best, true);
  const value = answerValue(question, own.sentence, own.answer);
  const agreeing = others.filter((it) => it.margin > 0 && says(textOf(it), value));
  const differing = others.filter(
    (it) =>
      !best.support.some((agreed) => agreed.document.id === it.document.id && rank(agreed) >= rank(it)) &&
      !agreeing.some((agreed) => agreed.document.id === it.document.id && rank(agreed) > rank(it)),
  );
  const sides = await compared(best, differing, (own, other) => contrast(question, own, other, embedder));
  if (sides.length > 0) return sides;
  return compared(best, others, (own, other) => contrastBeside(question, own, other, embedder));
}

async function compared(
  best: Supported,
  candidates: readonly Candidate[],
  compare: (own: Telling, other: Telling) => Promise<Contrast | null>,
): Promise<Side[]> {
  const done = new Set<string>();
  const own = tellingOf(best, true);
  const sides: Side[] = [];
  const times = new Map<string, number>();
  let count = 0;
  for (const candidate of [...candidates].sort((a, b) => rank(b) - rank(a))) {
    const { id } = candidate.document;
    const time = times.get(id) ?? 0;
    if (done.has(id) || time === MOST_OF_ONE || count === MOST_COMPARED) continue;
    times.set(id, time + 1);
    count++;
    const found = await compare(own, tellingOf(candidate, time === 0));
    if (found === null) continue;
    done.add(id); // it has taken its side
    sides.push({ candidate, ...found });
  }
  return sides;
}

/** Sides that say the same, put together; what can't be true beside the answer before what can. */
export function grouped(question: string, sides: readonly Side[]): Side[][] {
  const groups: Side[][] = [];
  for (const side of [...sides].sort((a, b) => Number(a.isCompatible) - Number(b.isCompatible))) {
    const group = groups.find(
      ([head]) => head !== undefined && isSameSide(question, head.candidate, head.other, side.candidate, side.other),
    );
    if (group === undefined) groups.push([side]);
    else group.push(side);
  }
  return groups;
}

function isSameSide(question: string, one: Candidate, own: Span, other: Candidate, theirs: Span): boolean {
  const [a, b] = [answerValue(question, textOf(one), own), answerValue(question, textOf(other), theirs)];
  return compareAnswers(a, b) === 'same' && haveSameUnit(question, a, b);
}

/** Further documents whose reader's words say the same as those of a side's sentence. */
export function further(
  question: string,
  side: Candidate,
  words: Span,
  candidates: readonly Candidate[],
  taken: readonly Candidate[],
): Quote[] {
  const documents = new Set(taken.map(({ document }) => document.id));
  return candidates.flatMap((candidate) => {
    const { start } = sentenceOf(candidate);
    const span = { start: candidate.answer.start - start, end: candidate.answer.end - start };
    if (
      documents.has(candidate.document.id) ||
      candidate.margin <= LEAST_MARGIN ||
      !isSameSide(question, side, words, candidate, span)
    ) {
      return [];
    }
    documents.add(candidate.document.id);
    return [quoteOf(candidate.document, sentenceOf(candidate))];
  });
}

function tellingOf(candidate: Candidate, isClearest: boolean): Telling {
  const { start } = sentenceOf(candidate);
  return {
    sentence: textOf(candidate),
    answer: { start: candidate.answer.start - start, end: candidate.answer.end - start },
    passage: `${candidate.document.title}\n${passageOf(candidate.document, candidate.hit.chunk).text}`,
    margin: candidate.margin,
    rank: rank(candidate),
    isClearest,
    published: candidate.document.published,
  };
}

/** The sentence as models see it; spans in it are spans of the document, moved. */
function textOf(candidate: Candidate): string {
  return readable(candidate.document, sentenceOf(candidate));
}

/** Words of the candidate's sentence as they stand in the document. */
export function wordsOf(candidate: Candidate, { start, end }: Span): string {
  const { start: from } = sentenceOf(candidate);
  return candidate.document.text.slice(from + start, from + end);
}

export function quoteOf({ id, text }: Document, { start, end }: Span): Quote {
  return { documentId: id, text: text.slice(start, end), start };
}
