/** "And Luhansk?", "Why?", "Who else?": the last question, with something else in it. */
import { isVerb, nounPhrasesIn } from '../../text/noun-phrases.ts';
import { tokenize } from '../../text/tokenize.ts';
import type { Turn } from '../../types.ts';
import { askFor } from './ask-for.ts';
import { ASKING, AUXILIARY, capital } from './question-words.ts';
import { replaceSlot } from './replace-slot.ts';

/** Longest fragment, in words: what has more says what it wants. */
const MOST = 9;
/** Longest last question that is used again, and longest short answer that goes into it, in UTF-16 units. */
const LONGEST = 250;
const LONGEST_SHORT = 100;

const OPENING = /^(?:(?:and|but|or|so|ok|okay|well|then|also)\b[\s,]*)+/i;
/** "When was that?" is "When?". */
const OF_THAT = /^(when|where|why|how) (?:is|was|did) (?:that|this)(?: (?:happen|so|the case))?$/i;
const ABOUT = /^(?:(?:what|how) about|(?:the )?same (?:question )?(?:for|about))\s+/i;
/** A fragment that is nothing but what it asks for. */
const BARE =
  /^(?:why(?: not)?|when|where|how|how come|how (?:many|much|long|often|far)|(?:since|until|by|from) when|by whom|with whom|for whom|who with|what for|for how long|which(?: ones?)?|in which (?:year|city|country|month)|(?:when|where|how|why|who) exactly|exactly (?:when|where|how|why|who))$/i;
/** What an earlier fragment has added. */
const ALSO_ASKING = /, and (?:who|what|which|when|where|why|how)(?: [a-z]+)?$/;
const ELSE = /^(?:who|what|where|when|how|why) else\b/i;
/** The whole question that a fragment stands for; null if it is no fragment, or if it can't be told which. */
export function completeFragment(question: string, history: readonly Turn[]): string | null {
  const last = history.at(-1);
  const whole = withoutMarks(question);
  const fragment = whole.replace(OPENING, '').trim().replace(OF_THAT, '$1');
  if (last === undefined || fragment === '' || tokenize(fragment).length > MOST) return null;
  const previous = withoutMarks(last.answer.standaloneQuestion || last.question).replace(ALSO_ASKING, '');
  if (previous.length > LONGEST || !ASKING.test(previous) || tokenize(previous).length < 3) return null;
  if (ELSE.test(fragment)) return askForMore(fragment, previous);
  if (BARE.test(fragment)) return askFor(fragment, previous, shortAnswerOf(last));
  const other = fragment.replace(ABOUT, '');
  if (ASKING.test(other)) return countTheSame(other, previous) ?? askQuantity(other, previous);
  const spoken = [...last.answer.citations, ...last.answer.nearest].slice(0, 6).map(({ quote }) => quote.slice(0, 600));
  return replaceSlot(other, previous, fragment !== whole || other !== fragment, spoken);
}

/** "Who else?" after "Who signed it?": "Who else signed it?" */
function askForMore(fragment: string, previous: string): string | null {
  const [first = ''] = previous.split(' ', 1);
  if (`${first} else`.toLowerCase() !== fragment.toLowerCase() || ELSE.test(previous)) return null;
  return `${first} else${previous.slice(first.length)}?`;
}

/** "And how many were rescued?" after "How many people died in the accident?": "How many people were rescued in the accident?" */
function countTheSame(asked: string, previous: string): string | null {
  const [, adverb = '', done = ''] = COUNTED_NOTHING.exec(asked) ?? [];
  const [, before = ''] = /^how many (.*)$/i.exec(previous) ?? [];
  const counted = nounPhrasesIn(before).find(({ start }) => start === 0);
  if (done === '' || counted === undefined) return null;
  const place =
    / (?:in|at|on|during|after) (?:the|this|that) [^,]+$/i.exec(before.slice(counted.text.length))?.[0] ?? '';
  const isPlaced = /\b(?:in|at|on|during|after|by|from|to) /.test(done);
  return `How many ${counted.text} ${adverb}${done}${isPlaced ? '' : place}?`;
}

const COUNTED_NOTHING =
  /^[Hh]ow many ((?:still|also|then) )?((?:are|is|were|was|have|had|will|did|can|could) (?!the |a |an |there |he |she |it |they |we |you |I |\p{Lu}).+)$/u;

/** "How many soldiers?" after "How many countries took part?": "How many soldiers took part?" */
function askQuantity(fragment: string, previous: string): string | null {
  const [, asked = '', noun = ''] = /^(how many|how much|which|what) (.+)$/i.exec(fragment) ?? [];
  const [, before = ''] = /^(?:how many|how much|which|what) (.*)$/i.exec(previous) ?? [];
  const counted = nounPhrasesIn(before).find(({ start }) => start === 0);
  const words = tokenize(noun);
  const isClause = words.some(
    (word, at) => (isVerb(word) && words[at - 1]?.text !== 'of') || IN_CLAUSE.test(word.text),
  );
  // All of it is one noun phrase, or two: "heads of state and government".
  const [wanted] = nounPhrasesIn(noun);
  const isNoun = wanted?.start === 0 && /^(?: and \S+)?$/.test(noun.slice(wanted.text.length));
  if (counted === undefined || !isNoun || isClause) return null;
  return `${capital(asked)} ${noun}${before.slice(counted.text.length)}?`;
}

const IN_CLAUSE = new RegExp(`^(?:${AUXILIARY}|in|on|at|by|to|from)$`, 'i');

function withoutMarks(question: string): string {
  return question.trim().replace(/[\s?.!]+$/, '');
}

function shortAnswerOf({ answer }: Turn): string | null {
  const short = withoutMarks(answer.shortAnswer?.text.slice(0, LONGEST_SHORT + 1) ?? '').replace(/[,;:]+$/, '');
  return short === '' || short.length > LONGEST_SHORT ? null : short;
}
