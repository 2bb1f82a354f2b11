import { editDistance } from '../../text/edit-distance.ts';
import { fold, type Token, tokenize } from '../../text/tokenize.ts';

/**
 * Does a sentence say of another what is asked of one? Asked for the "French prime minister", one with a "British prime minister" in it and
 * nothing French does: wherever the second word stands, another name stands before it. So too another ordinal (asked for the second stage),
 * another number behind the word (for version 6.1), another half of what is counted (how many knee operations), an office without its
 * qualifier (for the deputy mayor).
 */
export function namesAnother(question: string, sentence: string): boolean {
  const asked = tokenize(question);
  const said = tokenize(sentence);
  return asked.some((word, index) => {
    const next = asked[index + 1];
    // The first word of a question has a capital in any case.
    if (index === 0 || next === undefined || !isNextTo(word, next)) return false;
    const everywhere = (noun: Token, isOther: (at: number) => boolean) => {
      const places = said.flatMap(({ term }, at) => (term === noun.term ? [at] : []));
      return places.length > 0 && places.every(isOther);
    };
    if (isDesignation(next) && isNoun(word) && !isDesignation(word) && !MONTH.test(word.text)) {
      return (
        !said.some(({ text }) => text === next.text) &&
        everywhere(word, (at) => isOtherDesignation(said[at] as Token, said[at + 1], next))
      );
    }
    if (!isNoun(next) || said.some((other) => isLike(other, word))) return false;
    // In "the last Doctor Who episode" it belongs to a word further on.
    if (isOrdinal(word)) return startsAlike(word, next) && everywhere(next, (at) => isBefore(said, at, isOrdinal));
    if (QUALIFIERS.has(fold(word.text))) return everywhere(next, () => true);
    if (asked[index - 1]?.text === 'many' && isHalf(word)) return everywhere(next, (at) => isBefore(said, at, isHalf));
    return isName(word) && everywhere(next, (at) => isOtherName(said[at - 1], said[at] as Token, word));
  });
}

/** "6.1", "12", "B": what stands behind a noun to tell which one. */
function isDesignation({ text }: Token): boolean {
  return /^(?:\p{N}[\p{N}.,]*|\p{Lu})$/u.test(text);
}

function isOtherDesignation(noun: Token, after: Token | undefined, asked: Token): boolean {
  if (after === undefined || !isDesignation(after) || !isNextTo(noun, after)) return false;
  return /\p{N}/u.test(after.text) === /\p{N}/u.test(asked.text);
}

/** A month's number is a day or a year: other-time tells of those. */
const MONTH = /^(?:January|February|March|April|May|June|July|August|September|October|November|December)$/u;

const ORDINAL = /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))$/iu;

function isOrdinal({ text }: Token): boolean {
  return ORDINAL.test(text);
}

/** Who is deputy is not who is it. */
const QUALIFIERS = new Set('deputy vice assistant acting interim shadow'.split(' '));

/** A word that makes one noun of two ("knee operation"): none that counts, compares or tells how. */
function isHalf({ text, isStopWord }: Token): boolean {
  return !isStopWord && /^\p{Ll}{3,}$/u.test(text) && !/(?:ed|ing|ly)$/u.test(text) && !VAGUE.has(text);
}

const VAGUE = new Set(
  `different other another new main total separate people several various major large small first last many much additional further
  known extra individual single whole full hundred thousand million billion dozen two three four five six seven eight nine ten eleven twelve`.split(
    /\s+/,
  ),
);

function startsAlike(a: Token, b: Token): boolean {
  return /^\p{Lu}/u.test(a.text) === /^\p{Lu}/u.test(b.text);
}

function isBefore(said: readonly Token[], at: number, isKind: (token: Token) => boolean): boolean {
  const [before, noun] = [said[at - 1], said[at]];
  return before !== undefined && noun !== undefined && isKind(before) && isNextTo(before, noun);
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

/** Countries and what is of them, where the first letters don't tell. */
const OF_COUNTRIES =
  'denmark danish dane, france french, spain spanish spaniard, poland polish pole, finland finnish finn, netherlands holland dutch, ireland irish, wales welsh, switzerland swiss, cyprus cypriot, thailand thai, philippines filipino, england english, uk britain british, us usa american america, iceland icelandic, burma burmese myanmar, laos laotian'
    .split(', ')
    .map((names) => new Set(names.split(' ')));

/** The same name, another form of it, or one misspelt by a letter. */
export function isLike(a: Token, b: Token): boolean {
  const [left, right] = [fold(a.text), fold(b.text)];
  if (a.term === b.term || editDistance(left, right, 1) <= 1) return true;
  if (OF_COUNTRIES.some((names) => names.has(left) && names.has(right))) return true;
  return left.length >= ROOT && right.length >= ROOT && left.slice(0, ROOT) === right.slice(0, ROOT);
}
