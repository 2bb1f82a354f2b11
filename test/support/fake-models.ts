/** Real HTTP servers that speak the chat protocols of OpenAI, Anthropic and Ollama, with a role behind them instead of a model. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** What a role is asked. */
export interface Asked {
  system: string;
  user: string;
  /** Is the reply held to a JSON Schema? */
  isHeld: boolean;
  /** The body as it was sent. */
  body: Record<string, unknown>;
  /** From 1. */
  number: number;
}

export interface Played {
  text?: string;
  /** Instead of a reply: an error in the form of the provider. */
  status?: number;
  error?: { message: string; code?: string; type?: string };
  /** The connection is cut after so many characters of the text. */
  diesAfter?: number;
  /** Before the head, and between two pieces. */
  waitMs?: number;
  pieceMs?: number;
  /** OpenAI's field for what the model declines. */
  refusal?: string;
  /** Why the reply ends, in OpenAI's words; default "stop". */
  finish?: string;
  /** Sent as it is instead of the protocol. */
  raw?: string | Buffer;
}

export type Role = (asked: Asked) => Played | Promise<Played>;
export type Protocol = 'openai' | 'anthropic' | 'ollama';

export interface FakeModel {
  /** What PULLQUOTE_MODEL_BASE_URL is set to. */
  url: string;
  asked: Asked[];
  /** The header that carries the key, of each request. */
  keys: string[];
  /** Replies that the client left before they were whole. */
  left: number;
  /** Plays this from now on. */
  play(role: Role): void;
  close(): Promise<void>;
}

/** Characters of a piece, as the model "makes" them, and bytes of a packet: neither respects the other's borders. */
const PIECE = 7;
/** Most pieces of a reply: longer ones come in longer pieces. */
const MOST_PIECES = 1_000;
const PACKETS = [1, 2, 3, 61, 5, 127];

/** Starts a fake model on a free port; it ends with the test. */
export async function startFakeModel(protocol: Protocol, role: Role, port = 0): Promise<FakeModel> {
  const fake = await startLastingFakeModel(protocol, role, port);
  onTestFinished(() => fake.close());
  return fake;
}

