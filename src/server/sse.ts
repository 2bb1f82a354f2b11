/** Server-sent events, written no faster than the client reads. */
import type { ServerResponse } from 'node:http';
import { PullquoteError } from '../errors.ts';

export interface EventStream {
  /** One event; resolves when the next may be written. Throws ABORTED once the client has left or stopped reading. */
  send(event: object): Promise<void>;
  /** `[DONE]`; resolves when the client has it all, or is gone. */
  end(): Promise<void>;
}

export interface EventStreamOptions {
  headers?: Record<string, string>;
  /** Milliseconds that a client may read nothing before it is cut off. */
  stallMs?: number;
}

/** As long as a phone may take from one cell to the next; what is queued meanwhile is one event. */
const patience = 30_000;

/** Proxies cut connections that are silent for a minute or less. */
const keepAliveMs = 15_000;

/**
 * Opens the stream: the head is sent now, so errors can no longer be a status.
 *
 * Each event is one line of JSON. JSON escapes line feeds and carriage returns, the only characters that end a line in this
 * protocol, so no text can forge an event. Listeners are attached once: one a chunk would leak.
 */
export function openEventStream(
  res: ServerResponse,
  { headers = {}, stallMs = patience }: EventStreamOptions = {},
): EventStream {
  let release: (() => void) | null = null;
  const wake = () => release?.();
  const ping = setInterval(() => {
    if (!res.writableNeedDrain) res.write(':\n\n');
  }, keepAliveMs);
  res.on('drain', wake);
  res.on('finish', wake);
  res.on('close', () => {
    clearInterval(ping);
    wake();
  });
  res.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  res.flushHeaders();

  /** Until the client has read on; a client that does not is cut off. */
  function untilRead(): Promise<void> {
    return new Promise((resolve) => {
      const stall = setTimeout(() => res.destroy(), stallMs);
      release = () => {
        clearTimeout(stall);
        release = null;
        resolve();
      };
    });
  }

  return {
    async send(event) {
      if (!res.destroyed && !res.write(`data: ${JSON.stringify(event)}\n\n`)) await untilRead();
      if (res.destroyed) throw new PullquoteError('ABORTED', 'The client left before the answer was sent');
    },
    async end() {
      clearInterval(ping);
      if (res.destroyed) return;
      const read = untilRead();
      res.end('data: [DONE]\n\n');
      await read;
      // A drain may come before the finish.
      if (!res.writableFinished && !res.destroyed) await untilRead();
    },
  };
}
