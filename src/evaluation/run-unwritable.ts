import { PullquoteError, shown, systemCode } from '../errors.ts';

/** RUN_UNWRITABLE, naming the file and why. An error that is coded already stays what it is. */
export function runUnwritable(file: string, error: unknown): PullquoteError {
  if (error instanceof PullquoteError) return error;
  const code = systemCode(error);
  const why =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'cannot be written: the disk is full'
      : `cannot be written or read (${code})`;
  const message = `${shown(file)} ${why}`;
  return new PullquoteError('RUN_UNWRITABLE', message, { file, code }, error);
}
