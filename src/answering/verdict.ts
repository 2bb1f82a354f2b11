import { editDistance } from '../text/edit-distance.ts';
import { verbBase } from '../text/irregular-verbs.ts';
import { fold, type Token, tokenize } from '../text/tokenize.ts';

/** A yes/no question, taken apart. */
export interface Proposition {
  /** What is asked to be so: the words behind the auxiliary. */
  words: Token[];
  /** "Is A B?": then "B A" says it as well. */
  isIdentity: boolean;
  modals: ReadonlySet<string>;
}

export type Settled = 'yes' | 'no';

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

/**
 * Does a sentence settle the proposition? Only when it says all its words, in its order and without another clause between them, and adds no
 * doubt, condition, attribution or limit. A negation in it, or another number in the same place, makes it "no". Null: it doesn't settle it.
 */
export function settles(proposition: Proposition, quote: string): Settled | null {
  const sentence = withShortNames(quote);
  const said = tokenize(sentence);
  const match = matchWords(proposition, said, sentence);
  if (match === null) return null;
  const asked = new Set(proposition.words.map(({ term }) => term));
  const isNew = (token: Token) => !asked.has(token.term);
  if (said.some((token) => isNew(token) && DOUBTS.has(fold(token.text)))) return null;
  const reach = said.slice(Math.max(0, match.first - NEGATION_REACH), match.last + 1);
  const negations = said.filter(isNegation);
  const denials = said.filter((token) => isNew(token) && DENIALS.has(token.term));
  if ([...negations, ...denials].some((token) => !reach.includes(token))) return null;
  // "Not all …": some perhaps.
  if (
    negations.length > 0 &&
    said.some((token) => isNew(token) && /^(?:all|every|each|both|many|most)$/iu.test(token.text))
  ) {
    return null;
  }
  const modals = modalsOf(said);
  // A refusal speaks of the future without a modal verb: "ruled out sending".
  if (denials.length === 0 && !isEqual(modals, proposition.modals)) return null;
  const turns = negations.length + denials.length + (match.isOtherNumber ? 1 : 0);
  if (turns > 1) return null;
  return turns === 0 ? 'yes' : 'no';
}

/**
 * Does a sentence that settles nothing at least name what is asked about, one word of each name of the question? Else it is about somebody else.
 */
export function speaksOf(question: string, quote: string): boolean {
  const said = tokenize(withShortNames(quote));
  const names = withShortNames(question).slice(1).match(NAMES) ?? [];
  return names.every((name) => tokenize(name).some((word) => said.some((other) => isSameWord(word, other))));
}

const NAMES = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}.'’-]*(?:\s\p{Lu}[\p{L}\p{N}.'’-]*)*/gu;

/** Words before the first matched one in which a negation still belongs to it. */
const NEGATION_REACH = 3;
/** Most words of matter between two matched ones. */
const MOST_BETWEEN = 4;

interface Match {
  /** Numbers of the sentence's words: the first and the last that match. */
  first: number;
  last: number;
  isOtherNumber: boolean;
}

function matchWords(proposition: Proposition, said: readonly Token[], sentence: string): Match | null {
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
    let found = said.findIndex((other) => isSameWord(token, other) && inPlace(other));
    if (found < 0 && !isOtherNumber && isNumber(token)) {
      const others = said.filter(
        (other) => isNumber(other) && other.text.length === token.text.length && inPlace(other),
      );
      found = others.length === 1 ? said.indexOf(others[0] as Token) : -1;
      isOtherNumber = true;
    }
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

function withShortNames(text: string): string {
  return text
    .replaceAll(/\bUnited States(?: of America)?\b/gu, 'US')
    .replaceAll(/\bUnited Kingdom\b/gu, 'UK')
    .replaceAll(/\bEuropean Union\b/gu, 'EU');
}

/** Countries and unions go by several names. */
const SAME_NAMES = ['us usa america', 'uk britain', 'eu europe'].map((names) => new Set(names.split(' ')));
/** Longer names may differ by a letter: transliterations do. */
const LONG_NAME = 6;

function isSameWord(a: Token, b: Token): boolean {
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

function isNegation({ text }: Token): boolean {
  return /^(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot)$|n['’]t$/iu.test(text);
}

const stemsOf = (words: string) => new Set(tokenize(words).map(({ term }) => term));
/** Verbs that say it is not so. */
const DENIALS = stemsOf(
  'refuse refused reject rejected deny denied ruled decline declined fail failed oppose opposed lack lacks',
);
/** What a sentence with one of these says need not be so, or not all of it. */
const DOUBTS = new Set(
  `if whether unless proposed proposal proposals propose proposes plan plans planned planning expected expects reportedly alleged allegedly claim claims
  claimed likely unlikely possibly possible perhaps apparently rumoured rumored said says say saying stated states told tells according believes believed thinks
  thought hopes hoped wants wanted demand demands demanded asked called calls suggested suggests only almost nearly partly partially some few former formerly
  except ago hardly barely scarcely seldom rarely aims aimed seeks sought pledged promised promise promises threatened considered considering intends intended
  supposed attempted tried trying agreed seemed seems appears once previously false untrue incorrect myth hoax rumour rumours rumor rumors report reports reported`.split(
    /\s+/,
  ),
);

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

function modalsOf(words: readonly Token[]): Set<string> {
  return new Set(words.flatMap(({ text }) => MODALS[text] ?? []));
}

function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}
