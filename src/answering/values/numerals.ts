import { CARDINALS, ORDINALS, precise, SCALE_SUFFIXES, SCALES, SMALL_ORDINALS } from '../../text/number-words.ts';
import type { Span } from '../../types.ts';

/** A number as a text writes it, in digits or words. */
export interface Numeral extends Span {
  value: number;
  /** What its last written digit is worth: 1 for "35", 100,000 for "1.2 million". A whole number's trailing zeros may be rounding: 1,000 for "45,000". */
  step: number;
  /** "third", "21st". */
  isOrdinal: boolean;
  /** Written as a part of a whole: "half", "three quarters", "one in five". */
  isFraction: boolean;
  /** "one in five": what is counted follows without "of". */
  isRatio?: boolean;
}

const PARTS = new Map([
  ['half', 1 / 2],
  ['halves', 1 / 2],
  ['quarter', 1 / 4],
  ['third', 1 / 3],
  ...[4, 5, 6, 7, 8, 9, 10].map((value) => [SMALL_ORDINALS[value] ?? '', 1 / value] as const),
]);
const GLYPHS = new Map([
  ['½', 1 / 2],
  ['¼', 1 / 4],
  ['¾', 3 / 4],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
]);

const PIECE = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]*\d)|\d+(?:\.\d+)?|\p{L}+|[^\s]/gu;

interface Piece extends Span {
  text: string;
}

/** All numbers of a text, in order. */
export function numeralsIn(text: string): Numeral[] {
  const pieces = Array.from(text.matchAll(PIECE), ({ 0: it, index }) => {
    return { text: it.toLowerCase(), start: index, end: index + it.length };
  });
  const found: Numeral[] = [];
  for (let at = 0; at < pieces.length; ) {
    const numeral = parse(pieces, at);
    if (numeral === null) at++;
    else {
      const { next, ...rest } = numeral;
      found.push({ ...rest, start: pieces[at]?.start ?? 0, end: pieces[next - 1]?.end ?? 0 });
      at = next;
    }
  }
  return found;
}

type Parsed = Omit<Numeral, keyof Span> & { next: number };

function parse(pieces: readonly Piece[], at: number): Parsed | null {
  const word = pieces[at]?.text ?? '';
  if (/^\d/.test(word)) return parseDigits(pieces, at);
  const glyph = GLYPHS.get(word);
  if (glyph !== undefined) return { value: glyph, step: 0.01, isOrdinal: false, isFraction: true, next: at + 1 };
  if (word === 'a' || word === 'an') return parseAfterArticle(pieces, at + 1);
  if (word === 'the' && pieces[at + 1]?.text === 'dozen') return scaled(pieces, 1, 1, at + 1);
  if (PARTS.has(word) && word.startsWith('hal')) return fraction(pieces, 1, at);
  return parseWords(pieces, at);
}

/** "a dozen", "the dozen", "a hundred thousand", "a third"; a lone article is none. */
function parseAfterArticle(pieces: readonly Piece[], at: number): Parsed | null {
  const word = pieces[at]?.text ?? '';
  if (/^(?:half|quarter|third)$/.test(word)) {
    // "a third attempt" is an ordinal; only the part of something is a fraction
    return word !== 'third' || pieces[at + 1]?.text === 'of' ? fraction(pieces, 1, at) : null;
  }
  return SCALES.has(word) ? scaled(pieces, 1, 1, at) : null;
}

function parseDigits(pieces: readonly Piece[], at: number): Parsed {
  const written = (pieces[at]?.text ?? '').replaceAll(',', '');
  const decimals = /\.(\d+)$/.exec(written)?.[1]?.length ?? 0;
  let value = Number(written);
  const after = pieces[at + 1];
  const isAdjacent = after?.start === pieces[at]?.end;
  const over = pieces[at + 2];
  if (after?.text === '/' && isAdjacent && /^[1-9]\d?$/.test(over?.text ?? '') && value < Number(over?.text)) {
    return { value: value / Number(over?.text), step: 0.01, isOrdinal: false, isFraction: true, next: at + 3 };
  }
  if (isAdjacent && /^(?:st|nd|rd|th)$/.test(after?.text ?? '')) {
    return { value, step: 1, isOrdinal: true, isFraction: false, next: at + 2 };
  }
  const glyph = GLYPHS.get(after?.text ?? '');
  if (glyph !== undefined)
    return { value: value + glyph, step: 0.25, isOrdinal: false, isFraction: false, next: at + 2 };
  const suffix = isAdjacent ? SCALE_SUFFIXES.get(after?.text ?? '') : undefined;
  if (suffix !== undefined) {
    value = precise(value * suffix);
    return { value, step: suffix / 10 ** decimals, isOrdinal: false, isFraction: false, next: at + 2 };
  }
  const ratio = inEvery(pieces, at, value);
  return ratio ?? scaled(pieces, value, decimals === 0 ? roundness(written) : 10 ** -decimals, at + 1);
}

