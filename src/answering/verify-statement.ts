import { normalise } from '../text/normalise.ts';
import { numbersIn } from '../text/numbers.ts';
import { oneLine } from '../text/readable.ts';
import { splitSentences } from '../text/sentences.ts';
import { terms, tokenize } from '../text/tokenize.ts';
import { isSameName, namesIn } from './names.ts';
import { EXTREMES, isNegated, negatedTerms, oppositeIn, QUALIFIERS } from './negation.ts';
import { isSameUnit } from './values/answer-value.ts';
import { compareValues } from './values/compare-values.ts';
import { datesIn } from './values/dates.ts';
import { quantitiesIn } from './values/quantities.ts';

/** What a statement is held against. */
export interface Evidence {
  /** The quotes that it rests on, as the documents have them; at least one. */
  quotes: readonly string[];
  /** The whole sentences that the quotes stand in: a quote may leave a doubt or a "not" behind. By default the quotes. */
  sentences?: readonly string[];
  /** What was asked. A word of it is found there only when the documents have it too. */
  question: string;
  /** All that the model was given to read: a word with a small letter there is no name. */
  material: string;
}

/** A longer statement is an essay, in UTF-16 units. */
const LONGEST_STATEMENT = 800;
/** The share of a statement's words of matter that must stand in its quotes: fewer, and it says something of its own. */
const LEAST_SHARE = 0.75;

/** Signs that could steer a page or a terminal, and citation marks: those are made by code alone. */
const FOREIGN = /\p{Cf}|[^\P{Cc}\s]|\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]/gu;
const ADDRESS = /\b(?:https?:|www\.|mailto:)\S+|\b[\w-]+\.(?:com|org|net|io|info|example|dev|app)\b\S*|\]\([^)]*\)/giu;
/** Of a mark in brackets, and the sign of a heading or an item. */
const LEFT_OVER = /\s*\((?:\s|see|cf\.?|and|[,;])*\)|^\s*(?:#+\s*|[>*•]+\s+)+/giu;

/** A statement's text as it may be shown: one line, without steering signs and marks of its own. */
export function cleanStatement(text: string): string {
  return oneLine(text.replace(FOREIGN, '').replace(LEFT_OVER, '')).replace(/\s+([.,;:!?])/gu, '$1');
}

/**
 * What a statement says beyond its quotes, in words, or null when nothing is found. Numbers with what they count, dates, names and addresses
 * must stand in the quotes, those of one clause in one place; what the quotes doubt, deny, limit or put in a mouth must not be told without
 * that, nor the other way round; and nearly all of its words must be theirs.
 * It is no proof that the quotes imply the statement: that is why they are shown beside it.
 */
export function excessOf(statement: string, evidence: Evidence): string | null {
  const said = normalise(statement).text;
  const quoted = normalise(evidence.quotes.join('\n')).text;
  if (said.length > LONGEST_STATEMENT || termsOf(said).length === 0) return 'its length';
  const used = usedOf(
    said,
    (evidence.sentences ?? evidence.quotes).map((quote) => normalise(quote).text),
  );
  return (
    foreignAddress(said, quoted) ??
    foreignNumber(said, quoted) ??
    foreignName(said, quoted, evidence) ??
    turnedRound(said, used.join('\n')) ??
    foreignMatter(said, quoted, evidence) ??
    unqualified(said, used, quoted) ??
    mixed(said, evidence)
  );
}

/** Where one statement ends inside a sentence and the next begins. */
const NEXT_CLAUSE = /;|,\s+(?=(?:and|but|while|whereas|yet|so)\b)/u;
/** What tells at the end who says all that stands before. */
const SPEAKER =
  /[,”"]\s*(?:(?:said|says|according to|claimed|claims)\b[^,;]*|(?:[\p{L}’'.-]+\s){1,5}(?:said|says|claimed|claims)\b[^,;]*)$/iu;

/** The clauses that a statement's words are from, those with most of them first; each with what qualifies its whole sentence. */
function usedOf(said: string, quotes: readonly string[]): string[] {
  const clauses = quotes.flatMap(sentencesOf).flatMap((sentence) => {
    const [first = '', ...others] = sentence.split(NEXT_CLAUSE);
    const opening = /^(?:\S+\s+){0,2}\S+/u.exec(first)?.[0] ?? '';
    const isQualified = Object.values(QUALIFIERS).some((pattern) => pattern.test(opening));
    const speaker = SPEAKER.exec(sentence)?.[0] ?? '';
    return [first, ...others].map((clause, at) => {
      const before = at > 0 && isQualified ? `${opening} ` : '';
      return before + (clause.endsWith(speaker) ? clause : clause + speaker);
    });
  });
  const open = new Set(termsOf(said));
  const used: string[] = [];
  for (;;) {
    const [best] = clauses
      .map((clause) => ({ clause, found: [...new Set(termsOf(clause))].filter((term) => open.has(term)) }))
      .sort((a, b) => b.found.length - a.found.length);
    if (best === undefined || best.found.length === 0) return used;
    used.push(best.clause);
    for (const term of best.found) open.delete(term);
  }
}

function sentencesOf(text: string): string[] {
  return splitSentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));
}

