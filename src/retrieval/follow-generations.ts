import { currentGeneration } from './index-folder.ts';

export interface FollowOptions {
  /** Milliseconds from the end of one look to the next. */
  everyMs: number;
  /** The generation that serves already; null if none does. */
  opened: string | null;
  /** Told of each new generation that CURRENT names. Nothing else is looked at until it is done. */
  onChange: (id: string) => Promise<void>;
  /** Told when `onChange` or the look itself failed. That generation is not tried again until CURRENT has named another. */
  onError: (error: unknown, id: string | null) => void;
}

/** Watches CURRENT, without keeping the process alive. Returns what ends it, and waits for the change under way. */
export function followGenerations(
  indexFolder: string,
  { everyMs, opened, onChange, onError }: FollowOptions,
): () => Promise<void> {
  let tried = opened;
  let stopped = false;
  let look = Promise.resolve();
  let timer: NodeJS.Timeout;

  async function lookOnce(): Promise<void> {
    let id: string | null = null;
    try {
      id = await currentGeneration(indexFolder);
      if (stopped || id === null || id === tried) return;
      tried = id;
      await onChange(id);
    } catch (error) {
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
