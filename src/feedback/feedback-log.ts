/** What people thought of answers, kept line by line: each is on the disk before it is acknowledged. */
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import { syncFolder } from '../retrieval/disk.ts';
import { jsonLine, linesOf } from './json-line.ts';
import { ratedAnswer } from './rated-answer.ts';

const feedback = z.object({
  version: z.literal(1),
  /** A later line with the same id takes the place of this one. */
  id: z.string(),
  /** When it was given, ISO 8601. */
  at: z.string(),
  /** null: taken back. */
  rating: z.enum(['up', 'down']).nullable(),
  note: z.string().optional(),
  trust: z.enum(['given', 'checked', 'unchecked']),
  /** The questions before, oldest first. */
  history: z.array(z.string()),
  /** The documents that were asked, when not all. */
  documents: z.array(z.string()).optional(),
  answer: ratedAnswer,
});

export type Feedback = z.output<typeof feedback>;

export interface FeedbackLog {
  /** Resolves when it is on the disk. Throws FEEDBACK_FULL, DISK_FULL, FEEDBACK_UNWRITABLE, BODY_TOO_LARGE. */
  append(feedback: Feedback): Promise<void>;
}

export interface FeedbackLogOptions {
  /** Made when the first feedback comes. */
  folder: string;
  /** Most bytes of the file. */
  limit: number;
}

const fileName = 'feedback.jsonl';

/** Bytes of one line: dozens of quotes. */
const longestLine = 65_536;

/** Bytes of one line that is not the server's own answer: more than most answers have, and yet a stranger does not fill the disk in an hour. */
const longestSent = 16_384;

const lineFeed = '\n'.charCodeAt(0);

/**
 * Several processes may write to one file: a line is one write at its end. What a killed process left of a line is closed by the next
 * one's line feed, and passed over by whoever reads.
 */
export function createFeedbackLog({ folder, limit }: FeedbackLogOptions): FeedbackLog {
  let last: Promise<unknown> = Promise.resolve();

  async function write(line: string): Promise<void> {
    let handle: FileHandle | null = null;
    try {
      const made = await mkdir(folder, { recursive: true, mode: 0o700 });
      if (made !== undefined) await syncFolder(dirname(made));
      handle = await open(join(folder, fileName), 'a+', 0o600);
      const stats = await handle.stat();
      if (!stats.isFile())
        throw new PullquoteError('FEEDBACK_UNWRITABLE', `${fileName} in ${shown(folder)} is no file`);
      const bytes = Buffer.from((await endsWhole(handle, stats.size)) ? line : `\n${line}`);
      if (stats.size + bytes.length > limit) {
        const message = `The feedback in ${shown(folder)} has reached its limit of ${limit} bytes`;
        throw new PullquoteError('FEEDBACK_FULL', message, { folder, limit });
      }
      const { bytesWritten } = await handle.write(bytes);
      if (bytesWritten < bytes.length) await handle.write(bytes, bytesWritten);
      await handle.sync();
      if (stats.size === 0) await syncFolder(folder);
    } catch (error) {
      throw coded(error, folder);
    } finally {
      await handle?.close();
    }
  }

  return {
    append(given) {
      const line = jsonLine(given);
      const longest = given.trust === 'given' ? longestLine : longestSent;
      const bytes = Buffer.byteLength(line);
      if (bytes > longest) {
        const message = `This feedback has ${bytes} bytes, more than ${longest}`;
        return Promise.reject(new PullquoteError('BODY_TOO_LARGE', message, { bytes, longest }));
      }
      const written = last.then(() => write(line));
      last = written.catch(() => undefined);
      return written;
    },
  };
}

async function endsWhole(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return true;
  const end = Buffer.alloc(1);
  await handle.read(end, 0, 1, size - 1);
  return end[0] === lineFeed;
}

function coded(error: unknown, folder: string): unknown {
  const system = systemCode(error);
  if (error instanceof PullquoteError || system === null) return error;
  const code = system === 'ENOSPC' || system === 'EDQUOT' ? 'DISK_FULL' : 'FEEDBACK_UNWRITABLE';
  return new PullquoteError(code, `Feedback cannot be kept in ${shown(folder)} (${system})`, { folder, system }, error);
}

/**
 * The feedback of a folder in the order in which it was last changed, without what was taken back. Two passes, so that a file of any size
 * takes little memory. Lines that are no feedback (a process was killed while it wrote) are told by number and passed over.
 *
 * @throws FOLDER_MISSING if the file cannot be read; one that is not there holds nothing.
 */
export async function* readFeedback(folder: string, onDamaged: (line: number) => void): AsyncGenerator<Feedback> {
  const lastLine = new Map<string, number>();
  for await (const { line, given } of givenIn(folder)) {
    if (given === null) onDamaged(line);
    else lastLine.set(given.id, line);
  }
  for await (const { line, given } of givenIn(folder)) {
    if (given !== null && given.rating !== null && lastLine.get(given.id) === line) yield given;
  }
}

async function* givenIn(folder: string): AsyncGenerator<{ line: number; given: Feedback | null }> {
  const file = join(folder, fileName);
  let line = 0;
  try {
    const handle = await open(file, 'r');
    try {
      for await (const text of linesOf(handle, longestLine)) {
        line += 1;
        // Whoever looks while another is writing sees a line cut short, and ends it once more.
        if (text !== '') yield { line, given: text === null ? null : parsed(text) };
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    const system = systemCode(error);
    if (system === null) throw error;
    if (system !== 'ENOENT')
      throw new PullquoteError('FOLDER_MISSING', `${shown(file)} cannot be read (${system})`, { file, system }, error);
  }
}

function parsed(text: string): Feedback | null {
  try {
    return feedback.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
