import { isPlace, namesIn } from '../../text/names.ts';
import { fold, tokenize } from '../../text/tokenize.ts';
import type { Turn } from '../../types.ts';

/** A turn, as far as follow-ups look at it: bounded, whatever it holds. */
export interface ReadTurn {
  /** The question as asked. */
  asked: string;
  /** As searched. */
  question: string;
  /** The short answer, or empty. */
  short: string;
  /** What the answer cites. */
  quotes: string[];
  /** Titles of the cited documents that could be names, without "(band)" and the like. */
  titles: string[];
}

/** Characters read of one text, and quotes of one answer. */
const LONGEST = 600;
const QUOTES = 3;
/** A longer title is a headline. In words. */
const LONGEST_NAME = 5;
/** "He" and "she", and theirs. */
export const SOMEBODY = /\b(?:he|she|his|her)\b/i;

export function readTurn({ question, answer }: Turn): ReadTurn {
  const cited = answer.citations.slice(0, QUOTES);
  const standalone = (answer.standaloneQuestion || question).slice(0, LONGEST);
  const titles = [...cited.map(({ document }) => document.title), ...(standalone.endsWith('?') ? [] : [standalone])];
  return {
    asked: question.slice(0, LONGEST),
    question: standalone,
    short: (answer.shortAnswer?.text ?? '').slice(0, LONGEST).trim(),
    quotes:
      cited.length > 0
        ? cited.map(({ quote }) => quote.slice(0, LONGEST))
        : [answer.text.slice(0, LONGEST).replace(/\[\d+\]/g, '')],
    titles: titles.map(plainTitle).filter(isNameLike),
  };
}

function plainTitle(title: string): string {
  return title
    .slice(0, LONGEST)
    .replace(/ ?\([^()]*\)$/, '')
    .trim();
}

/** Could this title be a name? */
function isNameLike(title: string): boolean {
  const words = title.split(' ');
  return (
    title !== '' &&
    words.length <= LONGEST_NAME &&
    words.every((word) => /^[\p{Lu}\p{N}]|^(?:of|the|and|de|la|van|von|der|del)$/u.test(word))
  );
}

/**
 * Does a title name who or what the conversation is about, as that of a biography does? Only if the conversation names it too, or speaks of
 * somebody whom nobody has named.
 */
export function isTopicTitle(title: string, turns: readonly ReadTurn[]): boolean {
  const words = tokenize(title)
    .map(({ text }) => fold(text))
    .filter((word) => word.length > 2 && !isPlace(word));
  const last = words.at(-1);
  // "Password reset guide" is nobody's name where documents speak of passwords.
  const quoted = new Set(turns.flatMap(({ quotes }) => quotes.flatMap((it) => tokenize(it).map(({ text }) => text))));
  const isCommon = words.some((word) => quoted.has(word));
  return turns.some(({ question, quotes, titles }) => {
    if (titles.includes(question) || tokenize(question).some(({ text }) => fold(text) === last)) return true;
    const names = quotes.flatMap(namesIn);
    const isNamed = names.some(
      ({ text }) => !isPlace(text) && tokenize(text).some((word) => words.includes(fold(word.text))),
    );
    if (isNamed) return true;
    if (isCommon) return false;
    return (
      (SOMEBODY.test(question) && titles.includes(title)) ||
      (quotes.some((it) => SOMEBODY.test(it)) && !names.some((it) => it.kind === 'person'))
    );
  });
}
