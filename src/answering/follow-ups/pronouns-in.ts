/** Pronouns of a question and what they stand for. */
import type { Token } from '../../text/tokenize.ts';

/** What a pronoun asks of its antecedent. */
export type PronounKind = 'he' | 'she' | 'it' | 'they' | 'there';

export interface Pronoun {
  kind: PronounKind;
  /** Index of its token. */
  at: number;
  /** "his", "its": the antecedent takes 's. */
  isPossessive: boolean;
}

const PRONOUNS: Readonly<Record<string, [PronounKind, possessive: boolean]>> = {
  he: ['he', false],
  him: ['he', false],
  his: ['he', true],
  she: ['she', false],
  her: ['she', false],
  hers: ['she', true],
  it: ['it', false],
  its: ['it', true],
  they: ['they', false],
  them: ['they', false],
  their: ['they', true],
  theirs: ['they', true],
  there: ['there', false],
};
const AUXILIARY =
  /^(?:is|are|was|were|be|been|has|have|had|will|would|can|could|should|may|might|must|does|do|did|seem|seems|exist|exists|wasn['’]t|isn['’]t|aren['’]t|weren['’]t)$/;
/** "It" stands for nothing in "is it true that", "how long does it take to", "it rains". */
const EMPTY_IT =
  /^it (?:(?:really|also|still|even|not) )*(?:true|possible|impossible|likely|unlikely|probable|clear|known|said|important|necessary|fair|legal|illegal|safe|hard|difficult|easy|right|wrong|time|worth|the case|a fact|because|that|who|rain|rains|rained|raining|snow|snows|snowed|snowing|turns? out|seems?|appears?|takes? (?:to|for)|means? (?:to|for|when|if|that)|mean (?:to|for|when|if|that)|called (?:when|if)|cold|hot|warm|late|early)\b/i;

/** The pronouns that may stand for something said before; expletives are none. */
export function pronounsIn(question: string, words: readonly Token[]): Pronoun[] {
  const found: Pronoun[] = [];
  for (const [at, word] of words.entries()) {
    const lower = word.text.toLowerCase().replace(/['’](?:s|d|ll|re|ve)$/, '');
    const pronoun = Object.hasOwn(PRONOUNS, lower) ? PRONOUNS[lower] : undefined;
    if (pronoun === undefined) continue;
    const [kind, possessive] = pronoun;
    const before = words[at - 1]?.text.toLowerCase() ?? '';
    const after = words[at + 1];
    if (kind === 'it' && (EMPTY_IT.test(question.slice(word.start)) || /^ma(?:k|d)e/.test(before))) continue;
    if (kind === 'there' && isExistential(before, after?.text.toLowerCase() ?? '')) continue;
    const isPossessive =
      lower === 'her'
        ? after !== undefined && !after.isStopWord && /^\s$/.test(question.slice(word.start + 3, after.start))
        : possessive;
    found.push({ kind, at, isPossessive });
  }
  return found;
}

/** "There is", "was there anything": no place is meant. "Who was there?" means one. */
function isExistential(before: string, after: string): boolean {
  return (
    AUXILIARY.test(after) ||
    (AUXILIARY.test(before) &&
      after !== '' &&
      !/^(?:at|for|from|in|on|to|too|with|when|then|and|before|after|during|by)$/.test(after))
  );
}
