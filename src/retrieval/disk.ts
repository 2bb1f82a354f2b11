import { open } from 'node:fs/promises';
import { PullquoteError, shown, systemCode } from '../errors.ts';

/**
 * A failed write to the index folder as a coded error: DISK_FULL or INDEX_UNWRITABLE, naming folder and system code. Errors that are not
 * the system's are returned as they are.
 */
export function asDiskError(error: unknown, indexFolder: string): unknown {
  const system = systemCode(error);
  if (error instanceof PullquoteError || system === null) return error;
  const full = system === 'ENOSPC' || system === 'EDQUOT';
  return new PullquoteError(
    full ? 'DISK_FULL' : 'INDEX_UNWRITABLE',
    full
      ? `No room is left for the index ${shown(indexFolder)} (${system}). What served before goes on serving`
      : `The index ${shown(indexFolder)} cannot be written (${system}). What served before goes on serving`,
    { folder: indexFolder, system },
    error,
  );
}

/** Waits until a file is on the disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+'); // Windows does not sync what is open for reading
  await handle.sync().finally(() => handle.close());
}

/** Waits until the names in a folder are on the disk. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be synced there, nor need they be
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}
