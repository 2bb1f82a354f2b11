import { type ErrorCode, PullquoteError, systemCode } from '../errors.ts';

/**
 * What a provider's client threw, in our codes and words. A provider's own words may repeat the key or the prompt: of them only the name of
 * the error is told (`insufficient_quota`), and the thrown error itself isn't kept as a cause.
 */
export function chatModelFailure(thrown: unknown, id: string): PullquoteError {
  if (thrown instanceof PullquoteError) return thrown;
  const status = statusOf(thrown);
  const name = nameOf(thrown);
  const [code, words] = byName(thrown, name) ?? (status === null ? withoutStatus(thrown) : withStatus(status));
  const message = `${id} ${words}${name === null ? '' : ` (${name})`}`;
  return new PullquoteError(code, message, { model: id, ...(status !== null && { status }) });
}

/** Is it worth a second try: does the trouble pass by itself? */
export function isPassing({ code, facts }: PullquoteError): boolean {
  if (code === 'CHAT_MODEL_FAILED') return typeof facts.status === 'number';
  return code === 'CHAT_MODEL_RATE_LIMITED' || code === 'CHAT_MODEL_UNREACHABLE' || code === 'CHAT_MODEL_BROKE_OFF';
}

/** Which field the provider refuses: newer reasoning models take only their own temperature, and call the limit of tokens otherwise. */
export function refusedField(thrown: unknown): 'temperature' | 'limit' | null {
  if (!(thrown instanceof Error)) return null;
  if (/max_tokens|max_completion_tokens/.test(thrown.message) && statusOf(thrown) === 400) return 'limit';
  return /temperature/i.test(thrown.message) ? 'temperature' : null;
}

/** What is told by its name rather than by its status. */
function byName(thrown: unknown, name: string | null): [ErrorCode, string] | null {
  const { name: ofClient } = thrown instanceof Error ? thrown : { name: '' };
  if (ofClient === 'ContextOverflowError') {
    return ['CHAT_MODEL_REQUEST_REFUSED', 'cannot read so long a prompt; lower PULLQUOTE_MODEL_TOKENS'];
  }
  // Azure refuses what its filter declines; Google's client throws when the filter has taken the content away.
  const isDeclined = name === 'content_filter' || ofClient === 'EmptyContentError';
  return isDeclined ? ['CHAT_MODEL_DECLINED', 'declined to answer'] : null;
}

function withStatus(status: number): [ErrorCode, string] {
  if (status === 401 || status === 403) return ['CHAT_MODEL_KEY_REFUSED', `refused the key: HTTP ${status}`];
  if (status === 404) return ['CHAT_MODEL_NOT_FOUND', 'is not there: HTTP 404'];
  if (status === 408 || status === 504) return ['CHAT_MODEL_TIMEOUT', `took too long for its server: HTTP ${status}`];
  if (status === 402 || status === 429) return ['CHAT_MODEL_RATE_LIMITED', `takes no more for now: HTTP ${status}`];
  if (status >= 400 && status < 500) return ['CHAT_MODEL_REQUEST_REFUSED', `refused the request: HTTP ${status}`];
  return ['CHAT_MODEL_FAILED', `failed: HTTP ${status}`];
}

/** Node's codes for a server that can't be reached, and for one that went away. */
const UNREACHABLE =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;
const BROKEN = /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET|ERR_STREAM_PREMATURE_CLOSE|HPE_)/;

function withoutStatus(thrown: unknown): [ErrorCode, string] {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const code = systemCode(error) ?? '';
    if (UNREACHABLE.test(code)) return ['CHAT_MODEL_UNREACHABLE', `cannot be reached: ${code}`];
    if (BROKEN.test(code) || error.message === 'terminated') return ['CHAT_MODEL_BROKE_OFF', 'broke off'];
  }
  const message = thrown instanceof Error ? thrown.message : '';
  if (/^(?:Connection error|fetch failed)/.test(message)) return ['CHAT_MODEL_UNREACHABLE', 'cannot be reached'];
  if (thrown instanceof SyntaxError) return ['CHAT_MODEL_OUTPUT_INVALID', 'sent what its client cannot read'];
  return ['CHAT_MODEL_FAILED', 'failed'];
}

function statusOf(thrown: unknown): number | null {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const { status, statusCode, status_code } = error as Error & Record<string, unknown>;
    const found = [status, statusCode, status_code].find((it) => typeof it === 'number' && it >= 400 && it < 600);
    if (typeof found === 'number') return found;
  }
  return null;
}

/** The provider's name for the error, when it is a name: `model_not_found`. Keys and sentences are none. */
function nameOf(thrown: unknown): string | null {
  const { code, type } = (thrown instanceof Error ? thrown : {}) as { code?: unknown; type?: unknown };
  const name = [code, type].find((it) => typeof it === 'string' && /^[a-z]{2,20}(?:_[a-z]{2,20}){1,4}$/.test(it));
  return typeof name === 'string' ? name : null;
}
