/** `POST /api/chat`: one question, answered as JSON or as a stream. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import type { Conversations } from '../conversations.ts';
import { PullquoteError, shown } from '../errors.ts';
import type { Answer, Chatbot, Citation, Statement } from '../types.ts';
import { type ChatRequest, readChatRequest } from './chat-request.ts';
import { bodyOf } from './request-body.ts';
import { openEventStream } from './sse.ts';
import { answerParts, errorParts, uiMessageStreamHeaders } from './ui-message-stream.ts';

export interface ChatOptions {
  chatbot: Chatbot;
  conversations: Conversations;
  /** Questions being answered at once. */
  queue: number;
  /** Milliseconds after which a stream is opened though the answer is not there yet. Before that, errors are a status. */
  headAfterMs: number;
  /** Milliseconds that a client of a stream may read nothing. */
  stallMs: number;
  /** Aborted when the server can wait no longer. */
  closing: AbortSignal;
}

/** Seconds after which a client that found the queue full may try again. */
const comeBackAfter = 2;

export function answerChat(options: ChatOptions): RequestHandler {
  const { chatbot, conversations, queue, closing } = options;
  let underWay = 0;

  return async (req, res) => {
    const asked = readChatRequest(bodyOf(req, '{"question": "…"}'));
    const history = historyOf(asked, conversations);
    if (underWay >= queue) {
      res.set('retry-after', String(comeBackAfter));
      throw new PullquoteError('BUSY', `${underWay} questions are being answered; ask again in a moment`, { queue });
    }
    const signal = AbortSignal.any([clientGone(res), closing]);
    underWay += 1;
    const isStream = wantsStream(req, asked);
    const said = new PassThrough({ objectMode: true });
    const answering = chatbot
      .ask(asked.question, {
        signal,
        ...(isStream && { onStatement: (statement, citations) => void said.write({ statement, citations }) }),
        ...(history && { history }),
        ...(asked.documents && { documents: asked.documents }),
      })
      .catch((error: unknown) => {
        throw signal.aborted ? signal.reason : error;
      })
      .finally(() => {
        underWay -= 1;
      });
    // Both ways await it, but one of them only later: until then a rejection must not count as unhandled.
    answering.catch(() => undefined);
    const remember = (answer: Answer) => {
      res.locals.model = answer.model;
      return continued(asked, answer, history !== null, conversations);
    };

    if (isStream) await stream(res, { said, answering, remember }, options);
    else {
      const answer = await answering;
      res.set('cache-control', 'no-store').json({ ...answer, conversationId: remember(answer) });
    }
  };
}

/** The earlier turns; null at the start of a conversation. @throws CONVERSATION_UNKNOWN if the client named one that is not there. */
function historyOf({ conversationId, remembered }: ChatRequest, conversations: Conversations) {
  if (conversationId === undefined) return null;
  const turns = conversations.get(conversationId);
  if (turns) return [...turns];
  if (remembered) return null;
  const message = `There is no conversation ${shown(conversationId)}; it may have expired`;
  throw new PullquoteError('CONVERSATION_UNKNOWN', message, { conversationId });
}

/** Keeps the turn; the id of its conversation, a new one if the old made room meanwhile. */
function continued(asked: ChatRequest, answer: Answer, known: boolean, conversations: Conversations): string {
  const { question, conversationId, documents } = asked;
  const turn = { question, answer, ...(documents && { documents }) };
  if (known && conversationId !== undefined && conversations.append(conversationId, turn)) return conversationId;
  const id = conversations.create();
  conversations.append(id, turn);
  return id;
}

function wantsStream(req: Request, { prefers }: ChatRequest): boolean {
  const types = ['application/json', 'text/event-stream'];
  if (prefers === 'stream') types.reverse();
  return req.accepts(types) === 'text/event-stream';
}

/** `req` closes as soon as its body is read; only `res` closing unfinished means that nobody waits any more. */
function clientGone(res: Response): AbortSignal {
  const gone = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) gone.abort(new PullquoteError('ABORTED', 'The client left before the answer was ready'));
  });
  return gone.signal;
}

interface Said {
  statement: Statement;
  citations: Citation[];
}

interface Streamed {
  /** What is verified before the answer is whole: objects of the kind `Said`. */
  said: PassThrough;
  answering: Promise<Answer>;
  /** Keeps the turn; the id of its conversation. */
  remember: (answer: Answer) => string;
}

async function stream(
  res: Response,
  { said, answering, remember }: Streamed,
  { headAfterMs, stallMs }: ChatOptions,
): Promise<void> {
  const end = () => void said.end();
  answering.then(end, end);
  const waiting = new AbortController();
  const first = once(said, 'readable', waiting).catch(() => undefined);
  await Promise.race([first, sleep(headAfterMs, null, waiting).catch(() => undefined)]);
  waiting.abort();
  // An answer that failed already is still a status of its own.
  if (said.writableEnded) await answering;

  const events = openEventStream(res, { headers: uiMessageStreamHeaders, stallMs });
  res.locals.failStream = async (error) => {
    for (const part of errorParts(error)) await events.send(part);
    await events.end();
  };
  await events.send({ type: 'start', messageId: randomUUID() });
  const parts = answerParts();
  for await (const { statement, citations } of said as AsyncIterable<Said>) {
    for (const part of parts.statement(statement, citations)) await events.send(part);
  }
  const answer = await answering;
  for (const part of parts.rest(answer, remember(answer))) await events.send(part);
  await events.end();
}
