/** "And Luhansk?": the last question, with this instead of what is like it there. */
import { isAcronym, isPlace, isRole, type Name, namesIn } from '../../text/names.ts';
import { isPlural, isVerb, nounPhrasesIn } from '../../text/noun-phrases.ts';
import { tokenize } from '../../text/tokenize.ts';
import { AUXILIARY, capital, lower } from './question-words.ts';

const PREPOSITION = 'in|on|at|to|by|for|from|with|since|until|under|after|before|during|of|against';
const PARTS = new RegExp(`^((?:${PREPOSITION}) )?((?:the|a|an|its|his|her|their) )?(.+)$`, 'i');
const OWNED = /^(?:its|his|her|their) $/i;
const DATE = /^(?:\p{Lu}\p{Ll}+ )?(?:1\d|20)\d\d$/u;
const SUBJECT_BEFORE = new RegExp(`\\b${AUXILIARY} (?:the |an? )?$`, 'i');
/** Words that no name and no noun phrase holds: the fragment says something of its own. */
const SAYING =
  /\b(?:he|she|it|they|him|her|them|this|that|these|those|you|i|we|me|thanks?|please|yes|no|never|not|just|only|ever|too|now|together|back|more|than)\b/iu;
const PARTICIPLE = /(?<!\p{L})\p{Ll}{3,}ed\b/u;

interface Slot {
  start: number;
  text: string;
}

/**
 * @param isOpened Does "and" or "what about" stand before the fragment? Alone, only a name that was spoken of is taken for one.
 * @param spoken What the last answer cites, or came near to.
 * @returns null if the fragment is no name or noun phrase.
 */
export function replaceSlot(
  fragment: string,
  previous: string,
  isOpened: boolean,
  spoken: readonly string[],
): string | null {
  const [, preposition = '', article = '', written = ''] = PARTS.exec(fragment) ?? [];
  const words = tokenize(written);
  if (
    SAYING.test(fragment) ||
    PARTICIPLE.test(fragment) ||
    words.some((word, at) => isVerb(word) && words[at - 1]?.text !== 'of')
  )
    return null;
  const name = nameIn(written, spoken);
  const isKnown = name !== null && (isPlace(name) || spoken.some((it) => it.includes(name)));
  if (!isOpened && !isKnown && !(preposition !== '' && DATE.test(written))) return null;
  if (OWNED.test(article)) return replaceOwned(written, previous);
  const other = `${article}${name ?? written}`;
  const names = namesIn(previous).filter(({ isUncertain }) => !isUncertain);
  // A role, or one word without capitals, may well be somebody.
  const last = words.at(-1)?.text ?? '';
  const mayBeSomebody = isRole(last) || (words.length === 1 && article === '' && !isPlural(last));
  const isSomebody = name === null && mayBeSomebody && names.some(({ kind }) => kind !== 'place');
  // "The mayor of Brenwick" – "and the opposition leader?"
  const role = name === null && article !== '' && isRole(last) ? roleIn(previous) : undefined;
  const isLike = name !== null || isSomebody;
  const slots = role !== undefined ? [role] : isLike ? likeNames(names, name) : likePhrases(previous, written);
  if (preposition !== '') return replaceAfter(preposition.trim(), other, previous, slots);
  const [slot] = slots;
  // A thing without a name that is like nothing there: what would be asked of it can't be told.
  if (slot === undefined && name === null && !isSomebody) return null;
  return slot === undefined ? `About ${other}: ${lower(previous)}?` : `${capital(replaced(previous, slot, other))}?`;
}

/** "And its depth?" after "What was the magnitude of the quake?": what is told of the same; null where nothing is told of anything. */
function replaceOwned(owned: string, previous: string): string | null {
  const slot = nounPhrasesIn(previous).find(
    ({ before, text, start }) => before === 'the' && / of /.test(previous.slice(start, start + text.length + 4)),
  );
  if (slot === undefined) return null;
  const [head = ''] = slot.text.split(' of ');
  return `${previous.slice(0, slot.start)}${owned}${previous.slice(slot.start + head.length)}?`;
}

/** Who is asked about by a role, with the place that goes with it. */
function roleIn(previous: string): Slot | undefined {
  return nounPhrasesIn(previous).find(
    ({ text, before }) =>
      before === 'the' &&
      isRole(
        text
          .replace(/ (?:of|in|for) .*$/, '')
          .split(' ')
          .at(-1) ?? '',
      ),
  );
}