function foreignAddress(said: string, quoted: string): string | null {
  const foreign = (said.match(ADDRESS) ?? []).find((address) => !quoted.includes(address));
  return foreign === undefined ? null : `the address ${foreign}`;
}

function foreignNumber(said: string, quoted: string): string | null {
  const given = numbersIn(quoted);
  const foreign = numbersIn(said).find(
    ({ value, unit }) => !given.some((it) => it.value === value && (unit === '' || it.unit === unit)),
  );
  return foreign === undefined ? foreignValue(said, quoted) : `the number ${foreign.value}${foreign.unit}`;
}

/** Dates and quantities as they are meant: with their unit and bound. */
function foreignValue(said: string, quoted: string): string | null {
  const given = valuesIn(quoted);
  const foreign = valuesIn(said).find(
    (it) => !given.some((other) => compareValues(it, other) === 'same' && isSameUnit(it, other)),
  );
  return foreign === undefined ? null : `the value ${said.slice(foreign.start, foreign.end)}`;
}

function valuesIn(text: string) {
  const dates = datesIn(text);
  return [...dates, ...quantitiesIn(text, dates).filter(({ measure }) => measure !== 'ordinal')];
}

function foreignName(said: string, quoted: string, { question, material }: Evidence): string | null {
  const known = tokenize(`${quoted}\n${question}\n${material}`);
  const small = new Set(known.flatMap(({ text, term }) => (/^\p{Ll}/u.test(text) ? [term] : [])));
  const capital = new Set(known.flatMap(({ text, term }) => (/^\p{Lu}/u.test(text) ? [term] : [])));
  const given = [...new Set(tokenize(quoted).map(({ term }) => term))];
  const inSmall = tokenize(said).filter(
    ({ text, term }) => /^\p{Ll}/u.test(text) && capital.has(term) && !small.has(term),
  );
  const names = [...namesIn(said, ({ term }) => small.has(term)), ...inSmall.filter(({ isStopWord }) => !isStopWord)];
  const foreign = names.find(({ term }) => !/^\p{N}/u.test(term) && !given.some((it) => isSameName(it, term)));
  return foreign === undefined ? null : `the name ${foreign.text}`;
}

/** What is negated in the clauses that it uses must be in it, and nothing else. */
function turnedRound(said: string, used: string): string | null {
  if (isNegated(said)) {
    const around = new Set(used.split('\n').flatMap((clause) => (isNegated(clause) ? termsOf(clause) : [])));
    return [...negatedTerms(said)].some((term) => !around.has(term)) || around.size === 0 ? 'a negation' : null;
  }
  const affirmed = new Set(terms(said));
  const negated = [...negatedTerms(used)].find((term) => affirmed.has(term));
  return negated === undefined ? null : `${negated}, which is negated there`;
}

