import { verbBase } from '../../text/irregular-verbs.ts';
import { fold, tokenize } from '../../text/tokenize.ts';

/** A word, and what stands right before it. */
interface Word {
  term: string;
  /** Can it be a verb, by its form or by what stands before it? */
  isVerb: boolean;
  /** Is it said with a preposition ("in May"), so that it may stand anywhere? */
  isAside: boolean;
  isAdverb: boolean;
  isName: boolean;
  /** Signs of a passive. */
  isBy: boolean;
  isBe: boolean;
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

function wordsOf(text: string): Word[] {
  const words = tokenize(text).map((token) => ({ ...token, word: fold(token.text) }));
  return words.map(({ word, text: written, term, isStopWord }, at) => {
    const base = verbBase(word);
    const [last = '', beforeLast = ''] = [words[at - 1]?.word, words[at - 2]?.word];
    const isForm =
      base !== word || /(?:[^e]ed|ied)$/.test(word) || (/[^s]s$/.test(word) && LITTLE.has(words[at + 1]?.word ?? ''));
    const isVerb = !isStopWord && !/^\p{Lu}/u.test(written) && !SPEAKING.has(base) && (isForm || MODALS.has(last));
    return {
      term: isStopWord ? '' : base === word ? term : (tokenize(base)[0]?.term ?? term),
      isVerb,
      isAside: PREPOSITIONS.has(last) || (LITTLE.has(last) && PREPOSITIONS.has(beforeLast)),
      isName: /^\p{Lu}/u.test(written) && !isStopWord,
      isAdverb: ADVERB.test(word),
      isBy: word === 'by',
      isBe: /^(?:is|are|was|were|be|been|being)$/.test(word),
    };
  });
}

/**
 * A verb of the statement whose doer and object have changed places in the sentence that has the verb too ("Russia attacked Ukraine"), in
 * words; null when there is none. A passive ("was attacked by") may turn them round.
 */
export function exchangedAround(statement: string, sentences: readonly string[]): string | null {
  const said = wordsOf(statement);
  const given = sentences.map(wordsOf);
  for (const [at, verb] of said.entries()) {
    if (verb.term === '' || verb.isName || said.filter(({ term }) => term === verb.term).length > 1) continue;
    for (const sentence of given) {
      const [place, ...more] = sentence.flatMap(({ term }, index) => (term === verb.term ? [index] : []));
      if (place === undefined || more.length > 0 || isPassive(said, at) !== isPassive(sentence, place)) continue;
      const [before, behind] = [sentence.slice(0, place), sentence.slice(place + 1)];
      // What is no verb by its form ("beat") may be one between two names.
      const moves = (from: Word[], to: Word[], never: Word[]) =>
        from.some((word) => (verb.isVerb || word.isName) && hasMoved(word, to, never));
      if (moves(said.slice(0, at), behind, before) && moves(said.slice(at + 1), before, behind)) {
        return `the other way round: ${verb.term}`;
      }
    }
  }
  return null;
}

/** Does a word stand among these alone, and not as something said by the way in both? */
function hasMoved({ term, isAdverb, isAside }: Word, to: readonly Word[], never: readonly Word[]): boolean {
  const there = to.filter((it) => it.term === term);
  if (term === '' || isAdverb || there.length === 0 || never.some((it) => it.term === term)) return false;
  return !(isAside && there.every((it) => it.isAside));
}

/** Words behind a verb within which its "by" stands, and before it within which its "was". */
const BY_WITHIN = 5;
const BE_WITHIN = 5;

function isPassive(words: readonly Word[], at: number): boolean {
  return (
    words.slice(at, at + BY_WITHIN).some(({ isBy }) => isBy) ||
    words.slice(Math.max(0, at - BE_WITHIN), at).some(({ isBe }) => isBe)
  );
}
