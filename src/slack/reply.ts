/** Where an answer is shown while it comes into being. */
import type { Message } from './format/message.ts';

export interface Reply {
  /** Shows at once that the question was heard. */
  reading(): Promise<void>;
  /** The verified statements so far; shown as often as Slack allows. */
  progress(statements: readonly string[]): void;
  /** Puts the answer in the place of all that was shown. Quiet when that place is gone. */
  show(message: Message): Promise<void>;
  /** Takes away what was shown: the question was deleted. */
  withdraw(): Promise<void>;
  /** Timestamp of the message that answers; null if there is none, or only its reader has it. */
  ts(): string | null;
}

/** Milliseconds between two updates of a message: Slack takes about one a second in a channel. */
export const UPDATE_EVERY_MS = 1_000;

/**
 * Runs what was asked for last, one at a time, at most once an interval; what was overtaken meanwhile is never run.
 * `settled` drops what is still waiting and resolves once nothing runs.
 */
export function createPace(everyMs: number, sleep: (ms: number) => Promise<void>, now: () => number) {
  let next: (() => Promise<void>) | null = null;
  let running: Promise<void> | null = null;
  let last = Number.NEGATIVE_INFINITY;

  async function run(): Promise<void> {
    while (next !== null) {
      const wait = last + everyMs - now();
      if (wait > 0) await sleep(wait);
      const task: (() => Promise<void>) | null = next;
      next = null;
      last = now();
      await task?.();
    }
    running = null;
  }

  return {
    soon(task: () => Promise<void>): void {
      next = task;
      running ??= run();
    },
    async settled(): Promise<void> {
      next = null;
      await running;
    },
  };
}
