import { editDistance } from '../../text/edit-distance.ts';
import { fold } from '../../text/tokenize.ts';

/** Words that stand before a name and are no part of it. */
const TITLES = new Set(
  `mr mrs ms miss dr prof professor sir dame lord lady saint st president chancellor minister premier senator governor mayor judge justice
  general colonel captain king queen prince princess emperor pope bishop archbishop cardinal father chairman secretary ambassador coach
  the a an and of de la le du von van der den di da dos del al el for in at on to us uk eu former late new`.split(
    /\s+/,
  ),
);
const WORD = /(?:\p{L}\.){2,}|[\p{L}\p{M}\p{N}]+(?:['’.]\p{L}+)*/gu;

/** The telling words of a name, folded: capitalised words and numbers, without titles; every word when the text has no capitals. */
export function nameWords(text: string): string[] {
  const words = text.match(WORD) ?? [];
  const telling = words.filter((word) => /^[\p{Lu}\p{N}]/u.test(word)).map(fold);
  const without = telling.filter((word) => !TITLES.has(word));
  return without.length > 0 ? without : telling;
}

/** Could a text be a name: has it a capitalised word (the first of a sentence, which every word may be, not counting alone)? */
export function isName(text: string, startsSentence: boolean): boolean {
  const words = text.match(WORD) ?? [];
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word) && !TITLES.has(fold(word)));
  const first = words[0];
  if (startsSentence && first !== undefined && capitals.length === 1 && capitals[0] === first)
    return words.length === 1;
  return capitals.length > 0;
}

/**
 * Do two names name the same: each word of the shorter in the longer (a letter or two may differ: "Zelensky", "Zelenskyy"), or one the
 * initials of the other ("EMA", "European Medicines Agency")?
 */
export function isSameName(a: string, b: string): boolean {
  const [one, two] = [nameWords(a), nameWords(b)];
  const [small, large] = one.length <= two.length ? [one, two] : [two, one];
  if (small.length === 0) return false;
  if (
    small.every((word) =>
      large.some((other) => isSameWord(word, other) || (small.length > 1 && isInitial(word, other))),
    )
  )
    return true;
  return small.some((word) => isAcronym(word, large)) || isAcronym(small.join(''), large);
}

function isSameWord(a: string, b: string): boolean {
  if (a === b) return true;
  const shortest = Math.min(a.length, b.length);
  if (/\d/.test(a + b) || shortest < 5) return false;
  const most = shortest >= 8 ? 2 : 1;
  return a[0] === b[0] && editDistance(a, b, most) <= most;
}

function isInitial(a: string, b: string): boolean {
  return (a.length === 1 || b.length === 1) && a[0] === b[0] && /\p{L}/u.test(a);
}

function isAcronym(word: string, words: readonly string[]): boolean {
  if (word.length < 2 || words.length < word.length) return false;
  const initials = words.map((it) => it[0]).join('');
  if (initials.includes(word)) return true;
  // "JAXA": the Japan Aerospace eXploration Agency.
  const isBegun = words.every((it, at) => it.slice(0, at === 0 ? 1 : 2).includes(word[at] ?? ' '));
  return word.length >= 4 && words.length === word.length && isBegun;
}
