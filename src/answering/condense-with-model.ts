import { throwIfAborted } from '../errors.ts';
import type { ChatModel } from '../inference/chat-model.ts';
import { normalise } from '../text/normalise.ts';
import { numbersIn } from '../text/numbers.ts';
import { oneLine } from '../text/readable.ts';
import { fold, tokenize } from '../text/tokenize.ts';
import type { Turn } from '../types.ts';
import { formatConversation } from './conversation-text.ts';
import { isSameName, namesIn } from './names.ts';
import { fenced } from './passages.ts';
import type { Prompts } from './prompts.ts';

export interface CondenseParts {
  model: ChatModel;
  prompts: Prompts;
  drawFence: () => string;
}

/** Milliseconds for the rewriting: what comes later delays the answer more than it helps. */
const DEADLINE = 6_000;
/** A rewritten question that is longer by more than this is an answer, in UTF-16 units. */
const LONGEST_ADDITION = 300;

/**
 * A follow-up, rewritten by the chat model so that it stands alone; null when the model fails or takes too long, or when its words have a name
 * or a number that neither the question nor the conversation has. Throws ABORTED.
 */
export async function condenseWithModel(
  { model, prompts, drawFence }: CondenseParts,
  history: readonly Turn[],
  question: string,
  signal?: AbortSignal,
): Promise<string | null> {
  const fence = drawFence();
  const conversation = formatConversation(history);
  const prompt = prompts.fill('condense', {
    fence,
    question: fenced(fence, 'question', {}, question),
    conversation: fenced(fence, 'conversation', {}, conversation),
  });
  let reply = '';
  try {
    const options = { deadlineMs: DEADLINE, ...(signal && { signal }) };
    for await (const { text } of model.reply(() => prompt, options)) {
      reply += text;
      if (reply.length > 2 * (question.length + LONGEST_ADDITION)) return null;
    }
  } catch {
    throwIfAborted(signal);
    return null;
  }
  const rewritten = oneLine(reply.replaceAll(/\p{Cf}|[^\P{Cc}\s]/gu, '')).replace(/^["“](.*)["”]$/u, '$1');
  const isPlausible = rewritten !== '' && rewritten.length <= question.length + LONGEST_ADDITION;
  return isPlausible && addsNothing(rewritten, `${question}\n${conversation}`) ? rewritten : null;
}

/** Are all names and numbers of a text in the other? */
function addsNothing(rewritten: string, known: string): boolean {
  const numbers = numbersIn(known);
  if (numbersIn(rewritten).some(({ value }) => !numbers.some((it) => it.value === value))) return false;
  const words = tokenize(normalise(known).text);
  const given = new Set(words.map(({ term }) => term));
  const names = namesIn(rewritten, ({ text, term }) => given.has(term) || QUESTION_WORDS.has(fold(text)));
  return names.every(({ term }) => words.some((it) => isSameName(it.term, term)));
}

/** With which a question begins, beside the stop words. */
const QUESTION_WORDS = new Set('many much name tell give list explain describe according since whether'.split(' '));
