import { fold, tokenize } from '../../text/tokenize.ts';

const OPPOSITES: readonly (readonly [Set<string>, Set<string>])[] = `
  rise rose risen raise grow grew grown increase climb gain soar / fall fell fallen drop decrease decline shrink shrank sink sank lose plunge lower cut reduce
  more / less fewer
  longer / shorter
  higher / lower
  larger bigger / smaller
  older / younger
  earlier / later
  faster / slower
  before / after
  above over / below under
  open reopen / close shut
  start begin began begun / end stop finish
  win won / lose lost
  accept approve agree / reject refuse decline
  allow permit / forbid forbade forbidden ban prohibit
  support / oppose
  first / last
  best / worst
  better / worse
  most / least fewest
  maximum / minimum
  some / all every
  north / south
  east / west
  inside / outside
  buy bought / sell sold
  true / false
  safe / dangerous unsafe
  legal / illegal
  guilty / innocent
  earn make made profit / lose lost
  establish create build built found launch / close abolish dissolve dismantle
  remember / forget
  friend ally / enemy foe
  strengthen / weaken
  arrive / depart leave left
  because / despite although`
  .trim()
  .split('\n')
  .map((line) => {
    const [one = '', other = ''] = line.split('/');
    const stems = (words: string) => new Set(tokenize(words).map(({ term }) => term));
    return [stems(one), stems(other)] as const;
  });

/** Before a word, these make its opposite. */
const UN = /^(?:un|dis|non|il(?=l)|ir(?=r)|im(?=[mp]))(.{4,})$/;
/** So they do not: "unless", "discover". */
const NOT_UN =
  /^(?:unless|under|unit|universit|discover|display|district|discuss|distan|dispatch|diseas|discount|import|impress|improv|impact)/;

/** A word of a text whose opposite stands in the other in its place: that has the opposite, but not the word; null when there is none. */
export function oppositeIn(said: string, given: string): string | null {
  const [own, theirs] = [wordsOf(said), wordsOf(given)];
  const has = (words: Set<string>, side: Set<string>) => [...side].find((term) => words.has(term));
  for (const pair of OPPOSITES) {
    for (const [side, other] of [pair, [pair[1], pair[0]] as const]) {
      const word = has(own, side);
      if (word !== undefined && has(theirs, side) === undefined && has(theirs, other) !== undefined) return word;
    }
  }
  return withoutUn(own, theirs) ?? withoutUn(theirs, own);
}

/** As they stand, too: "willing" and "unwilling" have stems of different lengths. */
function wordsOf(text: string): Set<string> {
  return new Set(tokenize(text).flatMap((token) => [token.term, fold(token.text)]));
}

/** A word that the other text has only with "un" or the like before it; null when there is none. */
function withoutUn(said: Set<string>, given: Set<string>): string | null {
  const bare = [...given].flatMap((word) => (NOT_UN.test(word) ? [] : (UN.exec(word)?.[1] ?? [])));
  return bare.find((word) => said.has(word) && !given.has(word)) ?? null;
}
