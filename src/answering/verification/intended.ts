import { terms, tokenize } from '../../text/tokenize.ts';

/** Stand before what is not yet so, or not known to be: right before the verb, or before its "to". */
const MODAL = /\b(?:will|would|shall|should|could|may|might|can|must|ought to)\b|['’](?:ll|d)\b/giu;
const INTENT =
  /\b(?:want(?:s|ed)?|wish(?:es|ed)?|seek(?:s|ing)?|sought|ask(?:s|ed)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|for|upon)|demand(?:s|ed|ing)?|press(?:es|ed|ing)|plan(?:s|ned|ning)?|aim(?:s|ed|ing)?|intend(?:s|ed|ing)?|intent|intention|propos(?:e|es|ed|ing|al|als)|expect(?:s|ed)?|invit(?:e|es|ed)|order(?:s|ed)|hop(?:e|es|ed|ing)|tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|goal|objective|promis(?:e|es|ed|ing)|vow(?:s|ed)?|pledg(?:e|es|ed)|threaten(?:s|ed|ing)?|prepar(?:e|es|ed|ing)|offer(?:s|ed)?|prefer(?:s|red)?|willing|ready|yet|about(?= to\b)|going|set(?= to\b)|due(?= to\b)|(?:is|are|was|were|has|have|had)(?= to\b))\b[^.,;:!?]{0,60}?\bto\b/giu;
/** Anything in a statement that says it is not so yet. */
const IS_OPEN = new RegExp(
  `${MODAL.source}|${INTENT.source}|\\b(?:plan|aim|propos|intend|intent|goal|draft|framework|seek|sought|hop|promis|pledg|vow|wish|want|demand|expect|prefer)\\p{L}*\\b`,
  'iu',
);
/** As far as a verb is looked for behind such a word, in UTF-16 units. */
const REACH = 60;

/**
 * The stem of a verb that the statement tells as done, or being done, while the clauses only say that it will, may or should be, or that
 * someone wants it to; null when there is none. A word that they also have elsewhere is left alone.
 */
export function toldAsDone(statement: string, clauses: string): string | null {
  if (IS_OPEN.test(statement)) return null;
  const told = new Set(terms(statement));
  const all = terms(clauses);
  return intendedTerms(clauses).find((term) => told.has(term) && all.filter((it) => it === term).length === 1) ?? null;
}

function intendedTerms(text: string): string[] {
  return [MODAL, INTENT].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ 0: words, index }) => {
      const from = index + words.length;
      const clause = /^[^.,;:!?]*/.exec(text.slice(from, from + REACH))?.[0] ?? '';
      return tokenize(clause).find(({ isStopWord, text: word }) => !isStopWord && !word.endsWith('ly'))?.term ?? '';
    }).filter((term) => term !== ''),
  );
}
