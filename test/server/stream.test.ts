import { createConnection } from 'node:net';
import type { UIMessage } from 'ai';
import { describe, expect, it } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import type { Answer } from '../../src/types.ts';
import { askWithAiSdk, said } from '../support/ai-sdk.ts';
import { createFakeChatbot, harbour, reopenedQuote, roomQuote } from '../support/fake-chatbot.ts';
import { gate } from '../support/gate.ts';
import { errorOf, eventStream, eventsOf, serve } from '../support/server.ts';

const question = 'When did the harbour open?';

type Message = UIMessage<unknown, Record<string, unknown>>;

describe('the event stream', () => {
  it('is given to those who ask for it', async () => {
    const { post } = await serve();
    const response = await post({ question }, eventStream);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('x-vercel-ai-ui-message-stream')).toBe('v1');
    expect(response.headers.get('cache-control')).toContain('no-transform');
    const events = await eventsOf(response);
    expect(events.map(({ type }) => type)).toEqual([
      'start',
      'message-metadata',
      'text-start',
      'source-document',
      'data-citation',
      'text-delta',
      'source-document',
      'data-citation',
      'text-delta',
      'text-end',
      'source-document',
      'data-citation',
      'data-answer',
      'finish',
    ]);
  });

  it.each([
    ['application/json;q=0.5, text/event-stream', 'text/event-stream'],
    ['text/event-stream;q=0.4, application/json', 'application/json'],
    ['*/*', 'application/json'],
    ['text/event-stream;q=0', 'application/json'],
  ])('Accept: %s gives %s', async (accept, type) => {
    const { post } = await serve();
    const response = await post({ question }, { accept });
    expect(response.headers.get('content-type')).toContain(type);
    await response.text();
  });

  it('brings one delta a statement, which joined are the text of the answer', async () => {
    const { post } = await serve();
    const events = await eventsOf(await post({ question }, eventStream));
    const deltas = events.filter(({ type }) => type === 'text-delta').map(({ delta }) => delta);
    expect(deltas).toEqual([`${reopenedQuote} [1] `, `${roomQuote} [2]`]);
    const { data } = events.find(({ type }) => type === 'data-answer') as { data: Answer };
    expect(deltas.join('')).toBe(data.text);
    expect(data.citations).toEqual((await createFakeChatbot().ask(question)).citations);
  });

  it('says that the documents do not answer, with the nearest passages', async () => {
    const { post } = await serve();
    const events = await eventsOf(await post({ question: 'Who won the cup?' }, eventStream));
    expect(events.find(({ type }) => type === 'text-delta')).toMatchObject({
      delta: 'The documents don’t say.',
    });
    expect(events.find(({ type }) => type === 'data-nearest')).toMatchObject({ data: { quote: 'Nobody was hurt.' } });
    expect(events.some(({ type }) => type === 'data-citation')).toBe(false);
  });

  it.each([
    'a\rdata: {"type":"error"}\r\r',
    'a\n\ndata: [DONE]\n\n',
    '\r\nevent: done\r\n\r\n',
    'a\u2028b\u2029c',
    ':\n\n',
  ])('lets no text forge an event: %j', async (payload) => {
    const amend = (answer: Answer): Answer => ({
      ...answer,
      text: payload,
      statements: [{ text: payload, citations: [1] }],
    });
    const { post } = await serve({ chatbot: createFakeChatbot({ amend }) });
    const response = await post({ question: `${payload} harbour` }, eventStream);
    const raw = await response.text();
    const lines = raw.split(/\r\n|\r|\n/).filter((line) => line !== '');
    expect(lines.every((line) => line.startsWith('data: '))).toBe(true);
    const events = lines.slice(0, -1).map((line) => JSON.parse(line.slice(6)));
    expect(events.filter(({ type }) => type === 'error')).toEqual([]);
    expect(events.find(({ type }) => type === 'text-delta').delta).toBe(payload);
  });

  it('reports what is wrong with the question by status, as JSON', async () => {
    const { post } = await serve();
    expect(await errorOf(await post({ question: '' }, eventStream))).toMatchObject({
      status: 400,
      code: 'QUESTION_EMPTY',
    });
  });

  it('reports an error after the head as an event, ends, and goes on serving', async () => {
    const fault = new PullquoteError('NOT_READY', 'The index went away');
    const { held, release } = gate();
    const { post, url } = await serve({
      chatbot: createFakeChatbot({ held: () => held, fault }),
      config: { headAfterMs: 10 },
    });
    const response = await post({ question }, eventStream);
    release();
    const events = await eventsOf(response);
    expect(events.map(({ type }) => type)).toEqual(['start', 'data-error', 'error']);
    expect(events[1]).toMatchObject({ data: { code: 'NOT_READY', message: 'The index went away' } });
    expect(events[2]).toMatchObject({ errorText: 'The index went away' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('gives up the answer when the client leaves', async () => {
    const chatbot = createFakeChatbot({ delayMs: 600_000 });
    const { post } = await serve({ chatbot, config: { headAfterMs: 10 } });
    const leaving = new AbortController();
    const response = await post({ question }, eventStream, { signal: leaving.signal });
    leaving.abort();
    await expect(response.text()).rejects.toThrow();
    await expect.poll(() => chatbot.aborted.length).toBe(1);
  });

  it('cuts off a client that does not read, holding little for it meanwhile', async () => {
    const quote = 'x'.repeat(400_000);
    const amend = (answer: Answer): Answer => ({
      ...answer,
      citations: Array.from({ length: 100 }, (_, n) => ({
        ...(answer.citations[0] as Answer['citations'][0]),
        number: n + 1,
        quote,
      })),
    });
    const { port, log } = await serve({ chatbot: createFakeChatbot({ amend }), config: { stallMs: 300 } });
    const before = process.memoryUsage().rss;
    const socket = createConnection(port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    const body = JSON.stringify({ question });
    socket.write(
      `POST /api/chat HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    socket.pause();
    await expect.poll(() => log.some((line) => line.includes('"status":499'))).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    socket.resume();
    await closed;
  });
});

describe('the AI SDK client', () => {
  it('reads the text, the documents, the citations and the whole answer', async () => {
    const { url } = await serve();
    const message = await askWithAiSdk<Message>(url, [said(question)]);
    const answer = await createFakeChatbot().ask(question);
    expect(message.parts.find(({ type }) => type === 'text')).toMatchObject({ text: answer.text, state: 'done' });
    const documents = message.parts.filter((part) => part.type === 'source-document');
    expect(documents.map(({ title, filename }) => [title, filename])).toEqual(
      answer.citations.map(({ document }) => [document.title, document.id]),
    );
    const citations = message.parts.flatMap((part) =>
      part.type === 'data-citation' && 'data' in part ? [part.data] : [],
    );
    expect(citations).toEqual(answer.citations);
    expect(citations[0]).toMatchObject({ quote: reopenedQuote });
    const cited = answer.citations[0];
    expect(harbour.text.slice(cited?.start, cited?.end)).toBe(reopenedQuote);
    expect(message.parts.find(({ type }) => type === 'data-answer')).toMatchObject({ data: answer });
  });

  it('keeps up a conversation by the id in the message metadata', async () => {
    const chatbot = createFakeChatbot();
    const { url } = await serve({ chatbot });
    const first = await askWithAiSdk<Message>(url, [said(question)]);
    expect(first.metadata).toMatchObject({ conversationId: expect.stringMatching(/^[\w-]{24}$/) });
    const second = await askWithAiSdk<Message>(url, [said(question), first, said('What did it cost?')]);
    expect(second.metadata).toEqual(first.metadata);
    expect(chatbot.asked[1]).toMatchObject({ question: 'What did it cost?', options: { history: [{ question }] } });
  });

  it('begins anew where that conversation has expired, but refuses one that the page names', async () => {
    const { url } = await serve();
    const stale: Message = { id: 'a', role: 'assistant', parts: [], metadata: { conversationId: 'x'.repeat(24) } };
    const message = await askWithAiSdk<Message>(url, [said('a'), stale, said(question)]);
    expect(message.metadata).not.toEqual(stale.metadata);
    await expect(askWithAiSdk<Message>(url, [said(question)], { conversationId: 'mine' })).rejects.toThrow(
      'CONVERSATION_UNKNOWN',
    );
  });

  it('may send more of its own, and is told what is wrong', async () => {
    const { url, post } = await serve();
    await askWithAiSdk<Message>(url, [said(question)], { model: 'any', documents: ['budget'] });
    expect(await errorOf(await post({ messages: [] }))).toMatchObject({ code: 'BODY_INVALID' });
    expect(await errorOf(await post({ messages: [{ role: 'assistant', parts: [] }] }))).toMatchObject({
      code: 'BODY_INVALID',
    });
    expect(await errorOf(await post({ messages: [{ role: 'user', parts: [] }] }))).toMatchObject({
      code: 'QUESTION_EMPTY',
    });
  });

  it('reads an error as an error', async () => {
    const fault = new PullquoteError('NOT_READY', 'The index went away');
    const { url } = await serve({ chatbot: createFakeChatbot({ delayMs: 50, fault }), config: { headAfterMs: 5 } });
    await expect(askWithAiSdk<Message>(url, [said(question)])).rejects.toThrow('The index went away');
  });
});
