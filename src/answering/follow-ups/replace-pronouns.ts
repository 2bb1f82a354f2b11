import { type Token, tokenize } from '../../text/tokenize.ts';
import { antecedentOf } from './antecedent-of.ts';
import { type Entity, nameFor } from './entity.ts';
import { openPronounsIn } from './open-pronouns-in.ts';
import type { Pronoun, PronounKind } from './pronouns-in.ts';

/** "He" is Spanish, "her" German, Danish and Turkish too: only beside one of these are they English. */
const ENGLISH =
  /\b(?:(?:was|will) he|what|who|whom|whose|which|when|where|why|how|is|are|were|do|does|did|has|have|had|would|could|should|can|tell|the|of|and)\b/i;

/** The question with its pronouns replaced by what they stand for, as far as that can be told. */
export function replacePronouns(question: string, entities: readonly Entity[]): string {
  const words = tokenize(question);
  const meant = new Map<PronounKind, Entity | null>();
  let replaced = '';
  let position = 0;
  for (const pronoun of openPronounsIn(question, words, entities)) {
    const word = words[pronoun.at];
    // The second "he" of a question may stay: by then it is clear who that is.
    if (word === undefined || meant.has(pronoun.kind)) continue;
    if (/^(?:he|her)$/i.test(word.text) && !ENGLISH.test(question)) continue;
    const free = entities.filter((entity) => ![...meant.values()].includes(entity));
    const antecedent = antecedentOf(pronoun.kind, free, question);
    meant.set(pronoun.kind, antecedent);
    if (antecedent === null) continue;
    const before = words[pronoun.at - 1]?.text ?? '';
    replaced += question.slice(position, word.start) + written(antecedent, pronoun, word, before);
    position = word.start + word.text.length;
  }
  return replaced + question.slice(position);
}

/** The antecedent in the pronoun's place: "its" → "Russia’s", "he’s" → "Macron’s", "there" → "in Paris". */
function written(antecedent: Entity, { kind, isPossessive }: Pronoun, { text, start }: Token, before: string): string {
  const name = nameFor(antecedent, start === 0);
  if (isPossessive) return name.endsWith('s') ? `${name}’` : `${name}’s`;
  if (kind !== 'there') return name + (/['’]\p{L}+$/u.exec(text)?.[0] ?? '');
  if (/^(?:to|from|in|at|near|over)$/i.test(before)) return name;
  return antecedent.kind === 'thing' ? `at ${name}` : `in ${name}`;
}
