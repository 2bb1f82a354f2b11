import { terms, tokenize } from '../../text/tokenize.ts';
import type { Span } from '../../types.ts';
import { type Comparison, compareValues } from './compare-values.ts';
import { type DateValue, datesIn } from './dates.ts';
import { isName, isSameName, nameWords } from './names.ts';
import { type Quantity, quantitiesIn } from './quantities.ts';

/** What the words of an answer are worth when they are held against those of another. Spans are of its sentence's text. */
export type AnswerValue = Span &
  (
    | { kind: 'date'; values: DateValue[] }
    | { kind: 'quantity'; values: Quantity[] }
    | { kind: 'name' | 'phrase'; text: string }
  );

const ASKS_FOR_DATE = /\b(?:when|(?:what|which) (?:\p{L}+ )?(?:year|date|day|month|decade|century|time))\b/iu;
const ASKS_FOR_QUANTITY =
  /\bhow (?:many|much|long|old|far|tall|big|large|fast|high|deep|wide|heavy|often|few)\b|\b(?:what|which) (?:\p{L}+ )?(?:percentage|percent|share|proportion|number|amount|population|fraction|rate|price|cost|age|length|height|score|ratio)\b/iu;

/** The value that a span of a sentence gives to a question. */
export function answerValue(question: string, sentence: string, span: Span): AnswerValue {
  const dates = datesIn(sentence);
  const within = (it: Span) => it.start < span.end && span.start < it.end;
  const ofDates = dates.filter(within);
  const quantities = quantitiesIn(sentence, dates).filter(within);
  const text = sentence.slice(span.start, span.end);
  if (ofDates.length > 0 && ASKS_FOR_DATE.test(question))
    return { kind: 'date', values: ofDates, ...extent(ofDates, span) };
  if (quantities.length > 0 && ASKS_FOR_QUANTITY.test(question))
    return { kind: 'quantity', values: quantities, ...extent(quantities, span) };
  if (isName(text, isAtStart(sentence, span))) return { kind: 'name', text, ...span };
  if (ofDates.length > 0 && isMostly(ofDates, text)) return { kind: 'date', values: ofDates, ...extent(ofDates, span) };
  if (quantities.length > 0 && isMostly(quantities, text))
    return { kind: 'quantity', values: quantities, ...extent(quantities, span) };
  return { kind: 'phrase', text, ...span };
}

function isAtStart(sentence: string, { start }: Span): boolean {
  return !/[\p{L}\p{N}]/u.test(sentence.slice(0, start));
}

/** At most two further words of matter beside the values. */
function isMostly(values: readonly (DateValue | Quantity)[], text: string): boolean {
  return tokenize(text).filter(({ isStopWord }) => !isStopWord).length <= 3 * values.length + 1;
}

function extent(values: readonly Span[], span: Span): Span {
  const start = Math.min(...values.map((it) => it.start));
  const end = Math.max(...values.map((it) => it.end));
  return { start: Math.max(start, Math.min(start, span.start)), end };
}

/** A value that can be reckoned with. */
export type Numeric = Extract<AnswerValue, { kind: 'date' | 'quantity' }>;

export function isNumeric(value: AnswerValue): value is Numeric {
  return value.kind === 'date' || value.kind === 'quantity';
}

/** What is shown of a value: its own words, with those that bound it. */
export function shownOf(value: AnswerValue, answer: Span): Span {
  return isNumeric(value) ? { start: value.start, end: value.end } : answer;
}

/** Share of a phrase's words with which another says it too. */
const SAME_WORDS = 0.5;

/** Holds two answers against one another. */
export function compareAnswers(a: AnswerValue, b: AnswerValue): Comparison {
  if ((a.kind === 'date' || a.kind === 'quantity') && (b.kind === 'date' || b.kind === 'quantity')) {
    return compareLists(a.values, b.values);
  }
  if (a.kind === 'name' && b.kind === 'name')
    return isSameName(a.text, b.text) || !haveOwn(nameWords(a.text), nameWords(b.text)) ? 'same' : 'different';
  if (a.kind === 'phrase' && b.kind === 'phrase') return comparePhrases(a.text, b.text);
  return 'incomparable';
}

/** Has each of two sets of words one that the other lacks? */
function haveOwn(a: readonly string[], b: readonly string[]): boolean {
  return a.some((word) => !b.includes(word)) && b.some((word) => !a.includes(word));
}

function comparePhrases(a: string, b: string): Comparison {
  const [one, two] = [new Set(terms(a)), new Set(terms(b))];
  const [small, large] = one.size <= two.size ? [one, two] : [two, one];
  if (small.size === 0) return 'incomparable';
  const shared = [...small].filter((word) => large.has(word)).length;
  return shared >= small.size * SAME_WORDS ? 'same' : 'different';
}

function compareLists(a: readonly (DateValue | Quantity)[], b: readonly (DateValue | Quantity)[]): Comparison {
  const comparisons = a
    .slice(0, b.length)
    .map((value, index) => compareValues(value, b[index] as DateValue | Quantity));
  for (const outcome of ['different', 'compatible', 'same'] as const) if (comparisons.includes(outcome)) return outcome;
  return 'incomparable';
}

/**
 * Does a text say an answer too, in whatever spelling?
 * @param isClose A bare number counts, too: one that says nothing of what it counts.
 */
export function says(text: string, value: AnswerValue, isClose = true): boolean {
  if (value.kind === 'date' || value.kind === 'quantity') {
    const dates = datesIn(text);
    const all = [...dates, ...quantitiesIn(text, dates)];
    return value.values.every((it) =>
      all.some(
        (other) =>
          compareValues(it, other) === 'same' && isSameUnit(it, other) && (isClose || isBare(it) || !isBare(other)),
      ),
    );
  }
  if (value.kind === 'name') return nameWords(value.text).every((word) => wordsOf(text).has(word));
  const found = new Set(terms(text));
  const own = terms(value.text);
  return own.length > 0 && own.filter((term) => found.has(term)).length >= own.length * 0.8;
}

function isBare(value: DateValue | Quantity): boolean {
  return value.kind === 'quantity' && value.measure === 'count' && value.units.length === 0;
}

function wordsOf(text: string): Set<string> {
  return new Set(nameWords(text));
}

/** Do two values count the same, as far as both say what? */
export function isSameUnit(a: DateValue | Quantity, b: DateValue | Quantity): boolean {
  if (a.kind === 'date' || b.kind === 'date' || a.units.length === 0 || b.units.length === 0) return true;
  return a.units.some((unit) => b.units.includes(unit));
}
