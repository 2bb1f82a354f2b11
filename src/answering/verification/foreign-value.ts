import { numbersIn } from '../../text/numbers.ts';
import { tokenize } from '../../text/tokenize.ts';
import { isSameUnit } from '../values/answer-value.ts';
import { compareValues } from '../values/compare-values.ts';
import { type DateValue, datesIn } from '../values/dates.ts';
import { type Quantity, quantitiesIn } from '../values/quantities.ts';

/** The first number, date, time or multitude of a statement that the quotes don't have, in words; null when they have all. */
export function foreignValue(said: string, quoted: string): string | null {
  return (
    foreignNumber(said, quoted) ??
    foreignMeasure(said, quoted) ??
    foreignWord(said, quoted) ??
    foreignChange(said, quoted) ??
    foreignScore(said, quoted)
  );
}

function foreignNumber(said: string, quoted: string): string | null {
  const given = numbersIn(quoted);
  // "2:30 p.m." and "14:30" are held against one another as times.
  const foreign = numbersIn(withoutTimes(said)).find(
    ({ value, unit }) => !given.some((it) => it.value === value && (unit === '' || it.unit === unit)),
  );
  return foreign === undefined ? null : `the number ${foreign.value}${foreign.unit}`;
}

/** Times of day blanked. */
export function withoutTimes(text: string): string {
  return datesIn(text).reduce(
    (rest, { start, end, minute }) =>
      minute === null ? rest : rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  );
}

/** Dates and quantities as they are meant: with their unit and bound. */
function foreignMeasure(said: string, quoted: string): string | null {
  const given = measuresIn(quoted);
  const foreign = measuresIn(said).find((it) => !given.some((other) => gives(other, it)));
  return foreign === undefined ? null : `the value ${said.slice(foreign.start, foreign.end)}`;
}

function measuresIn(text: string): (DateValue | Quantity)[] {
  const dates = datesIn(text);
  return [...dates, ...quantitiesIn(text, dates).filter(({ measure }) => measure !== 'ordinal')];
}

/** Does a value of the quotes say all that one of the statement says? */
function gives(given: DateValue | Quantity, told: DateValue | Quantity): boolean {
  if (compareValues(told, given) !== 'same' || !isSameUnit(told, given)) return false;
  if (told.kind !== 'date' || given.kind !== 'date') return true;
  const fields = ['years', 'month', 'day', 'weekday', 'minute'] as const;
  return fields.every((field) => told[field] === null || given[field] !== null);
}

/** Multitudes without a number ("thousands", "several million"), and spans of time ("last year"): of their own, a statement may have none. */
const TIMES =
  'today yesterday tomorrow tonight day week weekend month year decade century hour minute morning afternoon evening night noon midnight spring summer autumn winter';
const MULTITUDES = 'dozen hundred thousand million billion trillion';
const WATCHED = new Set(tokenize(`${TIMES} ${MULTITUDES}`).map(({ term }) => term));
const ALSO = new Map(
  ['annual year', 'yearly year', 'daily day', 'weekly week', 'monthly month', 'hourly hour'].map((pair) => {
    const [word = '', time = ''] = tokenize(pair).map(({ term }) => term);
    return [word, time] as const;
  }),
);

function foreignWord(said: string, quoted: string): string | null {
  const named = (text: string) =>
    tokenize(text).map(({ text: word, term }) => ({ word, term: ALSO.get(term) ?? term }));
  const given = new Set(named(quoted).map(({ term }) => term));
  // Their numbers are held by their value: "12 million" and "12m".
  const foreign = named(withoutNumbers(said)).find(({ term }) => WATCHED.has(term) && !given.has(term));
  return foreign === undefined ? null : `“${foreign.word}”`;
}

function withoutNumbers(text: string): string {
  return measuresIn(text).reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text.replaceAll(
      /\b(?:an?|\p{N}[\p{N}.,]*|\p{L}+(?:ty|teen)|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -](?:dozen|(?:hundred|thousand|million|billion|trillion)[ -]?)+\b/giu,
      (it) => ' '.repeat(it.length),
    ),
  );
}

const CHANGE =
  /\b(?:ris(?:e|es|ing|en)|rose|f[ae]ll(?:s|en|ing)?|gr[eo]w(?:s|n|ing)?|(?:increas|decreas|declin|rais|reduc|plung)(?:e|es|ed|ing)|(?:drop|jump|slump|climb|soar|cut|lower|gain)\p{L}*|sh?r[aiu]nk)\b/iu;
const CHANGED =
  /\b(by|to) (?:(?:about|around|nearly|almost|some|over|more than|less than|just|only) )*[$€£]?(\p{N}[\p{N}.,]*\p{N}|\p{N})/giu;

/** "Rose by 5%" and "rose to 5%" are two things. */
function foreignChange(said: string, quoted: string): string | null {
  if (!CHANGE.test(said)) return null;
  const waysOf = (text: string) =>
    Array.from(text.matchAll(CHANGED), ([, way = '', number = '']) => ({ way: way.toLowerCase(), number }));
  const given = waysOf(quoted);
  const foreign = waysOf(said).find(({ way, number }) => {
    const same = given.filter((it) => it.number === number);
    return same.length > 0 ? same.every((it) => it.way !== way) : given.some((it) => it.way === way);
  });
  return foreign === undefined ? null : `“${foreign.way} ${foreign.number}”`;
}

const SCORE = /(?<![\p{N}.,-])(\p{N}+)(?: \p{L}+)?(?: to |-)(\p{N}+)(?![\p{N}-])/gu;

/** "312 votes to 298" the other way round; null when the quotes don't have these two so. */
function foreignScore(said: string, quoted: string): string | null {
  const scores = (text: string) => Array.from(text.matchAll(SCORE), ([, first, second]) => [first, second]);
  const given = scores(quoted);
  const has = (first?: string, second?: string) => given.some(([a, b]) => a === first && b === second);
  const foreign = scores(said).find(([first, second]) => !has(first, second) && has(second, first));
  return foreign === undefined ? null : `“${foreign.join(' to ')}”`;
}
