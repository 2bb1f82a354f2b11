import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askOverHttp } from '../../src/evaluation/ask-over-http.ts';
import { evidenceOf } from '../../src/evaluation/evidence.ts';
import type { Example } from '../../src/evaluation/types.ts';
import { exampleOf } from '../support/evaluation.ts';
import { createFakeChatbot, harbour } from '../support/fake-chatbot.ts';
import { serve } from '../support/server.ts';

const WAIT_MS = 1;
const task = (example: Partial<Example> = {}, leftOut = false) => ({ example: exampleOf(example), repeat: 1, leftOut });

/** A server that answers with these statuses and bodies, one after the other, the last for ever. */
async function scripted(...replies: { status: number; body: unknown; headers?: Record<string, string> }[]) {
  let count = 0;
  const server = createServer((req, res) => {
    const list = { generation: 'g', documents: [{ id: 'a' }] };
    if (req.url === '/api/documents') return res.end(JSON.stringify(list));
    const reply = replies[Math.min(count++, replies.length - 1)];
    res.writeHead(reply?.status ?? 500, { 'content-type': 'application/json', ...reply?.headers });
    return res.end(JSON.stringify(reply?.body));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => count };
}

describe('over HTTP', () => {
  it('a question is answered, its quotes found in the documents that the server shows', async () => {
    const { url } = await serve();
    const asker = await askOverHttp(`${url}/`);
    expect(asker).toMatchObject({ where: url, documents: [harbour.id, 'budget'] });
    const { answer, ranking } = await asker.ask(task());
    expect(answer).toMatchObject({ kind: 'answered', shortAnswer: { text: '3 May' } });
    expect(answer).not.toHaveProperty('conversationId');
    expect(ranking).toBeNull();
    const evidence = await evidenceOf(answer, asker.document);
    expect(evidence.map(({ exact }) => exact)).toEqual([true, true, true]);
    expect(evidence[0]?.before).toContain('The harbour reopened');
  });

  it('a quote that is not in its document, or of another revision, is found out', async () => {
    const { url } = await serve();
    const asker = await askOverHttp(url);
    const { answer } = await asker.ask(task());
    const [first, second, third] = answer.citations;
    const forged = {
      ...answer,
      citations: [
        { ...first, quote: first?.quote.replace('12', '13') },
        { ...second, document: { ...second?.document, revision: 'c'.repeat(64) } },
        { ...third, document: { ...third?.document, id: 'gone' } },
      ],
    } as typeof answer;
    expect((await evidenceOf(forged, asker.document)).map(({ exact }) => exact)).toEqual([false, false, false]);
  });

  it('the earlier questions are asked first, in one conversation, and the documents are passed on', async () => {
    const chatbot = createFakeChatbot();
    const { url } = await serve({ chatbot });
    const asker = await askOverHttp(url);
    const { answer } = await asker.ask(
      task({ history: ['When did the harbour open?'], question: 'And the boats?', documents: ['budget'] }, true),
    );
    expect(answer.standaloneQuestion).toBe('And the boats? (the harbour)');
    expect(chatbot.asked.map(({ options }) => options.documents)).toEqual([[harbour.id], [harbour.id]]);
  });

  it('a busy server is given the time that it asks for', async () => {
    const chatbot = createFakeChatbot();
    const { url } = await serve({ chatbot, config: { rateLimit: 2 } });
    const asker = await askOverHttp(url, WAIT_MS);
    const busy = { status: 503, body: { error: { code: 'BUSY', message: 'later' } }, headers: { 'retry-after': '1' } };
    const { answer } = await asker.ask(task());
    const waiting = await scripted(busy, { status: 200, body: answer });
    const started = performance.now();
    await (await askOverHttp(waiting.url, WAIT_MS)).ask(task());
    expect(performance.now() - started).toBeGreaterThan(900);
    expect(waiting.requests()).toBe(2);
  });

  it('a question’s own trouble keeps its code, a server’s is not asked again', async () => {
    const { url } = await serve();
    const asker = await askOverHttp(url, WAIT_MS);
    await expect(asker.ask(task({ among: ['gone'] }))).rejects.toMatchObject({ code: 'DOCUMENT_UNKNOWN' });
    const broken = await scripted({ status: 500, body: { error: { code: 'INTERNAL', message: 'no' } } });
    await expect((await askOverHttp(broken.url, WAIT_MS)).ask(task())).rejects.toMatchObject({ code: 'ASKING_FAILED' });
    expect(broken.requests()).toBe(1);
  });

  it.each([
    ['is another program', { status: 200, body: { hello: 'world' } }, 'does not answer as Pullquote does'],
    ['stays busy', { status: 503, body: { error: { code: 'BUSY', message: 'later' } } }, 'stays busy'],
    ['is behind a broken proxy', { status: 502, body: 'Bad gateway' }, 'answers with status 502'],
  ])('a server that %s ends the run', async (_, reply, words) => {
    const { url } = await scripted(reply);
    const asker = await askOverHttp(url, WAIT_MS);
    await expect(asker.ask(task())).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: expect.stringContaining(words),
    });
  });

  it('a server that is not there is named', async () => {
    const { url, close } = await serve();
    await close(0);
    await expect(askOverHttp(url, WAIT_MS)).rejects.toMatchObject({
      code: 'SERVER_UNREACHABLE',
      message: `${url} cannot be reached (ECONNREFUSED)`,
    });
  });
});
