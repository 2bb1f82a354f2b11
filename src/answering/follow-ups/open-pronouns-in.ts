import { isAcronym, isPlace, namesIn } from '../../text/names.ts';
import { nounPhrasesIn } from '../../text/noun-phrases.ts';
import { fold, type Token, tokenize } from '../../text/tokenize.ts';
import type { Entity } from './entity.ts';
import { type Pronoun, pronounsIn } from './pronouns-in.ts';
import { AUXILIARY } from './question-words.ts';

/** Content words of a question that has more than one clause, most likely. */
const LONG = 6;
const IS_AUXILIARY = new RegExp(`^${AUXILIARY}(?:n['’]t)?$`, 'i');

/** The pronouns of a question that stand for nothing in the question itself. */
export function openPronounsIn(question: string, words: readonly Token[], entities: readonly Entity[]): Pronoun[] {
  return pronounsIn(question, words).filter((it) => !isMeantInside(question, words, it, entities));
}

function isMeantInside(
  question: string,
  words: readonly Token[],
  { kind, at, isPossessive }: Pronoun,
  entities: readonly Entity[],
): boolean {
  const pronoun = words[at];
  // "How many albums did they …": what is asked for can't be its subject too.
  const before = question.slice(0, pronoun?.start);
  const previous = words[at - 1]?.text ?? '';
  const isSubject = IS_AUXILIARY.test(previous) && !(isPossessive && /^ha/i.test(previous)) && !before.includes(',');
  if (pronoun === undefined || isSubject) return false;
  // The object of a short clause is somebody else than its subject: "Did the US support it?"
  const isObject =
    /^(?:him|them)$/i.test(pronoun.text) ||
    (/^(?:her|it)$/i.test(pronoun.text) && !isPossessive && endsClause(words, at));
  const length = words.filter(({ isStopWord }) => !isStopWord).length;
  if (isObject && length < LONG) return false;
  const phrases = nounPhrasesIn(before);
  const names = namesIn(before).filter(
    ({ text, isUncertain }) => !isUncertain || entities.some((it) => it.words.includes(fold(text))),
  );
  switch (kind) {
    case 'he':
    case 'she':
      return (
        names.some((name) => name.kind !== 'place' && !isAcronym(name.text) && !name.hasArticle) ||
        entities.some((it) => it.kind === 'person' && isNamedIn(it, before))
      );
    case 'they':
      return names.length > 0 || phrases.some((it) => it.isPlural) || /\bthe \p{Lu}/u.test(before);
    case 'it':
      return names.length > 0 || phrases.some((it) => /^(?:the|a|an)$/.test(it.before));
    case 'there':
      return names.some((name) => name.kind === 'place');
  }
}

/** Is an entity named in a text, with or without capitals? */
function isNamedIn(entity: Entity, text: string): boolean {
  const words = new Set(tokenize(text).map((word) => fold(word.text)));
  return entity.words.some((word) => word.length > 2 && words.has(word) && !isPlace(word));
}

function endsClause(words: readonly Token[], at: number): boolean {
  const after = words[at + 1];
  return (
    after === undefined ||
    /^(?:and|or|but|in|on|at|to|from|for|with|by|when|before|after|during|if|about|of)$/i.test(after.text)
  );
}
