import { namesIn } from '../../text/names.ts';
import { isPlural, isVerb, phraseEndingAt } from '../../text/noun-phrases.ts';
import { type Token, tokenize } from '../../text/tokenize.ts';
import type { ReadTurn } from './read-turn.ts';

/** Between a noun and the name that goes with it: "meeting in Paris", "album called Intuition". */
const BEFORE_NAME = /^(?: (?:of|on|in|between|for|with|called|titled|entitled|named))?(?: the)? (?=["“‘']?\p{Lu})/u;
/** Longest short answer that is a name, in words. */
const LONGEST_NAME = 6;

/**
 * The fullest name that the last turns have for a thing: "this force" → "the multinational force in Ukraine".
 * @param asked The words of "force" with its adjectives.
 * @param question All words of the question: what only repeats them is no fuller.
 * @param turns The latest first.
 */
export function calledBefore(
  asked: readonly Token[],
  question: readonly Token[],
  turns: readonly ReadTurn[],
): string | null {
  const head = asked.at(-1);
  if (head === undefined) return null;
  const known = new Set(question.map(({ term }) => term));
  for (const [age, turn] of turns.entries()) {
    for (const text of [turn.short, ...turn.quotes, turn.question]) {
      const found = fullerIn(text, head, known);
      if (found !== null) return found;
    }
    const named = age === 0 ? nameIn(turn) : null;
    if (named !== null && !isPlural(head.text) && !isVerb(head)) {
      return `the ${asked.map(({ text }) => text).join(' ')} ${named}`;
    }
  }
  return null;
}

function fullerIn(text: string, head: Token, known: ReadonlySet<string>): string | null {
  const words = tokenize(text);
  for (const [at, word] of words.entries()) {
    if (word.term !== head.term || isPlural(word.text) !== isPlural(head.text)) continue;
    const phrase = phraseAround(text, words, at);
    if (phrase === null || !tokenize(phrase).some(({ term, isStopWord }) => !isStopWord && !known.has(term))) continue;
    return /^\p{Lu}\S*['’]s? /u.test(phrase) ? phrase : `the ${phrase}`;
  }
  return null;
}

/** A noun with the words before it that belong to it, and with the name after it. */
function phraseAround(text: string, words: readonly Token[], at: number): string | null {
  const head = words[at];
  if (head === undefined) return null;
  const before = phraseEndingAt(text, words, at);
  const end = head.start + head.text.length;
  const rest = text.slice(end);
  const [joint] = BEFORE_NAME.exec(rest) ?? [];
  const name = joint === undefined ? undefined : namesIn(rest)[0];
  if (joint === undefined || name === undefined || name.start > joint.length + 1) return before?.text ?? null;
  return text.slice(before?.start ?? head.start, end + name.start + name.text.length).replace(/["“”‘]/g, '');
}

/** The short answer to "what" or "which", if it is a name. */
function nameIn({ question, short }: ReadTurn): string | null {
  const bare = short.replace(/^["“‘']|[.,;:"”’']+$/g, '');
  if (!/\b(?:what|which)\b/i.test(question) || bare.split(' ').length > LONGEST_NAME) return null;
  const [name] = namesIn(`the ${bare}`);
  return name?.text === bare && name.kind !== 'person' ? bare : null;
}
