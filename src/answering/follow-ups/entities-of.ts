import { coordinationIn } from '../../text/coordination.ts';
import { isAcronym, isPlace, isRole, namesIn } from '../../text/names.ts';
import { fold, tokenize } from '../../text/tokenize.ts';
import type { Turn } from '../../types.ts';
import { type Entity, type EntityKind, findEntity, mention } from './entity.ts';
import { ASKING, AUXILIARY } from './question-words.ts';
import { isTopicTitle, type ReadTurn, readTurn, SOMEBODY } from './read-turn.ts';
import { topicsIn } from './topics-in.ts';
import { wholePhrase } from './whole-phrase.ts';

/** Turns looked back on: nobody's "he" is older. */
const TURNS = 8;
/** What is left of a mention's weight one turn later. */
const FADING = 0.6;
/** Weights of a mention by where it stands; found by trying on CANARD and on the conversations of test/questions. */
const WEIGHT = {
  /** The first name of the question, another, and one inside a noun phrase ("the force in Ukraine" is about the force). */
  subject: 1,
  question: 0.7,
  inside: 0.3,
  /** In the short answer, of the kind that was asked for; of another kind. */
  answer: 1.3,
  besideAnswer: 0.4,
  /** The first name of a quote, and another. */
  quote: 0.5,
  quoteLater: 0.2,
  /** The first person of a quote, where the question names nobody. */
  quoteAlone: 0.9,
  /** "The German chancellor": whoever that is, his or her name is better. */
  role: 0.45,
  /** The title of a cited document. */
  title: 1,
  /** The question meant it by a pronoun: what is spoken of goes on being spoken of. */
  continued: 1.5,
};

/** What a conversation has spoken of, as candidates for a pronoun: people, places and things of the last turns, most salient first. */
export function entitiesOf(history: readonly Turn[]): Entity[] {
  const turns = history.slice(-TURNS).map(readTurn);
  const entities: Entity[] = [];
  for (const title of new Set(turns.flatMap(({ titles }) => titles))) {
    if (isTopicTitle(title, turns)) mention(entities, title, 'unknown', 0).isTitle = true;
  }
  for (const turn of turns) {
    for (const entity of entities) {
      entity.salience *= FADING;
      entity.age++;
      entity.isAskedLast = false;
    }
    const named = addQuestion(entities, turn);
    addQuotes(
      entities,
      turn,
      named.every(({ kind }) => kind === 'place'),
    );
    addTitles(entities, turn, named.length === 0);
    for (const [text, weight] of [
      [turn.question, WEIGHT.question],
      [turn.short, WEIGHT.answer],
      [turn.short === '' ? (turn.quotes[0] ?? '') : '', WEIGHT.quote],
    ] as const) {
      const row = coordinationIn(text);
      if (row !== null) mention(entities, row.text, 'things', weight).hasArticle = false;
    }
  }
  return entities.sort((a, b) => b.salience - a.salience);
}

/** Adds what a question names; those named, in order. */
function addQuestion(entities: Entity[], { question, asked }: ReadTurn): Entity[] {
  const named: Entity[] = [];
  const phrases = topicsIn(question);
  for (const name of namesIn(question)) {
    const { text, start, kind, isUncertain, hasArticle } = name;
    if (isUncertain && findEntity(entities, text) === undefined) continue;
    // The phrase is taken below.
    if (wholePhrase(question, name) !== null) continue;
    const isInside = phrases.some((it) => it.start < start && start < it.start + it.text.length);
    const weight = isInside ? WEIGHT.inside : named.length === 0 ? WEIGHT.subject : WEIGHT.question;
    const entity = mention(entities, text, kind, weight);
    if (hasArticle) entity.hasArticle = true;
    if (AFTER_AUXILIARY.test(question.slice(0, start))) entity.isSubject = true;
    named.push(entity);
  }
  // People type names without capitals.
  const words = wordsOf(question);
  for (const entity of entities) {
    const isOneOf = (word: string) => word.length > 2 && words.has(word) && !isPlace(word);
    // One word of a name is enough; "Zelofen" alone does not mean its side effects.
    const isPhrase = entity.kind === 'thing' || entity.kind === 'things';
    if (
      named.includes(entity) ||
      !(isPhrase ? entity.words.every((word) => isOneOf(word) || JOINT.test(word)) : entity.words.some(isOneOf))
    )
      continue;
    entity.salience += WEIGHT.question;
    entity.age = 0;
    named.push(entity);
  }
  const said = wordsOf(asked);
  for (const entity of named) {
    const isSaid = entity.words.some((word) => said.has(word));
    if (isSaid && !entity.isAskedAbout && asked !== question && !ASKING.test(asked)) entity.isBroughtIn = true;
    entity.isAskedAbout = true;
    entity.isAskedLast = true;
  }
  if (asked !== question) continueWith(named, asked);
  for (const { text, start, isPlural } of phrases) {
    if (/\p{Lu}/u.test(text) && findEntity(entities, text) !== undefined) continue;
    const isWho = !isPlural && WHO_IS_THE.test(question.slice(0, start));
    const kind = isWho ? 'person' : kindOf(text, isPlural);
    const entity = mention(entities, text, kind, kind === 'person' ? WEIGHT.role : WEIGHT.question);
    entity.isAskedAbout = true;
    entity.isAskedLast = true;
    entity.hasArticle = true;
  }
  return named;
}

