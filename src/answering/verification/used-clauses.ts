import { termsOf } from './compared-words.ts';
import { OPENS_UNDER, QUALIFIERS } from './negation.ts';

/** Where one statement ends inside a sentence and the next may begin. */
const NEXT_PART = /;/;
const NEXT_CLAUSE =
  /,\s+(?!(?:unless|if|only|except|provided|\p{N})\b)|\s+(?=(?:but|while|whereas|although|though|because)\b)/iu;
/** What tells at the end who says all that stands before. */
export const SPEAKER =
  /[,”"]\s*(?:(?:said|says|according to|claimed|claims)\b[^,;]*|(?:[\p{L}’'.-]+\s){1,5}(?:said|says|claimed|claims)\b[^,;]*)$/iu;

/** The clauses that a statement's words are from, those with most of them first; each with what qualifies its whole sentence. */
export function usedClauses(said: string, sentences: readonly string[]): string[] {
  const clauses = sentences.flatMap((sentence) => sentence.split(NEXT_PART)).flatMap(clausesOf);
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

function clausesOf(part: string): string[] {
  const clauses = part.split(NEXT_CLAUSE).filter((clause) => clause.trim() !== '');
  const opening = /^\s*(?:\S+\s+){0,2}\S+/u.exec(clauses[0] ?? '')?.[0] ?? '';
  const speaker = SPEAKER.exec(part)?.[0] ?? '';
  const governing = clauses.filter((clause) => OPENS_UNDER.test(clause));
  if (isQualifying(opening) && !governing.some((it) => it.includes(opening))) governing.push(opening);
  return clauses.map((clause) => {
    const around = governing.filter((it) => !clause.includes(it));
    return [...around, clause.endsWith(speaker) ? clause : clause + speaker].join(' ');
  });
}

/** Does a sentence that opens so say the rest of it under a doubt, a condition or a "nobody"? A modal verb there is that of the first clause alone. */
function isQualifying(opening: string): boolean {
  const { condition, attribution, limit, part } = QUALIFIERS;
  return [condition, attribution, limit, part, NOBODY, HEARSAY].some((pattern) => pattern.test(opening));
}

const NOBODY = /^\s*(?:nobody|no one|none|neither|nothing|not|it is (?:false|untrue|wrong))\b/iu;
const HEARSAY = /\b(?:reportedly|allegedly|apparently|perhaps|maybe|possibly|probably|supposedly|unclear)\b/iu;
