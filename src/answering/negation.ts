import { tokenize } from '../text/tokenize.ts';

/** Words that turn a statement into its opposite, or keep it from being one. */
const NEGATOR =
  /\b(?:not(?! only\b)|no(?!\.\s*\d)|never|none|nobody|nothing|neither|nor|cannot|without|hardly|den(?:y|ies|ied|ying)|refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|fail(?:s|ed|ing|ure)?|unlikely|rul(?:e|es|ed|ing) out)\b|n['’]t\b/giu;
/** Stand between a negator and what it negates. */
const BETWEEN = new Set(
  'yet been be being any ever quite really fully actually currently even immediately a an the to of'.split(' '),
);

/** Does the text negate anything? */
export function isNegated(text: string): boolean {
  return text.search(NEGATOR) !== -1;
}

/** The stems that a text negates: of each negator, the first word of matter behind it in the same clause. */
export function negatedTerms(text: string): Set<string> {
  const terms = new Set<string>();
  for (const { 0: negator, index } of text.matchAll(NEGATOR)) {
    const from = index + negator.length;
    const clause = /^[^.,;:!?]*/.exec(text.slice(from, from + CLAUSE))?.[0] ?? '';
    const first = tokenize(clause).find(
      ({ text: word, isStopWord }) => !isStopWord && !BETWEEN.has(word.toLowerCase()),
    );
    if (first !== undefined) terms.add(first.term);
  }
  return terms;
}

/** As far as a negator is looked behind, in UTF-16 units. */
const CLAUSE = 120;
