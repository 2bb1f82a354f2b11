import { termsOf } from './compared-words.ts';
import { EXTREMES, QUALIFIERS } from './negation.ts';
import { oppositeIn } from './opposite-in.ts';
import { SPEAKER } from './used-clauses.ts';

/** A doubt, a condition, a speaker or a limit that is left out, an "all" that is put in, or the opposite of a word; null when there is none. */
export function unqualified(said: string, used: readonly string[], quoted: string): string | null {
  const told = new Set(termsOf(said));
  for (const [kind, pattern] of Object.entries(QUALIFIERS)) {
    const isMeant = (clause: string) =>
      OF_WHAT_FOLLOWS.has(kind) ? isUnder(pattern, clause, told) : pattern.test(clause);
    if (!pattern.test(said) && used.some(isMeant)) return `without the ${kind} there`;
  }
  const extreme = EXTREMES.map((pattern) => (pattern.test(quoted) ? null : pattern.exec(said))).find(
    (it) => it !== null,
  );
  if (extreme) return `“${extreme[0]}”`;
  const opposite = oppositeIn(said, used.join('\n'));
  return opposite === null ? null : `${opposite}, whose opposite stands there`;
}

/** These qualify what stands behind them: who only takes up the subject of "X may …" doesn't take up the "may". */
const OF_WHAT_FOLLOWS = new Set(['doubt', 'attribution', 'negation']);

/** Is what is told of a clause behind the word that qualifies, or does that stand last ("…, said the owner")? */
function isUnder(pattern: RegExp, clause: string, told: ReadonlySet<string>): boolean {
  const speaker = SPEAKER.exec(clause)?.index ?? clause.length;
  const all = new RegExp(pattern.source, `${pattern.flags}g`);
  return Array.from(clause.matchAll(all)).some(({ 0: words, index }) => {
    const behind = termsOf(clause.slice(index + words.length));
    const isLast = index >= speaker || behind.length === 0;
    return isLast || [...behind, ...termsOf(words)].some((term) => told.has(term));
  });
}
