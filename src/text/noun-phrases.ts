import { stem } from 'porter2';
import { type Token, tokenize } from './tokenize.ts';

/** A run of words that names a thing: "the multinational force", "heads of state". */
export interface NounPhrase {
  /** Without its article. */
  text: string;
  start: number;
  /** The word before it, lower case: its article, its preposition, …; empty at the beginning. */
  before: string;
  /** Stem of the word that says what it is: "force". */
  head: string;
  isPlural: boolean;
  /** It is one word, and that may be a verb. */
  isVerb: boolean;
}

/** Frequent verbs of questions and news: where one follows a noun, the noun phrase has ended. As nouns they stand first ("the talks"). */
const VERBS = new Set(
  `accept achieve add address affect agree aim allow announce appear argue arrive ask attack attend base become begin believe bring build buy
  call change choose come consider continue contribute control cost cover create cut decide declare demand deny deploy describe determine develop
  die die discuss do end establish expect explain fall feel find finish follow gain get give go happen hear help hit hold hope include
  increase insist intend invade join keep kill know launch lead leave let like live look lose make mean meet move need offer open oppose
  participate pay play prevent promise propose protect provide publish put raise reach read receive record reduce refuse reject release
  remain reply report represent require respond run say see seek seem sell send serve set show sign speak spend stand start state stay stop
  suggest support take talk target tell thank think threaten travel try turn understand use visit vote wait want warn watch win work write
  said told took given gave went made met came won lost led held began begun left sent saw got known knew thought brought wrote written
  became done kept built sold paid felt`
    .split(/\s+/)
    .map((word) => stem(word)),
);
const VAGUE = new Set(
  'several many various certain other another also still ever even first last recent recently currently much else next same new whole major main big'.split(
    ' ',
  ),
);

/** The noun phrases of an English text, in order, as well as it can be told without a grammar. */
export function nounPhrasesIn(text: string): NounPhrase[] {
  const words = tokenize(text);
  const found: NounPhrase[] = [];
  for (let at = 0; at < words.length; at++) {
    if (words[at]?.isStopWord !== false || isVague(words[at])) continue;
    let last = at;
    // "The officials | cautious about …": a plural seldom stands before its noun.
    while (
      !isPluralNoun(words[last]?.text ?? '') &&
      isAdjoining(text, words[last], words[last + 1]) &&
      !words[last + 1]?.isStopWord &&
      !isVerb(words[last + 1]) &&
      !isFollowingParticiple(text, words, last + 1)
    ) {
      last++;
    }
    let first = at;
    const isBare = !/^(?:the|a|an|this|that|these|those|of)$/.test(wordBefore(words, at));
    while (first < last && isBare && isVerb(words[first])) first++;
    const phrase = phraseOf(text, words, first, last);
    if (phrase !== null) found.push(phrase);
    at = last;
  }
  return found;
}

/** "The museum | founded", "the animal | weighed about", but "the newly elected president". */
function isFollowingParticiple(text: string, words: readonly Token[], at: number): boolean {
  const [word, next] = [words[at], words[at + 1]];
  if (word === undefined || !/^\p{Ll}{2,}[^e]ed$/u.test(word.text)) return false;
  return next === undefined || next.isStopWord || !isAdjoining(text, word, next);
}

/** The phrase whose last word this is, with the words before it that belong to it; null when there are none. */
export function phraseEndingAt(text: string, words: readonly Token[], last: number): NounPhrase | null {
  let first = last;
  while (first > 0 && last - first < 5) {
    const word = words[first - 1];
    if (word === undefined || word.isStopWord || isVague(word) || !isAdjoining(text, word, words[first])) break;
    if (isVerb(word) || /(?:[^e]ed|ing|ly)$/.test(word.text)) break;
    first--;
  }
  return first === last ? null : phraseOf(text, words, first, last);
}

function phraseOf(text: string, words: readonly Token[], first: number, last: number): NounPhrase | null {
  const [from, head] = [words[first], words[last]];
  if (from === undefined || head === undefined || isVague(head)) return null;
  const end = lastOfPhrase(text, words, last) ?? head;
  const before = wordBefore(words, first);
  return {
    text: text.slice(from.start, end.start + end.text.length),
    start: from.start,
    before,
    head: head.term,
    isPlural: isPlural(head.text),
    isVerb: first === last && isVerb(head) && !/^(?:the|a|an|this|that|these|those)$/.test(before),
  };
}

/** The word before a noun phrase, lower case, adjectives that say nothing left out. */
function wordBefore(words: readonly Token[], first: number): string {
  let at = first - 1;
  while (isVague(words[at])) at--;
  return words[at]?.text.toLowerCase() ?? '';
}

function isVague(word: Token | undefined): boolean {
  return word !== undefined && VAGUE.has(word.text.toLowerCase());
}

/** The last word of what belongs to the noun: "heads of state", "the meeting in Paris". */
function lastOfPhrase(text: string, words: readonly Token[], noun: number): Token | undefined {
  const [joint, inner] = [words[noun + 1], words[noun + 2]];
  if (
    joint === undefined ||
    inner === undefined ||
    inner.isStopWord ||
    !isAdjoining(text, words[noun], joint) ||
    !isAdjoining(text, joint, inner)
  )
    return undefined;
  if (joint.text !== 'of' && !(/^(?:in|on|for|between)$/.test(joint.text) && /^\p{Lu}/u.test(inner.text)))
    return undefined;
  let last = noun + 2;
  while (/^\p{Lu}/u.test(words[last + 1]?.text ?? '') && isAdjoining(text, words[last], words[last + 1])) last++;
  return words[last];
}

/** Does a noun look plural? */
export function isPlural(noun: string): boolean {
  return (
    /(?:[^siu'’]s|ies|men|people|children)$/.test(noun.toLowerCase()) &&
    !/^(?:news|series|politics|always|perhaps)$/i.test(noun)
  );
}

function isPluralNoun(word: string): boolean {
  return word.length > 3 && /^\p{Ll}/u.test(word) && isPlural(word);
}

function isAdjoining(text: string, word: Token | undefined, next: Token | undefined): boolean {
  if (word === undefined || next === undefined) return false;
  return (
    / |-/.test(text.slice(word.start + word.text.length, next.start)) &&
    next.start - word.start - word.text.length === 1
  );
}

/** Is it one of the frequent verbs, in any form? */
export function isVerb(word: Token | undefined): boolean {
  return word !== undefined && VERBS.has(word.term) && !/^\p{Lu}/u.test(word.text);
}
