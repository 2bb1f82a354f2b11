import { passageOf } from '../text/readable.ts';
import type { Span } from '../types.ts';
import { type Candidate, sentenceText } from './candidates.ts';
import { namesAnother } from './of-another/other-name.ts';
import { namesOtherObject } from './of-another/other-object.ts';
import { isOfAnotherTime } from './of-another/other-time.ts';
import { saysOpposite } from './of-another/says-opposite.ts';
import { asksYesNo } from './proposition.ts';

/**
 * Does a candidate's sentence say of another subject, time or direction what is asked, in words that the reader takes for the asked ones? A
 * yes/no question may be answered by the opposite, so there only another name counts.
 */
export function isOfAnother(question: string, candidate: Candidate): boolean {
  const { document } = candidate;
  const sentence = sentenceText(candidate);
  if (namesAnother(question, sentence)) return true;
  if (asksYesNo(question)) return false;
  const around = `${paragraphOf(candidate)}\n${document.title}\n${document.published ?? ''}`;
  return (
    saysOpposite(question, sentence) ||
    namesOtherObject(question, sentence, around) ||
    isOfAnotherTime(question, sentence, around)
  );
}

/** A paragraph of so many sentences speaks for itself; round a shorter one the whole passage counts. */
const WHOLE_PARAGRAPH = 3;

/** What may tell whom and when a sentence means: its paragraph under its heading. */
export function paragraphOf({ document, sentence, hit }: Candidate): string {
  const { start, end } = document.sentences[sentence] as Span;
  const block = document.blocks.find((it) => it.start <= start && end <= it.end);
  const isWhole = (it: Span) =>
    document.sentences.filter((other) => it.start <= other.start && other.end <= it.end).length >= WHOLE_PARAGRAPH;
  return passageOf(document, block !== undefined && isWhole(block) ? block : hit.chunk).text;
}