/** Likewise, but whoever starts it ends it. */
export async function startLastingFakeModel(protocol: Protocol, role: Role, port = 0): Promise<FakeModel> {
  let playing = role;
  const server = createServer((req, res) => void respond(req, res).catch(() => res.destroy()));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fake: FakeModel = {
    url: protocol === 'openai' ? `${origin}/v1` : origin,
    asked: [],
    keys: [],
    left: 0,
    play(next) {
      playing = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  async function respond(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = { openai: '/v1/chat/completions', anthropic: '/v1/messages', ollama: '/api/chat' }[protocol];
    let json = '';
    for await (const chunk of req) json += chunk;
    if (req.url !== path) return void res.writeHead(404).end('404 page not found');
    const body = JSON.parse(json) as Record<string, unknown>;
    fake.keys.push(String(req.headers.authorization ?? req.headers['x-api-key'] ?? ''));
    const asked = { ...read(protocol, body), body, number: fake.asked.length + 1 };
    fake.asked.push(asked);
    res.once('close', () => {
      if (!res.writableFinished) fake.left += 1;
    });
    const played = await playing(asked);
    if (played.waitMs !== undefined) await sleep(played.waitMs);
    if (played.raw !== undefined)
      return void res.writeHead(200, { 'content-type': 'text/event-stream' }).end(played.raw);
    if (played.status !== undefined) return refuse(res, protocol, played);
    if (body.stream === true) await stream(res, protocol, played);
    else res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(wholeReply(protocol, played)));
  }

  return fake;
}

interface Message {
  role: string;
  content: string | { type: string; text?: string }[];
}

function read(protocol: Protocol, body: Record<string, unknown>): Pick<Asked, 'system' | 'user' | 'isHeld'> {
  const textOf = (content: unknown) =>
    typeof content === 'string' ? content : (content as { text?: string }[]).map(({ text }) => text ?? '').join('');
  const messages = body.messages as Message[];
  const of = (role: string) => messages.filter((it) => it.role === role).map((it) => textOf(it.content));
  const { output_config: config } = body as { output_config?: { format?: unknown } };
  return {
    system: protocol === 'anthropic' ? textOf(body.system ?? '') : of('system').join('\n'),
    user: of('user').join('\n'),
    isHeld: body.response_format !== undefined || body.format !== undefined || config?.format !== undefined,
  };
}

function refuse(res: ServerResponse, protocol: Protocol, { status = 500, error }: Played): void {
  const told = { message: 'it went wrong', type: 'server_error', ...error };
  const body = {
    openai: { error: { param: null, code: null, ...told } },
    anthropic: { type: 'error', error: told },
    ollama: { error: told.message },
  }[protocol];
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const USAGE = { input: 321, output: 45 };

function wholeReply(protocol: Protocol, { text = '', refusal }: Played): unknown {
  if (protocol === 'ollama') return { message: { role: 'assistant', content: text }, done: true };
  if (protocol === 'anthropic') return { type: 'message', role: 'assistant', content: [{ type: 'text', text }] };
  const message = { role: 'assistant', content: refusal === undefined ? text : null, refusal: refusal ?? null };
  const usage = {
    prompt_tokens: USAGE.input,
    completion_tokens: USAGE.output,
    total_tokens: USAGE.input + USAGE.output,
  };
  return {
    id: 'x',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage,
  };
}

async function stream(res: ServerResponse, protocol: Protocol, played: Played): Promise<void> {
  const type = protocol === 'ollama' ? 'application/x-ndjson' : 'text/event-stream';
  res.writeHead(200, { 'content-type': type });
  const { text = '', diesAfter = Infinity, pieceMs = 0 } = played;
  const frames = FRAMES[protocol];
  await send(res, frames.head());
  let sent = 0;
  for (const piece of pieces(text)) {
    if (res.destroyed) return;
    if (sent + piece.length > diesAfter) {
      await sleep(10); // so that what was written leaves first
      return void res.destroy();
    }
    await send(res, frames.piece(piece));
    sent += piece.length;
    if (pieceMs > 0) await sleep(pieceMs);
  }
  if (played.refusal !== undefined) await send(res, refusalFrame(played.refusal));
  await send(res, frames.foot(played.finish ?? 'stop'));
  res.end();
}

/** Runs of characters, none cut in the middle of a surrogate pair: JSON could not carry that. */
function pieces(text: string): string[] {
  const signs = Array.from(text);
  const size = Math.max(PIECE, Math.ceil(signs.length / MOST_PIECES));
  return Array.from({ length: Math.ceil(signs.length / size) }, (_, i) =>
    signs.slice(i * size, (i + 1) * size).join(''),
  );
}

/** In packets that end inside lines, and inside the bytes of a character. */
async function send(res: ServerResponse, frame: string): Promise<void> {
  const bytes = Buffer.from(frame);
  let at = 0;
  for (let turn = 0; at < bytes.length && !res.destroyed; turn++) {
    const size = frame.length > 2_000 ? 1_000 : (PACKETS[turn % PACKETS.length] ?? 1);
    res.write(bytes.subarray(at, at + size));
    at += size;
    if (turn % 40 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
}

const sse = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
const named = (type: string, data: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
const openAiChunk = (choices: unknown[], more: object = {}) =>
  sse({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'fake', choices, ...more });
const delta = (fields: object, finish: string | null = null) =>
  openAiChunk([{ index: 0, delta: fields, finish_reason: finish }]);

function refusalFrame(refusal: string): string {
  return delta({ refusal });
}

interface Frames {
  head(): string;
  piece(text: string): string;
  foot(finish: string): string;
}

/** Anthropic's words for why a reply ends. */
const STOP_REASONS: Record<string, string> = { stop: 'end_turn', length: 'max_tokens', content_filter: 'refusal' };

const FRAMES: Record<Protocol, Frames> = {
  openai: {
    head: () => `: welcome\r\n\r\n${delta({ role: 'assistant', content: '' })}`,
    piece: (content) => delta({ content }),
    foot: (finish) => {
      const usage = { prompt_tokens: USAGE.input, completion_tokens: USAGE.output, total_tokens: 366 };
      return `${delta({}, finish)}${openAiChunk([], { usage })}data: [DONE]\n\n`;
    },
  },
  anthropic: {
    head: () => {
      const usage = { input_tokens: USAGE.input, output_tokens: 1 };
      const message = {
        id: 'x',
        type: 'message',
        role: 'assistant',
        content: [],
        model: 'fake',
        stop_reason: null,
        usage,
      };
      const block = { index: 0, content_block: { type: 'text', text: '' } };
      return `${named('message_start', { message })}${named('ping', {})}${named('content_block_start', block)}`;
    },
    piece: (text) => named('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
    foot: (finish) =>
      [
        named('content_block_stop', { index: 0 }),
        named('message_delta', {
          delta: { stop_reason: STOP_REASONS[finish] ?? finish },
          usage: { output_tokens: USAGE.output },
        }),
        named('message_stop', {}),
      ].join(''),
  },
  ollama: {
    head: () => '',
    piece: (content) =>
      `${JSON.stringify({ model: 'fake', created_at: '2026-11-22T00:00:00Z', message: { role: 'assistant', content }, done: false })}\n`,
    foot: (finish) =>
      `${JSON.stringify({ model: 'fake', created_at: '2026-11-22T00:00:00Z', message: { role: 'assistant', content: '' }, done: true, done_reason: finish, prompt_eval_count: USAGE.input, eval_count: USAGE.output })}\n`,
  },
};
