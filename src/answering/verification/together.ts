import { numbersIn } from '../../text/numbers.ts';
import { tokenize } from '../../text/tokenize.ts';
import { namesIn } from '../names.ts';
import { compareValues } from '../values/compare-values.ts';
import { type DateValue, datesIn } from '../values/dates.ts';
import { type Quantity, quantitiesIn } from '../values/quantities.ts';
import { isSameWord, sentencesOf, termsOf } from './compared-words.ts';

/** A sentence that begins so goes on with the one before it. */
const GOES_ON = /^["“‘']?(?:he|she|it|they|this|that|these|those|his|her|its|their|there|then)\b/iu;
/** Where a statement begins another. */
const NEXT = /;|\b(?:and|but|while|whereas)\b/u;

/** What a statement puts together that its quotes have apart, in words, or null: of two facts a third is made. */
export function putTogether(said: string, quotes: readonly string[]): string | null {
  const places = quotes.flatMap((quote) =>
    sentencesOf(quote).reduce<string[]>((found, sentence) => {
      if (GOES_ON.test(sentence) && found.length > 0) found.push(`${found.pop()} ${sentence}`);
      else found.push(sentence);
      return found;
    }, []),
  );
  const given = places.map((text) => ({
    text,
    terms: termsOf(text),
    numbers: numbersIn(text).map(({ value }) => value),
  }));
  const all = given.flatMap((place) => place.terms);
  for (const clause of said.split(NEXT)) {
    const names = namesIn(clause, () => true).filter(({ term }) => all.some((it) => isSameWord(it, term)));
    const numbers = numbersIn(clause);
    const together = given.filter(
      (place) =>
        names.every(({ term }) => place.terms.some((it) => isSameWord(it, term))) &&
        numbers.every(({ value }) => place.numbers.includes(value)),
    );
    if (names.length + numbers.length > 1 && together.length === 0) return 'what stands apart';
    const isOfAnother = together.length > 0 && together.every(({ text }) => isBoundToAnother(clause, text));
    if (isOfAnother) return 'what is told of another number';
  }
  return strangeTitle(said, places);
}

type Value = DateValue | Quantity;
const kindOf = (value: Value) => (value.kind === 'date' ? 'date' : value.measure);

function valuesOf(text: string): Value[] {
  const dates = datesIn(text);
  return [...dates, ...quantitiesIn(text, dates)].sort((a, b) => a.start - b.start);
}

/** Where what is told of one number ends: at a conjunction; or at any comma, too. */
const STRETCHES = [
  /,?\s+\b(?:and|but|while|whereas)\b|,(?=\s+(?:which|who|where)\b)/u,
  /,(?!\p{N})|\s+\b(?:and|but|while|whereas)\b/u,
];

/** A stretch of a sentence about one number or date. */
interface Stretch {
  values: Value[];
  terms: string[];
  /** What stands before the first value, and from there on. */
  lead: string[];
  rest: string[];
}

/**
 * Does a clause give its number or date to what the sentence tells of another of the same kind, and to nothing that it tells of its own? Of "75% of
 * Donetsk and 99% of Luhansk", "99% of Donetsk" is made so; of "killed two and injured three", "killed three". What stands before the first is
 * told of all that has nothing of the kind itself.
 */
function isBoundToAnother(clause: string, sentence: string): boolean {
  const own = valuesOf(clause);
  const told = termsOf(clause);
  const isTold = (value: Value) => own.some((it) => compareValues(it, value) === 'same');
  const isOther = ({ values }: Stretch) =>
    own.some((it) => {
      const alike = values.filter((value) => kindOf(value) === kindOf(it));
      return alike.length > 0 && !alike.some(isTold);
    });
  const parts = sentence.split(';').flatMap((part) => STRETCHES.map((border) => part.split(border).map(stretchOf)));
  return parts.some((stretches) => {
    const homes = stretches.filter(({ values }) => values.some(isTold));
    const others = stretches.filter(isOther);
    const ownTo = (some: Stretch[], where: 'lead' | 'rest') => {
      const elsewhere = stretches.flatMap((it) => (some.includes(it) ? [] : it.terms));
      return some.flatMap((it) => it[where]).filter((term) => !elsewhere.includes(term) && !/\p{N}/u.test(term));
    };
    return (['lead', 'rest'] as const).some((where) => {
      const [ofHomes, ofOthers] = [ownTo(homes, where), ownTo(others, where)];
      const tells = (terms: string[]) => terms.some((term) => told.includes(term));
      const isNone = where === 'lead' ? !tells(ofHomes) : !tells([...ofHomes, ...ownTo(homes, 'lead')]);
      return ofHomes.length > 0 && isNone && tells(ofOthers);
    });
  });
}

function stretchOf(text: string): Stretch {
  const values = valuesOf(text);
  const from = values[0]?.start ?? text.length;
  return { values, terms: termsOf(text), lead: termsOf(text.slice(0, from)), rest: termsOf(text.slice(from)) };
}

/** Between two words of one name or title: a space, a hyphen, initials. */
const WITHIN_NAME = /^(?:[ -]|(?: \p{Lu}\.)+ | (?:of|the|of the|de|van|von|bin|al|da|di) )$/u;

/** What makes one of two: "Rutte is NATO Secretary General"; "Merz, the German chancellor". */
const IS = /^ (?:is|was|are|were|as)(?: the| an?)? $/u;
const APPOSED = /^(?:,(?: the| an?) | (?:is|was|are|were|as)(?: the| an?)? )$/u;

/** Two names side by side ("UK Prime Minister Mark Rutte") that the quotes have only in different ones; in words, or null. */
function strangeTitle(said: string, places: readonly string[]): string | null {
  const given = places.flatMap((place) => runsOf(place, APPOSED)).map((run) => run.map(({ term }) => term));
  const dates = datesIn(said);
  for (const run of runsOf(said, IS)) {
    for (const [at, word] of run.entries()) {
      const next = run[at + 1];
      if (
        next === undefined ||
        dates.some(({ start, end }) => start < next.start + next.text.length && word.start < end)
      )
        continue;
      const has = (terms: readonly string[], { term }: typeof word) => terms.some((it) => isSameWord(it, term));
      const isKnown = [word, next].every((it) => given.some((terms) => has(terms, it)));
      if (isKnown && !given.some((terms) => has(terms, word) && has(terms, next))) return `${word.text} ${next.text}`;
    }
  }
  return null;
}

/** The runs of words with a capital, those that something of the kind joins as one. */
function runsOf(text: string, joining: RegExp) {
  const words = tokenize(text).filter(({ text: word, isStopWord }) => /^\p{Lu}/u.test(word) && !isStopWord);
  return words.reduce<(typeof words)[]>((runs, word) => {
    const last = runs.at(-1)?.at(-1);
    const gap = last === undefined ? '' : text.slice(last.start + last.text.length, word.start);
    if (last !== undefined && (WITHIN_NAME.test(gap) || joining.test(gap)) && !/['’]s?$/.test(last.text))
      runs.at(-1)?.push(word);
    else runs.push([word]);
    return runs;
  }, []);
}
