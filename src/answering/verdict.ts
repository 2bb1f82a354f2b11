import { verbBase } from '../text/irregular-verbs.ts';
import { fold, type Token, tokenize } from '../text/tokenize.ts';
import {
  isMatter,
  isNegation,
  isSameWord,
  matchWords,
  modalsOf,
  type Proposition,
  withShortNames,
} from './proposition.ts';

/** What a sentence makes of a proposition: it is so, it is not so, or it is so with another number. */
export type Settled = 'yes' | 'no' | 'otherwise';

/**
 * Does a sentence settle the proposition? The world is closed: only when it says all the words in their order and nothing else that matters
 * between them, before them, or, but for place and time, behind them. A doubt, a condition, an attribution, a limit, another tense, another
 * "all" or "some" settles nothing. For "no" nothing at all may be left over: "not approved for children" does not deny "approved". Null: it doesn't.
 */
export function settles(proposition: Proposition, quote: string): Settled | null {
  const whole = withShortNames(quote).replace(OPENER, '');
  const hasNumber = proposition.words.some(({ text }) => /\p{N}/u.test(text));
  for (const sentence of [whole, hasNumber ? whole : whole.replace(DEGREE, ''), ...partsOf(whole)]) {
    const settled = settlesAlone(proposition, sentence);
    if (settled !== null) return settled;
  }
  return null;
}

/**
 * What can be told of a sentence by itself: it without the date that it opens with, each of two subjects with what is said of both, and the
 * halves at a semicolon, unless one of them casts doubt.
 */
function partsOf(sentence: string): string[] {
  const dated = sentence.replace(DATE_OPENER, '');
  const [, one, other, said] = TWO_SUBJECTS.exec(sentence) ?? [];
  const halves = sentence.split(/;\s/u);
  const isDoubtful = tokenize(sentence).some(({ text }) => DOUBTS.has(fold(text)));
  return [
    ...(dated === sentence ? [] : [dated]),
    ...(said === undefined ? [] : [`${one} ${said}`, `${other} ${said}`]),
    ...(halves.length === 1 || isDoubtful ? [] : halves),
  ];
}

const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';
const DATE_OPENER = new RegExp(
  `^(?:In|On|By) (?:(?:\\p{N}{1,2} )?(?:${MONTHS})(?: \\p{N}{1,2})?(?:,? \\p{N}{4})?|\\p{N}{4}|\\p{L}+day),? (?=\\p{L})`,
  'u',
);
const TWO_SUBJECTS = /^(\p{L}+) and (\p{L}+) ((?:are|were|have|do|did|can|will|must|may|should|cannot)\b.*)$/su;
/** By how much tells nothing against that it is so. */
const DEGREE =
  /\sby (?:about |around |roughly |nearly |almost |more than )?\p{Sc}?\p{N}[\p{N}.,]*(?:\s?%|\sper ?cent\b)?(?:\s(?:thousand|million|billion)\b)?/gu;

function settlesAlone(proposition: Proposition, sentence: string): Settled | null {
  const said = tokenize(sentence);
  if (isApposition(proposition, said, sentence)) return 'yes';
  const match = matchWords(proposition, said);
  if (match === null) return null;
  const { at, isOtherNumber, contraries } = match;
  const asked = new Set(proposition.words.map(({ term }) => term));
  const isNew = (token: Token) => !asked.has(token.term);
  if (said.some((token) => isNew(token) && DOUBTS.has(fold(token.text)))) return null;
  if (
    !haveSameQuantifiers(proposition.words, said.slice(0, (at.at(-1) ?? 0) + 1)) ||
    !isSameTense(proposition, said, at)
  )
    return null;
  if (!isClosed(at, said, sentence, isNew)) return null;
  const turns = said.filter((token) => isNegation(token) || (isNew(token) && DENIALS.has(token.term)));
  const isRefused = turns.length === 1 && turns.every((token) => !isNegation(token));
  // A refusal speaks of the future without a modal verb: "ruled out sending".
  if (!isRefused && !isEqual(modalsOf(said), proposition.modals)) return null;
  if (turns.length + contraries === 0)
    return isLimited(at, said, sentence) ? null : isOtherNumber ? 'otherwise' : 'yes';
  const rest = said.filter(
    (token, index) => isMatter(token) && !at.includes(index) && !turns.includes(token) && !isLonger(token),
  );
  return turns.length + contraries > 1 || isOtherNumber || rest.length > 0 ? null : 'no';
}

