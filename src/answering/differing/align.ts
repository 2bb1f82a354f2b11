import { type Token, tokenize } from '../../text/tokenize.ts';
import type { Span } from '../../types.ts';

/** How two sentences lie beside one another. */
export interface Alignment {
  /** Share of the words of matter of the one (the other) that stand in the other in the same order, the answer's own left out. */
  shareOfOne: number;
  shareOfOther: number;
  /** How many those are. */
  shared: number;
  /** How many words of the two, common ones too, stand in only one of them, the answer and its counterpart left out; and in both. */
  words: { unshared: number; shared: number };
  /** What stands in the other where the answer stands in the one; null where that can't be told. */
  counterpart: Span | null;
  /** Where the one has other words than the other, between words that they share. */
  substitutions: { own: Span; other: Span }[];
  /** What they don't share, first to last. */
  unshared: { own: Span[]; other: Span[] };
}

/** The longest common subsequence of two sentences' words, and what it leaves in the place of a span of the one. */
export function align(one: string, other: string, answer: Span): Alignment {
  const [a, b] = [tokenize(one), tokenize(other)];
  const pairs = commonSubsequence(a, b);
  const inAnswer = (token: Token | undefined) =>
    token !== undefined && token.start < answer.end && answer.start < token.start + token.text.length;
  const first = a.findIndex(inAnswer);
  const last = a.findLastIndex(inAnswer);
  const before = pairs.findLast(([i]) => i < first) ?? [-1, -1];
  const after = pairs.find(([i]) => i > last) ?? [a.length, b.length];
  const between = b.slice(before[1] + 1, after[1]);
  const isAnchored = first - before[0] <= NEAREST_ANCHOR && after[0] - last <= NEAREST_ANCHOR;
  const head = between[0];
  const tail = between.at(-1);
  const counterpart =
    first >= 0 &&
    isAnchored &&
    head !== undefined &&
    tail !== undefined &&
    between.length <= (last - first + 1) * 2 + MOST_FURTHER
      ? { start: head.start, end: tail.start + tail.text.length }
      : null;
  const outside = pairs.filter(([i]) => !inAnswer(a[i]));
  const matched = outside.filter(([i]) => !a[i]?.isStopWord).length;
  const ofOne = a.filter((token) => !token.isStopWord && !inAnswer(token)).length;
  const place = counterpart ?? { start: 0, end: 0 };
  const besides = b.filter((token) => !(token.start >= place.start && token.start < place.end));
  const ofOther = besides.filter((token) => !token.isStopWord).length;
  return {
    shareOfOne: matched / Math.max(1, ofOne),
    shareOfOther: matched / Math.max(1, ofOther),
    shared: matched,
    words: {
      unshared: a.filter((token) => !inAnswer(token)).length + besides.length - 2 * outside.length,
      shared: outside.length,
    },
    counterpart,
    ...differences(a, b, pairs),
  };
}

/** Sentences that share this much, word for word and in order, say the same but for the answer. */
const COPY = { more: 0.6, less: 0.5, shared: 3 };

export function isCopy({ shareOfOne, shareOfOther, shared }: Alignment): boolean {
  const [more, less] = [Math.max(shareOfOne, shareOfOther), Math.min(shareOfOne, shareOfOther)];
  return more >= COPY.more && less >= COPY.less && shared >= COPY.shared;
}

/** Short sentences of so many words that are the same to the last but for the answer. */
const LEAST_WORDS = 4;

/**
 * The same sentence word for word but for the answer, though too short to be sure that it speaks of the same: "Today this is known as the …".
 */
export function isShortCopy({ words }: Alignment): boolean {
  return words.unshared === 0 && words.shared >= LEAST_WORDS;
}

/** Common words this near on both sides of the answer say where its counterpart stands, in words. */
const NEAREST_ANCHOR = 6;
/** A counterpart has at most twice the answer's words and these. */
const MOST_FURTHER = 6;

/** What stands between the words that two sentences share. */
function differences(
  a: readonly Token[],
  b: readonly Token[],
  pairs: readonly [number, number][],
): Pick<Alignment, 'substitutions' | 'unshared'> {
  const substitutions: { own: Span; other: Span }[] = [];
  const unshared: { own: Span[]; other: Span[] } = { own: [], other: [] };
  let [i, j] = [0, 0];
  for (const [nextI, nextJ] of [...pairs, [a.length, b.length] as const]) {
    const own = extent(a.slice(i, nextI));
    const other = extent(b.slice(j, nextJ));
    if (own !== null) unshared.own.push(own);
    if (other !== null) unshared.other.push(other);
    if (own !== null && other !== null) substitutions.push({ own, other });
    [i, j] = [nextI + 1, nextJ + 1];
  }
  return { substitutions, unshared };
}

/** From the first word to the last; null for none. */
export function extent(words: readonly Token[]): Span | null {
  const [first, last] = [words[0], words.at(-1)];
  return first === undefined || last === undefined ? null : { start: first.start, end: last.start + last.text.length };
}

function commonSubsequence(a: readonly Token[], b: readonly Token[]): [number, number][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i] as Uint16Array;
      const below = lengths[i + 1] as Uint16Array;
      row[j] = a[i]?.term === b[j]?.term ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i]?.term === b[j]?.term) pairs.push([i++, j++]);
    else if ((lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}
