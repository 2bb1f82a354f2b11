import { readable } from '../text/readable.ts';
import type { Document } from '../types.ts';
import { documentsSaying } from './documents-saying.ts';
import { seededRandom } from './seeded-random.ts';

/** A question made by rule or by a model, for a person to accept: a line of a question file. */
export interface DraftQuestion {
  id: string;
  question: string;
  words: string[][];
  documents: string[];
  tags: string[];
  draft: true;
}

/** In UTF-16 units. Shorter says little, longer becomes no question. */
const SHORTEST = 40;
const LONGEST = 240;
/** A sentence that begins so speaks of something said before it. */
const LEANS_BACK =
  /^(?:["“‘']?(?:it|he|she|they|this|that|these|those|his|her|their|its|we|i|you|but|and|so|also|however|there|here|such|both|meanwhile)\b)/i;
/** Signs of code, tables and formulas. */
const NO_PROSE = /[=<>{}|\\_`→@]|->/;
/** Before a number: what cannot stand before "how many" ("the remaining 10%"), a name that it is part of ("Node 20"), a number in two parts. */
const BOUND =
  /(?:\b(?:the|these|those|this|that|its|their|his|her|our|your|my|a|an|first|last|next|other|remaining|another|same|best|only)|\d|(?<!^)\b\p{Lu}[\p{L}-]*)\s$/u;
/** What stands behind a colon is no part of the sentence. */
const BREAKS_OFF = /[:;]\s|\.\s+\p{L}/u;
/** Where a sentence goes on to something else. */
const GOES_ON =
  /,\s+(?:which|who|whose|while|as|after|before|but|and|where|when|although|though|with)\b|;|\s[–—]\s|:\s/;

interface Rule {
  /** What is asked for, and its words in the first group. */
  pattern: RegExp;
  /** Stands in the place of the words. */
  asks: string;
}

const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';

/** Whatever a reader would look up: the first that is found is asked for, where it stands (as Lewis et al. 2019 do with clozes). */
const RULES: readonly Rule[] = [
  { pattern: /(?<=\s)(\d[\d.,]*\s?(?:%|per ?cent\b))/u, asks: 'what percentage' },
  { pattern: /(?<=\s)([$€£]\s?\d[\d.,]*(?:\s(?:thousand|million|billion|trillion))?)/u, asks: 'how much money' },
  {
    pattern: new RegExp(`(?<=\\bon )(\\d{1,2} ${MONTH}(?: \\d{4})?|${MONTH} \\d{1,2}(?:, \\d{4})?)`, 'u'),
    asks: 'which date',
  },
  { pattern: new RegExp(`(?<=\\bin )(${MONTH} \\d{4})`, 'u'), asks: 'which month and year' },
  { pattern: /(?<=\b(?:in|since|until|by) )((?:1[5-9]|20)\d\d)\b(?!\s?\p{L}+s\b)/u, asks: 'which year' },
  {
    pattern:
      /(?<=\s)(?!(?:1[5-9]|20)\d\d\s)(\d+(?:,\d{3})*(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)(?=\s(?:\p{Ll}{3,}\s)?(?!(?:was|has|does|its|his|this|less)\b)(?:\p{Ll}{2,}(?<!s)s|people|men|women|children)\b)/u,
    asks: 'how many',
  },
];
/** A name at the beginning that does something: what only people do, and the rest. */
const SUBJECT =
  /^(?!(?:Each|Every|All|Some|Many|Most|None|Nobody|No|One|Others?|What|Who)\b)((?:\p{Lu}[\p{L}’'.-]*\s){1,4})(?:(?=(?:said|told|announced|added|warned|called|met|hosted|welcomed|confirmed|described|visited|agreed)\b)|(?<thing>(?=(?:signed|opened|became|won|led|is|was|has|will|offered|proposed)\b)))/u;

/**
 * Drafts of questions, made by rule from the documents' sentences: a number, a date or a name is asked for in the place where it stands.
 * They are plain and somewhat stiff, and each is marked as a draft. Spread over the documents by the seed.
 */
export function draftQuestions(documents: readonly Document[], count: number, seed: number): DraftQuestion[] {
  const random = seededRandom(seed);
  const queues = documents.map((document) => {
    const drafts = document.sentences.flatMap((span) => draftOf(document, readable(document, span)) ?? []);
    return drafts.map((draft) => ({ draft, at: random() })).sort((a, b) => a.at - b.at);
  });
  const chosen: DraftQuestion[] = [];
  const asked = new Set<string>();
  while (chosen.length < count && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      const next = queue.shift()?.draft;
      if (next === undefined || asked.has(next.question) || chosen.length === count) continue;
      const { question, answer, documentId } = next;
      asked.add(question);
      chosen.push({
        id: `draft-${chosen.length + 1}`,
        question,
        words: [[answer]],
        documents: [...new Set([documentId, ...documentsSaying(answer, question, documents)])].sort(),
        tags: ['answerable'],
        draft: true,
      });
    }
  }
  return chosen;
}

interface MadeByRule {
  question: string;
  answer: string;
  documentId: string;
}

function draftOf({ id: documentId }: Document, text: string): MadeByRule | null {
  const sentence = text.replace(/\s+/g, ' ').trim();
  if (sentence.length < SHORTEST || sentence.length > LONGEST || LEANS_BACK.test(sentence)) return null;
  if (!/^\p{Lu}/u.test(sentence) || !sentence.endsWith('.') || /["“”]/.test(sentence)) return null;
  if (NO_PROSE.test(sentence)) return null;
  const made = askFor(sentence) ?? askForSubject(sentence);
  return made === null ? null : { ...made, documentId };
}

function askFor(sentence: string): { question: string; answer: string } | null {
  for (const { pattern, asks } of RULES) {
    const match = pattern.exec(sentence);
    const answer = match?.[1]?.trim();
    if (match === null || answer === undefined) continue;
    const before = sentence.slice(0, match.index);
    if (BREAKS_OFF.test(before) || (!asks.startsWith('which') && BOUND.test(before))) continue;
    const after = upToTurn(sentence.slice(match.index + (match[1]?.length ?? 0)));
    const question = finished(`${before}${asks}${after}`);
    if (question.length >= SHORTEST) return { question, answer };
  }
  return null;
}

function askForSubject(sentence: string): { question: string; answer: string } | null {
  const match = SUBJECT.exec(sentence);
  const answer = match?.[1]?.trim();
  if (match === null || answer === undefined) return null;
  const question = finished(
    `${match.groups?.thing === undefined ? 'Who' : 'Who or what'} ${upToTurn(sentence.slice(match[0].length))}`,
  );
  return question.length >= SHORTEST ? { question, answer } : null;
}

function upToTurn(rest: string): string {
  const turn = GOES_ON.exec(rest);
  return turn === null ? rest : rest.slice(0, turn.index);
}

function finished(question: string): string {
  return `${question.replace(/[\s.,;:]+$/u, '')}?`;
}
