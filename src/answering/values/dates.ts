import type { Span } from '../../types.ts';

/** A date or time as far as a text gives it; null for what it leaves open. Months and days from 1, weekdays from 0 (Sunday). */
export interface DateValue extends Span {
  kind: 'date';
  /** First and last year, both included; before Christ negative. */
  years: readonly [first: number, last: number] | null;
  /** Written as a range ("1990–95"), not merely at the precision of a decade. */
  isRange: boolean;
  month: number | null;
  day: number | null;
  weekday: number | null;
  /** Minute of the day. */
  minute: number | null;
}

const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const MONTH_STARTS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const WEEKDAY = `(?:(?<weekday>${WEEKDAYS.join('|')})(?:,? (?:the )?(?=\\d|${MONTHS}))?)`;
const ORDINALS =
  `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
  seventeenth eighteenth nineteenth twentieth twenty-first`.split(/\s+/);
const YEAR = '(?:1\\d{3}|20\\d{2})(?!\\d|,\\d|\\.\\d|\\s?%)';
const ERA = '(?:BCE?|B\\.C\\.(?:E\\.)?)';

/** Each form in which a date is written, tried in this order at every place. */
const FORMS = new RegExp(
  [
    `(?<iso>\\d{4}-\\d{2}-\\d{2})`,
    `(?:${WEEKDAY})?(?:(?<day1>\\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -](?<month1>${MONTHS})\\b\\.?(?:[,-]? ?(?<year1>${YEAR}))?)`,
    `(?:${WEEKDAY.replace('weekday', 'weekday2')})?(?:(?<month2>${MONTHS})\\b\\.? (?:the )?(?<day2>\\d{1,2})(?:st|nd|rd|th)?(?![\\d%]|,\\d{3}|\\s(?:percent|per cent|million))(?:,? (?<year2>${YEAR}))?)`,
    `(?<month3>${MONTHS})\\b\\.?,?(?: of)? (?<year3>${YEAR})`,
    `(?<decade>\\d{3}0)['’]?s`,
    `['’](?<decade2>\\d0)s`,
    `(?<century>\\d{1,2}(?:st|nd|rd|th)|${ORDINALS.join('|')})[- ]centur(?:y|ies)(?: (?<era1>${ERA}))?`,
    `(?:AD|A\\.D\\.) (?<year4>\\d{1,4})`,
    `(?<year5>\\d{1,4}) (?:(?<era2>${ERA})|AD|CE|A\\.D\\.)(?!\\w)`,
    `(?<from>${YEAR})(?: ?[–—-] ?| to | until | through )(?<to>${YEAR}|\\d{2}(?![\\d,.%]))`,
    `(?<=between )(?<from2>${YEAR}) and (?<to2>${YEAR})`,
    `(?<hour>\\d{1,2})(?:[:.](?<minute>\\d{2}))? ?(?<half>[ap]\\.?m\\b\\.?)`,
    `(?<hour2>[01]?\\d|2[0-3]):(?<minute2>[0-5]\\d)(?![:\\d])`,
    `(?<!\\d[,.])(?<year6>${YEAR})`,
    `(?<weekday3>${WEEKDAYS.join('|')})s?`,
    `(?<month4>${MONTHS})`,
  ]
    .map((form) => `(?<![\\p{L}\\p{N}$€£])(?:${form})(?![\\p{L}])`)
    .join('|'),
  'giu',
);

/** All dates of a text, in order. */
export function datesIn(text: string): DateValue[] {
  const found: DateValue[] = [];
  for (const match of text.matchAll(FORMS)) {
    const groups = match.groups ?? {};
    const [whole] = match;
    const before = text.slice(Math.max(0, match.index - 16), match.index);
    const after = text.slice(match.index + whole.length, match.index + whole.length + 24);
    if (groups.month4 !== undefined && !isMonth(whole, before)) continue;
    if (groups.year6 !== undefined && !isYear(before, after)) continue;
    const fields = fieldsOf(groups);
    if (fields !== null) found.push({ kind: 'date', start: match.index, end: match.index + whole.length, ...fields });
  }
  return found;
}