/** A doubt, a condition, a speaker or a limit that is left out, an "all" that is put in, or the opposite of a word. */
function unqualified(said: string, used: readonly string[], quoted: string): string | null {
  for (const [kind, pattern] of Object.entries(QUALIFIERS)) {
    if (used.some((clause) => pattern.test(clause)) && !pattern.test(said)) return `without the ${kind} there`;
  }
  const extreme = EXTREMES.map((pattern) => (pattern.test(quoted) ? null : pattern.exec(said))).find(
    (it) => it !== null,
  );
  if (extreme) return `“${extreme[0]}”`;
  const opposite = oppositeIn(said, used.join('\n'));
  return opposite === null ? null : `${opposite}, whose opposite stands there`;
}

/** A sentence that begins so goes on with the one before it. */
const GOES_ON = /^["“‘']?(?:he|she|it|they|this|that|these|those|his|her|its|their|there|then)\b/iu;

/** Names and numbers of one clause that no place of the quotes has together: of two facts a third is made. */
function mixed(said: string, { quotes }: Evidence): string | null {
  const places = quotes.flatMap((quote) =>
    sentencesOf(normalise(quote).text).reduce<string[]>((found, sentence) => {
      if (GOES_ON.test(sentence) && found.length > 0) found.push(`${found.pop()} ${sentence}`);
      else found.push(sentence);
      return found;
    }, []),
  );
  const given = places.map((place) => ({ terms: termsOf(place), numbers: numbersIn(place).map(({ value }) => value) }));
  const all = given.flatMap((place) => place.terms);
  for (const clause of said.split(/;|\b(?:and|but|while|whereas)\b/u)) {
    const names = namesIn(clause, () => true).filter(({ term }) => all.some((it) => isSameWord(it, term)));
    const numbers = numbersIn(clause);
    const isTogether = given.some(
      (place) =>
        names.every(({ term }) => place.terms.some((it) => isSameWord(it, term))) &&
        numbers.every(({ value }) => place.numbers.includes(value)),
    );
    if (names.length + numbers.length > 1 && !isTogether) return 'what stands apart';
  }
  return null;
}

function foreignMatter(said: string, quoted: string, { question, material }: Evidence): string | null {
  const given = [...new Set(termsOf(quoted))];
  // Numbers and currencies are held by their value.
  const inWords = said.replaceAll(/\p{L}+/gu, (word) => (numbersIn(word).length > 0 || SCALE.test(word) ? ' ' : word));
  const own = [...new Set(termsOf(inWords))].filter((term) => !/\p{N}/u.test(term) && !TELLING.has(term));
  const foreign = own.filter((term) => !given.some((it) => isSameWord(it, term)));
  const asked = new Set(termsOf(question));
  const read = new Set(termsOf(material));
  const claimed = foreign.find((term) => asked.has(term) && !read.has(term) && !UNSPACED.test(term));
  if (claimed !== undefined) return `${claimed}, which was only asked`;
  return own.length - foreign.length >= own.length * LEAST_SHARE ? null : 'most of its words';
}

const SCALE =
  /^(?:per|cents?|percent|dozen|hundred|thousand|million|billion|trillion|euros?|dollars?|pounds?|yen|francs?|rupees?)$/iu;
/** Words that say how something is told: they may differ. */
const TELLING = new Set(
  terms(
    'said says according told stated however also currently now therefore thus additionally moreover furthermore may might could',
  ),
);

/** Scripts that don't put spaces between words: their words are compared letter by letter. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function termsOf(text: string): string[] {
  return terms(text).flatMap((term) => (UNSPACED.test(term) ? Array.from(term) : [term]));
}

/** Letters by which two words of the same root begin: "deploy" and "deployment" have one stem, "negotiator" and "negotiation" not. */
const ROOT = 6;

function isSameWord(a: string, b: string): boolean {
  return isSameName(a, b) || (a.length >= ROOT && b.length >= ROOT && a.slice(0, ROOT) === b.slice(0, ROOT));
}
