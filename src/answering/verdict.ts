import { fold, type Token, tokenize } from '../text/tokenize.ts';
import { isNegation, isSameWord, matchWords, modalsOf, type Proposition, withShortNames } from './proposition.ts';

export type Settled = 'yes' | 'no';

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

/** Words before the first matched one in which a negation still belongs to it. */
const NEGATION_REACH = 3;
/**
 * Does a sentence that settles nothing at least name what is asked about, one word of each name of the question? Else it is about somebody else.
 */
export function speaksOf(question: string, quote: string): boolean {
  const said = tokenize(withShortNames(quote));
  const names = withShortNames(question).slice(1).match(NAMES) ?? [];
  return names.every((name) => tokenize(name).some((word) => said.some((other) => isSameWord(word, other))));
}

const NAMES = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}.'’-]*(?:\s\p{Lu}[\p{L}\p{N}.'’-]*)*/gu;

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

function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}
