import { fold, type Token, tokenize } from '../text/tokenize.ts';

/** What ends a sentence or opens a quotation: a capital behind it may be that of the place. */
const BEFORE_A_START = /(?:^|[.!?:…]["'”’)\]]*\s+|["“‘'([]|^[-–—•*]\s*)$/u;

/**
 * The words of a text that are names by their spelling: those with a capital. At the start of a sentence every word has one, so there only
 * those that `isCommon` doesn't know.
 */
export function namesIn(text: string, isCommon: (word: string) => boolean): Token[] {
  return tokenize(text).filter((token) => {
    if (!/\p{Lu}/u.test(token.text) || token.text === 'I') return false;
    const isStart = BEFORE_A_START.test(text.slice(Math.max(0, token.start - 8), token.start));
    return !(isStart && (token.isStopWord || isCommon(fold(token.text))));
  });
}

/** What makes of a country the name of its people and language: Ukraine → Ukrainian, Iran → Iranian, Japan → Japanese. */
const OF_ITS_PEOPLE = /^(?:a?n|ian|ese|ish|i|s)$/;
/** Shorter words are alike by chance, in letters. */
const SHORTEST = 4;

/** Do two words, folded and stemmed, name the same: equal, or a country and its people? */
export function isSameName(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short === long) return true;
  return short.length >= SHORTEST && long.startsWith(short) && OF_ITS_PEOPLE.test(long.slice(short.length));
}
