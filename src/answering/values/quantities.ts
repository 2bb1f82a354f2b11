import { tokenize } from '../../text/tokenize.ts';
import type { Span } from '../../types.ts';
import { type Numeral, numeralsIn } from './numerals.ts';
import { type Dimension, physicalUnit } from './physical-units.ts';

/** A number with what it counts; the span takes in what bounds it ("more than"), its currency and its unit of time, share or measure. */
export interface Quantity extends Span {
  kind: 'quantity';
  measure: 'count' | 'share' | 'money' | 'duration' | 'ordinal' | Dimension;
  /** As written: 15 for "15-year". */
  amount: number;
  /** In percent, days, the unit of its dimension, or as written. */
  value: number;
  /** What its last written digit is worth, in the same unit. */
  step: number;
  /** What it may be: [30, ∞] for "more than 30". */
  range: readonly [least: number, most: number];
  /** "about", "nearly", a fraction in words. */
  isApproximate: boolean;
  /** Stems of the words that say what is counted, or the currency; empty where nothing does. */
  units: readonly string[];
}

/** Days. */
const TIMES = new Map([
  ['second', 1 / 86_400],
  ['sec', 1 / 86_400],
  ['minut', 1 / 1_440],
  ['min', 1 / 1_440],
  ['hour', 1 / 24],
  ['day', 1],
  ['week', 7],
  ['fortnight', 14],
  ['month', 365.25 / 12],
  ['year', 365.25],
  ['decad', 3_652.5],
  ['centuri', 36_525],
]);
const CURRENCIES: readonly [RegExp, string][] = [
  [/^(?:a\$|au\$|aud)$/i, 'australian dollar'],
  [/^(?:c\$|ca\$|cad)$/i, 'canadian dollar'],
  [/^(?:us)?\$|^usd$|^dollars?$/i, 'dollar'],
  [/^€|^eur$|^euros?$/i, 'euro'],
  [/^£|^gbp$|^pounds?$/i, 'pound'],
  [/^¥|^jpy$|^yen$/i, 'yen'],
  [/^₹|^rs$|^inr$|^rupees?$/i, 'rupee'],
  [/^chf$|^francs?$/i, 'franc'],
  [/^yuan$|^rmb$|^cny$/i, 'yuan'],
  [/^₽|^rou?bles?$/i, 'rouble'],
  [/^cents?$/i, 'cent'],
];

/** Right before the number, behind an optional currency. */
const LEAST =
  /(?:(?<!\b(?:no|not) )more than|over|above|at least|no (?:fewer|less) than|not less than|upwards? of|exceed(?:s|ed|ing)?|in excess of|greater than|a minimum of|minimum)$/i;
const MOST =
  /(?:(?<!\b(?:no|not) )(?:less|fewer) than|under|below|up to|at most|no more than|not more than|a maximum of|maximum)$/i;
const ABOUT =
  /(?:about|around|approximately|approx\.?|roughly|nearly|almost|close to|some|circa|ca?\.|~|an estimated|estimated|just (?:over|under|above|below)|a little (?:over|under)|an average of|slightly (?:over|more than|under|less than))(?: an?)?$/i;
const LEAST_AFTER = /^(?:\+|[ -](?:or more|or above|plus|and up))(?!\w)/i;
const MOST_AFTER = /^ or (?:less|fewer|below|under)\b/i;

/** Between a number and what it counts: "85 of their soldiers". */
const BEFORE_UNIT =
  /^(?:more|other|further|additional|extra|such|full|consecutive|of|the|their|its|his|her|our|these|those|all|square|cubic|estimated|reported|so|called)$/i;
/** Most words behind a number that may say what it counts. */
const UNIT_WORDS = 3;

/** All quantities of a text that do not stand inside the spans left out (its dates), in order. */
export function quantitiesIn(text: string, leftOut: readonly Span[] = []): Quantity[] {
  const numerals = [...numeralsIn(text), ...onesIn(text)].sort((a, b) => a.start - b.start);
  const free = numerals.filter((it) => !leftOut.some(({ start, end }) => it.start < end && start < it.end));
  const found: Quantity[] = [];
  for (let at = 0; at < free.length; at++) {
    const first = free[at] as Numeral;
    const second = free[at + 1];
    const isRange = second !== undefined && isRangeOf(text, first, second);
    const quantity = quantityOf(text, first, isRange ? second : first);
    if (isRange) at++;
    found.push(quantity);
  }
  return found;
}

/** Behind these "a month" is how long; elsewhere it may be how often ("€90 a month"), or none at all. */
const LASTING =
  /(?<=\b(?:for|within|than|about|around|nearly|almost|roughly|over|under|at least|at most|last(?:s|ed)?|takes?|took) )an?(?= (?:second|minute|hour|day|week|fortnight|month|year|decade|century)\b)/giu;

/** The articles of a text that count one unit of time. */
function onesIn(text: string): Numeral[] {
  return Array.from(text.matchAll(LASTING), ({ 0: article, index }) => {
    return { start: index, end: index + article.length, value: 1, step: 1, isOrdinal: false, isFraction: false };
  });
}

