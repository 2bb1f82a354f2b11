import { tokenize } from '../../text/tokenize.ts';

/** Words that turn a statement into its opposite, or keep it from being one. */
const NEGATOR =
  /\b(?:not(?! only\b)|no(?!\.\s*\d)(?! (?:more|less|fewer|later|sooner) than\b)|never|none|nobody|nothing|neither|nor|cannot|without|hardly|false|untrue|incorrect|wrong|den(?:y|ies|ied|ying|ials?)|refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|fail(?:s|ed|ing|ure)?|unlikely|unable|rul(?:e|es|ed|ing) out|ha(?:s|ve|d) yet to|(?:is|are|was|were|remains?|remained) yet to|declin(?:e|es|ed|ing) to|refrain(?:s|ed|ing)? from|st(?:op|ops|opped|opping) short of|avoid(?:s|ed|ing)?|prevent(?:s|ed|ing)?)\b|n['’]t\b/giu;
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

/** The stretches between commas and stops in which something is negated. */
export function negatedClauses(text: string): string[] {
  return text.split(/[.,;:!?\n](?!\p{N})/u).filter(isNegated);
}

/** As far as a negator is looked behind, in UTF-16 units. */
const CLAUSE = 120;

/** Words that make less of a sentence, by what they make of it. Who repeats the sentence without one of the same kind says more than it. */
export const QUALIFIERS: Readonly<
  Record<'doubt' | 'condition' | 'attribution' | 'limit' | 'part' | 'approach' | 'negation', RegExp>
> = {
  // With a capital, "May" is a month; at the start of a sentence it is one too.
  doubt:
    /\b(?:may|(?:[Mm]ight|[Cc]ould|[Pp]erhaps|[Mm]aybe|[Pp]ossibl[ey]|[Pp]robabl[ey]|[Uu]n(?:likely|clear|confirmed)|(?<!(?:more|less|most|least) )[Ll]ikely|[Rr]eportedly|[Aa]lleged(?:ly)?|[Rr]umou?r(?:s|ed)?|[Ss]upposed(?:ly)?|[Aa]pparently|[Ss]eem(?:s|ed|ingly)?|[Bb]eliev(?:e|es|ed)|[Ss]uspect(?:s|ed)?|[Ee]xpect(?:s|ed)?|[Dd]oubt(?:s|ed|ful)?|[Hh]op(?:e|es|ed|ing)|[Pp]lan(?:s|ned)|[Pp]ropos(?:e|es|ed|al)))\b/u,
  condition:
    /\b(?:if|unless|whether|provided that|assuming|in case|as long as|subject to|depend(?:s|ing)?|on condition|conditional)\b/iu,
  attribution:
    /\b(?:said|says?|saying|according to|claim(?:s|ed|ing)?|stated|told|insist(?:s|ed)?|argu(?:e|es|ed)|warn(?:s|ed)|report(?:s|ed|edly)?|alleg(?:e|es|ed|edly)|accus(?:e|es|ed)|den(?:y|ies|ied)|in the (?:words|view|opinion) of|quoted|stressed|emphasi[sz]ed|explained|confirmed|declared|admitted|wrote)\b/iu,
  limit: /\b(?:only(?<!not only)|solely|exclusively|except|excluding|apart from|other than|unless)\b/iu,
  part: /\b(?:not|n['’]t) (?:all|every|everyone|everybody|everything|always|entirely|necessarily|both|each|many|much|most|completely|fully|wholly)\b/iu,
  // "Almost won"; "almost 30" is a number's.
  approach:
    /\b(?:almost|nearly|virtually|practically|on the verge of|came close to)\b(?! (?:[$€£]?\p{N}|an? |all\b|every|half|one\b|two\b|three\b|\p{L}+(?:ty|teen|hundred|thousand|dozen)\b))/iu,
  negation: new RegExp(NEGATOR.source, 'iu'),
};

/** A clause that begins so qualifies those beside it, too. */
export const OPENS_UNDER =
  /^\s*(?:according to|if|unless|provided|assuming|in case|as long as|only|except|reportedly|allegedly|apparently|perhaps|probably)\b/iu;

/** Words that make more of a sentence than most do: of its own, a statement may have none. */
export const EXTREMES: readonly RegExp[] = [
  /\b(?:most of|(?:a|the) (?:vast |large |great |clear )?majority)\b/iu,
  /\b(?:all(?<!\b(?:in|at|above|after) all)|every|each|everyone|everybody|everything|always|entire(?:ly)?|whole|both|completely|fully)\b/iu,
  /\b(?:no(?! (?:more|less|fewer|later|sooner) than\b)|none|nobody|no one|nothing|never|neither)\b/iu,
  /\b(?:only|sole|solely|exclusively)\b/iu,
];
