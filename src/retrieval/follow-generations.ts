import { currentGeneration } from './index-folder.ts';

export interface FollowOptions {
  /** Milliseconds from the end of one look to the next. */
  everyMs: number;
  /** The generation that serves already; null if none does. */
  opened: string | null;
  /** Told of each new generation that CURRENT names. Nothing else is looked at until it is done. */
  onChange: (id: string) => Promise<void>;
  /** Told when `onChange` or the look itself failed: of each message once, until CURRENT names another generation. */
  onError: (error: unknown, id: string | null) => void;
}

/** Longest pause between two tries of a generation that failed. */
const LONGEST_PAUSE_MS = 30_000;

/**
 * Watches CURRENT, without keeping the process alive. A generation that failed is tried again after pauses that double: it may be on its
 * way still (a replica that is being copied), or the disk be itself again. Returns what ends it, and waits for the change under way.
 */
export function followGenerations(
  indexFolder: string,
  { everyMs, opened, onChange, onError }: FollowOptions,
): () => Promise<void> {
  /** What CURRENT named last, when to try it (never again once it is open), and the errors told of. */
  let named = { id: opened, next: Infinity, pause: everyMs, told: new Set<string>() };
  let stopped = false;
  let look = Promise.resolve();
  let timer: NodeJS.Timeout;

  async function lookOnce(): Promise<void> {
    let id: string | null = null;
    try {
      id = await currentGeneration(indexFolder);
      if (stopped || id === null) return;
      if (id !== named.id) named = { id, next: 0, pause: everyMs, told: new Set() };
      if (performance.now() < named.next) return;
      await onChange(id);
      named.next = Infinity;
    } catch (error) {
      named.next = performance.now() + named.pause;
      named.pause = Math.min(2 * named.pause, LONGEST_PAUSE_MS);
      const message = String(error);
      if (named.told.has(message)) return;
      named.told.add(message);
      onError(error, id);
    } finally {
      if (!stopped) lookLater();
    }
  }

  function lookLater(): void {
    timer = setTimeout(() => {
      look = lookOnce();
    }, everyMs).unref();
  }

  lookLater();
  return () => {
    stopped = true;
    clearTimeout(timer);
    return look;
  };
}
