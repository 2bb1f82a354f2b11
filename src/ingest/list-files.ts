import { type Dirent, promises as fs } from 'node:fs';
import { join } from 'node:path';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import type { DocumentFormat, SkippedFile } from '../types.ts';

/** A file that can become a document. */
export interface DocumentFile {
  /** Below the folder, `/` between parts. */
  path: string;
  /** `path` without its extension. */
  id: string;
  format: DocumentFormat;
}

const formats: Record<string, DocumentFormat> = {
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
};

/**
 * The documents below a folder, in code-unit order of their paths, and what is left aside with the reason. Nothing is opened;
 * links are not followed; names that begin with a dot are passed over in silence. Throws FOLDER_MISSING.
 */
export async function listFiles(folder: string): Promise<{ files: DocumentFile[]; skipped: SkippedFile[] }> {
  const missing = (why: string, cause?: unknown) =>
    new PullquoteError('FOLDER_MISSING', `The folder ${shown(folder)} ${why}`, { folder }, cause);
  const stats = await fs.stat(folder).catch((error) => {
    throw missing(systemCode(error) === 'ENOENT' ? 'does not exist' : `cannot be read (${systemCode(error)})`, error);
  });
  if (!stats.isDirectory()) throw missing('is not a folder');

  const found: DocumentFile[] = [];
  const skipped: SkippedFile[] = [];
  const folders = [''];
  for (let below = folders.pop(); below !== undefined; below = folders.pop()) {
    for (const entry of await entries(folder, below, skipped, missing)) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (!entry.isFile()) skipped.push({ path, code: null, reason: kindOf(entry) });
      else {
        const file = documentFile(path, entry.name);
        if (file === null) skipped.push({ path, code: null, reason: 'not text, Markdown or HTML' });
        else found.push(file);
      }
    }
  }
  found.sort(byPath);
  const files = withoutDoubles(found, skipped);
  return { files, skipped: skipped.sort(byPath) };
}

async function entries(
  folder: string,
  below: string,
  skipped: SkippedFile[],
  missing: (why: string, cause?: unknown) => PullquoteError,
): Promise<Dirent[]> {
  try {
    const all = await fs.readdir(join(folder, below), { withFileTypes: true });
    return all.filter((entry) => !entry.name.startsWith('.'));
  } catch (error) {
    const code = systemCode(error);
    if (below === '') throw missing(`cannot be read (${code})`, error);
    skipped.push({
      path: below,
      code: 'FILE_UNREADABLE',
      reason: `The folder ${shown(below)} cannot be read (${code})`,
    });
    return [];
  }
}

function documentFile(path: string, name: string): DocumentFile | null {
  const dot = name.lastIndexOf('.');
  const extension = dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
  if (!Object.hasOwn(formats, extension)) return null;
  return { path, id: path.slice(0, path.length - extension.length - 1), format: formats[extension] as DocumentFormat };
}

function withoutDoubles(files: DocumentFile[], skipped: SkippedFile[]): DocumentFile[] {
  const first = new Map<string, string>();
  return files.filter(({ path, id }) => {
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, path);
      return true;
    }
    const reason = `${shown(path)} has the same id as ${shown(other)}, which is kept`;
    skipped.push({ path, code: 'DOCUMENT_DUPLICATE', reason });
    return false;
  });
}

function kindOf(entry: Dirent): string {
  if (entry.isSymbolicLink()) return 'a symbolic link, which is not followed';
  if (entry.isFIFO()) return 'a FIFO, not a file';
  if (entry.isSocket()) return 'a socket, not a file';
  return 'a device, not a file';
}

/** Code-unit order: the same on every machine, whatever its language. */
function byPath(one: { path: string }, other: { path: string }): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}
