import { isAcronym, isPlace } from '../../text/names.ts';
import { fold, tokenize } from '../../text/tokenize.ts';
import { type Entity, nameFor } from './entity.ts';
import { genderOf } from './gender-of.ts';
import type { PronounKind } from './pronouns-in.ts';

/** Least product of agreement and salience at which a pronoun is replaced: below it, none is better than a wrong one. */
const LEAST = 0.4;
/** Turns ago of the last mention of somebody of unknown gender whom no question has named: by then "she" may be anybody. */
const STRANGER_AGE = 1;
/** Turns ago of the last mention of a thing without a name that a pronoun may still stand for. */
const PHRASE_AGE = 1;
/** Things that take place: who asks what happened there means one of them. */
const EVENT =
  /^(?:meeting|summit|conference|event|congress|session|festival|match|game|ceremony|concert|competition|tournament|exhibition|negotiation)$/;

/** The most salient entity that agrees with the pronoun and that the question does not name itself, or null. */
export function antecedentOf(kind: PronounKind, entities: readonly Entity[], question: string): Entity | null {
  const asked = new Set(tokenize(question).map(({ text }) => fold(text)));
  const free = entities.filter((it) => isFresh(it) && !it.words.some((word) => asked.has(word)));
  let best: Entity | null = null;
  let most = LEAST;
  for (const entity of free) {
    const score = agreement(kind, entity) * entity.salience;
    if (score <= LEAST) continue;
    if (best !== null && isOutdoneBy(entity, best)) continue;
    if (score > most || (best !== null && isOutdoneBy(best, entity))) [best, most] = [entity, score];
  }
  if (kind === 'they') return best ?? pairOf(free);
  const named = best;
  if (kind === 'it' && named !== null) return free.find((it) => isThingOf(it, named)) ?? named;
  const place = best;
  if (kind !== 'there' || place === null) return best;
  return free.find((it) => isEventAt(it, place)) ?? place;
}

/** The two people, or the two places, that stand out: after one and then the other, "they" are both. */
function pairOf(entities: readonly Entity[]): Entity | null {
  for (const wanted of ['person', 'place'] as const) {
    const [first, second] = entities.filter(
      ({ kind, age, salience, isAskedAbout }) =>
        kind === wanted && age <= 1 && salience > LEAST && (isAskedAbout || kind === 'person'),
    );
    if (first === undefined || second === undefined) continue;
    const [earlier, later] = first.age < second.age ? [second, first] : [first, second];
    return { ...earlier, text: `${nameFor(earlier)} and ${nameFor(later)}`, kind: 'things', hasArticle: false };
  }
  return null;
}

function isFresh({ kind, age }: Entity): boolean {
  return (kind !== 'thing' && kind !== 'things') || age <= PHRASE_AGE;
}

/** Whom the last question named goes before whom only earlier turns have, except for what a whole document is about. */
function isOutdoneBy(earlier: Entity, later: Entity): boolean {
  return later.isAskedLast && !earlier.isAskedLast && earlier.age > 0 && !earlier.isTitle;
}

/** "The hospital of Olmeda" for Olmeda: who asked about it goes on with it. */
function isThingOf({ kind, words, isAskedLast, text }: Entity, name: Entity): boolean {
  return (
    kind === 'thing' &&
    isAskedLast &&
    name.kind !== 'thing' &&
    text.includes(' ') &&
    words.length > name.words.length &&
    name.words.every((word) => words.includes(word))
  );
}

/** "The meeting in Paris" for Paris. */
function isEventAt({ kind, words }: Entity, place: Entity): boolean {
  return (
    kind === 'thing' && words.some((word) => EVENT.test(word)) && place.words.every((word) => words.includes(word))
  );
}

/** How well an entity agrees with a pronoun, 0 to 1. */
function agreement(pronoun: PronounKind, entity: Entity): number {
  const { kind, pronoun: used } = entity;
  // "The Maria Stella" is a ship.
  const gender = entity.gender ?? (kind === 'place' || entity.hasArticle ? null : genderOf(entity.words));
  switch (pronoun) {
    case 'he':
    case 'she':
      if (gender !== null) return gender === pronoun ? 1 : 0;
      if (entity.age > STRANGER_AGE && !entity.isAskedAbout && !entity.isTitle) return 0;
      return kind === 'person' ? 1 : kind === 'unknown' && used === null ? likenessToPerson(entity) : 0;
    case 'it':
      if (kind === 'person' || kind === 'things' || gender !== null || used === 'they') return 0;
      // Of a country "it" is said where a question had it as its subject; elsewhere it may be anything.
      if (kind === 'place') return entity.isSubject && !entity.isBroughtIn ? 0.6 : 0;
      if (isAcronym(entity.text) && !entity.isAskedAbout) return 0;
      return entity.isTitle && used === null ? 0.3 : 0.8;
    case 'they':
      if (kind === 'things' || (used === 'they' && kind !== 'person')) return 1;
      return kind === 'unknown' && gender === null && used !== 'it' ? likenessToGroup(entity) : 0;
    case 'there':
      return kind === 'place' ? 1 : 0;
  }
}

/** Names of one word, with an article, or with a place in them are seldom people's. */
function likenessToPerson({ text, words, hasArticle, isTitle, isSubject }: Entity): number {
  if (hasArticle || isAcronym(text) || / of |^the /i.test(text)) return 0;
  if (words.some(isPlace)) return 0.3;
  return words.length > 1 || isTitle ? 0.7 : isSubject ? 0.5 : 0.3;
}

function likenessToGroup({ text, isTitle }: Entity): number {
  if (isTitle || text.endsWith('s')) return 1;
  return isAcronym(text) ? 0.5 : 0.2;
}
