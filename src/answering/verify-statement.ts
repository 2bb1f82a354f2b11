import { numbersIn } from '../text/numbers.ts';
import { oneLine } from '../text/readable.ts';
import { terms, tokenize } from '../text/tokenize.ts';
import { isSameName, namesIn } from './names.ts';
import { datesIn } from './values/dates.ts';
import { isSameWord, sentencesOf, termsOf, UNSPACED } from './verification/compared-words.ts';
import { foreignValue, withoutTimes } from './verification/foreign-value.ts';
import { toldAsDone } from './verification/intended.ts';
import { isNegated, negatedClauses, negatedTerms } from './verification/negation.ts';
import { plainWording } from './verification/plain-wording.ts';
import { strangeSpeaker } from './verification/strange-speaker.ts';
import { putTogether } from './verification/together.ts';
import { unqualified } from './verification/unqualified.ts';
import { SPEAKER, usedClauses } from './verification/used-clauses.ts';
import { exchangedAround } from './verification/who-does-what.ts';

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
/** A verdict: that is for code to give, by a quote that settles it. */
const VERDICT = /^(?:yes|no)(?!\.\s*\p{N})\s*[,.:;!–—-]\s+(\S)/iu;

/** A statement's text as it may be shown: one line, without steering signs, a verdict and marks of its own. */
export function cleanStatement(text: string): string {
  const line = oneLine(text.replace(FOREIGN, '').replace(LEFT_OVER, '')).replace(/\s+([.,;:!?])/gu, '$1');
  return line.replace(VERDICT, (_, first: string) => first.toUpperCase());
}

/**
 * What a statement says beyond its quotes, in words, or null when nothing is found. Numbers with what they count, dates, names and addresses
 * must stand in the quotes, those of one clause in one place; what the quotes doubt, deny, limit or put in a mouth must not be told without
 * that, nor the other way round; and nearly all of its words must be theirs.
 * It is no proof that the quotes imply the statement: that is why they are shown beside it.
 */
export function excessOf(statement: string, evidence: Evidence): string | null {
  if (statement.length > LONGEST_STATEMENT) return 'its length';
  const quotes = evidence.quotes.map(plainWording);
  const quoted = quotes.join('\n');
  const said = spellOut(plainWording(statement), quoted);
  const known = knownFrom(evidence);
  if (termsOf(said).length === 0) return 'its length';
  const sentences = (evidence.sentences?.map(plainWording) ?? quotes).flatMap(sentencesOf);
  const used = usedClauses(said, sentences);
  return (
    foreignAddress(said, quoted) ??
    foreignValue(said, quoted) ??
    foreignName(said, quoted, known) ??
    turnedRound(said, used, sentences) ??
    foreignMatter(said, quoted, known) ??
    unqualified(said, used, quoted) ??
    (isNegated(said) ? null : toldAsDone(said, used.join('\n'))) ??
    exchangedAround(said.replace(SPEAKER, ''), sentences) ??
    strangeSpeaker(said, quotes) ??
    putTogether(withoutTimes(said), quotes)
  );
}

function foreignAddress(said: string, quoted: string): string | null {
  const foreign = (said.match(ADDRESS) ?? []).find((address) => !quoted.includes(address));
  return foreign === undefined ? null : `the address ${foreign}`;
}

/** What the model knew beside its quotes. */
interface Known {
  asked: ReadonlySet<string>;
  read: ReadonlySet<string>;
  /** Terms written with a small letter somewhere, and names. */
  small: ReadonlySet<string>;
  names: ReadonlySet<string>;
}

/** The statements of an answer have the same question and material, and reading these is most of the work. */
let last: { question: string; material: string; known: Known } | null = null;

function knownFrom({ question, material }: Pick<Evidence, 'question' | 'material'>): Known {
  if (last?.question === question && last.material === material) return last.known;
  const asked = plainWording(question);
  const read = material.split('\n').map(plainWording).join('\n');
  const all = `${asked}\n${read}`;
  const small = new Set(smallIn(all));
  const names = new Set(namesIn(all, ({ term }) => small.has(term)).map(({ term }) => term));
  const known = { asked: new Set(termsOf(asked)), read: new Set(termsOf(read)), small, names };
  last = { question, material, known };
  return known;
}

