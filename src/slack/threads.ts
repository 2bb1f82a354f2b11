/** Threads as conversations: what was asked and answered in each, on disk, so that follow-ups and buttons work after a restart. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import * as z from 'zod';
import { asPullquoteError } from '../errors.ts';
import type { Answer, Turn } from '../types.ts';

export interface SlackTurn extends Turn {
  /** Timestamp of the message that asked, Slack's name for it within the channel. */
  asked: string;
  /** Who asked. */
  user: string;
  /** Timestamp of the message that answers; null in a reply that only the asker sees. */
  reply: string | null;
  /** User → id of that user's feedback on this answer. */
  feedback: Record<string, string>;
}

export interface Thread {
  turns: SlackTurn[];
  /** Who spoke in the thread last without being answered, since the last answer; null if nobody did. */
  speaker: string | null;
}

/** Where a thread is. Channels of different workspaces may have the same id. */
export interface ThreadPlace {
  team: string;
  channel: string;
  thread: string;
}

export interface Threads {
  /** A copy; null if nothing was asked there, or long ago. */
  read(id: string): Promise<Thread | null>;
  write(id: string, thread: Thread): Promise<void>;
}

export interface ThreadsOptions {
  folder: string;
  /** Threads kept; those unchanged for longest make room. */
  limit: number;
  /** Told of a file that cannot be read or written; the conversation then begins anew. */
  onWarning: (warning: string) => void;
}

/** A follow-up looks back a turn or two, a button perhaps a day; the rest is a bound on the disk. */
const TURNS_KEPT = 30;
/** Threads read without going to the disk. */
const REMEMBERED = 100;
/** New threads between two looks at how many there are. */
const SWEEP_EVERY = 50;

/** The parts of an answer that must be there for it to be shown again. Its quotes are held against the documents when it is. */
const answer = z.looseObject({
  version: z.literal(1),
  kind: z.enum(['answered', 'unanswered']),
  question: z.string(),
  citations: z.array(z.looseObject({ quote: z.string(), link: z.string() })),
  nearest: z.array(z.looseObject({ quote: z.string(), link: z.string() })),
});
const stored = z.object({
  version: z.literal(1),
  speaker: z.string().nullable(),
  turns: z.array(
    z.object({
      question: z.string(),
      answer: answer.transform((it) => it as unknown as Answer),
      asked: z.string(),
      user: z.string(),
      reply: z.string().nullable(),
      documents: z.array(z.string()).exactOptional(),
      feedback: z.record(z.string(), z.string()),
    }),
  ),
});

/** The same place always has the same id, which tells nothing about it. */
export function threadId({ team, channel, thread }: ThreadPlace): string {
  return createHash('sha256')
    .update(JSON.stringify([team, channel, thread]))
    .digest('hex')
    .slice(0, 32);
}

export async function openThreads({ folder, limit, onWarning }: ThreadsOptions): Promise<Threads> {
  const place = join(folder, 'threads');
  const remembered = new LRUCache<string, Thread>({ max: REMEMBERED });
  let fresh = 0;
  await mkdir(place, { recursive: true, mode: 0o700 });
  await sweep();

  const fileOf = (id: string) => join(place, `${id}.json`);

  async function sweep(): Promise<void> {
    const names = await readdir(place);
    const files = await Promise.all(
      names.map(async (name) => ({ name, at: (await stat(join(place, name)).catch(() => null))?.mtimeMs ?? 0 })),
    );
    const old = files.sort((a, b) => b.at - a.at).filter(({ name }, rank) => rank >= limit || name.endsWith('.new'));
    await Promise.all(old.map(({ name }) => rm(join(place, name), { force: true })));
  }

  return {
    async read(id) {
      const known = remembered.get(id);
      if (known) return structuredClone(known);
      const text = await readFile(fileOf(id), 'utf8').catch(() => null);
      if (text === null) return null;
      try {
        const { turns, speaker } = stored.parse(JSON.parse(text));
        remembered.set(id, { turns, speaker });
        return structuredClone({ turns, speaker });
      } catch (error) {
        onWarning(`${fileOf(id)} is damaged and left aside: ${asPullquoteError(error).message.slice(0, 200)}`);
        return null;
      }
    },
    async write(id, { turns, speaker }) {
      const thread = { turns: turns.slice(-TURNS_KEPT), speaker };
      const isNew = !remembered.has(id);
      remembered.set(id, structuredClone(thread));
      try {
        await writeFile(`${fileOf(id)}.new`, JSON.stringify({ version: 1, ...thread }), { mode: 0o600 });
        await rename(`${fileOf(id)}.new`, fileOf(id));
        if (isNew && ++fresh % SWEEP_EVERY === 0) await sweep();
      } catch (error) {
        onWarning(`${fileOf(id)} cannot be written: ${asPullquoteError(error).message}`);
      }
    },
  };
}
