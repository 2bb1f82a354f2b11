/** The server that the widget asks. */
import type { Answer, Block, Citation, Span } from '../types.ts';
import { AskFailed } from './failure.ts';
import { type ReceivedAnswer, readEvents, silence, within } from './read-events.ts';

/** What this widget understands; a server that does not speak it says so (PROTOCOL_UNSUPPORTED). */
const protocol = '1';

/** Milliseconds that a rating or a document may take. */
const patience = 15_000;

export interface ReceivedDocument {
  id: string;
  title: string;
  author?: string;
  publisher?: string;
  url?: string;
  published?: string;
  revision: string;
  text: string;
  blocks: Block[];
  markup: Span[];
}

export interface Asked {
  question: string;
  conversationId: string | null;
  /** The documents to ask (ids); null for all. */
  documents: string[] | null;
}

export interface Rating {
  rating: 'up' | 'down' | null;
  note?: string;
  /** Of the earlier rating that this one replaces. */
  id?: string;
  conversationId: string;
  answer: Answer;
  /** The questions before it, oldest first. */
  history: string[];
  documents?: string[];
}

/** What happens while an answer comes. */
export interface Progress {
  onCitation: (citation: Citation) => void;
  /** More of the answer's text. */
  onText: (delta: string) => void;
}

export interface Endpoint {
  /** The answer, told piece by piece on the way. Throws AskFailed; an AbortError once the signal is aborted. */
  ask: (asked: Asked, progress: Progress, signal: AbortSignal) => Promise<ReceivedAnswer>;
  /** Keeps a rating; its id. Throws AskFailed. */
  rate: (rating: Rating) => Promise<string>;
  /** Throws AskFailed. */
  document: (id: string) => Promise<ReceivedDocument>;
  /** Where a citation can be read, with the others of its document marked lightly. */
  passage: (citation: Citation, others?: Citation[]) => string;
}

/** @param base Address of the server, with whatever path it is served under. */
export function createEndpoint(base: string): Endpoint {
  const root = base.replace(/\/+$/, '');

  async function call(path: string, init: RequestInit = {}): Promise<Response> {
    const response = await fetch(root + path, { credentials: 'omit', ...init }).catch((error: unknown) => {
      if (init.signal?.aborted) throw error;
      throw new AskFailed(navigator.onLine === false ? 'OFFLINE' : 'UNREACHABLE');
    });
    if (!response.ok) throw await refusal(response);
    return response;
  }

  const post = (path: string, body: object, accept: string, signal: AbortSignal | null = null) =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'pullquote-protocol': protocol, accept },
      body: JSON.stringify(body),
      signal,
    });

  return {
    async ask({ question, conversationId, documents }, progress, signal) {
      const body = { question, ...(conversationId && { conversationId }), ...(documents && { documents }) };
      // Aborted in any case at the end: a reply that came too late must not go on in the background.
      const connection = new AbortController();
      const either = AbortSignal.any([signal, connection.signal]);
      let answer: ReceivedAnswer | null = null;
      try {
        const response = await within(silence, post('/api/chat', body, 'text/event-stream', either), 'UNREACHABLE');
        await readEvents(response, signal, (part) => {
          if (part.type === 'data-citation') progress.onCitation(part.data);
          else if (part.type === 'text-delta') progress.onText(part.delta);
          else if (part.type === 'data-answer') answer = part.data;
          else if (part.type === 'data-error') throw failureOf(part.data);
          else if (part.type === 'error') throw new AskFailed('OTHER');
        });
      } finally {
        connection.abort();
      }
      if (answer === null) throw new AskFailed('LOST');
      return answer;
    },
    rate: (rating) =>
      inTime(async (signal) => {
        const response = await post('/api/feedback', rating, 'application/json', signal);
        const { id } = (await response.json()) as { id: string };
        return id;
      }),
    document: (id) =>
      inTime(async (signal) => {
        const path = id.split('/').map(encodeURIComponent).join('/');
        const response = await call(`/api/documents/${path}`, { signal });
        return (await response.json()) as ReceivedDocument;
      }),
    passage: ({ document, link }, others = []) =>
      link.startsWith('/sources/')
        ? `${root}${link}${others.map(({ start, end }) => `,${start}-${end}`).join('')}@${document.revision.slice(0, 12)}`
        : `${root}/`,
  };
}

/** Given up, and the connection with it, when it takes too long. */
async function inTime<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const connection = new AbortController();
  try {
    return await within(patience, work(connection.signal), 'UNREACHABLE');
  } finally {
    connection.abort();
  }
}

/** The error of a reply that is none of the expected ones. */
async function refusal(response: Response): Promise<AskFailed> {
  const body: unknown = await response.json().catch(() => null);
  const error = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  // A proxy in front may answer for a server that is down or too busy.
  const code = response.status === 429 ? 'RATE_LIMITED' : response.status === 413 ? 'QUESTION_TOO_LONG' : 'UNREACHABLE';
  return failureOf(error, { code, retryAfter: Number.isFinite(seconds) ? Math.ceil(seconds) : null });
}

function failureOf(error: unknown, { code = 'OTHER', retryAfter = null as number | null } = {}): AskFailed {
  const told = (typeof error === 'object' && error !== null ? error : {}) as { code?: unknown; requestId?: unknown };
  return new AskFailed(typeof told.code === 'string' ? told.code : code, {
    retryAfter,
    requestId: typeof told.requestId === 'string' ? told.requestId : null,
  });
}
