/** The real server on a free port, over a fake chatbot. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { type Conversations, createConversations } from '../../src/conversations.ts';
import { createFeedbackLog } from '../../src/feedback/feedback-log.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createServer, type ServerConfig, type Status } from '../../src/server/app.ts';
import { type ListenOptions, listen } from '../../src/server/listen.ts';
import type { Chatbot } from '../../src/types.ts';
import { createFakeChatbot } from './fake-chatbot.ts';

/** A server that anybody on this machine may ask, as often as they like. */
export const openConfig: ServerConfig = {
  host: '127.0.0.1',
  publicUrl: null,
  origins: [],
  trustProxy: 0,
  rateLimit: 0,
  bodyLimit: 65_536,
  queue: 8,
  title: null,
  greeting: null,
  suggestions: [],
  language: null,
  metricsKey: null,
};

export interface ServeOptions {
  chatbot?: Chatbot;
  conversations?: Conversations;
  config?: Partial<ServerConfig>;
  listening?: Partial<ListenOptions>;
  status?: () => Status;
  /** Bytes of feedback. */
  feedbackLimit?: number;
}

/** Serves until the test is over. `log` holds the log's lines. */
export async function serve({
  chatbot = createFakeChatbot(),
  conversations,
  config,
  listening,
  status,
  feedbackLimit,
}: ServeOptions = {}) {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const feedbackFolder = join(tmpdir(), `pullquote-test-feedback-${randomUUID()}`);
  onTestFinished(() => rm(feedbackFolder, { recursive: true, force: true }));
  const metrics = createMetrics({ chatbot, warnings: () => status?.().warnings ?? [] });
  const application = createServer({
    chatbot: metrics.watch(chatbot, 'web'),
    conversations: conversations ?? createConversations({ limit: 100, ttl: 60 }),
    feedback: metrics.watchFeedback(createFeedbackLog({ folder: feedbackFolder, limit: feedbackLimit ?? 1_048_576 })),
    metrics,
    config: { ...openConfig, ...config },
    logger: pino({ level: 'debug' }, sink),
    status: status ?? (() => ({ ready: true, generation: '1-0123456789abcdef', warnings: [] })),
  });
  const server = await listen(application, { host: '127.0.0.1', port: 0, ...listening });
  onTestFinished(() => server.close(0));

  /** Asks the chat route. */
  function post(body: unknown, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
    return fetch(`${server.url}/api/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...init,
    });
  }

  return { ...server, post, feedbackFolder, log: lines, port: Number(new URL(server.url).port) };
}

/** The `error` of a response, with its status. */
export async function errorOf(response: Response): Promise<{ status: number; code: string; message: string }> {
  const { error } = (await response.json()) as { error: { code: string; message: string; requestId: string } };
  if (error.requestId !== response.headers.get('x-request-id')) throw new Error('another request id in the header');
  return { status: response.status, code: error.code, message: error.message };
}

export const eventStream = { accept: 'text/event-stream' };

/** The events of a stream that has ended, `[DONE]` checked and left out. */
export async function eventsOf(response: Response): Promise<Record<string, unknown>[]> {
  const frames = (await response.text()).split('\n\n').filter((frame) => frame !== '' && !frame.startsWith(':'));
  if (frames.pop() !== 'data: [DONE]') throw new Error('the stream does not end in [DONE]');
  return frames.map((frame) => JSON.parse(frame.replace(/^data: /, '')));
}

/** The status of a GET with headers that `fetch` would not send, or not alone. */
export function getWith(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    }).on('error', reject);
  });
}
