import type { Embedder, Span } from '../../types.ts';
import { asksForList } from '../lists.ts';
import { type AnswerValue, answerValue, compareAnswers, isNumeric, says, shownOf } from '../values/answer-value.ts';
import { isWeekday } from '../values/dates.ts';
import { haveSameUnit } from '../values/have-same-unit.ts';
import { align, isCopy, isShortCopy } from './align.ts';
import { contrastInPlace } from './copied-sentence.ts';
import { isOtherEvent } from './other-event.ts';
import { type Contrast, cosine, type Telling } from './telling.ts';

/**
 * What two sentences must have in common when each tells the fact in its own words: cosines, whole and with the values blanked; least margin.
 * And the passages around two short sentences.
 */
const LIKE = {
  value: { whole: 0.6, blanked: 0.6, margin: 2 },
  name: { whole: 0.55, blanked: 0.6, margin: 5 },
  passage: 0.6,
};
/**
 * The surer the reader is that a document answers, the less alike its sentence need be: the mean of the two cosines, with so much for each
 * point of margin up to a most. Only of a document's clearest sentence, and in passages that are alike. Found on news articles written for
 * the purpose, three on each of eight events.
 */
const SURE = { least: 0.8, ofMargin: 0.04, leastMargin: 5, mostMargin: 12, passage: 0.4 };
/** A sentence that is so much further behind in rank answers another question. */
const FAR_BEHIND = 13;

/**
 * Does another document's sentence give another value for the fact that the answer's gives? Null when it says the same, when it speaks of
 * something else, or when that can't be told.
 */
export async function contrast(
  question: string,
  one: Telling,
  other: Telling,
  embedder: Embedder,
): Promise<Contrast | null> {
  const value = answerValue(question, one.sentence, one.answer);
  if (isOtherEvent(question, one, other, value)) return null;
  const alignment = align(one.sentence, other.sentence, one.answer);
  const place = alignment.counterpart;
  const isShort = place !== null && !isCopy(alignment) && isShortCopy(alignment);
  if (isShort && !(await speakOfOne(one, other, embedder))) return null;
  if (place !== null && (isShort || isCopy(alignment)))
    return contrastInPlace(question, one, other, place, alignment, embedder);
  if (says(other.sentence, value)) return null;
  return contrastAtLarge(question, one, other, value, embedder);
}

/** Of a short sentence the reader must say in both documents that it answers, and what stands around it must be alike. */
async function speakOfOne(one: Telling, other: Telling, embedder: Embedder): Promise<boolean> {
  return Math.min(one.margin, other.margin) > 0 && (await cosine(one.passage, other.passage, embedder)) >= LIKE.passage;
}

/** Each sentence tells it in its own words. */
async function contrastAtLarge(
  question: string,
  one: Telling,
  other: Telling,
  value: AnswerValue,
  embedder: Embedder,
): Promise<Contrast | null> {
  const otherValue = answerValue(question, other.sentence, other.answer);
  const compared = compareAnswers(value, otherValue);
  if (compared !== 'different' && compared !== 'compatible') return null;
  if (value.kind === 'phrase' || says(other.passage, value, false) || says(one.sentence, otherValue)) return null;
  if (isWeekdayOfOtherWeek(value, one, otherValue, other)) return null;
  if (isNumeric(value) && isNumeric(otherValue) && !haveSameUnit(question, value, otherValue)) return null;
  if (value.kind === 'name' && hasMany(question, one.sentence, other.sentence)) return null;
  if (!(await tellTheSame(one, value, other, otherValue, embedder))) return null;
  return {
    own: shownOf(value, one.answer),
    other: shownOf(otherValue, other.answer),
    isCompatible: compared === 'compatible',
  };
}

/** Longest time between two documents that may mean the same week, in milliseconds. */
const WEEK = 7 * 86_400_000;

/** "On Tuesday" and "on Friday": may each of two documents mean a week of its own? */
function isWeekdayOfOtherWeek(value: AnswerValue, one: Telling, otherValue: AnswerValue, other: Telling): boolean {
  const isOnlyDay = (it: AnswerValue) => it.kind === 'date' && it.values.every(isWeekday);
  if (!isOnlyDay(value) || !isOnlyDay(otherValue)) return false;
  const between = Date.parse(one.published ?? '') - Date.parse(other.published ?? '');
  return !(Math.abs(between) < WEEK); // undated: NaN
}

/** Are two sentences with different values about the same fact? */
async function tellTheSame(
  one: Telling,
  value: AnswerValue,
  other: Telling,
  otherValue: AnswerValue,
  embedder: Embedder,
): Promise<boolean> {
  const least = isNumeric(value) ? LIKE.value : LIKE.name;
  if (one.margin < least.margin || one.rank - other.rank > FAR_BEHIND) return false;
  const whole = await cosine(one.sentence, other.sentence, embedder);
  const besides = await cosine(blanked(one.sentence, value), blanked(other.sentence, otherValue), embedder);
  if (whole >= least.whole && besides >= least.blanked && other.margin >= least.margin) return true;
  if (!other.isClearest || other.margin < SURE.leastMargin) return false;
  const sureness = SURE.ofMargin * Math.min(other.margin, SURE.mostMargin);
  if ((whole + besides) / 2 + sureness < SURE.least) return false;
  return (await cosine(one.passage, other.passage, embedder)) >= SURE.passage;
}

/** What many may do at once, and words that say there are others. */
const MANY =
  /\b(?:also|among|too|as well|including|includes?|included|another|others?|one of|alongside|together with|besides|both)\b/iu;
const MANY_VERBS =
  /\b(?:attend|criticis|criticiz|donat|support|visit|joined|signed|participat|took part|sponsor|invest|condemn|oppos|welcom|prais|call(?:ed)? for|warn|protest|sells?|makes?|produces?|offers?|like|uses?|have|has|contain|speak|spoke|said|says|believ|think|argu)\w*/iu;

/** Can several names be right at once? */
function hasMany(question: string, a: string, b: string): boolean {
  return MANY.test(a) || MANY.test(b) || MANY_VERBS.test(question) || asksForList(question);
}

function blanked(sentence: string, { start, end }: Span): string {
  return `${sentence.slice(0, start)}…${sentence.slice(end)}`;
}
