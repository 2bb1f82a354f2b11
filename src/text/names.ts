import { type Token, tokenize } from './tokenize.ts';

/** What a name stands for, as far as the words around it tell. */
export type NameKind = 'person' | 'place' | 'unknown';

/** A proper name in a text, without the role before it ("President Emmanuel Macron" → "Emmanuel Macron"). */
export interface Name {
  text: string;
  start: number;
  kind: NameKind;
  /** The only reason to call it a name is the capital that begins every sentence. */
  isUncertain: boolean;
  /** "the" stands before it: "the United States". */
  hasArticle: boolean;
}

/** Words that stand before a person's name. */
const ROLES = new Set(
  `president presidents minister ministers chancellor secretary general king queen prince princess pope bishop senator governor mayor judge
  captain colonel envoy envoys negotiator negotiators mediator mediators ambassador commissioner spokesman spokeswoman spokesperson leader
  chairman chairwoman director professor mr mrs ms miss dr sir lord lady singer actor actress author writer producer manager coach`.split(
    /\s+/,
  ),
);
/** Words of a role that follow its noun: "Secretary of State". */
const AFTER_ROLES = new Set(['of', 'state', 'the', 'defence', 'defense']);
/** A person does this; countries only say. */
const PERSONAL_VERBS =
  /^(?:told|warned|thanked|noted|added|explained|acknowledged|recalled|married|joked|wrote|born|said|stated)$/;
const OPENERS =
  /^(?:Among|Despite|Although|However|According|Since|Upon|Per|Later|Following|Prior|Along|Besides|Like|Unlike|Outside|Inside|Near|Within|Without|Throughout|Including|Fellow|Then|Yet|Today|Original|New|Old|Another)$/;
