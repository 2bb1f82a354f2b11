import { PullquoteError } from '../../errors.ts';

/** Where something stands in a question file. */
export interface Where {
  file: string;
  /** The line of a field, or of the whole when it has no line of its own; from 1. */
  line: (path: readonly PropertyKey[]) => number;
}

/** What is wrong with a question file, and on which line. */
export function wrong(file: string, line: number, what: string, cause?: unknown): PullquoteError {
  return new PullquoteError('QUESTIONS_INVALID', `${file}, line ${line}: ${what}`, { file, line }, cause);
}
