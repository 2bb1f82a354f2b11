import { PullquoteError, shown } from '../errors.ts';
import { asDiskError } from './disk.ts';
import { lockFolder } from './folder-lock.ts';
import { LOCK, verifyWritable } from './index-folder.ts';

/**
 * Makes this process the only one that ingests into a folder, creating the folder if there is none. Returns what releases the lock.
 *
 * Throws INDEX_LOCKED (naming the pid) at once, INDEX_FOREIGN, INDEX_TOO_NEW, DISK_FULL, INDEX_UNWRITABLE.
 */
export async function lockIndex(indexFolder: string): Promise<() => Promise<void>> {
  await verifyWritable(indexFolder);
  const lock = await lockFolder({ folder: indexFolder, name: LOCK, code: 'INDEX_UNWRITABLE' }).catch(
    (error: unknown) => {
      throw asDiskError(error, indexFolder);
    },
  );
  if (lock.kind === 'taken') return lock.release;
  const { pid, file } = lock;
  throw new PullquoteError(
    'INDEX_LOCKED',
    `The index ${shown(indexFolder)} is being written by ${pid === null ? 'another process' : `process ${pid}`}. If that is not so, delete ${file}`,
    { folder: indexFolder, pid },
  );
}
