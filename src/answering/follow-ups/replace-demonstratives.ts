/** "That meeting", "these guarantees", "the latter": what was called so before. */
import { coordinationIn } from '../../text/coordination.ts';
import { isPlural, isVerb, nounPhrasesIn } from '../../text/noun-phrases.ts';
import { type Token, tokenize } from '../../text/tokenize.ts';
import type { Turn } from '../../types.ts';
import { calledBefore } from './called-before.ts';
import { dateIn } from './date-in.ts';
import { type ReadTurn, readTurn } from './read-turn.ts';

/** Turns looked back on. */
const TURNS = 4;
/** Longest statement that is put into a question, in UTF-16 units. */
const LONGEST_STATEMENT = 160;

/** Before these, and before a verb, "that" points; elsewhere it joins or relates ("said that", "the plan that"). */
const POINTING =
  /^(?:in|at|of|about|after|before|during|with|for|on|from|to|by|under|into|over|since|until|through|within|as|off|against|between|is|are|was|were|did|does|do|has|have|had|will|would|could|can|should|and|but|why|where|when|how)$/i;
const SAYING =
  /^(?:say|said|know|known|knew|think|thought|believe|mean|claim|state|report|announce|agree|insist|argue|promise|show|find|found|hope|suggest|warn|demand|expect|explain|decide|ensure|deny|denie)(?:s|d|ed)?$/i;
const TIME = /^(?:time|period|year|season|day|month|date|era|point|moment)s?$/i;
/** What these days are needs no earlier turn; nor which article is meant, as long as nobody has named another. */
const OF_TODAY =
  /^(?:year|week|month|morning|afternoon|evening|century|decade|day|today|moment|article|document|page|text|site|website|source|story|conversation|chat|question|answer|section|one|way|kind|sort|type|case|point)s?$/i;

interface Replacement {
  text: string;
  /** Where what it replaces ends. */
  end: number;
}

/** The question with its demonstratives replaced by what the last turns called so, as far as they did. */
export function replaceDemonstratives(question: string, history: readonly Turn[]): string {
  const turns = history.slice(-TURNS).reverse().map(readTurn);
  const words = tokenize(question);
  let replaced = '';
  let position = 0;
  for (const [at, word] of words.entries()) {
    const found = replacementAt(question, words, at, turns);
    if (found === null) continue;
    replaced += question.slice(position, word.start) + found.text;
    position = found.end;
  }
  return replaced + question.slice(position);
}

/** @param turns The latest first. */
function replacementAt(
  question: string,
  words: readonly Token[],
  at: number,
  turns: readonly ReadTurn[],
): Replacement | null {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  const lower = word?.text.toLowerCase() ?? '';
  if (word === undefined || !/^(?:the|this|that|these|those|it|so)$/.test(lower)) return null;
  if (next === undefined) {
    // "Who found it?" asks for the finder of a thing.
    const isSaid =
      SAYING.test(before?.text ?? '') &&
      lower !== 'the' &&
      !(lower === 'it' && /^(?:find|found|show)/i.test(before?.text ?? ''));
    return isSaid ? asReplacement(statementIn(turns), word) : null;
  }
  if (lower === 'the') return asReplacement(oneOfTwo(next.text.toLowerCase(), words[at + 2], turns), next);
  if (next.isStopWord || lower === 'it' || lower === 'so') return null;
  const phrase = phraseFrom(question, words, next);
  const head = phrase.at(-1);
  if (head === undefined || (lower === 'this' && OF_TODAY.test(head.text))) return null;
  if (TIME.test(head.text)) return asReplacement(dateFor(head.text, before, turns), head);
  if (OF_TODAY.test(head.text) || (lower === 'that' && isPlural(head.text))) return null;
  if (
    lower === 'that' &&
    before !== undefined &&
    !POINTING.test(before.text) &&
    (!isVerb(before) || SAYING.test(before.text))
  ) {
    return null;
  }
  return asReplacement(calledBefore(phrase, words, turns), head);
}

function asReplacement(text: string | null, last: Token): Replacement | null {
  return text === null ? null : { text, end: last.start + last.text.length };
}

/** The words of the noun phrase that begins with a word: "these guarantees | take effect". */
function phraseFrom(question: string, words: readonly Token[], first: Token): Token[] {
  const phrase = nounPhrasesIn(question).find(({ start }) => start === first.start);
  if (phrase === undefined) return [];
  const end = phrase.start + phrase.text.replace(/ (?:of|in|on|for|between) .*$/, '').length;
  return words.filter(({ start }) => start >= first.start && start < end);
}

/** The date that was spoken of last; "in" before it where nothing else is. */
function dateFor(head: string, before: Token | undefined, turns: readonly ReadTurn[]): string | null {
  const date = dateIn(turns, /^(?:year|season)s?$/i.test(head));
  const isIn = /^(?:in|during|at|after|before|since|until|by|from|for|of|on)$/i.test(before?.text ?? '');
  return date === null || isIn ? date : `in ${date}`;
}

/** What the last answer says first, if that is short enough to be said again. */
function statementIn([last]: readonly ReadTurn[]): string | null {
  const plain = (last?.quotes[0] ?? '').replace(/["“”]/g, '').trim().replace(/\.$/, '');
  if (plain === '' || plain.length > LONGEST_STATEMENT) return null;
  // Who is asked for may stand there: "Macron said | Paris could …".
  const [, reported] =
    /^[^,;]{2,80}? (?:said|says|stated|noted|added|announced|warned|explained|acknowledged|claimed) (?:that )?(.{15,})$/.exec(
      plain,
    ) ?? [];
  return reported === undefined ? `“${plain}”` : `that ${reported}`;
}

/** "The former", "the latter": of the two names that the last turn joins by "and". */
function oneOfTwo(which: string, next: Token | undefined, [last]: readonly ReadTurn[]): string | null {
  if (last === undefined || (which !== 'former' && which !== 'latter')) return null;
  // "The former president" is another.
  if (which === 'former' && next !== undefined && !next.isStopWord && !isVerb(next)) return null;
  const pair = [last.short, ...last.quotes, last.question].map(coordinationIn).find((it) => it?.names.length === 2);
  return pair?.names[which === 'former' ? 0 : 1] ?? null;
}
