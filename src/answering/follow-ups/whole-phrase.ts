import { isPlace, type Name } from '../../text/names.ts';
import { isVerb } from '../../text/noun-phrases.ts';
import { tokenize } from '../../text/tokenize.ts';
import { AUXILIARY } from './question-words.ts';

const IS_AUXILIARY = new RegExp(`^${AUXILIARY}$`);

/**
 * "Enterprise plan" for the name "Enterprise" in "the Enterprise plan costs": the name of one word with the noun that it only tells apart.
 * Null where it is a name by itself, or where the word after it could be a verb.
 */
export function wholePhrase(text: string, { text: name, start, hasArticle }: Name): string | null {
  if (!hasArticle || name.includes(' ') || isPlace(name)) return null;
  const end = start + name.length;
  const [noun, next] = tokenize(text.slice(end, end + 60));
  if (noun === undefined || noun.start !== 1 || noun.isStopWord || isVerb(noun)) return null;
  if (!/^\p{Ll}+$/u.test(noun.text) || /(?:ed|ing|ly|s)$/.test(noun.text)) return null;
  const isEnd =
    next === undefined
      ? /\b(?:of|in|at|on|by|from|to|with|for|after|before|since|during|about|was|is|did|will) the $/i.test(
          text.slice(0, start),
        )
      : next.start === noun.start + noun.text.length + 1 &&
        (isVerb(next) || IS_AUXILIARY.test(next.text) || /[^e]ed$/.test(next.text));
  return isEnd ? `${name} ${noun.text}` : null;
}
