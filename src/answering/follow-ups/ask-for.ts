/** "Why?", "When?", "How many?": the last question, asked for something else. */
import { isPlural, nounPhrasesIn } from '../../text/noun-phrases.ts';
import { tokenize } from '../../text/tokenize.ts';
import { AUXILIARY, capital, lower } from './question-words.ts';

const BEGINS_WITH_AUXILIARY = new RegExp(`^${AUXILIARY}(?:n['’]t)? `, 'i');
/** What is asked for, auxiliary, subject and all that follows: "What did | Russia reject". */
const INVERTED = new RegExp(
  `^((?:(?:in|on|at|to|by|for|from|with|since|until) )?(?:what|which|who|whom|whose|when|where|why|how)\\b.*?) (${AUXILIARY}(?:n['’]t)?) (.+)$`,
  'i',
);
/** What is asked for is the subject: "Who | signed it", "How many countries | took part". */
const SUBJECT = new RegExp(`^(who|what|which [\\w-]+|how many [\\w-]+) (?!${AUXILIARY}\\b)(\\S+ .+|\\S+)$`, 'i');
/** What is counted is the subject, before an auxiliary: "How many | British troops | will | be sent". */
const COUNTED = new RegExp(`^(?:how many|which) (.+?) (${AUXILIARY}) (.+)$`, 'i');
/** A share of something is the subject: "How much | of Luhansk is under Russian control". */
const SHARE = /^how (?:much|many)( of .+? (?:is|are|was|were) (?!the |a |an |there )\p{Ll}.*)$/iu;

/**
 * @param asked What is wanted, as "Since when".
 * @param previous The last question, standing alone, without its question mark.
 * @param short What answered it, or null.
 */
export function askFor(asked: string, previous: string, short: string | null): string {
  const wanted = capital(asked.replace(/^exactly (\w+)$/i, '$1 exactly'));
  if (/^(?:which|which ones?|how many)$/i.test(wanted)) return count(wanted, previous);
  if (BEGINS_WITH_AUXILIARY.test(previous)) {
    return /^why not$/i.test(wanted) ? `Why ${negated(previous)}?` : `${wanted} ${lower(previous)}?`;
  }
  const [, counted = '', verb = '', done = ''] = COUNTED.exec(previous) ?? [];
  if (done !== '' && !isSubject(done) && short === null) return `${wanted} ${verb} the ${counted} ${done}?`;
  const statement = statementOf(previous, short);
  if (statement !== null)
    return `${wanted} ${/^why/i.test(wanted) || / (?:is|are) /.test(statement) ? 'is' : 'was'} it that ${statement}?`;
  const [, what = '', auxiliary = '', rest = ''] = INVERTED.exec(previous) ?? [];
  if (rest === '' || !isSubject(rest)) return alsoAsking(previous, wanted);
  const isCircumstance =
    /^(?:when|where|why|how)\b(?! (?:many|much|old|big|high)\b)|^(?:in|on|at|to|by|from|with|since|until) /i.test(what);
  if (isCircumstance || (short !== null && rest.includes(short))) return `${wanted} ${auxiliary} ${rest}?`;
  const noun = what.replace(/^(?:what|which|whose|whom|who|how many|how much) ?/i, '');
  // "400" is no object; "400 troops" are.
  const object = short === null ? noun : /^[\d.,]+$/.test(short) && noun !== '' ? `${short} ${noun}` : short;
  if (object === '') return alsoAsking(previous, wanted);
  if (/^(?:is|are|was|were)$/i.test(auxiliary) && /^(?:who|what)$/i.test(what))
    return `${wanted} ${auxiliary} ${object} ${rest}?`;
  // A preposition that was left behind takes its object back: "agree on … at the meeting".
  const stranded = /\b(?:on|about|to|for|with|of|at|in|against|from|by)(?= (?:at|in|on|during|after|before)\b|$)/i.exec(
    rest,
  );
  const place = stranded === null ? rest.length : stranded.index + stranded[0].length;
  return `${wanted} ${auxiliary} ${rest.slice(0, place)} ${object}${rest.slice(place)}?`;
}

/** A question about its subject, with the answer in the subject's place; null where there is none. */
function statementOf(previous: string, short: string | null): string | null {
  const [, rest = ''] = SHARE.exec(previous) ?? [];
  if (rest !== '') return short === null ? null : `${short}${rest}`;
  const [, what = '', did = ''] = SUBJECT.exec(previous) ?? [];
  if (did === '') return null;
  const noun = what.replace(/^(?:who|what|which|how many) ?/i, '');
  if (short === null)
    return noun === '' ? `${/^who$/i.test(what) ? 'somebody' : 'something'} ${did}` : `the ${noun} ${did}`;
  return `${/^[\d.,]+$/.test(short) && noun !== '' ? `${short} ${noun}` : short} ${did}`;
}

/** "How many?" and "Which ones?" belong to a noun. */
function count(wanted: string, previous: string): string {
  const asked = wanted.replace(/ ones?$/i, '');
  const [, what = '', did = ''] = SUBJECT.exec(previous) ?? [];
  const noun = what.replace(/^(?:who|what|which|how many) ?/i, '');
  if (did !== '') return `${asked} ${noun === '' ? 'people' : noun} ${did}?`;
  const [, inverted = '', auxiliary = '', rest = ''] = INVERTED.exec(previous) ?? [];
  const counted = inverted.replace(/^(?:which|what|how many) /i, '');
  if (rest !== '' && counted !== inverted) return `${asked} ${counted} ${auxiliary} ${rest}?`;
  if (!BEGINS_WITH_AUXILIARY.test(previous)) return alsoAsking(previous, wanted);
  const plural = nounPhrasesIn(previous).findLast(
    (it) =>
      it.isPlural &&
      !/^(?:the|these|those)$/.test(it.before) &&
      /(?:^| )\p{Ll}+$/u.test(it.text) &&
      !BEGINS_WITH_AUXILIARY.test(`${it.text} `),
  );
  if (plural === undefined) return alsoAsking(previous, wanted);
  const before = previous
    .slice(0, plural.start)
    .trimEnd()
    .replace(/ (?:any|some|many|several)$/i, '');
  const without = `${before}${previous.slice(plural.start + plural.text.length)}`;
  return `${asked} ${plural.text} ${lower(without)}?`;
}

/** "Does Russia accept it" → "doesn’t Russia accept it". */
function negated(previous: string): string {
  const [first = ''] = previous.split(' ', 1);
  const negative = { can: 'can’t', will: 'won’t', may: 'may not', might: 'might not', must: 'must not' }[
    first.toLowerCase()
  ];
  return `${negative ?? `${first.toLowerCase()}n’t`}${previous.slice(first.length)}`;
}

/** Does it begin with a subject? "is | under Russian control" does not. */
function isSubject(rest: string): boolean {
  const [first] = tokenize(rest);
  if (first === undefined || first.start > 0) return false;
  return (
    !first.isStopWord ||
    /^(?:the|a|an|this|that|these|those|his|her|its|their|it|he|she|they|we|you|i)$/i.test(first.text) ||
    isPlural(first.text)
  );
}

function alsoAsking(previous: string, wanted: string): string {
  return `${capital(previous)}, and ${lower(wanted)}?`;
}
