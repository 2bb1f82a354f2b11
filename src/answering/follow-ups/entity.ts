import { isPlace } from '../../text/names.ts';
import { fold, tokenize } from '../../text/tokenize.ts';

/** `thing` and `things` are noun phrases without a name. */
export type EntityKind = 'person' | 'place' | 'unknown' | 'thing' | 'things';

/** Somebody or something that was spoken of. */
export interface Entity {
  /** As it is best written: a title, or the longest form met. */
  text: string;
  /** Its words, folded. */
  words: string[];
  kind: EntityKind;
  /** By the pronouns that earlier questions used for it, or by the given name. */
  gender: 'he' | 'she' | null;
  /** "they" or "it", if an earlier question used it for this. */
  pronoun: 'they' | 'it' | null;
  /** Grows with every mention, fades with every turn. */
  salience: number;
  /** Turns ago of the last mention, 0 for the latest turn. */
  age: number;
  /** "the" belongs before it. */
  hasArticle: boolean;
  /** A question named it, or a title. */
  isAskedAbout: boolean;
  /** A question had it as its subject: "did Hecht …". */
  isSubject: boolean;
  /** The last question named it, or asked for it. */
  isAskedLast: boolean;
  /** A fragment brought it in: "And Turkey?". */
  isBroughtIn: boolean;
  /** Title of a document that is cited. */
  isTitle: boolean;
}

/** A mention of an entity: adds it where it is new, makes its name longer where this is the longer form. */
export function mention(entities: Entity[], text: string, kind: EntityKind, weight: number): Entity {
  const words = wordsOf(text);
  const isPhrase = kind === 'thing' || kind === 'things';
  let entity = isPhrase ? entities.find((it) => isSame(it.words, words)) : findEntity(entities, text);
  if (entity === undefined) {
    entity = {
      text,
      words,
      kind,
      gender: null,
      pronoun: null,
      salience: 0,
      age: 0,
      hasArticle: isPhrase,
      isAskedAbout: false,
      isSubject: false,
      isAskedLast: false,
      isBroughtIn: false,
      isTitle: false,
    };
    entities.push(entity);
  } else if (words.length > entity.words.length && !entity.isTitle) {
    entity.text = text;
    entity.words = words;
  }
  if (kind === 'person' && entity.kind === 'unknown') entity.kind = 'person';
  entity.salience += weight;
  entity.age = 0;
  return entity;
}

/** The entity that a name means, in a shorter or longer form too: "Hill" is Faith Hill, "Florida" not the University of Florida. */
export function findEntity(entities: readonly Entity[], name: string): Entity | undefined {
  const words = wordsOf(name);
  return (
    entities.find((it) => isSame(it.words, words)) ??
    entities.find((it) => isShorter(words, it.words, it) || isShorter(it.words, words, it))
  );
}

function isShorter(short: readonly string[], long: readonly string[], { kind, isTitle }: Entity): boolean {
  if (kind === 'place' || kind === 'thing' || kind === 'things' || long.includes('of')) return false;
  if (short.length >= long.length || short.every(isPlace) || !short.every((word) => long.includes(word))) return false;
  return short.at(-1) === long.at(-1) || (short[0] === long[0] && (kind === 'person' || isTitle));
}

function isSame(words: readonly string[], others: readonly string[]): boolean {
  return words.length === others.length && words.every((word, index) => word === others[index]);
}

function wordsOf(name: string): string[] {
  return tokenize(name).map(({ text }) => fold(text));
}

/** How an entity is written inside a sentence. */
export function nameFor({ text, hasArticle }: Pick<Entity, 'text' | 'hasArticle'>, beginsSentence = false): string {
  const bare = text.replace(/^the /i, '');
  if (!hasArticle && bare === text) return text;
  return `${beginsSentence ? 'The' : 'the'} ${bare}`;
}
