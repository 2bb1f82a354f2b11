import pLimit from 'p-limit';
import { asPullquoteError, PullquoteError, throwIfAborted } from '../errors.ts';
import type { Asker } from './asker.ts';
import { keyOf } from './choose-examples.ts';
import { evidenceOf } from './evidence.ts';
import type { Result, Task } from './types.ts';

export interface RunOptions {
  /** Questions under way at once. */
  concurrency: number;
  /** Answers there already, by key. */
  done: ReadonlyMap<string, Result>;
  /** Keeps an answer; awaited before it counts. */
  keep: (result: Result) => Promise<void>;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

/**
 * Asks what has not been answered yet; every result, in the order of the tasks. A question that fails is a result, too; what fails all of
 * them ends the run, and what was answered is kept. Throws RUN_INTERRUPTED, SERVER_UNREACHABLE, RUN_UNWRITABLE.
 */
export async function runTasks(tasks: readonly Task[], asker: Asker, options: RunOptions): Promise<Result[]> {
  const { concurrency, done, keep, onProgress, signal } = options;
  const limit = pLimit(concurrency);
  const stop = new AbortController();
  const stopped = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  let kept = tasks.filter((task) => done.has(keyOf(nameOf(task)))).length;
  onProgress?.(kept, tasks.length);

  async function resultOf(task: Task): Promise<Result> {
    const before = done.get(keyOf(nameOf(task)));
    if (before !== undefined) return before;
    throwIfAborted(stopped);
    const result = await ask(task, asker, stopped);
    await keep(result);
    kept += 1;
    onProgress?.(kept, tasks.length);
    return result;
  }

  try {
    const all = tasks.map((task) =>
      limit(resultOf, task).catch((error: unknown) => {
        stop.abort(error); // the first to fail says why; the others need not be asked any more
        throw error;
      }),
    );
    await Promise.allSettled(all);
    return await Promise.all(all);
  } catch (error) {
    if (signal?.aborted) {
      throw new PullquoteError(
        'RUN_INTERRUPTED',
        `${kept} of ${tasks.length} questions are answered and kept; go on with --resume`,
        { kept },
      );
    }
    throw stop.signal.aborted ? stop.signal.reason : error;
  }
}

/** Asks one question. Its own trouble is its result; that of the run is thrown. */
async function ask(task: Task, asker: Asker, signal: AbortSignal): Promise<Result> {
  const name = nameOf(task);
  try {
    const { answer, ranking, ms } = await asker.ask(task, signal);
    const evidence = await evidenceOf(answer, asker.document);
    return { version: 1, ...name, answer, failure: null, ranking, evidence, ms };
  } catch (error) {
    const { code, message } = asPullquoteError(error);
    if (signal.aborted || code === 'ABORTED' || code === 'SERVER_UNREACHABLE' || code === 'NOT_READY') throw error;
    return { version: 1, ...name, answer: null, failure: { code, message }, ranking: null, evidence: [], ms: 0 };
  }
}

function nameOf({ example, repeat, leftOut }: Task): { id: string; repeat: number; leftOut: boolean } {
  return { id: example.id, repeat, leftOut };
}