/** Nothing but a day of the week, of whatever week. */
export function isWeekday({ years, month, day, weekday, minute }: DateValue): boolean {
  return weekday !== null && years === null && month === null && day === null && minute === null;
}

type Fields = Omit<DateValue, 'kind' | keyof Span>;

function fieldsOf(groups: Record<string, string | undefined>): Fields | null {
  const pick = (name: string) =>
    groups[name] ?? groups[`${name}1`] ?? groups[`${name}2`] ?? groups[`${name}3`] ?? groups[`${name}4`];
  const none: Fields = { years: null, isRange: false, month: null, day: null, weekday: null, minute: null };
  if (groups.iso !== undefined) {
    const [year = 0, month = 0, day = 0] = groups.iso.split('-').map(Number);
    return month < 1 || month > 12 || day < 1 || day > 31 ? null : { ...none, years: [year, year], month, day };
  }
  const hour = pick('hour');
  if (hour !== undefined) {
    const base = Number(hour) % (groups.half === undefined ? 24 : 12);
    const noon = groups.half?.toLowerCase().startsWith('p') ? 12 : 0;
    return { ...none, minute: (base + noon) * 60 + Number(pick('minute') ?? 0) };
  }
  const weekday = pick('weekday');
  const month = pick('month');
  const day = Number(pick('day') ?? 0);
  if (day > 31) return null;
  return {
    ...yearsOf(groups),
    month: month === undefined ? null : MONTH_STARTS.indexOf(month.slice(0, 3).toLowerCase()) + 1,
    day: day || null,
    weekday: weekday === undefined ? null : WEEKDAYS.indexOf(weekday.toLowerCase()),
    minute: null,
  };
}

function yearsOf(groups: Record<string, string | undefined>): Pick<Fields, 'years' | 'isRange'> {
  const of = (first: number, last = first, isRange = false) => ({ years: [first, last] as const, isRange });
  const { century, decade, decade2, era1, era2, year5 } = groups;
  if (century !== undefined) {
    const number = ORDINALS.indexOf(century.toLowerCase()) + 1 || Number.parseInt(century, 10);
    return era1 === undefined ? of((number - 1) * 100, number * 100) : of(-number * 100, -(number - 1) * 100);
  }
  if (decade !== undefined)
    return Number(decade) % 100 === 0
      ? of(Number(decade), Number(decade) + 99)
      : of(Number(decade), Number(decade) + 9);
  if (decade2 !== undefined) return of(1900 + Number(decade2), 1909 + Number(decade2));
  if (year5 !== undefined) return of(era2 === undefined ? Number(year5) : -Number(year5));
  const from = groups.from ?? groups.from2;
  const to = groups.to ?? groups.to2;
  if (from !== undefined && to !== undefined) {
    const last = to.length === 2 ? Math.floor(Number(from) / 100) * 100 + Number(to) : Number(to);
    return last > Number(from) ? of(Number(from), last, true) : of(Number(from));
  }
  const year = groups.year1 ?? groups.year2 ?? groups.year3 ?? groups.year4 ?? groups.year6;
  return year === undefined ? { years: null, isRange: false } : of(Number(year));
}

/** A month that stands alone: a capital letter, and for words that are no months else ("may", "march") a preposition. */
function isMonth(word: string, before: string): boolean {
  if (!/^\p{Lu}/u.test(word) || (word.length === 3 && word !== 'May')) return false;
  return (
    !/^(?:May|March)$/.test(word) ||
    /(?:\b(?:in|since|by|until|till|from|to|of|last|next|this|early|late|during|every)|mid-?) ?$/iu.test(before)
  );
}

/** Four digits that are a year, not a number of things ("1500 people"). */
function isYear(before: string, after: string): boolean {
  if (
    /\b(?:in|since|by|until|till|from|to|during|year|after|before|circa|around|early|late|mid|of|and|for)[ -]$|[(,–—-] ?$/iu.test(
      before,
    )
  )
    return true;
  return !/^[ -](?:\p{Ll}+ )?\p{Ll}{2,}s\b|^[ -](?:people|men|women|percent|per|million|billion|km|feet|mph|miles|square)\b/u.test(
    after,
  );
}
