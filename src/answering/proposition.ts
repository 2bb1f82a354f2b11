import { editDistance } from '../text/edit-distance.ts';
import { verbBase } from '../text/irregular-verbs.ts';
import { fold, type Token, tokenize } from '../text/tokenize.ts';

/** A yes/no question, taken apart. */
export interface Proposition {
  /** What is asked to be so: the words behind the auxiliary. */
  words: Token[];
  /** "is", "did", "would", …: lower case. */
  auxiliary: string;
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
  const words = tokenize(withShortNames(question.slice(asked[0].length)));
  if (words.some(isNegation) || !words.some(isMatter)) return null;
  const auxiliary = (asked[1] ?? '').toLowerCase();
  return { words, auxiliary, modals: modalsOf([...tokenize(auxiliary), ...words]) };
}

/** A sentence's words that say a proposition's. */
export interface Match {
  /** Numbers of the sentence's words, in order. */
  at: number[];
  /** A number is another than the asked one. */
  isOtherNumber: boolean;
  /** How many words say the contrary of the asked one: "closed" for "open". */
  contraries: number;
}

/**
 * Where a sentence says all words of a proposition, in its order; null when it doesn't. Phrases of place and time may stand anywhere, with the same
 * preposition. A number may be another one, a word may be its contrary: that is told.
 */
export function matchWords({ words }: Proposition, said: readonly Token[]): Match | null {
  const wanted = words.filter(isMatter);
  const at: number[] = [];
  let isOtherNumber = false;
  let contraries = 0;
  const isFloating = (token: Token) => placeOf(words, token) !== null;
  const take = (token: Token, isAllowed: (other: Token, position: number) => boolean): boolean => {
    let found = said.findIndex((other, position) => isSameWord(token, other) && isAllowed(other, position));
    // Another year may be another time: that tells nothing of the asked one.
    if (found < 0 && isNumber(token) && !isFloating(token)) {
      found = said.findIndex((other, position) => isNumber(other) && isAllowed(other, position));
      isOtherNumber = true;
    }
    if (found < 0) {
      found = said.findIndex((other, position) => isContrary(token, other) && isAllowed(other, position));
      contraries += 1;
    }
    if (found >= 0) at.push(found);
    return found >= 0;
  };
  for (const token of wanted.filter((it) => !isFloating(it))) {
    const from = at.at(-1) ?? -1;
    if (!take(token, (_, position) => position > from)) return null;
  }
  for (const token of wanted.filter(isFloating)) {
    const preposition = placeOf(words, token);
    if (!take(token, (other, position) => !at.includes(position) && placeOf(said, other) === preposition)) return null;
  }
  return { at: at.sort((a, b) => a - b), isOtherNumber, contraries };
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

/** A word that says something, grammar aside. */
export function isMatter({ isStopWord }: Token): boolean {
  return !isStopWord;
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

/** Words of which one denies the other. */
const CONTRARIES =
  'open closed, allowed forbidden, allowed banned, allowed prohibited, permitted forbidden, legal illegal, alive dead, win lose, accept reject, rise fall, increase decrease, included excluded, true false, safe unsafe, safe dangerous, possible impossible, mandatory optional, compulsory optional, present absent, guilty innocent'
    .split(', ')
    .map((pair) => pair.split(' ').map((word) => tokenize(word)[0]?.term));

function isContrary(a: Token, b: Token): boolean {
  const termOf = ({ text, term }: Token) => tokenize(verbBase(fold(text)))[0]?.term ?? term;
  const [left, right] = [termOf(a), termOf(b)];
  return CONTRARIES.some(([one, other]) => (one === left && other === right) || (one === right && other === left));
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
