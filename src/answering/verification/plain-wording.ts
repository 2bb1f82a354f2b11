import { normalise } from '../../text/normalise.ts';

/** Names with several spellings that everybody knows; a run of capitals that spells others is not guessed. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/\bUnited States(?: of America)?\b|\bUSA\b|\bU\.S\.(?:A\.)?/gu, 'US'],
  [/\bUnited Kingdom\b|\bU\.K\./gu, 'UK'],
  [/\bUnited Nations\b|\bU\.N\./gu, 'UN'],
  [/\bEuropean Union\b|\bE\.U\./gu, 'EU'],
  [/\bNorth Atlantic Treaty Organi[sz]ation\b/gu, 'NATO'],
];
/** What is left of a verb before "n't", where that is not the verb. */
const CONTRACTED: readonly (readonly [RegExp, string])[] = [
  [/\b(c)an't\b/giu, '$1annot'],
  [/\b(w)on't\b/giu, '$1ill not'],
  [/n't\b/giu, ' not'],
];
/** Parts of a whole, in per cent. Before "half an hour" and the like it is none. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:one[- ]|a )?half(?: of\b|(?= (?:the|its|their|his|her|our|all)\b))/giu, '50% of'],
  [/\b(?:one|a)[- ]quarter of\b/giu, '25% of'],
  [/\bthree[- ]quarters of\b/giu, '75% of'],
  [/\b(?:one|a)[- ]fifth of\b/giu, '20% of'],
  [/\btwo[- ]fifths of\b/giu, '40% of'],
  [/\bthree[- ]fifths of\b/giu, '60% of'],
  [/\bfour[- ]fifths of\b/giu, '80% of'],
  [/\b(?:one|a)[- ]tenth of\b/giu, '10% of'],
];

/**
 * A text in the wording in which a statement and its quotes are compared: typographic signs made plain, "n't" written out, the common names of
 * states and their unions in one spelling, simple fractions of something in per cent. Positions are not kept.
 */
export function plainWording(text: string): string {
  return [...NAMES, ...CONTRACTED, ...PARTS].reduce(
    (words, [pattern, plain]) => words.replace(pattern, plain),
    normalise(text).text,
  );
}
