/** What the bot remembers belongs to one process at a time. A second one stands by, as in a rolling restart, and takes over when the first ends. */
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import { lockFolder } from '../retrieval/folder-lock.ts';

export interface TurnOptions {
  folder: string;
  /** Ends the waiting. */
  signal: AbortSignal;
  /** Told once, when there is somebody to wait for; the number of its process, where that is known. */
  onWait: (pid: number | null) => void;
}

/** Milliseconds between looks whether the other process has ended. */
const LOOK_MS = 1_000;

/**
 * Resolves with what ends our turn; null if the waiting was ended first.
 *
 * @throws SLACK_UNWRITABLE
 */
export async function awaitTurn({ folder, signal, onWait }: TurnOptions): Promise<(() => Promise<void>) | null> {
  // Nobody else's to read, whoever makes it first.
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw unwritable(folder, error);
  });
  for (let told = false; !signal.aborted; told = true) {
    const lock = await lockFolder({ folder, name: 'LOCK', code: 'SLACK_UNWRITABLE' }).catch((error: unknown) => {
      throw unwritable(folder, error);
    });
    if (lock.kind === 'taken') {
      if (!signal.aborted) return lock.release;
      await lock.release();
      return null;
    }
    if (!told) onWait(lock.pid);
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  return null;
}

/** A folder of the bot's that does not take what is to be remembered. */
export function unwritable(folder: string, error: unknown): PullquoteError {
  if (error instanceof PullquoteError) return error;
  const reason = systemCode(error) ?? String(error);
  return new PullquoteError('SLACK_UNWRITABLE', `${shown(folder)} cannot be written (${reason})`, { folder }, error);
}