/** Cardinals and ordinals in words: "three hundred and twelve", "twenty-first", "two thirds". */
function parseWords(pieces: readonly Piece[], at: number): Parsed | null {
  const first = pieces[at]?.text ?? '';
  if (ORDINALS.has(first))
    return { value: ORDINALS.get(first) ?? 0, step: 1, isOrdinal: true, isFraction: false, next: at + 1 };
  const ten = CARDINALS.get(first);
  if (ten === undefined) return null;
  let value = ten;
  let next = at + 1;
  const isJoined = pieces[next]?.text === '-';
  const unit = pieces[isJoined ? next + 1 : next]?.text ?? '';
  if (ten >= 20) {
    const digit = CARDINALS.get(unit) ?? 0;
    const ordinal = ORDINALS.get(unit) ?? 0;
    if (digit > 0 && digit < 10) [value, next] = [ten + digit, isJoined ? next + 2 : next + 1];
    else if (ordinal > 0 && ordinal < 10) {
      return {
        value: ten + ordinal,
        step: 1,
        isOrdinal: true,
        isFraction: false,
        next: isJoined ? next + 2 : next + 1,
      };
    }
  } else if (
    ten > 0 &&
    (PARTS.has(unit.replace(/s$/, '')) || unit === 'halves') &&
    (ten === 1) !== unit.endsWith('s')
  ) {
    return fraction(pieces, ten, isJoined ? next + 1 : next);
  }
  return inEvery(pieces, at, value) ?? scaled(pieces, value, 1, next);
}

/** A number with the scales and smaller numbers behind it: "2.5 | million", "three | hundred and twelve". */
function scaled(pieces: readonly Piece[], first: number, firstStep: number, at: number): Parsed {
  let value = first;
  let step = firstStep;
  let next = at;
  for (;;) {
    const gap = pieces[next]?.text === '-' && SCALES.has(pieces[next + 1]?.text ?? '') ? 1 : 0;
    const scale = SCALES.get((pieces[next + gap]?.text ?? '').replace(/s$/, ''));
    if (scale === undefined) break;
    // "three hundred thousand" multiplies; "two thousand three hundred" is met below
    value = precise(value * scale);
    step *= scale;
    next += gap + 1;
  }
  if (pieces[next]?.text === 'and' && pieces[next + 1]?.text === 'a' && pieces[next + 2]?.text === 'half') {
    return { value: value + 0.5, step: 0.5, isOrdinal: false, isFraction: false, next: next + 3 };
  }
  if (step > 1 && next > at) {
    const from = pieces[next]?.text === 'and' ? next + 1 : next;
    const rest = CARDINALS.has(pieces[from]?.text ?? '') ? parseWords(pieces, from) : null;
    if (rest !== null && !rest.isOrdinal && !rest.isFraction && rest.value < step) {
      return { ...rest, value: value + rest.value };
    }
  }
  return { value, step, isOrdinal: false, isFraction: false, next };
}

/** "one in five", "3 out of 4". */
function inEvery(pieces: readonly Piece[], at: number, value: number): Parsed | null {
  let next = at + 1;
  if (pieces[next]?.text === 'out' && pieces[next + 1]?.text === 'of') next += 2;
  else if (pieces[next]?.text === 'in') next += pieces[next + 1]?.text === 'every' ? 2 : 1;
  else return null;
  const word = pieces[next]?.text ?? '';
  const whole = CARDINALS.get(word) ?? (/^\d+$/.test(word) ? Number(word) : 0);
  if (value < 1 || value >= whole || whole > 100 || value >= 10) return null;
  return { value: value / whole, step: 0.01, isOrdinal: false, isFraction: true, isRatio: true, next: next + 1 };
}

/** "half", "three | quarters"; "half a million" is a number again. */
function fraction(pieces: readonly Piece[], count: number, at: number): Parsed {
  const word = pieces[at]?.text ?? '';
  const value = count * (PARTS.get(word) ?? PARTS.get(word.replace(/s$/, '')) ?? 1);
  if (/^an?$/.test(pieces[at + 1]?.text ?? '') && SCALES.has(pieces[at + 2]?.text ?? '')) {
    return scaled(pieces, value, value, at + 2);
  }
  return { value, step: 0.01, isOrdinal: false, isFraction: true, next: at + 1 };
}

/** What a whole number may have been rounded to: hundreds and up, when it ends on zeros. */
function roundness(digits: string): number {
  const zeros = /^\d{2,}?(0{2,})$/.exec(digits)?.[1]?.length ?? 0;
  return 10 ** zeros;
}
