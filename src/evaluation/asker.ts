import type { Answer } from '../types.ts';
import type { Ranking, Task } from './types.ts';

/** An answer, and what only who asks can see of how it came about. */
export interface Asked {
  answer: Answer;
  ranking: Ranking | null;
  /** Milliseconds, the earlier questions of the conversation not counted. */
  ms: number;
}

/** What is evaluated: the engine in this process, or a server. */
export interface Asker {
  /** `in process`, or the server's address. */
  where: string;
  generation: string;
  /** Ids of all documents. */
  documents: readonly string[];
  /**
   * Throws what the chatbot throws. ABORTED and SERVER_UNREACHABLE end a run; other errors are the question's own.
   */
  ask(task: Task, signal?: AbortSignal): Promise<Asked>;
  /** A document as it is now; null if there is none. */
  document: (id: string) => Promise<{ revision: string; text: string } | null>;
}

/** The documents that an asking is put to; undefined for all. */
export function documentsFor({ example, leftOut }: Task, all: readonly string[]): string[] | undefined {
  if (!leftOut) return example.among ?? undefined;
  return (example.among ?? all).filter((id) => !example.documents.includes(id));
}
