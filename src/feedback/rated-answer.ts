/** An answer as it is kept with what somebody thought of it: enough to judge it by, nothing that can be looked up again. */
import * as z from 'zod';
import { excessOf } from '../answering/verify-statement.ts';
import { PullquoteError, shown } from '../errors.ts';
import type { Document, Turn } from '../types.ts';

/** Bounds on what a client may send back, in UTF-16 units and pieces: far above any answer of ours. */
const text = z.string().max(262_144);
const short = z.string().max(4096);
const place = z.int().min(0);
const number = z.int().min(1).max(10_000);

/** A text and the numbers of the citations that it stands on. */
const claim = { text, citations: z.array(number).max(200) };

const citation = z.object({
  number,
  document: z.object({ id: short, revision: z.string().max(128) }),
  start: place,
  end: place,
  quote: text,
});

/** The fields of an `Answer` that are kept; others are left out. */
export const ratedAnswer = z.object({
  kind: z.enum(['answered', 'unanswered']),
  question: text,
  standaloneQuestion: text,
  text,
  verdict: z.object({ value: z.enum(['yes', 'no']), citation: number }).optional(),
  shortAnswer: z.object({ text, citation: number }).optional(),
  statements: z.array(z.object(claim)).max(200),
  disagreements: z
    .array(
      z.object({
        about: text,
        positions: z.array(z.object({ ...claim, documents: z.int().min(0), dates: z.array(short).max(200) })).max(50),
        compatible: z.boolean(),
        newest: z.int().min(0).nullable(),
      }),
    )
    .max(50)
    .default([]),
  citations: z.array(citation).max(200),
  nearest: z.array(citation).max(50),
  confidence: z.number().min(0).max(1),
  answerer: short,
  generation: short,
});

export type RatedAnswer = z.output<typeof ratedAnswer>;

/**
 * How far an answer that was sent back can be trusted.
 * `given`: it is the server's own, found in the conversation. `checked`: the conversation is gone, but every quote stands where it says, and what
 * is said stands in the quotes, as far as code can tell. `unchecked`: it does not, or a document has another revision now, or is gone.
 */
export type Trust = 'given' | 'checked' | 'unchecked';

/** The answer as a conversation has it, with the questions before it and the documents that were asked; null if it was not given there. */
export function findGiven(
  turns: readonly Turn[],
  answer: RatedAnswer,
): { answer: RatedAnswer; history: string[]; documents: string[] | undefined } | null {
  const at = turns.findLastIndex((turn) => turn.question === answer.question && turn.answer.text === answer.text);
  const turn = turns[at];
  if (!turn) return null;
  return {
    answer: ratedAnswer.parse(turn.answer satisfies z.input<typeof ratedAnswer>),
    history: turns.slice(0, at).map(({ question }) => question),
    documents: turn.documents,
  };
}

/**
 * Holds an answer that a client sent back against the documents.
 *
 * @throws BODY_INVALID for a quote that does not stand in the very revision that it names.
 */
export function checkAnswer(answer: RatedAnswer, documents: ReadonlyMap<string, Document>): Trust {
  const { citations, nearest } = answer;
  let trust: Trust = restsOnItsQuotes(answer) ? 'checked' : 'unchecked';
  for (const { document, start, end, quote } of [...citations, ...nearest]) {
    const known = documents.get(document.id);
    if (known?.revision !== document.revision) trust = 'unchecked';
    else if (quote === '' || known.text.slice(start, end) !== quote) {
      const message = `The quote ${shown(quote)} does not stand at ${start}-${end} of ${shown(document.id)}`;
      throw new PullquoteError('BODY_INVALID', message, { document: document.id, start, end });
    }
  }
  return trust;
}

/** Whether what an answer says stands in its quotes, as in each that we give. What a chat model wrote is held against them as when it was written. */
function restsOnItsQuotes({
  kind,
  standaloneQuestion,
  verdict,
  shortAnswer,
  statements,
  disagreements,
  citations,
  answerer,
}: RatedAnswer): boolean {
  const claims = [...statements, ...disagreements.flatMap(({ positions }) => positions)];
  if (kind === 'unanswered') return !verdict && !shortAnswer && claims.length + citations.length === 0;
  const quotes = new Map(citations.map(({ number, quote }) => [number, quote]));
  const firstQuote = ({ citations: [first = 0] }: { citations: number[] }) => quotes.get(first) ?? '';
  const isWritten = (statement: { text: string; citations: number[] }) => {
    const cited = statement.citations.map((it) => quotes.get(it) ?? '');
    return (
      excessOf(statement.text, { quotes: cited, question: standaloneQuestion, material: cited.join('\n') }) === null
    );
  };
  return (
    statements.length > 0 &&
    quotes.size === citations.length &&
    claims.every(
      ({ text, citations }) => text !== '' && citations.length > 0 && citations.every((it) => quotes.has(it)),
    ) &&
    (!verdict || quotes.has(verdict.citation)) &&
    (!shortAnswer ||
      (shortAnswer.text !== '' && quotes.get(shortAnswer.citation)?.includes(shortAnswer.text) === true)) &&
    statements.every((it) => firstQuote(it) === it.text || (answerer !== 'extractive' && isWritten(it))) &&
    disagreements.every(({ positions }) => positions.every((it) => firstQuote(it).includes(it.text)))
  );
}
