import { editDistance } from '../text/edit-distance.ts';
import { verbBase } from '../text/irregular-verbs.ts';
import { fold, type Token, tokenize } from '../text/tokenize.ts';

/** A yes/no question, taken apart. */
export interface Proposition {
  /** What is asked to be so: the words behind the auxiliary. */
  words: Token[];
  /** "Is A B?": then "B A" says it as well. */
  isIdentity: boolean;
  /** What its modal verbs express. */
  modals: ReadonlySet<string>;
}

const ASKS_YES_NO =
  /^\W{0,3}(?:(?:and|but|so|then) )?(is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|must|may|might)(?:n['’]t)? (?:it (?:true|right|correct) that )?/iu;
/** Asked of us, between alternatives, or for something else: no yes or no would do. */
const ASKS_OTHERWISE = /^\W*\S+ (?:you|i|we|me)\b|\bor\b|\b(?:who|whom|whose|what|when|where|why|how)\b/iu;

/** Asks the question for a yes or a no? */
export function asksYesNo(question: string): boolean {
  return ASKS_YES_NO.test(question) && !ASKS_OTHERWISE.test(question);
}

/** What a yes/no question asks to be so; null for other questions, and for one with a negation of its own. */
export function propositionOf(question: string): Proposition | null {
  const asked = ASKS_YES_NO.exec(question);
  if (asked === null || ASKS_OTHERWISE.test(question)) return null;
  const text = withShortNames(question.slice(asked[0].length));
  const words = tokenize(text);
  if (words.some(isNegation) || !words.some(({ isStopWord }) => !isStopWord)) return null;
  const isIdentity = /^(?:is|are|was|were)$/iu.test(asked[1] ?? '') && !words.some(({ text: word }) => word === 'by');
  return { words, isIdentity, modals: modalsOf([...tokenize((asked[1] ?? '').toLowerCase()), ...words]) };
}

/** Most words of matter between two matched ones. */
const MOST_BETWEEN = 4;

/** Where a sentence says a proposition's words. */
export interface Match {
  /** Numbers of the sentence's words: the first and the last that match. */
  first: number;
  last: number;
  /** With another number where the asked one should stand. */
  isOtherNumber: boolean;
}

/** Where a sentence says all words of a proposition, in its order and together; null when it doesn't. Phrases of place and time may stand anywhere. */
export function matchWords(proposition: Proposition, said: readonly Token[], sentence: string): Match | null {
  const wanted = proposition.words.filter(({ isStopWord }) => !isStopWord);
  const floating = new Set(wanted.filter((token) => placeOf(proposition.words, token) !== null));
  if (proposition.isIdentity) {
    const apposed = matchApposition(proposition.words, said, sentence);
    if (apposed !== null) return apposed;
  }
  const at: number[] = [];
  let isOtherNumber = false;
  for (const [index, token] of wanted.entries()) {
    if (floating.has(token)) continue;
    const from = at.length === 0 ? 0 : (at.at(-1) as number) + 1;
    let found = said.findIndex((other, position) => position >= from && isSameWord(token, other));
    if (found < 0 && !isOtherNumber && isNumber(token)) {
      found = otherNumberAt(said, from, wanted[index + 1], sentence);
      isOtherNumber = true;
    }
    if (found < 0 || (at.length > 0 && !isTogether(said, at.at(-1) as number, found, sentence))) return null;
    at.push(found);
  }
  if (at.length === 0) return null;
  for (const token of floating) {
    const preposition = placeOf(proposition.words, token);
    const inPlace = (other: Token) => placeOf(said, other) === preposition;
    const found = said.findIndex((other) => isSameWord(token, other) && inPlace(other));
    if (found < 0) return null;
    at.push(found);
  }
  return { first: Math.min(...at), last: Math.max(...at), isOtherNumber };
}

/** "NATO Secretary General Mark Rutte": all the words side by side, in any order. */
function matchApposition(words: readonly Token[], said: readonly Token[], sentence: string): Match | null {
  const wanted = words.filter(({ isStopWord }) => !isStopWord);
  const at = wanted.map((token) => said.findIndex((other) => isSameWord(token, other)));
  const first = Math.min(...at);
  const last = Math.max(...at);
  const between = said.slice(first, last + 1);
  const matter = between.filter(({ isStopWord }) => !isStopWord).length;
  const isListed =
    between.some(({ text }) => /^(?:and|or)$/u.test(text)) && !words.some(({ text }) => /^(?:and|or)$/u.test(text));
  if (first < 0 || matter > wanted.length || isListed || new Set(at).size < wanted.length) return null;
  const end = said[last] as Token;
  return /[;:()\u2013\u2014]/u.test(sentence.slice(said[first]?.start, end.start))
    ? null
    : { first, last, isOtherNumber: false };
}

/** Another plain number right before the word that was expected behind the asked one. */
function otherNumberAt(said: readonly Token[], from: number, next: Token | undefined, sentence: string): number {
  if (next === undefined) return -1;
  const behind = said.findIndex((other, position) => position > from && isSameWord(next, other));
  const number = said[behind - 1];
  if (number === undefined || behind - 1 < from || !isNumber(number)) return -1;
  const before = sentence.slice(Math.max(0, number.start - BOUND_REACH), number.start);
  return BOUND.test(before) ? -1 : behind - 1;
}

const BOUND = /\b(?:over|than|least|most|up to|about|around|nearly|almost|some|approximately|roughly)\s*$/iu;
/** In UTF-16 units. */
const BOUND_REACH = 16;

function isTogether(said: readonly Token[], from: number, to: number, sentence: string): boolean {
  const between = said.slice(from + 1, to);
  const a = said[from] as Token;
  const gap = sentence.slice(a.start + a.text.length, (said[to] as Token).start);
  return between.filter(({ isStopWord }) => !isStopWord).length <= MOST_BETWEEN && !/[,;:()\u2013\u2014]/u.test(gap);
}

const PLACE_PREPOSITIONS = new Set('in on at near inside within across during since until before after'.split(' '));
/** Words between a preposition and its noun. */
const PHRASE = 3;

/** The preposition of place or time before a word, if it is one of its phrase. */
function placeOf(words: readonly Token[], token: Token): string | null {
  const at = words.indexOf(token);
  for (let index = at - 1; index >= Math.max(0, at - PHRASE); index--) {
    const word = fold(words[index]?.text ?? '');
    if (PLACE_PREPOSITIONS.has(word)) return word;
    if (words[index]?.isStopWord && !/^(?:the|a|an|this|that|its|their|his|her)$/u.test(word)) return null;
  }
  return null;
}

/** "US" for "United States", and the like, so that either finds the other. */
export function withShortNames(text: string): string {
  return text
    .replaceAll(/\bUnited States(?: of America)?\b/gu, 'US')
    .replaceAll(/\bUnited Kingdom\b/gu, 'UK')
    .replaceAll(/\bEuropean Union\b/gu, 'EU');
}

/** Countries and unions go by several names. */
const SAME_NAMES = ['us usa america', 'uk britain', 'eu europe'].map((names) => new Set(names.split(' ')));
/** Longer names may differ by a letter: transliterations do. */
const LONG_NAME = 6;

/** The same word for a reader: by its stem or base form, as another name of the same country, or a long name spelt otherwise by a letter. */
export function isSameWord(a: Token, b: Token): boolean {
  if (a.term === b.term) return true;
  const [left, right] = [fold(a.text), fold(b.text)];
  if (verbBase(left) === verbBase(right)) return true;
  if (SAME_NAMES.some((names) => names.has(left) && names.has(right))) return true;
  const areNames = /^\p{Lu}/u.test(a.text) && /^\p{Lu}/u.test(b.text);
  return areNames && Math.min(left.length, right.length) >= LONG_NAME && editDistance(left, right, 1) <= 1;
}

function isNumber({ text }: Token): boolean {
  return /^\p{N}/u.test(text);
}

/** A word that denies: "not", "never", "isn’t". */
export function isNegation({ text }: Token): boolean {
  return /^(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot)$|n['’]t$/iu.test(text);
}

const MODALS: Readonly<Record<string, string>> = {
  will: 'future',
  would: 'future',
  shall: 'future',
  can: 'ability',
  could: 'ability',
  may: 'possibility',
  might: 'possibility',
  should: 'duty',
  must: 'duty',
};

/** What the modal verbs among the words express. */
export function modalsOf(words: readonly Token[]): Set<string> {
  return new Set(words.flatMap(({ text }) => MODALS[text] ?? []));
}
