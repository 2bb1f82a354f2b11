/** The widget in a page, and what a test does with it. */

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { answerParts } from '../../src/server/ui-message-stream.ts';
import type { Answer } from '../../src/types.ts';

/** Types a question into the widget and sends it off. */
export async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
}

/** Pixels by which the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** The strictest policy under which a page can embed the widget: what README tells site owners. */
export const strictPolicy = (server: string): string =>
  `default-src 'none'; script-src ${server}; connect-src ${server}; base-uri 'none'; require-trusted-types-for 'script'`;

/** A page of another origin until the test is over; its address. It shows what `body` gives, under that policy. */
export async function foreignPage(body: () => string, policy: () => string | null = () => null): Promise<string> {
  const server = createServer((req, res) => {
    if (req.url !== '/') {
      res.writeHead(204).end();
      return;
    }
    res.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      ...(policy() && { 'content-security-policy': policy() ?? '' }),
    });
    res.end(`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A stranger’s page</title></head><body><main><h1>A stranger’s page</h1><p>Of the stranger.</p>${body()}</main></body></html>`);
  });
  return listening(server);
}

/** A server that sends the stream of an answer part by part, when told to. */
export interface PacedServer {
  url: string;
  /** Questions that came. */
  asked: Record<string, unknown>[];
  /** Sends the next so many parts to whoever asked last; all that are left by default. Ends the stream after the last. */
  send: (count?: number) => Promise<void>;
  /** Breaks the connection off. */
  cut: () => void;
  /** True once the client has gone. */
  left: () => boolean;
}

export async function servePaced(answer: Answer): Promise<PacedServer> {
  const asked: PacedServer['asked'] = [];
  const parts = [{ type: 'start', messageId: 'm' }, ...answerParts().rest(answer, 'conversation-1')];
  let sent = 0;
  let last: ServerResponse | null = null;
  let gone = false;
  const server = createServer(async (req, res) => {
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'content-type, pullquote-protocol',
    };
    if (req.method !== 'POST') {
      res.writeHead(204, headers).end();
      return;
    }
    let body = '';
    for await (const chunk of req) body += chunk;
    asked.push(JSON.parse(body));
    sent = 0;
    last = res;
    gone = false;
    res.once('close', () => {
      gone = true;
    });
    res.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' });
    res.flushHeaders();
  });
  return {
    url: await listening(server),
    asked,
    async send(count = parts.length) {
      for (const part of parts.slice(sent, sent + count)) last?.write(`data: ${JSON.stringify(part)}\n\n`);
      sent += count;
      if (sent >= parts.length) last?.end('data: [DONE]\n\n');
    },
    cut: () => last?.destroy(),
    left: () => gone,
  };
}

async function listening(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
