import { randomBytes } from 'node:crypto';
import pLimit from 'p-limit';
import * as z from 'zod';
import { readPrompt } from '../answering/writing/prompt.ts';
import { asPullquoteError, PullquoteError } from '../errors.ts';
import type { ChatModel } from '../inference/chat-model.ts';
import { askForJson } from './ask-for-json.ts';
import { keyOf } from './choose-examples.ts';
import type { Example, Judgement, Result, Task } from './types.ts';

const verdict = z.strictObject({ correct: z.boolean().nullable(), supported: z.boolean(), reason: z.string() });

export interface JudgeOptions {
  model: ChatModel;
  /** Folder of the prompts; `judge.md` is read. */
  prompts: string;
  concurrency: number;
  /** Judgements there already, by key. */
  done: ReadonlyMap<string, Judgement>;
  keep: (judgement: Judgement) => Promise<void>;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * What a chat model holds of every answer: an opinion, kept apart from what code counts. One that fails is a judgement with its failure. Throws PROMPT_MISSING,
 * PROMPT_INVALID, RUN_INTERRUPTED.
 */
export async function judgeAnswers(
  tasks: readonly Task[],
  results: readonly Result[],
  { model, prompts, concurrency, done, keep, onProgress, signal }: JudgeOptions,
): Promise<Judgement[]> {
  const { fill } = await readPrompt(prompts, 'judge', ['fence', 'question', 'expected', 'answer', 'quotes']);
  const limit = pLimit(concurrency);
  const answered = tasks.flatMap(({ example, leftOut }, at) => {
    const result = results[at];
    return result?.answer?.kind === 'answered' && !leftOut ? { example, result } : [];
  });
  let count = 0;
  const judgements = await limit.map(answered, async ({ example, result }) => {
    const name = { id: result.id, repeat: result.repeat };
    const before = done.get(keyOf({ ...name, leftOut: false }));
    const judgement = before ?? (signal?.aborted ? null : await judged(example, result, name));
    if (before === undefined && judgement !== null) await keep(judgement);
    onProgress?.(++count, answered.length);
    return judgement;
  });
  if (signal?.aborted) {
    throw new PullquoteError('RUN_INTERRUPTED', 'the answers are kept, some are not judged yet; go on with --resume');
  }
  return judgements.filter((judgement) => judgement !== null);

  async function judged(example: Example, result: Result, name: { id: string; repeat: number }): Promise<Judgement> {
    const quotes = result.answer?.citations.map(({ number, quote }) => `[${number}] ${quote}`).join('\n') ?? '';
    const answer = [result.answer?.shortAnswer?.text, result.answer?.text].filter(Boolean).join('\n');
    const fence = randomBytes(6).toString('hex'); // no document can know it
    const expected = expectation(example);
    const prompt = fill({
      fence: `=== ${fence}`,
      question: example.question,
      expected: expected ?? '(nothing is said)',
      answer,
      quotes,
    });
    try {
      const { value, usage } = await askForJson(model, prompt, verdict, signal);
      const correct = expected === null ? null : value.correct;
      return { ...name, correct, supported: value.supported, reason: value.reason, failure: null, usage };
    } catch (error) {
      const { code, message } = asPullquoteError(error);
      return { ...name, correct: null, supported: null, reason: '', failure: { code, message }, usage: null };
    }
  }
}

/** What is right, for a reader; null where the set does not say. */
function expectation({ words, answers }: Example): string | null {
  if (words.length > 0) return words.map((group) => group.join(' or ')).join('\n');
  return answers.length > 0 ? answers.join(' or ') : null;
}
