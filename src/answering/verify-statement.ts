import { normalise } from '../text/normalise.ts';
import { numbersIn } from '../text/numbers.ts';
import { oneLine } from '../text/readable.ts';
import { terms, tokenize } from '../text/tokenize.ts';
import { isSameName, namesIn } from './names.ts';
import { isNegated, negatedTerms } from './negation.ts';

/** What a statement is held against. */
export interface Evidence {
  /** The quotes that it rests on, as the documents have them; at least one. */
  quotes: readonly string[];
  /** What was asked: its words are no claims of the statement. */
  question: string;
  /** All that the model was given to read: a word with a small letter there is no name. */
  material: string;
}

/** A longer statement is an essay, in UTF-16 units. */
const LONGEST_STATEMENT = 800;
/** The share of a statement's other words that must stand in its quotes: fewer, and it speaks of something else. */
const LEAST_SHARE = 0.5;

/** Signs that could steer a page or a terminal, and citation marks: those are made by code alone. */
const FOREIGN = /\p{Cf}|[^\P{Cc}\s]|\s*\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]/gu;
const ADDRESS = /\b(?:https?:|www\.|mailto:)\S+|\b[\w-]+\.(?:com|org|net|io|info|example|dev|app)\b\S*|\]\([^)]*\)/giu;

/** A statement's text as it may be shown: one line, without steering signs and marks of its own. */
export function cleanStatement(text: string): string {
  return oneLine(text.replace(FOREIGN, '')).replace(/\s+([.,;:!?])/gu, '$1');
}

/**
 * What a statement says beyond its quotes, in words, or null when nothing is found. Numbers (in digits or words), dates, names and addresses
 * must stand in the quotes; what they negate must not be affirmed, nor the other way round; and most of its words must be theirs or the question's.
 * It is no proof that the quotes imply the statement: that is why they are shown beside it.
 */
export function excessOf(statement: string, evidence: Evidence): string | null {
  const said = normalise(statement).text;
  const quoted = normalise(evidence.quotes.join('\n')).text;
  if (said === '' || said.length > LONGEST_STATEMENT) return 'its length';
  return (
    foreignAddress(said, quoted) ??
    foreignNumber(said, quoted) ??
    foreignName(said, quoted, evidence) ??
    turnedRound(said, quoted) ??
    foreignMatter(said, quoted, evidence.question)
  );
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
  return foreign === undefined ? null : `the number ${foreign.value}${foreign.unit}`;
}

function foreignName(said: string, quoted: string, { question, material }: Evidence): string | null {
  const small = new Set(
    tokenize(`${quoted}\n${question}\n${material}`).flatMap(({ text, term }) => (/^\p{Ll}/u.test(text) ? [term] : [])),
  );
  const given = [...new Set(tokenize(quoted).map(({ term }) => term))];
  const names = namesIn(said, ({ term }) => small.has(term));
  const foreign = names.find(({ term }) => !/^\p{N}/u.test(term) && !given.some((it) => isSameName(it, term)));
  return foreign === undefined ? null : `the name ${foreign.text}`;
}

function turnedRound(said: string, quoted: string): string | null {
  if (isNegated(said)) return isNegated(quoted) ? null : 'a negation';
  const affirmed = new Set(terms(said));
  const negated = [...negatedTerms(quoted)].find((term) => affirmed.has(term));
  return negated === undefined ? null : `${negated}, which is negated there`;
}

function foreignMatter(said: string, quoted: string, question: string): string | null {
  const asked = new Set(termsOf(question));
  const own = [...new Set(termsOf(said))].filter((term) => !asked.has(term) && !/\p{N}/u.test(term));
  const given = [...new Set(termsOf(quoted))];
  const found = own.filter((term) => given.some((it) => isSameWord(it, term)));
  return found.length >= own.length * LEAST_SHARE ? null : 'most of its words';
}

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
