import type { Answer, Document, Statement } from '../types.ts';
import { answerText } from './answer-text.ts';
import { type Citations, collectCitations } from './citations.ts';
import { citeDisagreement, type DraftDisagreement } from './disagreements.ts';
import type { Draft } from './extractive.ts';

export type Decided = Pick<
  Answer,
  'kind' | 'text' | 'verdict' | 'shortAnswer' | 'statements' | 'citations' | 'disagreements' | 'nearest'
>;

/**
 * Cites what is proposed; what can't be located is dropped, and a statement left without evidence with it. What is left is the answer, if it
 * is sure enough to be one; else what comes nearest is shown.
 */
export function decide(
  draft: Draft,
  differing: DraftDisagreement | null,
  documents: ReadonlyMap<string, Document>,
  isAnswer: boolean,
): Decided {
  const citations = collectCitations(documents);
  const statements = isAnswer ? draft.statements.flatMap((statement) => cited(statement, citations) ?? []) : [];
  if (statements.length === 0) {
    const nearest = collectCitations(documents);
    for (const quote of draft.nearest) nearest.cite(quote);
    return { kind: 'unanswered', text: '', statements: [], citations: [], disagreements: [], nearest: nearest.list() };
  }
  const first = citations.list()[0];
  const short = draft.shortAnswer;
  const disagreement = differing === null ? null : citeDisagreement(differing, citations);
  const disagreements = disagreement === null ? [] : [disagreement];
  // Where documents contradict one another, neither yes nor no is the answer.
  const isSettled = disagreements.every(({ compatible }) => compatible);
  const verdict = draft.verdict !== null &&
    first !== undefined &&
    isSettled && { value: draft.verdict, citation: first.number };
  return {
    kind: 'answered',
    text: answerText({ ...(verdict && { verdict }), statements, disagreements }),
    ...(verdict && { verdict }),
    ...(short !== null && first?.quote.includes(short) && { shortAnswer: { text: short, citation: first.number } }),
    statements,
    citations: citations.list(),
    disagreements,
    nearest: [],
  };
}

/** A statement with the numbers of its citations; null when its own quote can't be located. */
export function cited({ text, quotes }: Draft['statements'][number], citations: Citations): Statement | null {
  const [own, ...others] = quotes;
  const first = own === undefined ? null : citations.cite(own);
  if (first === null) return null;
  const numbers = [first, ...others.flatMap((quote) => citations.cite(quote) ?? [])];
  return { text, citations: [...new Set(numbers)] };
}