function smallIn(text: string): string[] {
  return tokenize(text).flatMap((token) => (/^\p{Ll}/u.test(token.text) ? [token.term] : []));
}

function foreignName(said: string, quoted: string, known: Known): string | null {
  const small = new Set([...known.small, ...smallIn(quoted)]);
  const ofQuotes = namesIn(quoted, ({ term }) => small.has(term)).map(({ term }) => term);
  const names = new Set([...known.names, ...ofQuotes]);
  const given = [...new Set(tokenize(quoted).map(({ term }) => term))];
  const dates = datesIn(said);
  const own = tokenize(said).filter(({ start }) => !dates.some((date) => date.start <= start && start < date.end));
  const spelt = new Set(namesIn(said, ({ term }) => small.has(term)).map(({ start }) => start));
  const isName = ({ text, term, start, isStopWord }: (typeof own)[number]) =>
    spelt.has(start) || (/^\p{Ll}/u.test(text) && !isStopWord && names.has(term) && !small.has(term));
  const foreign = own.filter(isName).find(({ term }) => !given.some((it) => isSameName(it, term)));
  return foreign === undefined ? null : `the name ${foreign.text}`;
}

/** A statement with the names in full that it has by their first letters, where the quotes have one that they spell: "ECB". */
function spellOut(said: string, quoted: string): string {
  return said.replaceAll(/\b\p{Lu}{3,6}\b/gu, (word) => {
    const initials = Array.from(word, (letter) => `${letter}\\p{L}+`).join('[ -](?:(?:of|for|the|and|on) )*');
    return new RegExp(`(?<!\\p{L})${initials}`, 'u').exec(quoted)?.[0] ?? word;
  });
}

/** What is negated in the clauses that it uses must be in it, and nothing else. */
function turnedRound(said: string, used: readonly string[], sentences: readonly string[]): string | null {
  if (isNegated(said)) {
    const around = sentences.flatMap(negatedClauses);
    const isTheirs = (term: string) => around.flatMap(termsOf).some((it) => isSameWord(it, term));
    return around.length === 0 || ![...negatedTerms(said)].every(isTheirs) ? 'a negation' : null;
  }
  const affirmed = new Set(terms(said));
  const negated = [...negatedTerms(used.join('\n'))].find((term) => affirmed.has(term));
  return negated === undefined ? null : `${negated}, which is negated there`;
}

function foreignMatter(said: string, quoted: string, { asked, read }: Known): string | null {
  const given = [...new Set(termsOf(quoted))];
  // Numbers and currencies are held by their value.
  const inWords = withoutTimes(said)
    .replaceAll(SET_PHRASES, ' ')
    .replaceAll(/\p{L}+/gu, (word) => (numbersIn(word).length > 0 || SCALE.test(word) ? ' ' : word));
  const own = [...new Set(termsOf(inWords))].filter((term) => !/\p{N}/u.test(term) && !TELLING.has(term));
  const foreign = own.filter((term) => !given.some((it) => isSameWord(it, term)));
  const claimed = foreign.find((term) => asked.has(term) && !read.has(term) && !UNSPACED.test(term));
  if (claimed !== undefined) return `${claimed}, which was only asked`;
  return own.length - foreign.length >= own.length * LEAST_SHARE ? null : 'most of its words';
}

const SCALE =
  /^(?:per|cents?|percent|dozen|hundred|thousand|million|billion|trillion|euros?|dollars?|pounds?|yen|francs?|rupees?)$/iu;
/** They say nothing of their own. */
const SET_PHRASES =
  /\b(?:so far|in (?:all|total|addition)|(?:took|take|takes|taking) part|as well|of (?:them|these|those))\b/giu;
/** Words that say how something is told: they may differ. */
const TELLING = new Set(
  terms(
    'said says according told stated however also currently now therefore thus additionally moreover furthermore may might could',
  ),
);
