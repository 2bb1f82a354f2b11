import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createConnection, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { gate } from '../support/gate.ts';
import { eventStream, eventsOf, serve } from '../support/server.ts';

const question = { question: 'When did the harbour open?' };

/** A connection that sends so much and no more; resolves with what came back once it is closed. */
function connect(port: number, sent: string): { socket: Socket; closed: Promise<string> } {
  const socket = createConnection(port, '127.0.0.1', () => socket.write(sent));
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  socket.on('error', () => undefined);
  return { socket, closed: new Promise((resolve) => socket.once('close', () => resolve(received))) };
}

describe('listen', () => {
  it('names the port that is taken', async () => {
    const other = createHttpServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(serve({ listening: { port } })).rejects.toMatchObject({
      code: 'PORT_UNAVAILABLE',
      message: `Port ${port} at "127.0.0.1" cannot be opened: it is taken by another program`,
    });
  });

  it('names the address that is not of this machine', async () => {
    await expect(serve({ listening: { host: '203.0.113.1' } })).rejects.toMatchObject({ code: 'PORT_UNAVAILABLE' });
  });

  it('cuts off slow heads and slow bodies, and answers others meanwhile', async () => {
    const { port, url } = await serve({
      listening: { headersTimeoutMs: 1_500, requestTimeoutMs: 2_000, checkMs: 50 },
    });
    const heads = Array.from({ length: 100 }, () => connect(port, 'GET / HTTP/1.1\r\nhost: 127.0.0.1\r\n').closed);
    const bodies = Array.from(
      { length: 20 },
      () =>
        connect(
          port,
          'POST /api/chat HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
        ).closed,
    );
    const began = performance.now();
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    for (const received of await Promise.all(heads)) expect(received).toContain('408 Request Timeout');
    await Promise.all(bodies);
    // Node's own patience is a minute and more.
    expect(performance.now() - began).toBeLessThan(40_000);
  });
});

describe('close', () => {
  it('lets answers and streams under way finish, and takes no more', async () => {
    const { held, release } = gate();
    const chatbot = createFakeChatbot({ held: () => held });
    const { post, close, url } = await serve({ chatbot, config: { queue: 50 } });
    const streams = Array.from({ length: 20 }, () => post(question, eventStream));
    const json = post(question);
    await expect.poll(() => chatbot.asked.length).toBe(21);
    const closed = close(50_000);
    const knock = () =>
      fetch(`${url}/healthz`).then(
        () => 'open',
        () => 'closed',
      );
    await expect.poll(knock).toBe('closed');
    release();
    for (const response of await Promise.all(streams))
      expect((await eventsOf(response)).at(-1)).toMatchObject({ type: 'finish' });
    expect((await json).status).toBe(200);
    await closed;
  });

  it('tells those that are not done after the grace, and ends', async () => {
    const chatbot = createFakeChatbot({ delayMs: 600_000 });
    const { post, close } = await serve({ chatbot, config: { headAfterMs: 10 } });
    const stream = await post(question, eventStream);
    const json = post(question);
    await expect.poll(() => chatbot.asked.length).toBe(2);
    const closed = close(100);
    expect((await eventsOf(stream)).at(-1)).toEqual({ type: 'error', errorText: 'The server is shutting down' });
    expect((await json).status).toBe(503);
    await closed;
    expect(chatbot.aborted).toHaveLength(2);
  });

  it('does not wait for connections that ask nothing, and may be called twice', async () => {
    const { port, url, close } = await serve();
    await (await fetch(`${url}/healthz`)).text();
    const { socket, closed } = connect(port, '');
    await new Promise((resolve) => socket.once('connect', resolve));
    const began = performance.now();
    await Promise.all([close(50_000), close(50_000)]);
    await closed;
    expect(performance.now() - began).toBeLessThan(40_000);
  });
});
