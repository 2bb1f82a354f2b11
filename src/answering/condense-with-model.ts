import { asPullquoteError, throwIfAborted } from '../errors.ts';
import type { ChatModel } from '../inference/chat-model.ts';
import { normalise } from '../text/normalise.ts';
import { numbersIn } from '../text/numbers.ts';
import { oneLine } from '../text/readable.ts';
import { fold, terms, tokenize } from '../text/tokenize.ts';
import type { ModelReport, Turn } from '../types.ts';
import { pronounsIn } from './follow-ups/pronouns-in.ts';
import { isSameName, namesIn } from './names.ts';
import { formatConversation } from './writing/conversation-text.ts';
import { fenced } from './writing/passages.ts';
import type { Prompts } from './writing/prompts.ts';

export interface CondenseParts {
  model: ChatModel;
  prompts: Prompts;
  /** Draws the sign of a fence: nobody who writes a document may guess it. */
  drawFence: () => string;
  /** Told of what went wrong here and not at the model: nobody else would learn of it. */
  onFault?: (error: unknown) => void;
}

/** Milliseconds for the rewriting, and its share of the model's time for a question: what comes later delays the answer more than it helps. */
const DEADLINE = 6_000;
const LARGEST_SHARE = 1 / 3;
/** A rewritten question that is longer by more than this is an answer, in UTF-16 units. */
const LONGEST_ADDITION = 300;

/** What became of the rewriting. */
export interface Rewriting {
  /** Null when it is not to be used. */
  question: string | null;
  usage?: ModelReport['usage'];
  failure?: NonNullable<ModelReport['condenseFailure']>;
}

/**
 * A follow-up, rewritten by the chat model so that it stands alone. Not asked when the question does already; not used when the rewriting
 * lacks a word of the question, or has one, a name or a number that neither it nor the conversation has. Throws ABORTED.
 *
 * @param byRule What `condense` makes of the question.
 */
export async function condenseWithModel(
  { model, prompts, drawFence, onFault }: CondenseParts,
  history: readonly Turn[],
  question: string,
  byRule: string,
  signal?: AbortSignal,
): Promise<Rewriting> {
  if (history.length === 0 || (byRule === question && !isOpen(question))) return { question: null };
  const fence = drawFence();
  const conversation = formatConversation(history);
  const prompt = prompts.fill('condense', {
    fence,
    question: fenced(fence, 'question', {}, question),
    conversation: fenced(fence, 'conversation', {}, conversation),
  });
  let reply = '';
  let spent: Pick<Rewriting, 'usage'> = {};
  try {
    // A rule can do without: so it is not tried again.
    const deadlineMs = Math.min(DEADLINE, model.timeoutMs * LARGEST_SHARE);
    const options = { deadlineMs, isTriedAgain: false, ...(signal && { signal }) };
    for await (const { text, usage } of model.reply(() => prompt, options)) {
      reply += text;
      if (usage !== undefined) spent = { usage };
      if (reply.length > 2 * (question.length + LONGEST_ADDITION)) return { question: null, ...spent };
    }
  } catch (error) {
    throwIfAborted(signal);
    const { code, message } = asPullquoteError(error);
    if (code === 'INTERNAL') onFault?.(error);
    const told = code === 'INTERNAL' ? `${model.id} could not be used` : message;
    return { question: null, ...spent, failure: { code, message: told } };
  }
  const rewritten = oneLine(reply.replaceAll(/\p{Cf}|[^\P{Cc}\s]/gu, '')).replace(/^["“](.*)["”]$/u, '$1');
  const isPlausible =
    rewritten !== '' &&
    rewritten.length <= question.length + LONGEST_ADDITION &&
    keepsAll(rewritten, question) &&
    addsNothing(rewritten, `${question}\n${conversation}`);
  return { question: isPlausible ? rewritten : null, ...spent };
}

/** Words of matter below which a question is a fragment. */
const FRAGMENT = 2;

/** May the question point back, though no rule knows where to? */
function isOpen(question: string): boolean {
  const words = tokenize(question);
  return (
    pronounsIn(question, words).length > 0 ||
    /\b(?:this|that|these|those|one|ones|same|other|else)\b/i.test(question) ||
    words.filter(({ isStopWord }) => !isStopWord).length < FRAGMENT
  );
}

/** Has the rewriting all words of matter of the question? What points back has none. */
function keepsAll(rewritten: string, question: string): boolean {
  const found = terms(rewritten);
  return terms(question).every((term) => POINTING.has(term) || found.some((it) => isSameName(it, term)));
}

const POINTING = new Set(terms('one ones former latter else same other others'));

/** Are all names, numbers and words of matter of a text in the other? */
function addsNothing(rewritten: string, known: string): boolean {
  const numbers = numbersIn(known);
  if (numbersIn(rewritten).some(({ value }) => !numbers.some((it) => it.value === value))) return false;
  const words = tokenize(normalise(known).text);
  const given = new Set(words.map(({ term }) => term));
  const names = namesIn(rewritten, ({ text, term }) => given.has(term) || QUESTION_WORDS.has(fold(text)));
  const own = tokenize(rewritten).filter(({ text, isStopWord }) => !isStopWord && !QUESTION_WORDS.has(fold(text)));
  return [...names, ...own].every(({ term }) => words.some((it) => isSameName(it.term, term)));
}

/** With which a question begins, beside the stop words. */
const QUESTION_WORDS = new Set('many much name tell give list explain describe according since whether'.split(' '));
