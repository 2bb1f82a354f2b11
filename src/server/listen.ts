/** Serving the application on a port, and coming to rest. */
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import type { Application } from './app.ts';
import { reachableAt } from './reachable-at.ts';

export interface ListenOptions {
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Milliseconds for the head of a request, and for all of it: slower clients hold connections on purpose. */
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
  /** Milliseconds between looks for such clients. */
  checkMs?: number;
}

export interface Listening {
  /** Where it can be reached from this machine. */
  url: string;
  /**
   * Takes no more connections, lets answers under way finish for so many milliseconds, tells those that remain, and closes.
   * Resolves when the port is free; may be called twice.
   */
  close: (graceMs: number) => Promise<void>;
}

/** Milliseconds without a byte either way: longer than a language model may think, shorter than for ever. */
const silence = 120_000;

/** Milliseconds for the last words, once the grace is over. */
const lastWords = 1_000;

/** @throws PORT_UNAVAILABLE naming the port and why. */
export async function listen(
  application: Application,
  { host, port, headersTimeoutMs = 10_000, requestTimeoutMs = 30_000, checkMs = 1000 }: ListenOptions,
): Promise<Listening> {
  const underWay = new Set<ServerResponse>();
  let closed: Promise<void> | null = null;
  const server = createHttpServer(
    { headersTimeout: headersTimeoutMs, requestTimeout: requestTimeoutMs, connectionsCheckingInterval: checkMs },
    (req, res) => {
      underWay.add(res);
      res.once('close', () => underWay.delete(res));
      if (closed !== null) res.setHeader('connection', 'close');
      application.app(req, res);
    },
  );
  server.timeout = silence;

  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(unavailable(host, port, cause)));
    server.listen({ host, port }, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;

  async function close(graceMs: number): Promise<void> {
    const stopped = new Promise((resolve) => server.close(resolve));
    // A client whose connection were kept could go on asking until the grace is over.
    for (const res of underWay) if (!res.headersSent) res.setHeader('connection', 'close');
    await rest(graceMs);
    application.closing.abort(new PullquoteError('NOT_READY', 'The server is shutting down'));
    await rest(lastWords);
    // Kept-alive connections, and those that were opened ahead and never used, would hold the port otherwise.
    server.closeAllConnections();
    await stopped;
  }

  async function rest(limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    while (underWay.size > 0 && performance.now() < until) await sleep(20);
  }

  return {
    url: reachableAt(host, taken),
    close: (graceMs) => {
      closed ??= close(graceMs);
      return closed;
    },
  };
}

const reasons: Record<string, string> = {
  EADDRINUSE: 'it is taken by another program',
  EACCES: 'it needs more rights than this process has',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such host',
};

function unavailable(host: string, port: number, cause: unknown): PullquoteError {
  const code = systemCode(cause);
  const reason = (code && reasons[code]) ?? code ?? 'unknown reason';
  const message = `Port ${port} at ${shown(host)} cannot be opened: ${reason}`;
  return new PullquoteError('PORT_UNAVAILABLE', message, { host, port, code }, cause);
}
