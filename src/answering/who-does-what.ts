import { verbBase } from '../text/irregular-verbs.ts';
import { fold, tokenize } from '../text/tokenize.ts';

/** A word, and what stands right before it. */
interface Word {
  term: string;
  /** Can it be a verb, by its form or by what stands before it? */
  isVerb: boolean;
  /** Is it said with a preposition ("in May"), so that it may stand anywhere? */
  isAside: boolean;
  isAdverb: boolean;
  isName: boolean;
}

const PREPOSITIONS = new Set(
  'in on at of to from with by for after before during since until under over near between against into through following despite amid'.split(
    ' ',
  ),
);
const ADVERB =
  /ly$|^(?:yet|still|already|also|soon|later|earlier|often|however|again|together|alone|instead|meanwhile)$/;
const MODALS = new Set('will would shall should can could may might must to'.split(' '));
const LITTLE = new Set('the a an its their his her this that these those'.split(' '));
/** Of these the speaker may stand on either side. */
const SPEAKING = new Set(
  'say said state announce note add explain confirm warn write claim insist argue stress report tell acknowledge declare'.split(
    ' ',
  ),
);

function wordsOf(text: string): (Word & { isBy: boolean; isBe: boolean })[] {
  const words = tokenize(text).map(({ text: word, term, isStopWord }) => ({
    word: fold(word),
    text: word,
    term,
    isStopWord,
  }));
  return words.map(({ word, text: written, term, isStopWord }, at) => {
    const base = verbBase(word);
    const before = words.slice(Math.max(0, at - 2), at).map((it) => it.word);
    const last = before.at(-1) ?? '';
    const isForm =
      base !== word || /(?:[^e]ed|ied)$/.test(word) || (/[^s]s$/.test(word) && LITTLE.has(words[at + 1]?.word ?? ''));
    const isVerb = !isStopWord && !/^\p{Lu}/u.test(written) && !SPEAKING.has(base) && (isForm || MODALS.has(last));
    return {
      term: base === word || isStopWord ? (isStopWord ? '' : term) : (tokenize(base)[0]?.term ?? term),
      isVerb,
      isAside: PREPOSITIONS.has(last) || (LITTLE.has(last) && PREPOSITIONS.has(before[0] ?? '')),
      isName: /^\p{Lu}/u.test(written) && !isStopWord,
      isAdverb: ADVERB.test(word),
      isBy: word === 'by',
      isBe: /^(?:is|are|was|were|be|been|being)$/.test(word),
    };
  });
}

/**
 * A verb of the statement whose doer and object have changed places in the clause that has the verb too ("Russia attacked Ukraine"), in
 * words; null when there is none. A passive ("was attacked by") may turn them round.
 */
export function exchangedAround(statement: string, clauses: readonly string[]): string | null {
  const said = wordsOf(statement);
  const given = clauses.map(wordsOf);
  for (const [at, verb] of said.entries()) {
    if (verb.term === '' || verb.isName || said.filter(({ term }) => term === verb.term).length > 1) continue;
    for (const clause of given) {
      const [place, ...more] = clause.flatMap(({ term }, index) => (term === verb.term ? [index] : []));
      if (place === undefined || more.length > 0) continue;
      const isPassive = (words: typeof said, from: number) =>
        words.slice(from, from + BY_WITHIN).some(({ isBy }) => isBy) ||
        words.slice(Math.max(0, from - BE_WITHIN), from).some(({ isBe }) => isBe);
      if (isPassive(said, at) !== isPassive(clause, place)) continue;
      const isMoved = (word: Word, isFromBefore: boolean) => {
        const own = clause.flatMap((it, index) => (it.term === word.term ? [{ ...it, place: index }] : []));
        // What is no verb by its form ("beat") may be one between two names.
        if (!verb.isVerb && !word.isName) return false;
        if (word.term === '' || word.isAdverb || own.length === 0 || (word.isAside && own.every((it) => it.isAside)))
          return false;
        return isFromBefore ? own.every((it) => it.place > place) : own.every((it) => it.place < place);
      };
      const doer = said.slice(0, at).some((word) => isMoved(word, true));
      if (doer && said.slice(at + 1).some((word) => isMoved(word, false))) return `the other way round: ${verb.term}`;
    }
  }
  return null;
}

/** Words behind a verb within which its "by" stands, and before it within which its "was". */
const BY_WITHIN = 5;
const BE_WITHIN = 5;