/** What the question as searched names and the question as asked did not: that is what its pronoun meant. */
function continueWith(named: readonly Entity[], asked: string): void {
  const gender = genderSpokenOf(asked);
  const pronoun = /\b(?:they|them|theirs?)\b/i.test(asked) ? 'they' : /\bits?\b/i.test(asked) ? 'it' : null;
  if (gender === null && pronoun === null) return;
  const before = wordsOf(asked);
  for (const entity of named) {
    if (entity.words.some((word) => before.has(word)) || (gender !== null && entity.kind === 'place')) continue;
    entity.salience += WEIGHT.continued;
    if (gender === null) entity.pronoun = pronoun === 'they' && entity.kind === 'person' ? null : pronoun;
    else entity.gender = gender;
    if (gender !== null && entity.kind === 'unknown') entity.kind = 'person';
  }
}

function genderSpokenOf(question: string): 'he' | 'she' | null {
  if (/\b(?:she|hers?)\b/i.test(question)) return 'she';
  return /\b(?:he|his|him)\b/i.test(question) ? 'he' : null;
}

function addQuotes(entities: Entity[], { question, short, quotes }: ReadTurn, isNobodyNamed: boolean): void {
  const wanted = WHO_IS.test(question) ? [] : wantedOf(question);
  for (const quote of quotes) {
    for (const [index, name] of namesIn(quote).entries()) {
      const { text, start, kind, isUncertain, hasArticle } = name;
      const whole = wholePhrase(quote, name);
      if (whole !== null) {
        mention(entities, whole, 'thing', WEIGHT.quote);
        continue;
      }
      if (isUncertain && findEntity(entities, text) === undefined) continue;
      if (isNamesake(quote, start, text, entities)) continue;
      const isAnswer = short.includes(text);
      const beside = isAnswer
        ? WEIGHT.besideAnswer
        : index > 0
          ? WEIGHT.quoteLater
          : kind === 'person' && isNobodyNamed
            ? WEIGHT.quoteAlone
            : WEIGHT.quote;
      const isWanted = isAnswer && wanted.includes(kind);
      const entity = mention(entities, text, kind, isWanted ? WEIGHT.answer : beside);
      if (isWanted) entity.isAskedLast = true;
      if (hasArticle) entity.hasArticle = true;
      if (isQuoted(quote, start, text)) entity.pronoun = 'it';
      const isWho = isAnswer && !wanted.includes('place') && wanted.includes('person');
      if (isWho && entity.kind === 'unknown' && entity.pronoun !== 'it' && !isAcronym(text)) entity.kind = 'person';
    }
  }
}

/** "Dunmore was founded by Edwin Dunmore": whoever is told of goes from the full name to the short, so here are two of a name. */
function isNamesake(quote: string, start: number, name: string, entities: readonly Entity[]): boolean {
  const entity = findEntity(entities, name);
  const isLonger = entity !== undefined && !entity.isTitle && tokenize(name).length > entity.words.length;
  return isLonger && namesIn(quote.slice(0, start)).some(({ text }) => text === entity.text);
}

/** The film "Salt Road": a name between quotation marks is a work's, nobody's. */
function isQuoted(quote: string, start: number, name: string): boolean {
  return /["“‘']$/.test(quote.slice(0, start)) && /^["”’'](?!\p{L})/u.test(quote.slice(start + name.length));
}

/** Asks about somebody whom it names: the answer is not another. */
const WHO_IS = /^[Ww]ho(?:[’']s| is| was) \p{Lu}/u;

/** Asks who somebody is: whatever the word, that is a person. */
const WHO_IS_THE = /^who(?:[’']s| is| was) (?:the|an?) $/i;

/** What kinds of name can answer a question. */
function wantedOf(question: string): EntityKind[] {
  const [first = ''] = /\b(?:who|whom|where|what|which|when|why|how)\b/i.exec(question) ?? [];
  if (/^who/i.test(first)) return ['person', 'unknown'];
  if (/^where$/i.test(first)) return ['place'];
  return /^wh(?:at|ich)$/i.test(first) ? ['person', 'place', 'unknown'] : [];
}

function addTitles(entities: Entity[], { question, titles, quotes }: ReadTurn, isNameless: boolean): void {
  const isOpen = isNameless && SOMEBODY.test(question);
  for (const title of titles) {
    const entity = findEntity(entities, title);
    if (entity === undefined) continue;
    entity.salience += WEIGHT.title;
    entity.isAskedAbout = true;
    if (!isOpen && !quotes.some(beginsWithSomebody)) continue;
    // Asked or told of somebody whom nobody has named: in this document that is whom the title names.
    entity.salience += WEIGHT.continued;
    entity.kind = 'person';
    if (isOpen) entity.gender = genderSpokenOf(question);
  }
}

/** Does a quote say "he" or "she" before it names anybody? */
function beginsWithSomebody(quote: string): boolean {
  const at = quote.search(SOMEBODY);
  return at >= 0 && !namesIn(quote.slice(0, at)).some(({ kind, isUncertain }) => kind !== 'place' && !isUncertain);
}

const JOINT = /^(?:of|in|on|for|between)$/;
const AFTER_AUXILIARY = new RegExp(`\\b${AUXILIARY} $`, 'i');

/** "The Danish prime minister" is somebody. */
function kindOf(phrase: string, isPlural: boolean): EntityKind {
  if (isPlural) return 'things';
  return isRole(
    phrase
      .replace(/ (?:of|in|on|for|between) .*$/, '')
      .split(' ')
      .at(-1) ?? '',
  )
    ? 'person'
    : 'thing';
}

function wordsOf(text: string): Set<string> {
  return new Set(tokenize(text).map((word) => fold(word.text)));
}
