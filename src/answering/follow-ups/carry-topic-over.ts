import { namesIn } from '../../text/names.ts';
import { isVerb } from '../../text/noun-phrases.ts';
import { fold, terms, tokenize } from '../../text/tokenize.ts';
import type { Turn } from '../../types.ts';
import { type Entity, nameFor } from './entity.ts';
import { genderOf } from './gender-of.ts';
import { openPronounsIn } from './open-pronouns-in.ts';
import type { PronounKind } from './pronouns-in.ts';
import { ASKING, lower } from './question-words.ts';
import { readTurn } from './read-turn.ts';

/** Least salience of a topic that is carried over. */
const LEAST = 0.5;
/** A question with more content words says itself what it is about. */
const MOST = 2;
/** Turns whose words are no news. */
const TURNS = 4;

/** Asks for more of the same, or points at what was said. */
const MORE =
  /\b(?:else|other|another|afterwards?|(?:any|some|tell me|know|learn) more|more (?:of|about))\b|\b(?:more|next)\W*$/i;
const POINTING =
  /\b(?:this|these|those)\b(?! (?:year|season|week|month|morning|evening|day|century|decade)s?\b)|\bthat\W*$/i;
/** Names its topic itself. */
const WHAT_ABOUT = /\b(?:what|how) about\b/i;
const YEAR = /\b(?:1\d|20)\d\d\b/;
/** Not of the documents: the article as such, or the two who talk. */
const OF_THE_TALK = /\b(?:I|we|you|me|us|article|section|conversation|chat)\b/i;

/** "About Vanilla Ice: what happened in 1987?": a question that names nothing, with what the conversation is about before it. */
export function carryTopicOver(question: string, entities: readonly Entity[], history: readonly Turn[]): string {
  if (!ASKING.test(question) || OF_THE_TALK.test(question)) return question;
  if (namesIn(question).some(({ isUncertain }) => !isUncertain)) return question;
  if (WHAT_ABOUT.test(question)) return question;
  const words = tokenize(question);
  const content = words.filter(({ isStopWord, text }) => !isStopWord && !/^\d/.test(text));
  const pronouns = openPronounsIn(question, words, entities);
  const isOpen = pronouns.length > 0 || MORE.test(question) || POINTING.test(question);
  if (!isOpen && !(content.length <= MOST && (content.some(isVerb) || /\bthe\b/i.test(question)))) return question;
  const asked = new Set(content.map(({ text }) => fold(text)));
  const isNamed = (it: Entity) => it.words.some((word) => asked.has(word));
  if (entities.some((it) => !isPhrase(it) && isNamed(it))) return question;
  const topic = entities.find((it) => canBeTopic(it) && pronouns.every(({ kind }) => agrees(it, kind)));
  if (topic === undefined || topic.salience < LEAST || isNamed(topic)) return question;
  // Old talk is no topic, and a year says enough; but a biography is of one person all along.
  if (!topic.isTitle && (topic.age > 0 || YEAR.test(question))) return question;
  // A word that nobody has used begins another subject; less so where all the talk is about what a document is named for.
  const spoken = termsOf(history);
  const isNews = content.some((word) => !isVerb(word) && !spoken.has(word.term));
  if (isNews && !(topic.isTitle && (isOpen || /\b(?:the|any)\b/i.test(question)))) return question;
  return `About ${nameFor(topic)}: ${lower(question)}`;
}

function isPhrase({ kind }: Entity): boolean {
  return kind === 'thing' || kind === 'things';
}

/** Places are where, not what; a noun alone says too little. */
function canBeTopic({ kind, text, isAskedAbout }: Entity): boolean {
  return isAskedAbout && kind !== 'place' && kind !== 'things' && (kind !== 'thing' || text.includes(' '));
}

/** What a document is named for may be behind any pronoun: "they" are the family of whom a biography tells. */
function agrees({ kind, isTitle, gender, words, pronoun: used }: Entity, pronoun: PronounKind): boolean {
  const known = gender ?? genderOf(words);
  if ((pronoun === 'he' || pronoun === 'she') && known !== null && known !== pronoun) return false;
  if (used !== null && !isTitle && pronoun !== used && (pronoun === 'it' || pronoun === 'they')) return false;
  return isTitle || (kind === 'person') === (pronoun === 'he' || pronoun === 'she');
}

/** The words of the last turns, as they are searched. */
function termsOf(history: readonly Turn[]): Set<string> {
  const turns = history.slice(-TURNS).map(readTurn);
  return new Set(turns.flatMap(({ question, quotes }) => terms([question, ...quotes].join(' '))));
}
