import { terms, tokenize } from '../../text/tokenize.ts';
import type { Embedder, Span } from '../../types.ts';
import { type AnswerKind, kindAsked } from '../answer-kind.ts';
import {
  type AnswerValue,
  answerValue,
  compareAnswers,
  isNumeric,
  isSameUnit,
  type Numeric,
  says,
  shownOf,
} from '../values/answer-value.ts';
import { isSameName } from '../values/names.ts';
import { type Alignment, align, extent, isCopy } from './align.ts';
import { isOtherEvent } from './other-event.ts';
import { type Contrast, cosine, type Telling } from './telling.ts';

/** Two phrases nearer than this are one, put differently: cosine. */
const SAME_PHRASE = 0.5;
/** Two phrases farther apart than this mean something else. */
const OTHER_PHRASE = 0.3;
/** The sentences are the same but for what stands in the answer's place. */
export async function contrastInPlace(
  question: string,
  one: Telling,
  other: Telling,
  place: Span,
  { unshared }: Alignment,
  embedder: Embedder,
): Promise<Contrast | null> {
  const value = answerValue(question, one.sentence, one.answer);
  // What both say in the same place is not the answer in other words.
  const rest = joined(other.sentence, [...unshared.other, place]);
  if (says(rest, value)) return null;
  const otherValue = answerValue(question, other.sentence, place);
  const compared = compareAnswers(value, otherValue);
  const found = (isCompatible: boolean) => ({
    own: shownOf(value, one.answer),
    other: shownOf(otherValue, place),
    isCompatible,
  });
  if (isNumeric(value) && isNumeric(otherValue)) {
    if (compared === 'different' || compared === 'compatible') return found(compared === 'compatible');
    if (compared === 'same') return null;
  }
  const [own, theirs] = withoutCommonEnds(one.sentence, one.answer, other.sentence, place);
  if (own === null || theirs === null) return null;
  const [a, b] = [slice(one.sentence, own), slice(other.sentence, theirs)];
  const said = new Set(terms(rest));
  if (terms(a).length === 0 || terms(b).length === 0 || terms(a).every((term) => said.has(term)) || isSameName(a, b))
    return null;
  const isNamed = /\p{Lu}|\p{N}/u.test(a) || /\p{Lu}|\p{N}/u.test(b);
  const isTelling = isNamed || terms(a).length >= terms(slice(one.sentence, one.answer)).length / 2;
  if (!isTelling || (!isNamed && (await cosine(a, b, embedder)) >= SAME_PHRASE)) return null;
  return { own, other: theirs, isCompatible: false };
}

/**
 * Does a sentence that is the answer's over again differ from it in one number, date or name outside the answer, and of its kind? Then what
 * is quoted is disputed, though the answer's own words are not. With two such differences it speaks of another event.
 */
export async function contrastBeside(
  question: string,
  one: Telling,
  other: Telling,
  embedder: Embedder,
): Promise<Contrast | null> {
  const alignment = align(one.sentence, other.sentence, one.answer);
  const value = answerValue(question, one.sentence, one.answer);
  if (!isCopy(alignment) || isOtherEvent(question, one, other, value)) return null;
  // What both say in the same place is not what differs, moved.
  const [ownRest, otherRest] = [
    joined(one.sentence, alignment.unshared.own),
    joined(other.sentence, alignment.unshared.other),
  ];
  const found: Contrast[] = [];
  for (const { own, other: theirs } of alignment.substitutions) {
    const [a, b] = [answerValue('', one.sentence, own), answerValue('', other.sentence, theirs)];
    // Asked how long it is, who cares how many stops it has?
    if (isNumeric(value) && asksForNumber(question) && !isOfKind(a, value)) continue;
    if (says(otherRest, a) || says(ownRest, b)) continue;
    const isOther = isNumeric(a)
      ? compareAnswers(a, b) === 'different'
      : await isOtherPhrase(one.sentence, own, other.sentence, theirs, alignment, embedder);
    if (isOther) found.push({ own: shownOf(a, own), other: shownOf(b, theirs), isCompatible: false });
  }
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** What kinds of answer are numbers or dates. */
const NUMERIC_KINDS: ReadonlySet<AnswerKind | null> = new Set([
  'count',
  'money',
  'share',
  'quantity',
  'date',
  'duration',
]);

function asksForNumber(question: string): boolean {
  return NUMERIC_KINDS.has(kindAsked(question));
}

/** Could a value stand where one of the answer's does? */
function isOfKind(it: AnswerValue, { values }: Numeric): boolean {
  const [first] = isNumeric(it) ? it.values : [];
  return values.some((value) =>
    first === undefined || first.kind === 'date' || value.kind === 'date'
      ? first?.kind === value.kind
      : first.measure === value.measure && isSameUnit(first, value),
  );
}

/** Words in the same place that mean something else: two names, or, where hardly anything else differs, phrases far apart. */
async function isOtherPhrase(
  one: string,
  own: Span,
  other: string,
  theirs: Span,
  alignment: Alignment,
  embedder: Embedder,
): Promise<boolean> {
  const [a, b] = [slice(one, own), slice(other, theirs)];
  const areNames = [nameIn(one, own), nameIn(other, theirs)].every(Boolean);
  const isAlone =
    alignment.substitutions.length === 1 &&
    Math.min(terms(a).length, terms(b).length) >= 1 &&
    Math.max(terms(a).length, terms(b).length) >= 2;
  if (areNames ? isSameName(a, b) : !isAlone) return false;
  return (await cosine(a, b, embedder)) < (areNames ? SAME_PHRASE : OTHER_PHRASE);
}

/** A capital letter that is not merely the sentence's first. */
function nameIn(sentence: string, { start, end }: Span): boolean {
  const first = tokenize(sentence)[0]?.start ?? 0;
  const capitals = tokenize(sentence).filter(
    (it) => it.start >= start && it.start < end && /^\p{Lu}/u.test(it.text) && !it.isStopWord,
  );
  return capitals.some((it) => it.start !== first) && !/^(?:\p{L}+ ){2,}that /u.test(sentence.slice(start, end));
}

/** The two spans without the words that they share at either end; null where nothing is left. */
function withoutCommonEnds(one: string, a: Span, other: string, b: Span): [Span | null, Span | null] {
  const within = (text: string, { start, end }: Span) =>
    tokenize(text).filter((it) => it.start < end && start < it.start + it.text.length);
  const left = within(one, a);
  const right = within(other, b);
  while (left.length > 0 && right.length > 0 && left[0]?.term === right[0]?.term) {
    left.shift();
    right.shift();
  }
  while (left.length > 0 && right.length > 0 && left.at(-1)?.term === right.at(-1)?.term) {
    left.pop();
    right.pop();
  }
  return [extent(left), extent(right)];
}

function slice(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

function joined(text: string, spans: readonly Span[]): string {
  return spans.map((span) => slice(text, span)).join(' … ');
}
