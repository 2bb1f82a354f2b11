/**
 * One base, coded errors. An error's message names the thing and the value; its facts travel with it, its cause is kept.
 *
 * Each code stands for one kind of trouble and says how the two outer faces report it: `status` over HTTP, `exit` at the command line.
 * Exit codes: 1 unexpected, 2 wrong input or setting, 3 the documents, 4 the index, 5 the models, 6 the server or Slack, 7 an evaluation below
 * what was asked.
 */
const codes = {
  // what was asked
  QUESTION_EMPTY: { status: 400, exit: 2 },
  QUESTION_TOO_LONG: { status: 413, exit: 2 },
  DOCUMENT_UNKNOWN: { status: 404, exit: 2 },
  CONVERSATION_UNKNOWN: { status: 404, exit: 2 },
  ABORTED: { status: 499, exit: 1 },
  // how it was asked, over HTTP
  BODY_INVALID: { status: 400, exit: 2 },
  JSON_INVALID: { status: 400, exit: 2 },
  BODY_TOO_LARGE: { status: 413, exit: 2 },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, exit: 2 },
  METHOD_NOT_ALLOWED: { status: 405, exit: 2 },
  ROUTE_NOT_FOUND: { status: 404, exit: 2 },
  PROTOCOL_UNSUPPORTED: { status: 400, exit: 2 },
  ORIGIN_DENIED: { status: 403, exit: 2 },
  METRICS_DENIED: { status: 401, exit: 6 },
  RATE_LIMITED: { status: 429, exit: 6 },
  BUSY: { status: 503, exit: 6 },
  NOT_READY: { status: 503, exit: 6 },
  PORT_UNAVAILABLE: { status: 500, exit: 6 },
  // Slack
  SIGNATURE_INVALID: { status: 401, exit: 6 },
  SLACK_DENIED: { status: 500, exit: 6 },
  SLACK_UNREACHABLE: { status: 502, exit: 6 },
  SLACK_UNWRITABLE: { status: 500, exit: 6 },
  // how it was started
  USAGE: { status: 400, exit: 2 },
  SETTING_INVALID: { status: 500, exit: 2 },
  NODE_TOO_OLD: { status: 500, exit: 1 },
  // the documents
  FOLDER_MISSING: { status: 500, exit: 3 },
  FOLDER_EMPTY: { status: 500, exit: 3 },
  FILE_UNREADABLE: { status: 500, exit: 3 },
  FILE_NOT_UTF8: { status: 500, exit: 3 },
  FILE_TOO_LARGE: { status: 500, exit: 3 },
  FILE_INVALID: { status: 500, exit: 3 },
  DOCUMENT_DUPLICATE: { status: 500, exit: 3 },
  DOCUMENT_EMPTY: { status: 500, exit: 3 },
  // the index
  INDEX_MISSING: { status: 503, exit: 4 },
  INDEX_CORRUPT: { status: 503, exit: 4 },
  INDEX_MISMATCH: { status: 503, exit: 4 },
  INDEX_TOO_NEW: { status: 503, exit: 4 },
  INDEX_FOREIGN: { status: 503, exit: 4 },
  INDEX_LOCKED: { status: 503, exit: 4 },
  INDEX_UNWRITABLE: { status: 503, exit: 4 },
  DISK_FULL: { status: 503, exit: 4 },
  // what people say of answers
  FEEDBACK_FULL: { status: 503, exit: 1 },
  FEEDBACK_UNWRITABLE: { status: 503, exit: 1 },
  // the models
  MODEL_MISSING: { status: 500, exit: 5 },
  MODEL_CORRUPT: { status: 500, exit: 5 },
  MODEL_FAILED: { status: 500, exit: 5 },
  VECTOR_INVALID: { status: 500, exit: 5 },
  NATIVE_MISSING: { status: 500, exit: 5 },
  // the chat model; a question is answered without it, so that only `doctor` and the start report these as errors
  CHAT_MODEL_UNSUPPORTED: { status: 500, exit: 2 },
  CHAT_MODEL_PACKAGE_MISSING: { status: 500, exit: 5 },
  CHAT_MODEL_KEY_MISSING: { status: 500, exit: 2 },
  CHAT_MODEL_KEY_REFUSED: { status: 502, exit: 5 },
  CHAT_MODEL_NOT_FOUND: { status: 502, exit: 5 },
  CHAT_MODEL_BUDGET_SPENT: { status: 503, exit: 5 },
  CHAT_MODEL_RATE_LIMITED: { status: 502, exit: 5 },
  CHAT_MODEL_REQUEST_REFUSED: { status: 502, exit: 5 },
  CHAT_MODEL_UNREACHABLE: { status: 502, exit: 5 },
  CHAT_MODEL_BROKE_OFF: { status: 502, exit: 5 },
  CHAT_MODEL_TIMEOUT: { status: 504, exit: 5 },
  CHAT_MODEL_DECLINED: { status: 502, exit: 5 },
  CHAT_MODEL_OUTPUT_INVALID: { status: 502, exit: 5 },
  CHAT_MODEL_FAILED: { status: 502, exit: 5 },
  PROMPT_MISSING: { status: 500, exit: 2 },
  PROMPT_INVALID: { status: 500, exit: 2 },
  // the evaluation
  QUESTIONS_INVALID: { status: 500, exit: 2 },
  QUESTIONS_UNREADABLE: { status: 500, exit: 2 },
  RUN_EXISTS: { status: 500, exit: 2 },
  RUN_LOCKED: { status: 500, exit: 2 },
  RUN_MISSING: { status: 500, exit: 2 },
  RUN_MISMATCH: { status: 500, exit: 2 },
  RUN_CORRUPT: { status: 500, exit: 2 },
  RUN_UNWRITABLE: { status: 500, exit: 2 },
  RUN_INTERRUPTED: { status: 500, exit: 1 },
  SERVER_UNREACHABLE: { status: 500, exit: 6 },
  JUDGE_FAILED: { status: 500, exit: 5 },
  ASKING_FAILED: { status: 500, exit: 1 },
  QUALITY_BELOW: { status: 500, exit: 7 },
  // the promises
  QUOTE_NOT_FOUND: { status: 500, exit: 1 },
  INTERNAL: { status: 500, exit: 1 },
} as const;

export type ErrorCode = keyof typeof codes;

export class PullquoteError extends Error {
  override readonly name = 'PullquoteError';
  readonly code: ErrorCode;
  /** What the message speaks of, for programs. Never holds a key, a prompt or a stack. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, facts: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.facts = facts;
  }

  get status(): number {
    return codes[this.code].status;
  }

  get exit(): number {
    return codes[this.code].exit;
  }
}

/** The error itself if it is ours, else an INTERNAL one that keeps it as its cause. */
export function asPullquoteError(error: unknown): PullquoteError {
  if (error instanceof PullquoteError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new PullquoteError('INTERNAL', message, {}, error);
}

/** A value as an error message shows it: quoted, escaped onto one line and cut at 80 characters. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** The code of a file-system error (`ENOENT`, `ENOSPC`, …), or null. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Throws ABORTED once the signal is. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new PullquoteError('ABORTED', 'the question was withdrawn', {}, signal.reason);
}
