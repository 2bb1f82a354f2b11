import { tokenize } from '../text/tokenize.ts';

/** Words that turn a statement into its opposite, or keep it from being one. */
const NEGATOR =
  /\b(?:not(?! only\b)|no(?!\.\s*\d)(?! (?:more|less|fewer|later|sooner) than\b)|never|none|nobody|nothing|neither|nor|cannot|without|hardly|false|untrue|incorrect|wrong|den(?:y|ies|ied|ying|ials?)|refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|fail(?:s|ed|ing|ure)?|unlikely|rul(?:e|es|ed|ing) out)\b|n['’]t\b/giu;
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

/** Words that make less of a sentence, by what they make of it. Who repeats the sentence without one of the same kind says more than it. */
export const QUALIFIERS: Readonly<
  Record<'doubt' | 'condition' | 'attribution' | 'limit' | 'part' | 'negation', RegExp>
> = {
  // With a capital, "May" is a month; at the start of a sentence it is one too.
  doubt:
    /\b(?:may|(?:[Mm]ight|[Cc]ould|[Pp]erhaps|[Mm]aybe|[Pp]ossibl[ey]|[Pp]robabl[ey]|[Uu]n(?:likely|clear|confirmed)|[Ll]ikely|[Rr]eportedly|[Aa]lleged(?:ly)?|[Rr]umou?r(?:s|ed)?|[Ss]upposed(?:ly)?|[Aa]pparently|[Ss]eem(?:s|ed|ingly)?|[Bb]eliev(?:e|es|ed)|[Ss]uspect(?:s|ed)?|[Ee]xpect(?:s|ed)?|[Dd]oubt(?:s|ed|ful)?|[Hh]op(?:e|es|ed|ing)|[Pp]lan(?:s|ned)|[Pp]ropos(?:e|es|ed|al)))\b/u,
  condition:
    /\b(?:if|unless|whether|provided that|assuming|in case|as long as|subject to|depend(?:s|ing)?|on condition|conditional)\b/iu,
  attribution:
    /\b(?:said|says?|saying|according to|claim(?:s|ed|ing)?|stated|told|announc(?:e|es|ed)|insist(?:s|ed)?|argu(?:e|es|ed)|warn(?:s|ed)|report(?:s|ed|edly)?|alleg(?:e|es|ed|edly)|accus(?:e|es|ed)|den(?:y|ies|ied)|in the (?:words|view|opinion) of|quoted|stressed|emphasi[sz]ed|explained|confirmed|declared|admitted|wrote)\b/iu,
  limit: /\b(?:only(?<!not only)|solely|exclusively|except|excluding|apart from|other than|unless)\b/iu,
  part: /\b(?:not|n['’]t) (?:all|every|everyone|everybody|everything|always|entirely|necessarily|both|each|many|much|most|completely|fully|wholly)\b/iu,
  negation: new RegExp(NEGATOR.source, 'iu'),
};

/** Words that make more of a sentence than most do: of its own, a statement may have none. */
export const EXTREMES: readonly RegExp[] = [
  /\b(?:all|every|each|everyone|everybody|everything|always|entire(?:ly)?|whole|both|completely|fully)\b/iu,
  /\b(?:no(?! (?:more|less|fewer|later|sooner) than\b)|none|nobody|no one|nothing|never|neither)\b/iu,
  /\b(?:only|sole|solely|exclusively)\b/iu,
];

const OPPOSITES: readonly (readonly [Set<string>, Set<string>])[] = `
  rise rose risen grow grew grown increase climb gain soar / fall fell fallen drop decrease decline shrink shrank sink sank lose plunge
  more / less fewer
  longer / shorter
  higher / lower
  larger bigger / smaller
  older / younger
  earlier / later
  faster / slower
  before / after
  above over / below under
  open reopen / close shut
  start begin began begun / end stop finish
  win won / lose lost
  accept approve agree / reject refuse decline
  allow permit / forbid forbade forbidden ban prohibit
  support / oppose
  first / last
  best / worst
  better / worse
  most / least fewest
  maximum / minimum
  some / all every
  north / south
  east / west
  inside / outside
  buy bought / sell sold
  true / false
  safe / dangerous unsafe
  legal / illegal
  guilty / innocent`
  .trim()
  .split('\n')
  .map((line) => {
    const [one = '', other = ''] = line.split('/');
    const stems = (words: string) => new Set(tokenize(words).map(({ term }) => term));
    return [stems(one), stems(other)] as const;
  });

/** A word of a text whose opposite stands in the other in its place: that has the opposite, but not the word; null when there is none. */
export function oppositeIn(said: string, given: string): string | null {
  const [own, theirs] = [said, given].map((text) => new Set(tokenize(text).map(({ term }) => term)));
  const has = (words: Set<string> | undefined, side: Set<string>) =>
    [...side].find((term) => words?.has(term) === true);
  for (const pair of OPPOSITES) {
    for (const [side, other] of [pair, [pair[1], pair[0]] as const]) {
      const word = has(own, side);
      if (word !== undefined && has(theirs, side) === undefined && has(theirs, other) !== undefined) return word;
    }
  }
  return null;
}
