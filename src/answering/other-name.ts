import { editDistance } from '../text/edit-distance.ts';
import { fold, type Token, tokenize } from '../text/tokenize.ts';

/**
 * Does a sentence say of another what is asked of one? Asked for the "French prime minister", one with a "British prime minister" in it and
 * nothing French does: wherever the second word stands, another name stands before it.
 */
export function namesAnother(question: string, sentence: string): boolean {
  const asked = tokenize(question);
  const said = tokenize(sentence);
  return asked.some((name, index) => {
    const noun = asked[index + 1];
    // The first word of a question has a capital in any case.
    if (index === 0 || noun === undefined || !isName(name) || !isNoun(noun) || !isNextTo(name, noun)) return false;
    if (said.some((word) => isLike(word, name))) return false;
    const places = said.flatMap((word, at) => (word.term === noun.term ? [at] : []));
    return places.length > 0 && places.every((at) => isOtherName(said[at - 1], said[at] as Token, name));
  });
}

function isOtherName(before: Token | undefined, noun: Token, name: Token): boolean {
  return before !== undefined && isName(before) && isNextTo(before, noun) && !isLike(before, name);
}

function isName({ text, isStopWord }: Token): boolean {
  return !isStopWord && /^\p{Lu}/u.test(text);
}

/** What a name can stand before; a verb's past is none. */
function isNoun({ text, isStopWord }: Token): boolean {
  return !isStopWord && !text.endsWith('ed');
}

function isNextTo(a: Token, b: Token): boolean {
  return b.start - (a.start + a.text.length) === 1;
}

/** Letters at the beginning by which "Scottish" and "Scotland" are one. */
const ROOT = 4;

/** The same name, another form of it, or one misspelt by a letter. */
function isLike(a: Token, b: Token): boolean {
  const [left, right] = [fold(a.text), fold(b.text)];
  if (a.term === b.term || editDistance(left, right, 1) <= 1) return true;
  return left.length >= ROOT && right.length >= ROOT && left.slice(0, ROOT) === right.slice(0, ROOT);
}
