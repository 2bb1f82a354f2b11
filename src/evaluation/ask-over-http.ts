import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { PullquoteError, throwIfAborted } from '../errors.ts';
import type { Answer } from '../types.ts';
import { type Asker, documentsFor } from './asker.ts';

/** Tries of one request while the server can't be reached or is busy; before each but the first it is given time. */
const TRIES = 6;
/** At the beginning: who mistyped the address wants to know soon. */
const FIRST_TRIES = 3;
const FIRST_WAIT_MS = 500;
/** Longest that a server's Retry-After is believed. */
const LONGEST_WAIT_MS = 120_000;

const answerShape = z.looseObject({
  version: z.literal(1),
  kind: z.enum(['answered', 'unanswered']),
  question: z.string(),
  standaloneQuestion: z.string(),
  statements: z.array(z.looseObject({ text: z.string(), citations: z.array(z.number()) })),
  citations: z.array(z.looseObject({ number: z.number(), quote: z.string(), start: z.number(), end: z.number() })),
  nearest: z.array(z.looseObject({ number: z.number(), quote: z.string(), start: z.number(), end: z.number() })),
  disagreements: z.array(z.unknown()),
  confidence: z.number(),
  answerer: z.string(),
  generation: z.string(),
  timings: z.record(z.string(), z.number()),
  conversationId: z.string().optional(),
});
const listShape = z.looseObject({ generation: z.string(), documents: z.array(z.looseObject({ id: z.string() })) });
const documentShape = z.looseObject({ revision: z.string(), text: z.string() });
const errorShape = z.looseObject({ error: z.looseObject({ code: z.string(), message: z.string() }) });

/**
 * Asks a running server. One that says it is busy (429, 503) is given the time it asks for. Throws SERVER_UNREACHABLE if it does not
 * answer, or not as Pullquote does.
 */
export async function askOverHttp(url: string, waitMs: number = FIRST_WAIT_MS): Promise<Asker> {
  const base = url.replace(/\/$/, '');
  const { generation, documents } = await get(listShape, `${base}/api/documents`, FIRST_TRIES);
  const all = documents.map(({ id }) => id);
  const texts = new Map<string, Promise<{ revision: string; text: string } | null>>();

  function get<Shape extends z.ZodType>(shape: Shape, address: string, tries = TRIES): Promise<z.output<Shape>> {
    return request(shape, address, { headers: { accept: 'application/json' } }, { tries });
  }

  async function request<Shape extends z.ZodType>(
    shape: Shape,
    address: string,
    init: RequestInit,
    { signal, tries = TRIES }: { signal?: AbortSignal | undefined; tries?: number },
  ): Promise<z.output<Shape>> {
    for (let attempt = 1; ; attempt++) {
      throwIfAborted(signal);
      let wait = waitMs * 2 ** (attempt - 1);
      let trouble: PullquoteError;
      try {
        const response = await fetch(address, { ...init, ...(signal && { signal }) });
        const body: unknown = await response.json().catch(() => null);
        if (response.ok) return understood(shape, body, base);
        trouble = refused(body, response.status, base);
        if (response.status !== 429 && response.status !== 503) throw trouble;
        const seconds = Number(response.headers.get('retry-after'));
        if (seconds > 0) wait = Math.min(seconds * 1_000, LONGEST_WAIT_MS);
      } catch (error) {
        throwIfAborted(signal);
        if (error instanceof PullquoteError) throw error;
        trouble = unreachable(base, reasonOf(error), error);
      }
      if (attempt === tries) throw trouble;
      await sleep(wait, null, signal ? { signal } : {}).catch(() => throwIfAborted(signal));
    }
  }

  async function post(body: object, signal?: AbortSignal) {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
    };
    return request(answerShape, `${base}/api/chat`, init, { signal });
  }

  return {
    where: base,
    generation,
    documents: all,
    async ask(task, signal) {
      const { question, history } = task.example;
      const documentsAsked = documentsFor(task, all);
      const scope = documentsAsked === undefined ? {} : { documents: documentsAsked };
      let conversation: { conversationId?: string } = {};
      for (const before of history) {
        const { conversationId } = await post({ question: before, ...scope, ...conversation }, signal);
        conversation = conversationId === undefined ? {} : { conversationId };
      }
      const started = performance.now();
      const { conversationId: _, ...answer } = await post({ question, ...scope, ...conversation }, signal);
      return { answer: answer as unknown as Answer, ranking: null, ms: performance.now() - started };
    },
    document(id) {
      let found = texts.get(id);
      if (found === undefined) {
        const path = id.split('/').map(encodeURIComponent).join('/');
        found = get(documentShape, `${base}/api/documents/${path}`).catch((error: unknown) => {
          if (error instanceof PullquoteError && error.code === 'DOCUMENT_UNKNOWN') return null;
          throw error;
        });
        texts.set(id, found);
      }
      return found;
    },
  };
}

function understood<Shape extends z.ZodType>(shape: Shape, body: unknown, base: string): z.output<Shape> {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.map(String).join('.') || 'its reply';
  throw unreachable(base, `does not answer as Pullquote does (${at})`);
}

/** What the server says is wrong: the question's own trouble keeps its code. */
function refused(body: unknown, status: number, base: string): PullquoteError {
  const parsed = errorShape.safeParse(body);
  if (!parsed.success) return unreachable(base, `answers with status ${status}`);
  const { code, message } = parsed.data.error;
  if (code === 'DOCUMENT_UNKNOWN' || code === 'QUESTION_TOO_LONG' || code === 'QUESTION_EMPTY') {
    return new PullquoteError(code, message);
  }
  if (status === 429 || status === 503) return unreachable(base, `stays busy (${code}: ${message})`);
  return new PullquoteError('ASKING_FAILED', `${base} answers ${code}: ${message}`, { status, code });
}

function unreachable(base: string, what: string, cause?: unknown): PullquoteError {
  return new PullquoteError('SERVER_UNREACHABLE', `${base} ${what}`, { url: base }, cause);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const reason = cause instanceof Error ? ('code' in cause ? String(cause.code) : cause.message) : String(error);
  return `cannot be reached (${reason})`;
}
