import { createHash, randomUUID } from 'node:crypto';
import { link, lstat, mkdir, open, readdir, readFile, readlink, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type ErrorCode, PullquoteError, systemCode } from '../errors.ts';
import { readSmallFile } from './plain-file.ts';

/** `held`: by a process that lives, whose number nobody knows when its lock cannot be understood. */
export type FolderLock =
  | { kind: 'taken'; release: () => Promise<void> }
  | { kind: 'held'; pid: number | null; file: string };

export interface FolderLockOptions {
  folder: string;
  /** Name of the lock's file, and the beginning of the names of the files that settle who takes over from the dead. */
  name: string;
  /** Of the error for something in the lock's place that is no file. */
  code: ErrorCode;
}

/** Who holds a lock. */
interface Holder {
  pid: number;
  /** When the process began, in ticks since the machine did; null where the system does not tell. A pid may be given out anew. */
  started: string | null;
  /** Machine, its boot, and its pid namespace: only in the same place does the pid mean anything. */
  place: string;
}

/** Milliseconds between signs of life, and without one until a lock from another place (a container, a machine) is taken for dead. */
const BEAT_MS = 10_000;
const SILENCE_MS = 60_000;

/** Ends of the names of takers' own files and of their claims. */
const LEFT = /^-(?:new-[0-9a-f-]{36}|[0-9a-f]{16})$/;

/**
 * Makes this process the only one that works in a folder, creating the folder if there is none, or says at once who else does.
 * A lock whose process is gone is taken over.
 *
 * `LOCK` is made by link(), so that it appears once and whole. To take over, deleting the dead one's LOCK and making one's own will not do:
 * another taker's new LOCK may be deleted that way. So each dead lock may be succeeded once, by whoever makes the file named for its content:
 *
 *     LOCK (a, dead)  →  LOCK-<hash of a> (b, dead)  →  LOCK-<hash of b> (c, alive: the holder)
 *
 * The new holder renames its lock over LOCK and deletes the rest of the chain. A slower taker who has walked the old chain may then still
 * make a link of it; it finds that LOCK is not what it began with, and begins again.
 *
 * Throws the system's errors, and `code`.
 */
export async function lockFolder(options: FolderLockOptions): Promise<FolderLock> {
  const { folder, name } = options;
  const own = join(folder, `${name}-new-${randomUUID()}`);
  const lock = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    const holder: Holder = {
      pid: process.pid,
      started: (await processOf(process.pid))?.started ?? null,
      place: await place(),
    };
    const content = `${JSON.stringify({ ...holder, token: randomUUID() })}\n`;
    await writeFile(own, content, { flag: 'wx' });
    for (let found: FolderLock | boolean = false; found !== true; ) {
      found = await succeed(options, own, content);
      if (typeof found === 'object') return found;
    }
    await sweep(options).catch(() => {}); // what cannot be deleted is left to the next

    const beat = setInterval(() => utimes(lock, new Date(), new Date()).catch(() => {}), BEAT_MS).unref();
    const release = async () => {
      clearInterval(beat);
      const held = await readFile(lock, 'utf8').catch(() => null);
      if (held === content) await rm(lock, { force: true });
    };
    return { kind: 'taken', release };
  } finally {
    await rm(own, { force: true }).catch(() => {});
  }
}

/** Walks to the end of the chain and succeeds it. True if the lock is ours, false to begin again, else who holds it. */
async function succeed(options: FolderLockOptions, own: string, content: string): Promise<FolderLock | boolean> {
  const { folder, name, code } = options;
  const lock = join(folder, name);
  const chain: string[] = [];
  let head: string | null = null;
  for (let file = lock; ; ) {
    if (await linkOnce(own, file, content)) break;
    const held = await readLock(file, code);
    if (held === null) return false; // released meanwhile
    if (await isAlive(held.holder, held.modified)) return { kind: 'held', pid: held.holder?.pid ?? null, file: lock };
    head ??= held.content;
    file = join(folder, `${name}-${createHash('sha256').update(held.content).digest('hex').slice(0, 16)}`);
    chain.push(file);
  }
  if (head === null) return true;
  const last = chain[chain.length - 1] as string;
  if ((await readLock(lock, code))?.content !== head) {
    await rm(last, { force: true });
    return false;
  }
  await rename(own, lock);
  for (const file of chain) await rm(file, { force: true });
  return true;
}

/**
 * Deletes what takers who died have left. Only the holder does: nobody succeeds a lock that is held, so every claim there is of a chain that
 * has ended. And only what is old: somebody may be trying just now, with a file of their own.
 */
async function sweep({ folder, name }: FolderLockOptions): Promise<void> {
  for (const other of await readdir(folder)) {
    if (!other.startsWith(name) || !LEFT.test(other.slice(name.length))) continue;
    const file = join(folder, other);
    const { mtimeMs } = await lstat(file);
    if (Date.now() - mtimeMs > SILENCE_MS) await rm(file, { force: true });
  }
}

/** Makes a file with the content of `own` at once, or returns false if it is there. */
async function linkOnce(own: string, file: string, content: string): Promise<boolean> {
  try {
    await link(own, file);
    return true;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS' && code !== 'EOPNOTSUPP') throw error;
  }
  // No links on this file system. Second best: for a moment the file is empty, and then counts as held.
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(content).finally(() => handle.close());
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Null if there is no such file. A lock that cannot be understood has no holder. */
async function readLock(
  file: string,
  code: ErrorCode,
): Promise<{ content: string; holder: Holder | null; modified: number } | null> {
  try {
    const { mtimeMs } = await lstat(file);
    const content = (await readSmallFile(file, 4096)).toString('utf8');
    return { content, holder: parseHolder(content), modified: mtimeMs };
  } catch (error) {
    const system = systemCode(error instanceof PullquoteError ? error.cause : error);
    if (system === 'ENOENT') return null;
    throw new PullquoteError(code, `${file} is no lock: delete it`, { file, system }, error);
  }
}

function parseHolder(content: string): Holder | null {
  try {
    const { pid, started, place } = JSON.parse(content);
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, started, place } : null;
  } catch {
    return null;
  }
}

async function isAlive(holder: Holder | null, modified: number): Promise<boolean> {
  if (holder === null || holder.place !== (await place())) return Date.now() - modified < SILENCE_MS;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM'; // there, but not ours
  }
  const found = await processOf(holder.pid);
  if (found === null) return true; // the system does not tell more
  return found.state !== 'Z' && found.state !== 'X' && (holder.started === null || found.started === holder.started);
}

/** State and start of a process, from `/proc/<pid>/stat` (proc(5), fields 3 and 22; the second may hold spaces and brackets). */
async function processOf(pid: number): Promise<{ state: string; started: string } | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => null);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[0] !== undefined && fields[19] !== undefined ? { state: fields[0], started: fields[19] } : null;
}

async function place(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return [hostname(), boot.trim(), namespace].join(' ');
}
