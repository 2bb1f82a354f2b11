import { fold, type Token, tokenize } from '../../text/tokenize.ts';
import type { Span } from '../../types.ts';

const stems = (words: string) => new Set(tokenize(words).map(({ term }) => term));
/** Verbs that say that something is not, was not, or will not be so. */
const DENIALS = stems(
  'refuse reject deny decline fail oppose cancel abandon scrap drop omit exclude lack withdraw halt rule',
);
/** Not one of these is a negation here: "not only", "no more than", "not least". */
const NO_NEGATION = /^(?:only|just|least|merely|less|fewer|more|later|sooner|longer than|doubt|\d)/iu;

/** The words that turn a sentence around ("not", "never", "ruled out"); those of a relative or conditional clause turn only that. */
export function negationsIn(sentence: string): Span[] {
  const words = tokenize(sentence);
  const found = words.filter((word, index) => {
    const after = sentence.slice(word.start + word.text.length).trimStart();
    return isNegation(word, after, words[index - 1]) && !SUBORDINATE.test(sentence.slice(0, word.start));
  });
  return found.map(({ text, start }) => ({ start, end: start + text.length }));
}

/** A clause that hangs on another and is still open at the end; what somebody says ("said that") stands for itself. */
const SUBORDINATE =
  /(?:(?<!\b(?:said|says|say|stated|confirmed|announced|reported|insisted|admitted|claimed|told \p{L}+) )\bthat|\b(?:which|who|whom|whose|where|because|although|though|if|unless|when|while|whereas|until|since|as|whether))\b[^,;:.!?—–)]*$/iu;

function isNegation(word: Token, after: string, before: Token | undefined): boolean {
  const { text, term } = word;
  if (isNo(word)) return turns(text, after, before);
  if (!DENIALS.has(term)) return false;
  return !term.startsWith('rule') || /^out\b/iu.test(after);
}

function isNo({ text }: Token): boolean {
  return /^(?:not|never|no|none|nobody|nothing|neither|nor|cannot)$|n['’]t$/iu.test(text);
}

function turns(text: string, after: string, before: Token | undefined): boolean {
  return (
    !NO_NEGATION.test(after) &&
    !(text === 'No' && /^\p{Lu}|^\./u.test(after)) &&
    !/^(?:whether|if|or)$/iu.test(before?.text ?? '')
  );
}

/**
 * Would the words of a span, told alone, say what their sentence denies or leaves open: do they stand behind a "not" or "nobody" of their clause,
 * in a report that is called untrue, under a condition?
 */
export function isLeftOpen(sentence: string, { start, end }: Span): boolean {
  if (UNTRUE.test(sentence)) return true;
  const from = [...sentence.slice(0, start).matchAll(CLAUSE_START)].at(-1)?.index ?? 0;
  const words = tokenize(sentence);
  const isDenied = words.some((word, index) => {
    const after = sentence.slice(word.start + word.text.length).trimStart();
    const isBefore = word.start >= from && word.start < start && !SUBORDINATE.test(sentence.slice(0, word.start));
    return isBefore && isNo(word) && turns(word.text, after, words[index - 1]);
  });
  const clause = sentence.slice(from, end) + (/^[^,;:.!?—–]*/u.exec(sentence.slice(end))?.[0] ?? '');
  return isDenied || (/\b(?:if|unless)\b/iu.test(sentence) && /\b(?:would|could|might)\b/iu.test(clause));
}

const UNTRUE =
  /\b(?:untrue|false(?:ly)?|myth|hoax|fictitious|baseless|unfounded|fabricated|contrary to|den(?:y|ies|ied))\b|\bno (?:evidence|proof|study)\b/iu;
const CLAUSE_START = /[,;:.!?—–](?=\s)|\b(?:but|and|instead|although|though|because|which|who|so)\b/giu;

/** Countries and unions go by several names. */
const SHORT_NAMES: readonly [RegExp, string][] = [
  [/\bUnited States(?: of America)?\b|\bU\.S\.(?:A\.)?|\bUSA\b|\bWashington\b|\bAmericans?\b/gu, 'US'],
  [/\bUnited Kingdom\b|\bU\.K\.|\bBritain\b|\bBritish\b/gu, 'UK'],
  [/\bEuropean Union\b/gu, 'EU'],
];

/** The words of matter of a sentence, stemmed; adjectives of countries are cut to them ("Russian" → "russia"), negations left out. */
export function matter(sentence: string): Set<string> {
  const text = SHORT_NAMES.reduce((it, [pattern, name]) => it.replaceAll(pattern, name), sentence);
  const words = tokenize(text).filter(
    ({ isStopWord, term }) => !isStopWord && !DENIALS.has(term) && !/^(?:never|without|however|also)$/.test(term),
  );
  return new Set(
    words.map(({ text: it, term }) => (/^\p{Lu}/u.test(it) && fold(it).length > 5 ? fold(it).slice(0, 5) : term)),
  );
}

/** The words that tell a side: from a little before the negation to the end of its clause. */
export function clauseAround(sentence: string, negation: Span): Span {
  const before =
    /(?:\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|should|may|might|must|be|been) )?$/iu.exec(
      sentence.slice(0, negation.start),
    );
  const after = /^[^,;:.!?“”"–—]*/u.exec(sentence.slice(negation.end))?.[0].trimEnd() ?? '';
  return { start: before?.index ?? negation.start, end: negation.end + after.length };
}
