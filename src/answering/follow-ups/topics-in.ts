import { type NounPhrase, nounPhrasesIn } from '../../text/noun-phrases.ts';
import { AUXILIARY } from './question-words.ts';

/** Words that name nothing by themselves: nobody's "it". */
const GENERIC =
  /\b(?:aspects?|things?|ways?|parts?|kinds?|types?|sorts?|names?|results?|examples?|facts?|details?|reasons?|years?|times?|days?|months?|weeks?|others?|article|true|false|right|wrong|some|any|anything|something|information|most)$/i;

/** What is told of something: "the price of Velotrin" is about Velotrin. */
const ATTRIBUTE =
  /^(?:age|amount|area|cause|colou?r|cost|date|depth|distance|dose|duration|effect|height|length|magnitude|meaning|name|number|percentage|population|price|purpose|rate|reason|role|share|size|speed|strength|title|total|value|weight|width)s?(?= of |$)/i;

/** Before a plural that is spoken of. "How many patients": what is vague is passed over. */
const BEFORE_PLURAL = new RegExp(`^(?:${AUXILIARY}|which|what|how)$`);

/** The things without a name that a question is about, in order: with an article, or a plural that needs none. */
export function topicsIn(question: string): NounPhrase[] {
  return nounPhrasesIn(question).filter(
    (phrase) =>
      !phrase.isVerb &&
      !GENERIC.test(phrase.text) &&
      !isAttribute(question, phrase) &&
      !isCountedObject(question, phrase) &&
      isSpokenOf(phrase),
  );
}

function isSpokenOf({ text, before, isPlural }: NounPhrase): boolean {
  if (/^(?:a|an|the|this|that|these|those)$/.test(before)) return true;
  return isPlural && (text.includes(' ') || BEFORE_PLURAL.test(before));
}

function isAttribute(question: string, { text, start }: NounPhrase): boolean {
  return ATTRIBUTE.test(text) && / of /.test(question.slice(start, start + text.length + 4));
}

/** "How many points | a game did he score": they have done nothing. */
function isCountedObject(question: string, { text, start, before }: NounPhrase): boolean {
  return before === 'how' && OBJECT_OF.test(question.slice(start + text.length));
}

const OBJECT_OF = new RegExp(`^(?:.* (?:do|does|did)\\b| ${AUXILIARY} (?:the|an?|he|she|it|they|we|you|\\p{Lu}))`, 'u');
