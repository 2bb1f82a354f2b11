/** English number words, as more than one reading of them needs them: what counts as a number differs, the words do not. */

/** Zero to nineteen, in order. */
const SMALL_NUMBERS =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen`.split(/\s+/);
/** Zeroth to nineteenth, in order. */
export const SMALL_ORDINALS =
  `zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
  fifteenth sixteenth seventeenth eighteenth nineteenth`.split(/\s+/);
/** Twenty to ninety. */
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** Words for cardinals below a hundred that are one word: "seven", "seventy". */
export const CARDINALS: ReadonlyMap<string, number> = new Map([
  ...SMALL_NUMBERS.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, 20 + 10 * index] as const),
]);
/** And for ordinals, with "hundredth". */
export const ORDINALS: ReadonlyMap<string, number> = new Map([
  ...SMALL_ORDINALS.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word.replace(/y$/, 'ieth'), 20 + 10 * index] as const),
  ['hundredth', 100] as const,
]);
/** What multiplies the number before it. */
export const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
  ['dozen', 12],
]);
/** The same, right behind digits only: "1.5bn". */
export const SCALE_SUFFIXES: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['m', 1e6],
  ['mn', 1e6],
  ['mln', 1e6],
  ['b', 1e9],
  ['bn', 1e9],
  ['tn', 1e12],
  ['trn', 1e12],
]);

/** Without the tail of binary fractions: 1.1 · 1e6 = 1,100,000. */
export function precise(value: number): number {
  return Number(value.toPrecision(12));
}
