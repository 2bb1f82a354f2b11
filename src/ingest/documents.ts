import { createHash } from 'node:crypto';
import { constants, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import type { Document, DocumentFormat } from '../types.ts';
import { decode } from './decode.ts';
import type { DocumentFile } from './list-files.ts';
import { loadHtml } from './load-html.ts';
import { loadMarkdown } from './load-markdown.ts';
import { loadText } from './load-text.ts';
import type { LoadedDocument } from './loaded.ts';

export { type DocumentFile, listFiles } from './list-files.ts';

/** A document before its sentences are told apart. */
export type ReadDocument = Omit<Document, 'sentences'>;

/** A file's bytes, read once, and the SHA-256 of them: enough to tell whether its document has changed. */
export interface FileBytes {
  bytes: Uint8Array;
  revision: string;
}

/** Largest file that is read, in bytes: a thousand pages of print. */
const largestFile = 5_000_000;

const loaders: Record<DocumentFormat, (text: string, path: string) => LoadedDocument> = {
  text: loadText,
  markdown: loadMarkdown,
  html: loadHtml,
};

/**
 * The bytes of one file as it is now. Never waits on a FIFO and never follows a link, even one put there after the folder was
 * listed. Throws FILE_UNREADABLE, FILE_TOO_LARGE (beyond `maximum` bytes).
 */
export async function readBytes(folder: string, { path }: DocumentFile, maximum = largestFile): Promise<FileBytes> {
  const unreadable = (why: string | null, cause?: unknown) =>
    new PullquoteError('FILE_UNREADABLE', `${shown(path)} cannot be read (${why})`, { path }, cause);
  // O_NONBLOCK: opening a FIFO would wait for its writer. Both flags are missing on Windows.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  let handle: fs.FileHandle | null = null;
  try {
    handle = await fs.open(join(folder, path), flags);
    const stats = await handle.stat();
    if (!stats.isFile()) throw unreadable('not a file');
    if (stats.size > maximum) throw tooLarge(path, stats.size, maximum);
    const bytes = await handle.readFile();
    if (bytes.length > maximum) throw tooLarge(path, bytes.length, maximum); // it grew meanwhile
    return { bytes, revision: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    throw error instanceof PullquoteError ? error : unreadable(systemCode(error), error);
  } finally {
    await handle?.close();
  }
}

function tooLarge(path: string, size: number, maximum: number): PullquoteError {
  const message = `${shown(path)} has ${size} bytes, more than the ${maximum} that are read`;
  return new PullquoteError('FILE_TOO_LARGE', message, { path, size, maximum });
}

/**
 * A file's bytes as a document. Throws FILE_NOT_UTF8, FILE_INVALID (binary, broken front matter, nested too deep), and
 * DOCUMENT_EMPTY where there is no paragraph or item to quote.
 */
export function loadDocument({ path, id, format }: DocumentFile, { bytes, revision }: FileBytes): ReadDocument {
  const loaded = loaders[format](decode(bytes, path), path);
  if (!loaded.blocks.some(({ kind }) => kind === 'paragraph' || kind === 'item')) {
    throw new PullquoteError('DOCUMENT_EMPTY', `${shown(path)} holds no paragraph to quote`, { path });
  }
  return { id, revision, format, ...loaded };
}
