import { tokenize } from '../text/tokenize.ts';
import type { Span } from '../types.ts';
import { canHold, kindAsked } from './answer-kind.ts';
import { type Candidate, sentenceOf, sentenceText } from './candidates.ts';
import { isLeftOpen } from './differing/polarity.ts';
import { asksYesNo } from './proposition.ts';

/**
 * The words at which the reader points. None where only the whole sentence will do (why, how, yes or no), nor when they aren't of the kind
 * asked for though the sentence is, or their sentence denies or leaves open what they would say alone, nor when they reach over somebody's "said".
 */
export function shortAnswerOf(candidate: Candidate, question: string): string | null {
  const { document, answer } = candidate;
  const sentence = sentenceOf(candidate);
  const kind = kindAsked(question);
  if (kind === 'explanation' || asksYesNo(question)) return null;
  const { text } = document;
  if (!canHold(kind, question, text.slice(answer.start, answer.end + UNIT_REACH))) return null;
  if (isOverSpeaker(text.slice(answer.start, answer.end))) return null;
  const within = { start: answer.start - sentence.start, end: answer.end - sentence.start };
  if (isLeftOpen(sentenceText(candidate), within) && !OPEN_QUESTION.test(question)) return null;
  return text.slice(answer.start - boundBefore(text, answer), answer.end);
}

/** "President Macron said the guarantees involve the United States": the reader has pointed at a beginning and an end, and meant no words. */
function isOverSpeaker(words: string): boolean {
  return tokenize(words).length > LONGEST_SPEAKING && SPEAKER.test(words);
}

/** Words of an answer that may be about speaking itself: "said no", "told parliament". */
const LONGEST_SPEAKING = 5;
const SPEAKER = /\b(?:said|says|told|stated|announced|added|argued|claimed|according to)\b/iu;

/** Asks for what is not, or might be. */
const OPEN_QUESTION =
  /\b(?:not|never|no|nobody|nothing|without|cannot|would|could|might|if|deny|denies|denied|false|myth)\b|n['’]t\b/iu;

/** "more than" before a number belongs to it: its length, in UTF-16 units. */
function boundBefore(text: string, { start, end }: Span): number {
  if (!/^\p{N}/u.test(text.slice(start, end))) return 0;
  return BOUND.exec(text.slice(Math.max(0, start - BOUND_REACH), start))?.[0].length ?? 0;
}

const BOUND =
  /\b(?:(?:no |not )?(?:more|less|fewer|higher|lower|greater) than|at (?:least|most)|up to|over|under|above|below)\s$/iu;
const BOUND_REACH = 24;
/** A number's unit may stand behind the reader's words, in UTF-16 units. */
const UNIT_REACH = 10;