/** A sentence's opener that changes nothing. */
const OPENER =
  /^(?:however|but|and|meanwhile|moreover|also|today|now|still|yet|contrary to [^,;.]{3,60},)(?<=[\w,])(?!\w),?\s+/iu;

/** "NATO Secretary General Mark Rutte" says that he is it: side by side, a whole title and a whole name, of no former or deputy one. */
function isApposition({ words, auxiliary }: Proposition, said: readonly Token[], sentence: string): boolean {
  const wanted = words.filter(isMatter);
  if (!/^(?:is|are)$/u.test(auxiliary) || words.some(({ text }) => /^(?:of|than|by|and|or)$|['’]s?$/iu.test(text)))
    return false;
  if (wanted.length < 3) return false;
  const at = wanted.map((token) => said.findIndex((other) => isSameWord(token, other)));
  const first = Math.min(...at);
  const last = Math.max(...at);
  // Whoever asks may write "chancellor"; a title right before its name has its capital.
  if (!at.every((position) => /^\p{Lu}/u.test(said[position]?.text ?? ''))) return false;
  if (first < 0 || new Set(at).size < wanted.length || last - first + 1 !== wanted.length) return false;
  // The name itself, in its order: one of the two halves leads.
  const turned = at.findIndex((position, index) => index > 0 && position !== (at[index - 1] ?? 0) + 1);
  if (turned < 0) return false;
  const [start, end] = [said[first] as Token, said[last] as Token];
  const isOneRun = /^[\p{L}\p{N}.'’ -]+$/u.test(sentence.slice(start.start, end.start + end.text.length));
  const before = said[first - 1];
  const isPartOfMore =
    before !== undefined && isBeside(before, start) && (/^\p{Lu}/u.test(before.text) || FORMER.has(fold(before.text)));
  const after = said[last + 1];
  return (
    isOneRun &&
    !isPartOfMore &&
    !(after !== undefined && isBeside(end, after) && /^\p{Lu}/u.test(after.text)) &&
    !said.some(isNegation)
  );
}

const FORMER = new Set(
  'former ex then acting deputy vice shadow future would-be late interim outgoing incoming'.split(' '),
);

function isBeside(a: Token, b: Token): boolean {
  return b.start - (a.start + a.text.length) === 1;
}

/** Is nothing of matter said between the matched words, nor before them? A name's own title may stand there. */
function isClosed(
  at: readonly number[],
  said: readonly Token[],
  sentence: string,
  isNew: (token: Token) => boolean,
): boolean {
  const first = at[0] ?? 0;
  const last = at.at(-1) ?? 0;
  const start = said[first]?.start ?? 0;
  if (/[,;:()\u2013\u2014"“„«]/u.test(sentence.slice(0, start))) return false;
  for (let index = 0; index <= last; index++) {
    const token = said[index] as Token;
    const next = said[index + 1];
    if (at.includes(index)) {
      if (
        index < last &&
        next &&
        /[,;:()\u2013\u2014]/u.test(sentence.slice(token.start + token.text.length, next.start))
      )
        return false;
      continue;
    }
    const isTitle =
      next !== undefined && /^\p{Lu}/u.test(token.text) && /^\p{Lu}/u.test(next.text) && isBeside(token, next);
    const isAnsweredBy =
      !isNew(token) || FILLERS.has(fold(token.text)) || isNegation(token) || DENIALS.has(token.term) || isLonger(token);
    if (!isTitle && !isAnsweredBy) return false;
  }
  return true;
}

/** Words that add nothing. "about 75%" is 75% to whoever asks. */
const FILLERS = new Set(
  'the a an is are was were be been being has have had do does did will would can could may might should must its their his her our out currently about approximately around roughly'.split(
    ' ',
  ),
);

/** "no longer" is a plain no, today. */
function isLonger({ text }: Token): boolean {
  return text === 'longer';
}

/** Does something behind the matched words narrow them ("under 18", "above 500 euros")? Place, time and what is added do not. */
function isLimited(at: readonly number[], said: readonly Token[], sentence: string): boolean {
  const last = said[at.at(-1) ?? 0] as Token;
  const behind = sentence.slice(last.start + last.text.length).replace(UNIT, '');
  const rest = tokenize(behind);
  return rest.some(isMatter) && (!HARMLESS.test(behind) || rest.some(({ text }) => PARTS.has(text.toLowerCase())));
}

const UNIT = /^(?:\s?%|\s(?:region|province|area|district|city|state|county)\b)*/u;
const HARMLESS = /^(?:[.,;:!?)]|\s(?:in|on|at|during|since|and|because)\b|\s\p{Sc}\p{N})/u;

/** "in some patients": not in all. */
const PARTS = new Set('some few most many several certain only'.split(' '));

/** "all", "most" or "some" must be the same on both sides. */
function haveSameQuantifiers(asked: readonly Token[], said: readonly Token[]): boolean {
  const of = (words: readonly Token[]) =>
    new Set(words.map(({ text }) => text.toLowerCase()).filter((word) => QUANTIFIERS.has(word)));
  return isEqual(of(asked), of(said));
}

const QUANTIFIERS = new Set(
  'all every each everyone everybody everything most many some few several both half any only always'.split(' '),
);

/** What was is not what is: present and past auxiliaries, and the past forms of the verbs that were matched. */
function isSameTense({ words, auxiliary }: Proposition, said: readonly Token[], at: readonly number[]): boolean {
  const texts = said.map(({ text }) => text.toLowerCase());
  const isPast = texts.some((word) => /^(?:was|were|had|did)$/u.test(word));
  const isPresent = texts.some((word) => /^(?:is|are|has|have|does|do)$/u.test(word));
  if (/^(?:is|are)$/u.test(auxiliary)) return !isPast;
  if (/^(?:was|were)$/u.test(auxiliary)) return !isPresent && !texts.includes('longer');
  if (!/^(?:do|does)$/u.test(auxiliary)) return true;
  const wanted = new Set(words.map(({ text }) => text.toLowerCase()));
  const isPastForm = (word: string) => !wanted.has(word) && (word.endsWith('ed') || verbBase(word) !== word);
  return !isPast && !at.some((index) => isPastForm(texts[index] ?? ''));
}

/**
 * Does a sentence that settles nothing at least speak of what is asked about: one word of each name of the question (or a pronoun, where its
 * passage has the name; or the document's title has it), and half of the other words? Else it is about somebody or something else.
 */
export function speaksOf(question: string, quote: string, passage: string, title = ''): boolean {
  const said = tokenize(withShortNames(quote));
  const around = tokenize(withShortNames(passage));
  const titled = tokenize(withShortNames(title));
  const hasPronoun = said.slice(0, PRONOUN_REACH).some(({ text }) => /^(?:he|she|it|they)$/iu.test(text));
  const asked = withShortNames(question);
  const names = asked.slice(1).match(NAMES) ?? [];
  const isNamed = names.every((name) =>
    tokenize(name).some((word) =>
      [...(hasPronoun ? around : said), ...titled].some((other) => isSameWord(word, other)),
    ),
  );
  const named = new Set(names.flatMap((name) => tokenize(name).map(({ term }) => term)));
  const others = tokenize(asked).filter((token) => isMatter(token) && !named.has(token.term));
  const found = others.filter((word) => said.some((other) => isSameWord(word, other)));
  return isNamed && found.length * 2 >= others.length;
}

const NAMES = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}.'’-]*(?:\s\p{Lu}[\p{L}\p{N}.'’-]*)*/gu;
/** A pronoun among so many first words is taken for the subject. */
const PRONOUN_REACH = 3;

const stemsOf = (words: string) => new Set(tokenize(words).map(({ term }) => term));
/** Verbs that say it is not so. */
const DENIALS = stemsOf('refuse refused reject rejected ruled decline declined');
/** What a sentence with one of these says need not be so, or not all of it. */
const DOUBTS = new Set(
  `if whether unless proposed proposal proposals propose proposes plan plans planned planning expected expects reportedly alleged allegedly claim claims
  claimed likely unlikely possibly possible perhaps apparently rumoured rumored said says say saying stated states told tells according believes believed thinks
  thought hopes hoped wants wanted demand demands demanded asked called calls suggested suggests only almost nearly partly partially former formerly
  except ago hardly barely scarcely seldom rarely aims aimed seeks sought pledged promised promise promises threatened considered considering intends intended
  supposed attempted tried trying agreed seemed seems appears once previously false untrue incorrect myth hoax rumour rumours rumor rumors report reports
  reported deny denies denied accused legend novel story film forgot stopped against rather instead but although though until without`.split(
    /\s+/,
  ),
);

function isEqual(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((value) => b.has(value));
}
