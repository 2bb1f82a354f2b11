import { CARDINALS, ORDINALS, precise, SCALE_SUFFIXES, SCALES } from './number-words.ts';

/** A number that a text gives, in digits or words. */
export interface GivenNumber {
  /** Its value; for digits that no number has, the digits. */
  value: number | string;
  /** What it counts, where a sign or word right beside it says so: per cent or a currency. */
  unit: '' | '%' | '$' | '€' | '£' | '¥';
}

/** "First" and "second" mean other things too. */
const WORDS = new Map([...ORDINALS].filter(([, value]) => value >= 3 && value <= 20));
for (const [word, value] of CARDINALS) WORDS.set(word, value);
const CURRENCIES = new Map<string, GivenNumber['unit']>(
  [
    ['$', 'dollar'],
    ['€', 'euro'],
    ['£', 'pound'],
    ['¥', 'yen'],
  ].flatMap(([sign, name]) => [name, `${name}s`].map((word) => [word as string, sign as GivenNumber['unit']] as const)),
);

const TOKEN = /[$€£¥%]|\p{Nd}+(?:[.,]\p{Nd}+)*|\p{L}+/gu;

/**
 * The numbers of a text: "35", "thirty-five" and "35.0" are the same, as are "12 million", "12m" and "12,000,000". A lone "one" is none:
 * it is mostly a pronoun.
 */
export function numbersIn(text: string): GivenNumber[] {
  const tokens = Array.from(text.matchAll(TOKEN), ({ 0: token, index }) => ({ token: token.toLowerCase(), index }));
  const at = (place: number) => tokens[place]?.token ?? '';
  const numbers: GivenNumber[] = [];
  let place = 0;
  while (place < tokens.length) {
    const begin = place;
    const [value, next] = /^\p{Nd}/u.test(at(place)) ? digits(place) : words(place);
    if (next === begin) place += 1;
    else {
      if (!(value === 1 && at(begin) === 'one')) numbers.push({ value, unit: unitOf(begin, next) });
      place = next;
    }
  }
  return numbers;

  function digits(from: number): [number | string, number] {
    const written = at(from).replaceAll(/,(?=\p{Nd}{3}(?!\p{Nd}))/gu, '');
    const sign = isNegative(from) ? -1 : 1;
    const value = sign * Number(written);
    const isBeside = tokens[from + 1]?.index === (tokens[from]?.index ?? 0) + at(from).length;
    const next = at(from + 1);
    const scale = SCALES.get(next) ?? (isBeside ? SCALE_SUFFIXES.get(next) : undefined);
    if (Number.isNaN(value)) return [written, from + 1];
    return scale === undefined ? [value, from + 1] : [precise(value * scale), from + 2];
  }

  /** A minus before it: not a hyphen between two things, nor the dash of a list. */
  function isNegative(place: number): boolean {
    const before = text.slice(0, tokens[place]?.index ?? 0);
    return at(place - 1) === 'minus' || /(?:^|[\s(])[-−–][$€£¥]?$/u.test(before);
  }

  function words(from: number): [number, number] {
    let total = 0;
    let current: number | null = null;
    let next = from;
    for (; ; next++) {
      const token = at(next);
      const value = WORDS.get(token);
      const scale = SCALES.get(token);
      if (value !== undefined) {
        // "nineteen ninety": two numbers; "thirty-five", "two hundred five": one.
        if (current !== null && (current % 10 !== 0 || value >= 10) && current % 100 !== 0) break;
        current = (current ?? 0) + value;
      } else if (scale !== undefined && (current !== null || /^an?$/.test(at(next - 1)))) {
        if (scale < 1_000) current = (current ?? 1) * scale;
        else [total, current] = [total + (current ?? 1) * scale, 0];
      } else if (!(token === 'and' && current !== null && WORDS.has(at(next + 1)) && SCALES.has(at(next - 1)))) break;
    }
    return [total + (current ?? 0), next];
  }

  function unitOf(begin: number, end: number): GivenNumber['unit'] {
    const before = at(begin - 1);
    if (/^[$€£¥]$/.test(before)) return before as GivenNumber['unit'];
    const isPercent = /^(?:%|percent|percentage)$/.test(at(end)) || (at(end) === 'per' && at(end + 1) === 'cent');
    return isPercent ? '%' : (CURRENCIES.get(at(end)) ?? '');
  }
}
