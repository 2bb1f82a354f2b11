import { verbBase } from '../../text/irregular-verbs.ts';
import { fold, type Token, tokenize } from '../../text/tokenize.ts';
import { isNegation } from '../proposition.ts';

/**
 * Words that mean the opposite of each other, those of one side much the same. Not two views of one event or one kinship: who bought is told
 * by "sold to", who went by "arrived", whose son by "his mother". Nor a word that is another's past or often means something else ("found",
 * "left", "pass", "up").
 */
const OPPOSITES = `
  largest biggest greatest highest longest tallest maximum | smallest lowest shortest minimum fewest
  oldest earliest | youngest newest latest
  best strongest | worst weakest
  fastest quickest | slowest
  nearest closest | farthest furthest
  majority | minority
  upper | lower
  north northern | south southern
  east eastern | west western
  rise increase grow gain climb improve | fall decrease shrink drop decline sink reduce worsen
  start begin commence beginning | stop end finish cease
  add insert | remove delete
  approve accept adopt | reject refuse
  arrive enter | depart exit
  attach | detach
  include | exclude omit
  born birth | die dead death killed
  profit surplus | loss deficit
  advantage benefit | disadvantage drawback
  inside indoor | outside outdoor
  satisfied | dissatisfied unsatisfied
  agree | disagree
  male man men boy boys | female woman women girl girls
  morning | evening
  summer | winter`
  .trim()
  .split('\n')
  .map((line) =>
    line.split('|').map((side) => new Set(tokenize(side).flatMap((token) => [baseOf(token), token.term]))),
  );

/**
 * Does a sentence speak of the opposite of what is asked ("the smallest", asked for the largest; "before the vote", asked for after it),
 * and of the asked itself nowhere? A negation may turn it round again, and "until" tells of both ends: those say nothing.
 */
export function saysOpposite(question: string, sentence: string): boolean {
  const asked = tokenize(question).filter(isNoName);
  const said = tokenize(sentence).filter(isNoName);
  if ([...asked, ...said].some((token) => isNegation(token) || /^(?:until|till|since|longer)$/iu.test(token.text)))
    return false;
  const isOf = (side: ReadonlySet<string> | undefined) => (token: Token) =>
    side?.has(baseOf(token)) || side?.has(token.term);
  const isTurned = OPPOSITES.some((sides) =>
    [sides, sides.toReversed()].some(
      ([own, other]) =>
        asked.some(isOf(own)) && !asked.some(isOf(other)) && said.some(isOf(other)) && !said.some(isOf(own)),
    ),
  );
  return isTurned || asked.some((word) => isUnmade(word, said));
}

/** "North Korea" is the opposite of nothing. */
function isNoName({ text }: Token, index: number, all: readonly Token[]): boolean {
  const isCapital = (token: Token | undefined) => /^\p{Lu}/u.test(token?.text ?? '');
  return !isCapital(all[index]) || (index === 0 && !isCapital(all[1]) && text !== '');
}

/** "cemented" is asked for, "uncemented" said. */
function isUnmade({ text }: Token, said: readonly Token[]): boolean {
  const word = fold(text);
  if (word.length < SHORTEST || said.some((other) => fold(other.text) === word)) return false;
  return said.some((other) => UNDOING.some((it) => fold(other.text) === it + word || word === it + fold(other.text)));
}

const UNDOING = ['un', 'non'];
const SHORTEST = 6;

function baseOf({ text, term }: Token): string {
  const base = verbBase(fold(text));
  return base === fold(text) ? term : (tokenize(base)[0]?.term ?? base);
}
