import { stem } from 'porter2';

/** Words that carry grammar, not matter; question words among them. "us" is left in: in news it is a country. */
const STOP_WORDS = new Set(
  `a about above after again against all also am an and any are as at be because been before being below between both but by can could
  did do does doing down during each few for from further had has have having he her here hers herself him himself his how i if in into
  is it its itself just me more most my myself no nor not now of off on once only or other our ours ourselves out over own same shall she
  should so some such than that the their theirs them themselves then there these they this those through to too under until up upon very
  was we were what when where which while who whom whose why will with would you your yours yourself yourselves s t`.split(
    /\s+/,
  ),
);

/** Letters, digits and marks; a number keeps its inner points and commas ("3.5", "12,000"); an acronym its stops ("U.S."). */
const TOKEN = /(?:\p{L}\.){2,}|\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)?/gu;

/** One word of a text, as it stands there and as it is searched. */
export interface Token {
  text: string;
  /** Folded and stemmed: "Ukraine’s" → "ukrain", "U.S." → "us", "Nicolás" → "nicola". */
  term: string;
  start: number;
  isStopWord: boolean;
}

const MARKS = /\p{M}+/gu;

/** All words of a text, stop words too, in order. */
export function tokenize(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN), (match) => {
    const folded = fold(match[0]);
    return { text: match[0], term: stemmed(folded), start: match.index, isStopWord: STOP_WORDS.has(folded) };
  });
}

/** The terms of a text for search: stems of its words, without stop words. */
export function terms(text: string): string[] {
  return tokenize(text).flatMap(({ term, isStopWord }) => (isStopWord ? [] : [term]));
}

/** Lower case, no accents, no possessive, no stops inside acronyms, no thousands commas. */
export function fold(word: string): string {
  const plain = word.normalize('NFKD').replace(MARKS, '').toLowerCase();
  if (/^\p{N}/u.test(plain)) return plain.replaceAll(',', '');
  return plain.replace(/['’]s?$|['’]s$/u, '').replaceAll(/[.'’]/g, '');
}

/** Stemming is most of the cost and words repeat: remembered, up to this many. */
const REMEMBERED = 100_000;
const stems = new Map<string, string>();

function stemmed(word: string): string {
  let found = stems.get(word);
  if (found === undefined) {
    if (stems.size >= REMEMBERED) stems.clear();
    found = stem(word);
    stems.set(word, found);
  }
  return found;
}
