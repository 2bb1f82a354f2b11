/** What went wrong, for a person: a code that the interface has a sentence for, and what else there is to say. */
import type { WidgetTexts } from '../texts.ts';

export interface Failure {
  code: string;
  /** Seconds after which to try again, where the server says so. */
  retryAfter: number | null;
  /** The request id, under which the server's log has more. */
  requestId: string | null;
}

export class AskFailed extends Error {
  readonly failure: Failure;
  constructor(code: string, { retryAfter = null, requestId = null }: Partial<Failure> = {}) {
    super(code);
    this.failure = { code, retryAfter, requestId };
  }
}

/** Codes that only a change of the question, or of the page, can help. */
const final = new Set(['QUESTION_TOO_LONG', 'DOCUMENT_UNKNOWN', 'ORIGIN_DENIED', 'PROTOCOL_UNSUPPORTED']);

export const canRetry = ({ code }: Failure): boolean => !final.has(code);

/** The failure in sentences. */
export function describe({ code, retryAfter, requestId }: Failure, texts: WidgetTexts): string {
  const known = Object.hasOwn(texts.failures, code);
  const sentence = known ? texts.failures[code as keyof WidgetTexts['failures']] : texts.failures.OTHER;
  return [
    sentence,
    retryAfter !== null && texts.wait(retryAfter),
    texts.kept,
    !known && requestId && texts.reference(requestId),
  ]
    .filter(Boolean)
    .join(' ');
}