/** "30 to 40", "30–40", "between 30 and 40". */
function isRangeOf(text: string, first: Numeral, second: Numeral): boolean {
  const gap = text.slice(first.end, second.start);
  const isBetween = /\bbetween [$€£]?$/i.test(text.slice(0, first.start)) && /^ ?%? and [$€£]?$/.test(gap);
  if (!isBetween && !/^ ?%?(?: to | ?[–—-] ?)[$€£]?$/.test(gap)) return false;
  return first.value < second.value || (first.value < 1_000 && first.value < second.value / second.step);
}

function quantityOf(text: string, first: Numeral, last: Numeral): Quantity {
  const before = text.slice(Math.max(0, first.start - 40), first.start);
  const after = text.slice(last.end, last.end + 60);
  const symbol = /(?:(?:US|A|AU|C|CA)?\$|€|£|¥|₹|₽|\b(?:EUR|USD|GBP|CHF|JPY|Rs\.?)) ?$/u.exec(before)?.[0] ?? '';
  const lead = before.slice(0, before.length - symbol.length).trimEnd();
  const { measure, units, factor, end } = measureOf(symbol, after, last);
  const scale = last !== first && first.value < 1_000 && last.step >= 1_000 ? last.step : 1; // "30 to 50 thousand"
  const low = first.value * scale * factor;
  const value = last.value * factor;
  const isApproximate = ABOUT.test(lead) || (last.isFraction && measure === 'share');
  const isLeast = !isApproximate && (LEAST.test(lead) || LEAST_AFTER.test(after));
  const isMost = !isApproximate && !isLeast && (MOST.test(lead) || MOST_AFTER.test(after.slice(end)));
  const said = [ABOUT, LEAST, MOST].map((pattern) => pattern.exec(lead)).find((match) => match !== null);
  return {
    kind: 'quantity',
    start: first.start - before.length + (said?.index ?? before.length - symbol.length),
    end: last.end + end,
    measure,
    amount: last.value,
    value,
    step: last.step * factor,
    range: [isMost ? Number.NEGATIVE_INFINITY : low, isLeast ? Number.POSITIVE_INFINITY : value],
    isApproximate,
    units,
  };
}

type Measured = Pick<Quantity, 'measure' | 'units'> & {
  /** From as written to the value's unit. */
  factor: number;
  /** Where the unit ends, behind the number, when it belongs to it. */
  end: number;
};

function measureOf(symbol: string, after: string, numeral: Numeral): Measured {
  const percent = /^[ -]?(?:%|percent\b|per cent\b|pct\b|percentage\b)/i.exec(after);
  if (percent !== null && !/^[ -]?percentage points?/i.test(after)) {
    return { measure: 'share', units: [], factor: numeral.isFraction ? 100 : 1, end: percent[0].length };
  }
  const currency = currencyOf(symbol.trim().replace('.', ''));
  if (currency !== null) return { measure: 'money', units: [currency], factor: 1, end: 0 };
  // "Half an hour", "a quarter of a mile" are no part of something.
  const ofUnit = numeral.isFraction ? (/^(?: of)? an?(?= )/i.exec(after)?.[0].length ?? 0) : 0;
  const counted = after.slice(ofUnit);
  const words = unitWords(counted);
  const named = words.find(({ text }) => currencyOf(text) !== null);
  if (named !== undefined && words.indexOf(named) <= 1) {
    return { measure: 'money', units: [currencyOf(named.text) ?? ''], factor: 1, end: ofUnit + named.end };
  }
  if (numeral.isOrdinal) return { measure: 'ordinal', units: words.map(({ term }) => term), factor: 1, end: 0 };
  const unit = physicalUnit(counted);
  if (unit !== null) return { measure: unit.dimension, units: [], factor: unit.factor, end: ofUnit + unit.end };
  const time = words.slice(0, 2).find(({ term }) => TIMES.has(term));
  if (time !== undefined) {
    return { measure: 'duration', units: [], factor: TIMES.get(time.term) ?? 1, end: ofUnit + time.end };
  }
  const isPart =
    numeral.isFraction && numeral.value < 1 && (numeral.isRatio || words.length === 0 || /^ (?:of|the)\b/i.test(after));
  if (isPart) return { measure: 'share', units: [], factor: 100, end: 0 };
  return { measure: 'count', units: words.map(({ term }) => term), factor: 1, end: 0 };
}

/** The words behind a number up to the first that can't belong to what it counts. */
function unitWords(after: string): { text: string; term: string; end: number }[] {
  const run = /^[ -]?(?:\p{L}+[ -]?){0,4}/u.exec(after)?.[0] ?? '';
  const words: { text: string; term: string; end: number }[] = [];
  for (const { text, term, start, isStopWord } of tokenize(run.replaceAll('-', ' '))) {
    if (BEFORE_UNIT.test(text) && words.length === 0) continue;
    if (isStopWord || words.length === UNIT_WORDS) break;
    words.push({ text, term, end: start + text.length });
  }
  return words;
}

function currencyOf(word: string): string | null {
  return word === '' ? null : (CURRENCIES.find(([pattern]) => pattern.test(word))?.[1] ?? null);
}