const AREA = /^(?:region|province|city|town|district|county|peninsula|island|islands)$/;
/** Small words inside a name: "Coalition of the Willing", "Ludwig van Beethoven". */
const JOINTS = /^(?: (?:of|of the|de|de la|del|van|van der|von|der|da|di|al|bin|ibn|the) |-(?:a|en|de|la|sur)-)$/;
/** Adjectives and dates have capitals too, but no pronoun stands for them. */
const NO_NAMES =
  /^(?:\p{L}{2,}(?:ian|ean|ish|ese)|American|African|Asian|German|French|Dutch|Greek|Swiss|Roman|Western|Eastern|Northern|Southern|January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$/u;

/** Names of countries, and of the cities that name time zones, as the runtime knows them; lower case. */
const PLACES = placesOfTheRuntime();

/** Is it a word for what a person does, as "minister"? */
export function isRole(noun: string): boolean {
  return ROLES.has(noun.toLowerCase());
}

/** Is it the name of a country, or of a well-known city? */
export function isPlace(name: string): boolean {
  return PLACES.has(name.toLowerCase());
}

/** The proper names of an English text, in order. */
export function namesIn(text: string): Name[] {
  const words = tokenize(text);
  const found: Name[] = [];
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    if (first === undefined || !isCapital(first.text) || (first.isStopWord && first.text !== 'US')) continue;
    let last = at;
    for (let next = at + 1; next < words.length; next++) {
      const [before, word] = [words[last], words[next]];
      if (before === undefined || word === undefined || /['’]/.test(before.text)) break;
      const gap = text.slice(before.start + before.text.length, word.start);
      if (!isCapital(word.text) || (word.isStopWord && gap === ' ')) {
        if (next - last <= 2 && /^[a-z]/.test(word.text)) continue;
        break;
      }
      if (gap !== ' ' && gap !== '-' && gap !== '. ' && !JOINTS.test(gap)) break;
      if (gap === '. ' && before.text.length > 2) break;
      last = next;
    }
    if (last > at || !isStart(text, words, at)) last = withNumber(text, words, last);
    const run = words.slice(at, last + 1);
    const beginsSentence = isStart(text, words, at);
    const name = nameOf(text, run, words[at - 1]?.text ?? '', words[last + 1]?.text ?? '', beginsSentence);
    // "US-led" is no name.
    const isPart = /^-\p{Ll}/u.test(
      text.slice((words[last]?.start ?? 0) + (words[last]?.text.length ?? 0)).slice(0, 2),
    );
    if (name !== null && !isPart) found.push(name);
    at = last;
  }
  return found;
}

/** Does a word begin a sentence, so that it has a capital in any case? */
function isStart(text: string, words: readonly Token[], at: number): boolean {
  const { start } = words[at] as Token;
  return at === 0 || /[.!?:"“‘\n]\s*$/.test(text.slice(Math.max(0, start - 3), start));
}

/** "Line 7", "Boeing 737": the number that belongs to a name, if there is one behind it; no date and no count of things has such a name. */
function withNumber(text: string, words: readonly Token[], last: number): number {
  const [name, number, next] = [words[last], words[last + 1], words[last + 2]];
  if (name === undefined || number === undefined || NO_NAMES.test(name.text) || !/^\d{1,3}$/.test(number.text))
    return last;
  if (text.slice(name.start + name.text.length, number.start) !== ' ') return last;
  const isCount = next !== undefined && /^ \p{Ll}+s\b/u.test(text.slice(number.start + number.text.length));
  return isCount && !next.isStopWord ? last : last + 1;
}

function nameOf(
  text: string,
  run: { text: string; start: number }[],
  before: string,
  after: string,
  beginsSentence: boolean,
): Name | null {
  let from = 0;
  for (const [index, { text: word }] of run.entries()) if (ROLES.has(word.toLowerCase())) from = index + 1;
  if (from === 0 && run.length > 1 && beginsSentence && OPENERS.test(run[0]?.text ?? '')) from = 1;
  const hasRole = from > 0 && !OPENERS.test(run[from - 1]?.text ?? '');
  while (from > 0 && AFTER_ROLES.has(run[from]?.text.toLowerCase() ?? '')) from++;
  const first = run[from];
  const last = run.at(-1);
  if (first === undefined || last === undefined || NO_NAMES.test(first.text + (first === last ? '' : ' '))) return null;
  const name = text.slice(first.start, last.start + last.text.length).replace(/['’]s?$/u, '');
  const isPerson =
    !isPlace(name) &&
    !isAcronym(name) &&
    (hasRole || ROLES.has(before.toLowerCase()) || (PERSONAL_VERBS.test(after) && before.toLowerCase() !== 'the'));
  const isWhere = from === 0 && (/^(?:in|at|near)$/i.test(before) || AREA.test(after));
  const kind = isPlace(name) ? 'place' : isPerson ? 'person' : isWhere ? 'place' : 'unknown';
  return {
    text: name,
    start: first.start,
    kind,
    isUncertain: beginsSentence && from === 0 && run.length === 1 && kind === 'unknown',
    hasArticle: from === 0 && before.toLowerCase() === 'the' && !AREA.test(after),
  };
}

/** "NATO", "U.S.". */
export function isAcronym(name: string): boolean {
  return /^(?:\p{Lu}\.?){2,6}$/u.test(name);
}

function isCapital(word: string): boolean {
  return /^\p{Lu}/u.test(word);
}

function placesOfTheRuntime(): ReadonlySet<string> {
  const places = new Set([
    'us',
    'u.s.',
    'usa',
    'washington',
    'kyiv',
    'uk',
    'u.k.',
    'britain',
    'america',
    'europe',
    'africa',
    'asia',
    'england',
    'scotland',
    'wales',
    'turkey',
    'czech republic',
    'holland',
    'great britain',
    'ivory coast',
    'hong kong',
  ]);
  const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  for (const one of letters)
    for (const two of letters) {
      const name = regions.of(one + two);
      if (name !== undefined) places.add(name.toLowerCase());
    }
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    places.add((zone.split('/').at(-1) ?? '').replaceAll('_', ' ').toLowerCase());
  }
  return places;
}
