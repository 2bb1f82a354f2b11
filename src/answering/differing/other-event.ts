import { fold, tokenize } from '../../text/tokenize.ts';
import type { Span } from '../../types.ts';
import type { AnswerValue } from '../values/answer-value.ts';
import { compareDates } from '../values/compare-values.ts';
import { datesIn, isWeekday } from '../values/dates.ts';
import type { Telling } from './telling.ts';

/**
 * Do the two speak of different events: do they give different dates beside the answer, or lacks the other's passage a name, number or date
 * that the question asks about and the answer's has?
 */
export function isOtherEvent(question: string, one: Telling, other: Telling, value: AnswerValue): boolean {
  const outside = (sentence: string, spans: readonly Span[]) =>
    datesIn(sentence).filter(
      // "Police said on Monday": mostly when it was said, and of whatever week.
      (date) => !isWeekday(date) && !spans.some(({ start, end }) => date.start < end && start < date.end),
    );
  const own = outside(one.sentence, [value, one.answer]);
  const others = outside(other.sentence, [other.answer]);
  const isContradicted = own.some((date) => {
    const compared = others.map((it) => compareDates(date, it));
    return compared.includes('different') && !compared.includes('same');
  });
  if (isContradicted && value.kind !== 'date') return true;
  const said = keys(one.passage.replace(one.sentence.slice(one.answer.start, one.answer.end), ' '));
  const theirs = keys(other.passage);
  return [...keys(question)].some((key) => said.has(key) && !theirs.has(key));
}

/** Names, numbers and ordinals of a text, folded; a name cut so that "Russia" is "Russian". The first word may be no name. */
function keys(text: string): Set<string> {
  const found = new Set<string>();
  for (const { text: word, isStopWord } of tokenize(text)) {
    const isOrdinal = /^(?:first|second|third|fourth|fifth|last|next)$/i.test(word);
    if (isStopWord || !(isOrdinal || /^[\p{Lu}\p{N}]/u.test(word))) continue;
    const folded = fold(word);
    found.add(/\d/.test(folded) ? folded : folded.slice(0, 5));
  }
  return found;
}
