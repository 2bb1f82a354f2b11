import { normalise } from '../../text/normalise.ts';

/**
 * Does a text say these words? Case, white space and typographic signs count for nothing. A number is found whole: "27" not in "2027", "1,270" or
 * "27.5".
 */
export function says(text: string, words: string): boolean {
  const [there, wanted] = [folded(text), folded(words)];
  for (let at = there.indexOf(wanted); at >= 0; at = there.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const beginsWithin = /^\d/.test(wanted) && /\d[.,]?$/.test(there.slice(Math.max(0, at - 2), at));
    const endsWithin = /\d$/.test(wanted) && /^[.,]?\d/.test(there.slice(end, end + 2));
    if (!beginsWithin && !endsWithin) return true;
  }
  return false;
}

function folded(text: string): string {
  return normalise(text).text.trim().toLowerCase();
}
