import { open, readFile, truncate } from 'node:fs/promises';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import { runUnwritable } from './run-unwritable.ts';

/** A file of JSON lines that grows. */
export interface LineLog<Entry> {
  /** Resolves when the line is written. One line after the other, at the file's end; what a full disk cut short is taken back. */
  append: (entry: Entry) => Promise<void>;
  close: () => Promise<void>;
}

/**
 * The entries that a file holds; none when there is no file. A last line that does not end was torn by a kill and does not count. Throws RUN_CORRUPT naming
 * the line, RUN_UNWRITABLE.
 */
export async function readLineLog<Entry>(file: string): Promise<Entry[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return '';
    throw runUnwritable(file, error);
  });
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  return whole.split('\n').flatMap((line, index) => {
    if (line === '') return [];
    try {
      return JSON.parse(line) as Entry;
    } catch (error) {
      const message = `${shown(file)}, line ${index + 1}: not JSON, so the run cannot be gone on with`;
      throw new PullquoteError('RUN_CORRUPT', message, { file, line: index + 1 }, error);
    }
  });
}

/** Opens a file to go on writing; a torn last line is cut off first. Throws RUN_UNWRITABLE. */
export async function openLineLog<Entry>(file: string): Promise<LineLog<Entry>> {
  try {
    await cutTornLine(file);
    const handle = await open(file, 'a');
    let last: Promise<void> = Promise.resolve();
    const write = async (entry: Entry) => {
      const bytes = Buffer.from(`${JSON.stringify(entry)}\n`);
      const { size } = await handle.stat();
      try {
        for (let written = 0; written < bytes.length; ) written += (await handle.write(bytes, written)).bytesWritten;
      } catch (error) {
        await handle.truncate(size).catch(() => {}); // else the next one's line would go on with it
        throw runUnwritable(file, error);
      }
    };
    return {
      append(entry) {
        const written = last.then(() => write(entry));
        last = written.catch(() => {});
        return written;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    throw runUnwritable(file, error);
  }
}

async function cutTornLine(file: string): Promise<void> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return;
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) await truncate(file, end);
}
