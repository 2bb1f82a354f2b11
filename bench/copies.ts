import { datesIn } from '../src/answering/values/dates.ts';
import { quantitiesIn } from '../src/answering/values/quantities.ts';
import type { SquadQuestion } from './squad.ts';

/** What an answer is, by its own words and the question's. */
export type AnswerKind = 'number' | 'share' | 'money' | 'date' | 'duration' | 'person' | 'place' | 'name' | 'phrase';

/** A stream of numbers from 0 to 1, the same for the same seed (mulberry32). */
export type Random = () => number;

export function seeded(seed: string): Random {
  let state = 0;
  for (const character of seed)
    state = (Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x9e3779b1) ^ (state >>> 15)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

export function kindOf({ question, answer: { text } }: Pick<SquadQuestion, 'question' | 'answer'>): AnswerKind {
  const dates = datesIn(text);
  const [quantity] = quantitiesIn(text, dates);
  const words = text.split(/\s+/).length;
  if (dates.length > 0 && words <= 6) return 'date';
  if (quantity !== undefined && words <= 6 && !/\b(?!US\b|AD\b|BC\b)\p{Lu}\p{L}+/u.test(text)) {
    const { measure } = quantity;
    return measure === 'share' || measure === 'money' || measure === 'duration' ? measure : 'number';
  }
  const capitals = text.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word)).length;
  if (capitals < words / 2 || words > 6) return 'phrase';
  if (/\bwho(?:m|se)?\b/i.test(question)) return 'person';
  return /\bwhere\b|\b(?:city|country|state|county|continent|region|river|town|nation|place|street)\b/i.test(question)
    ? 'place'
    : 'name';
}

/** Another answer of the same kind: a number altered, anything else drawn from the other answers. Null where there is none. */
export function replacementFor(
  question: SquadQuestion,
  all: readonly SquadQuestion[],
  paragraph: string,
  random: Random,
): string | null {
  const { text } = question.answer;
  const kind = kindOf(question);
  if (kind !== 'person' && kind !== 'place' && kind !== 'name' && kind !== 'phrase') return altered(text, kind, random);
  const length = text.split(/\s+/).length;
  const others = all.filter((it) => {
    const other = it.answer.text;
    const isFit = it.documentId !== question.documentId && kindOf(it) === kind && !paragraph.includes(other);
    return isFit && Math.abs(other.split(/\s+/).length - length) <= 1 && !sharesWord(other, text);
  });
  return pick(others, random)?.answer.text ?? null;
}

function sharesWord(a: string, b: string): boolean {
  const words = new Set(a.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu));
  return (b.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).some((word) => words.has(word));
}

const WORDS = 'two three four five six seven eight nine ten eleven twelve'.split(' ');
const ORDINALS = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** The text with its first number (in a date: the year, else the day or month) replaced by a plausible other. */
function altered(text: string, kind: AnswerKind, random: Random): string | null {
  const year = /\b(?:1\d|20)\d{2}\b/.exec(text);
  if (kind === 'date' && year !== null) {
    const by = (1 + Math.floor(random() * 14)) * (random() < 0.7 ? -1 : 1);
    return text.replace(year[0], String(Number(year[0]) + by));
  }
  const month = MONTHS.find((it) => text.includes(it));
  if (kind === 'date' && month !== undefined && !/\d/.test(text)) {
    return text.replace(
      month,
      pick(
        MONTHS.filter((it) => it !== month),
        random,
      ) ?? month,
    );
  }
  const digits = /\d[\d,]*(?:\.\d+)?/.exec(text);
  if (digits !== null) return text.replace(digits[0], alteredNumber(digits[0], random));
  for (const words of [WORDS, ORDINALS]) {
    const word = words.find((it) => new RegExp(`\\b${it}\\b`, 'i').test(text));
    if (word === undefined) continue;
    const other =
      pick(
        words.filter((it) => it !== word),
        random,
      ) ?? word;
    return text.replace(new RegExp(`\\b${word}\\b`, 'i'), (it) =>
      /^\p{Lu}/u.test(it) ? `${other[0]?.toUpperCase()}${other.slice(1)}` : other,
    );
  }
  return null;
}

/** Another number of the same make: as many decimals, a thousands comma where there was one, off by a tenth to a half. */
function alteredNumber(written: string, random: Random): string {
  const value = Number(written.replaceAll(',', ''));
  const decimals = /\.(\d+)$/.exec(written)?.[1]?.length ?? 0;
  const zeros = /[1-9](0+)$/.exec(written.replaceAll(',', ''))?.[1]?.length ?? 0;
  const unit = 10 ** (zeros - decimals);
  const change = Math.max(1, Math.round(((0.1 + 0.4 * random()) * value) / unit)) * unit;
  const other = random() < 0.5 && value > change ? value - change : value + change;
  const text = other.toFixed(decimals);
  return written.includes(',') ? Number(text).toLocaleString('en', { minimumFractionDigits: decimals }) : text;
}

/** The paragraph with the answer replaced wherever it stands as words of its own. */
export function withReplacement(paragraph: string, answer: string, replacement: string): string {
  const escaped = answer.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return paragraph.replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu'), () => replacement);
}
