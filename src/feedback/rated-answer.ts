/** An answer as it is kept with what somebody thought of it: enough to judge it by, nothing that can be looked up again. */
import * as z from 'zod';
import { PullquoteError, shown } from '../errors.ts';
import type { Document, Turn } from '../types.ts';

/** Bounds on what a client may send back, in UTF-16 units and pieces: far above any answer of ours. */
const text = z.string().max(262_144);
const short = z.string().max(4096);
const place = z.int().min(0);
const number = z.int().min(1).max(10_000);

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
  statements: z.array(z.object({ text, citations: z.array(number).max(200) })).max(200),
  citations: z.array(citation).max(200),
  nearest: z.array(citation).max(50),
  confidence: z.number().min(0).max(1),
  answerer: short,
  generation: short,
});

export type RatedAnswer = z.output<typeof ratedAnswer>;

/**
 * How far an answer that was sent back can be trusted.
 * `given`: it is the server's own, found in the conversation. `checked`: the conversation is gone, but every quote stands where it says.
 * `unchecked`: a document has another revision now, or is gone.
 */
export type Trust = 'given' | 'checked' | 'unchecked';

/** The answer as a conversation has it, with the questions before it; null if it was not given there. */
export function findGiven(
  turns: readonly Turn[],
  answer: RatedAnswer,
): { answer: RatedAnswer; history: string[] } | null {
  const at = turns.findLastIndex((turn) => turn.question === answer.question && turn.answer.text === answer.text);
  const turn = turns[at];
  if (!turn) return null;
  return {
    answer: ratedAnswer.parse(turn.answer satisfies z.input<typeof ratedAnswer>),
    history: turns.slice(0, at).map(({ question }) => question),
  };
}

/**
 * Holds the quotes of an answer that a client sent back against the documents.
 *
 * @throws BODY_INVALID for a quote that does not stand in the very revision that it names.
 */
export function checkQuotes(
  { citations, nearest }: Pick<RatedAnswer, 'citations' | 'nearest'>,
  documents: ReadonlyMap<string, Document>,
): Trust {
  let trust: Trust = 'checked';
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