/** The fragment as a name, with the capitals that the documents give it; null if it is none. */
function nameIn(fragment: string, spoken: readonly string[]): string | null {
  if (namesIn(`the ${fragment}`)[0]?.text === fragment) return fragment;
  if (/^\p{Lu}/u.test(fragment)) return null;
  const known = spoken.flatMap(namesIn).find(({ text }) => text.toLowerCase() === fragment.toLowerCase());
  return known?.text ?? null;
}

/** "In Berlin" for "in Paris"; added where the last question has no such place. */
function replaceAfter(preposition: string, other: string, previous: string, slots: readonly Slot[]): string {
  // "And in 2021?" after "What happened in 2020?"
  const dated = previous.replace(
    new RegExp(`\\b${preposition} (?:\\p{Lu}\\p{Ll}+ )?(?:1\\d|20)\\d\\d$`, 'u'),
    `${preposition} ${other}`,
  );
  if (DATE.test(other) && dated !== previous) return `${dated}?`;
  const before = new RegExp(`\\b${preposition} (?:the )?$`, 'i');
  const slot = slots.find(({ start }) => before.test(previous.slice(0, start)));
  return `${slot === undefined ? `${previous} ${preposition} ${other}` : replaced(previous, slot, other)}?`;
}

/** The names that another may replace: places and organisations by such, others by others, and any if there is none of the kind. */
function likeNames(names: readonly Name[], other: string | null): Slot[] {
  const wanted = other !== null && (isPlace(other) || isAcronym(other));
  const same = names.filter(({ kind, text }) => (kind === 'place' || isPlace(text) || isAcronym(text)) === wanted);
  return [...(same.length > 0 ? same : names)];
}

/** The noun phrases that another may replace, the likeliest first; what is asked for is none. */
function likePhrases(previous: string, other: string): Slot[] {
  const before = new RegExp(`^(?:the|a|an|about|${PREPOSITION})$`);
  const phrases = nounPhrasesIn(previous).filter((it) => !it.isVerb && before.test(it.before));
  const head = tokenize(other).at(-1)?.term;
  const same = phrases.filter((it) => it.head === head);
  if (same.length > 0) return same;
  // Else what the whole question is about: "What is | a backstop", "How long did | the strike last"; no object changes its kind.
  // "Is it suitable for | children" – "and for adults?"
  const atEnd = phrases.filter(
    (it) =>
      isPlural(it.text) && isPlural(other) && !isArticle(it.before) && it.start + it.text.length === previous.length,
  );
  if (atEnd.length > 0 && /^\p{Ll}+$/u.test(other)) return atEnd;
  return phrases.filter(
    ({ text, start }) =>
      sharesWord(text, other) || (SUBJECT_BEFORE.test(previous.slice(0, start)) && namesIn(`the ${text}`).length === 0),
  );
}

function isArticle(word: string): boolean {
  return /^(?:the|a|an|about)$/.test(word);
}

function sharesWord(text: string, other: string): boolean {
  const words = new Set(tokenize(other).map(({ term }) => term));
  return tokenize(text).some(({ term, isStopWord }) => !isStopWord && words.has(term));
}

/** "The Donetsk region" → "the Luhansk region", "the chancellor" → "the prime minister", "is a backstop" → "are hubs". */
function replaced(previous: string, { start, text }: Slot, other: string): string {
  const [before, after] = [previous.slice(0, start), previous.slice(start + text.length)];
  const bare = before.replace(/\b(?:the|a|an) $/i, '');
  if (/^(?:the|a|an) /i.test(other)) return `${bare}${other}${after}`;
  if (/^\p{Lu}/u.test(other)) return `${isFollowedByNoun(after) ? before : bare}${other}${after}`;
  if (!isPlural(tokenize(other).at(-1)?.text ?? '')) return `${before}${other}${after}`;
  return `${bare.replace(/\bis $/, 'are ').replace(/\bwas $/, 'were ')}${other}${after}`;
}

/** "Donetsk | region", but not "Macron | say" or "Paris | on Tuesday". */
function isFollowedByNoun(after: string): boolean {
  const [next] = tokenize(after);
  return (
    next !== undefined &&
    / \p{Ll}/u.test(after.slice(0, 2)) &&
    !next.isStopWord &&
    !isVerb(next) &&
    !next.text.endsWith('ed')
  );
}
