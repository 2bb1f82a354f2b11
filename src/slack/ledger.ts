/**
 * Which of Slack's events were taken up and which are done, on disk: Slack sends an event again until it is acknowledged, and a process
 * may be killed between the acknowledgement and the answer.
 *
 *     {"id":"Ev1","at":1760000000000,"body":{…}}     taken up, before it is acknowledged
 *     {"id":"Ev1","reply":{"channel":"C1","ts":"…"}}  where its answer stands, or will
 *     {"id":"Ev1","again":1}                          taken up again, for the first time, by a later process
 *     {"id":"Ev1","done":true}                        answered; the body is forgotten at the next compaction
 */
import { type FileHandle, mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { asPullquoteError, systemCode } from '../errors.ts';

const reply = z.object({ channel: z.string(), ts: z.string() });
const entry = z.object({
  id: z.string(),
  at: z.number().optional(),
  body: z.record(z.string(), z.unknown()).optional(),
  reply: reply.optional(),
  again: z.number().optional(),
  done: z.literal(true).optional(),
});

export type ReplyPlace = z.output<typeof reply>;

interface Known {
  at: number;
  body: Record<string, unknown> | null;
  reply: ReplyPlace | null;
  again: number;
  done: boolean;
}

export interface Unfinished {
  id: string;
  body: Record<string, unknown>;
}

export interface Ledger {
  /** True the first time that an id comes; it is on the disk by then. Without a body it is only remembered, not resumed. */
  begin(id: string, body: Record<string, unknown> | null): Promise<boolean>;
  /** Where the answer to an event stands. */
  placed(id: string, reply: ReplyPlace): Promise<void>;
  replyOf(id: string): ReplyPlace | null;
  done(id: string): Promise<void>;
  /** What was begun within the last hour, is not done, and was not taken up again too often: it may be what ends the process. */
  unfinished(): Unfinished[];
  /** Notes that an event is taken up again. */
  again(id: string): Promise<void>;
  close(): Promise<void>;
}

export interface LedgerOptions {
  folder: string;
  /** Ids remembered. Default 10,000. */
  limit?: number;
  /** Told when the disk refuses; what was asked is answered all the same, but might be answered again after a restart. */
  onWarning: (warning: string) => void;
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

const FILE = 'events.jsonl';
/** Words of questions that are done leave the disk after so many, and when the process ends. */
const STALE = 200;
/** Slack gives up sending an event again within the hour, and an answer that comes later helps nobody. */
const RESUMED_FOR_MS = 3_600_000;
const RESUMED_TIMES = 5;

/** Reads what an earlier process left, drops what is old, and goes on from there. */
export async function openLedger({
  folder,
  limit = 10_000,
  onWarning,
  now = Date.now,
}: LedgerOptions): Promise<Ledger> {
  const file = join(folder, FILE);
  const known = new Map<string, Known>();
  /** Lines of the file that hold words of what is done, or are no lines. */
  let stale = 0;
  let handle: FileHandle | null = null;
  let last: Promise<unknown> = Promise.resolve();

  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const line of (await readFile(file, 'utf8').catch(absent)).split('\n')) apply(line);
  await compact();

  /** A line that is none was cut off when its process was killed: nothing after it depended on it. */
  function apply(line: string): void {
    const parsed = entry.safeParse(parse(line));
    if (!parsed.success) return;
    const { id, at, body, reply: placed, again, done } = parsed.data;
    const before = known.get(id);
    if (before === undefined && at === undefined) return;
    known.set(id, {
      at: before?.at ?? at ?? 0,
      body: done ? null : (body ?? before?.body ?? null),
      reply: placed ?? before?.reply ?? null,
      again: again ?? before?.again ?? 0,
      done: before?.done === true || done === true,
    });
  }

  /** Writes what is still of use to a new file and puts it in the old one's place. */
  async function compact(): Promise<void> {
    await handle?.close();
    handle = null;
    while (known.size > limit) known.delete(known.keys().next().value ?? '');
    const kept = [...known].map(([id, { at, body, reply: placed, again, done }]) =>
      line({
        id,
        at,
        ...(body && now() - at < RESUMED_FOR_MS && { body }),
        ...(placed && !done && { reply: placed }),
        ...(again > 0 && !done && { again }),
        ...(done && { done: true }),
      }),
    );
    const fresh = `${file}.new`;
    const writing = await open(fresh, 'w', 0o600);
    await writing.writeFile(kept.join(''));
    await writing.sync().finally(() => writing.close());
    await rename(fresh, file);
    stale = 0;
    handle = await open(file, 'a', 0o600);
  }

  /** One after the other; each resolves when its line is on the disk. */
  function append(facts: z.input<typeof entry>): Promise<unknown> {
    const written = last.then(async () => {
      if (stale >= STALE) await compact();
      handle ??= await open(file, 'a', 0o600);
      await handle.appendFile(line(facts));
      await handle.datasync();
    });
    last = written.catch((error: unknown) => {
      stale = STALE; // half a line may be there: the next one comes with a new file
      onWarning(
        `${file} cannot be written (${systemCode(error) ?? asPullquoteError(error).message}): a question might be answered twice after a restart`,
      );
    });
    return last;
  }

  return {
    async begin(id, body) {
      if (known.has(id)) return false;
      const at = now();
      known.set(id, { at, body, reply: null, again: 0, done: false });
      await append({ id, at, ...(body && { body }) });
      return true;
    },
    async placed(id, place) {
      const it = known.get(id);
      if (it) it.reply = place;
      await append({ id, reply: place });
    },
    replyOf: (id) => known.get(id)?.reply ?? null,
    async done(id) {
      const it = known.get(id);
      if (it) Object.assign(it, { done: true, body: null });
      await append({ id, done: true });
      stale += 1;
    },
    unfinished: () =>
      [...known].flatMap(([id, { at, body, again, done }]) =>
        !done && body !== null && now() - at < RESUMED_FOR_MS && again < RESUMED_TIMES ? [{ id, body }] : [],
      ),
    async again(id) {
      const it = known.get(id);
      if (it) await append({ id, again: ++it.again });
    },
    async close() {
      await last;
      if (handle !== null) await compact().catch(() => undefined);
      await handle?.close();
      handle = null;
    },
  };
}

const line = (facts: z.input<typeof entry>) => `${JSON.stringify(facts)}\n`;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function absent(error: unknown): string {
  if (systemCode(error) === 'ENOENT') return '';
  throw error;
}
