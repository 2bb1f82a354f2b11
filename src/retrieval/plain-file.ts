import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { PullquoteError, systemCode } from '../errors.ts';
import type { Digest } from './manifest.ts';

/** Most bytes read at a time. */
const PIECE = 1 << 20;

/** Opens a regular file for reading and closes it after `use`. A pipe is not waited for, a link not followed. Throws INDEX_CORRUPT. */
export async function withPlainFile<T>(
  file: string,
  use: (handle: FileHandle, bytes: number) => Promise<T>,
): Promise<T> {
  let handle: FileHandle | undefined;
  try {
    if (!(await lstat(file)).isFile()) throw new PullquoteError('INDEX_CORRUPT', `${file} is not a file`, { file });
    // Should it have been replaced by now: without O_NONBLOCK, opening a pipe waits for its writer and blocks even the exit.
    handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) throw new PullquoteError('INDEX_CORRUPT', `${file} is not a file`, { file });
    return await use(handle, stats.size);
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof PullquoteError || code === null) throw error;
    const what = code === 'ENOENT' ? 'is missing' : `cannot be read (${code})`;
    throw new PullquoteError('INDEX_CORRUPT', `${file} ${what}`, { file, system: code }, error);
  } finally {
    await handle?.close();
  }
}

/** The whole of a small file. Throws INDEX_CORRUPT, also when it is larger than `most` bytes. */
export function readSmallFile(file: string, most: number): Promise<Buffer> {
  return withPlainFile(file, async (handle, bytes) => {
    if (bytes > most) throw new PullquoteError('INDEX_CORRUPT', `${file} has ${bytes} bytes`, { file, bytes });
    return handle.readFile();
  });
}

/** Throws INDEX_CORRUPT. */
export function digestFile(file: string): Promise<Digest> {
  return withPlainFile(file, digestHandle);
}

/** Holds an open file against its digest, length first. Throws INDEX_CORRUPT. */
export async function verifyDigest(file: string, handle: FileHandle, bytes: number, digest: Digest): Promise<void> {
  if (bytes !== digest.bytes) {
    throw new PullquoteError('INDEX_CORRUPT', `${file} has ${bytes} bytes instead of ${digest.bytes}`, {
      file,
      bytes,
      expected: digest.bytes,
    });
  }
  const { sha256 } = await digestHandle(handle);
  if (sha256 !== digest.sha256) {
    throw new PullquoteError('INDEX_CORRUPT', `${file} was changed: its SHA-256 is another`, {
      file,
      sha256,
      expected: digest.sha256,
    });
  }
}

/** Reads line by line, so that a file may be longer than a string can be. Each line must end; bytes that are not UTF-8 throw. */
export async function readLines(handle: FileHandle, onLine: (line: string) => void): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let started: Buffer[] = [];
  for await (const piece of pieces(handle)) {
    let start = 0;
    for (let end = piece.indexOf(10); end !== -1; end = piece.indexOf(10, start)) {
      const rest = piece.subarray(start, end);
      onLine(decoder.decode(started.length === 0 ? rest : Buffer.concat([...started, rest])));
      started = [];
      start = end + 1;
    }
    if (start < piece.length) started.push(Buffer.from(piece.subarray(start)));
  }
  if (started.length > 0) throw new Error('the last line does not end');
}

async function digestHandle(handle: FileHandle): Promise<Digest> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces(handle)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The file from its beginning. A piece is overwritten by the next. */
async function* pieces(handle: FileHandle): AsyncGenerator<Buffer> {
  // No larger than the file: what small files leave behind would keep the garbage collector busy.
  const { size } = await handle.stat();
  const buffer = Buffer.allocUnsafe(Math.min(PIECE, size + 1));
  for (let position = 0; ; ) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
