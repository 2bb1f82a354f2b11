import { tokenize } from '../../text/tokenize.ts';
import { withShortNames } from '../proposition.ts';
import { isLike } from './other-name.ts';

/** A preposition with the name behind it. The first word of a text has a capital in any case. */
const OBJECT = /(?<=\s)(in|of|at|by|from|to|on|with|for|near|under)\s(?:the\s)?((?:\p{Lu}[\p{L}\p{N}'’.-]*\s?)+)/gu;

/** A month or a day of the week is no place. */
const DAY = /^(?:January|February|March|April|May|June|July|August|September|October|November|December|\p{L}+day)\b/u;

/**
 * Does a sentence say of another place, body or person what is asked of one: asked for "in Mill Lane", does it say "in Station Road", and
 * nothing around it has a word of the asked name? `around` is its passage with its document's title.
 */
export function namesOtherObject(question: string, sentence: string, around: string): boolean {
  const known = tokenize(withShortNames(around));
  const said = [...sentence.matchAll(OBJECT)].flatMap(([, preposition, name = '']) =>
    DAY.test(name) ? [] : preposition,
  );
  return [...withShortNames(question).matchAll(OBJECT)].some(([, preposition, name = '']) => {
    const isKnown = tokenize(name).some((word) => known.some((other) => isLike(word, other)));
    return !isKnown && said.includes(preposition);
  });
}
