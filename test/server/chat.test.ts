import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createConversations } from '../../src/conversations.ts';
import { PullquoteError } from '../../src/errors.ts';
import type { Answer } from '../../src/types.ts';
import { createFakeChatbot, harbour } from '../support/fake-chatbot.ts';
import { gate } from '../support/gate.ts';
import { errorOf, serve } from '../support/server.ts';

type Reply = Answer & { conversationId: string };
const question = 'When did the harbour open?';

describe('POST /api/chat', () => {
  it('answers with the answer object and the id of its conversation', async () => {
    const { post } = await serve();
    const response = await post({ question });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { conversationId, ...answer } = (await response.json()) as Reply;
    expect(conversationId).toMatch(/^[\w-]{24}$/);
    expect(answer).toEqual(await createFakeChatbot().ask(question));
    for (const { quote, start, end } of answer.citations.filter(({ document }) => document.id === harbour.id))
      expect(harbour.text.slice(start, end)).toBe(quote);
  });

  it('goes on with a conversation: the chatbot is given the earlier turns', async () => {
    const chatbot = createFakeChatbot();
    const { post } = await serve({ chatbot });
    const first = (await (await post({ question })).json()) as Reply;
    const second = (await (
      await post({ question: 'What did it cost?', conversationId: first.conversationId })
    ).json()) as Reply;
    expect(second.conversationId).toBe(first.conversationId);
    expect(second.standaloneQuestion).toBe('What did it cost? (the harbour)');
    expect(chatbot.asked[1]?.options.history?.map((turn) => turn.question)).toEqual([question]);
  });

  it('keeps a hundred conversations apart when they run at once', async () => {
    const chatbot = createFakeChatbot({ delayMs: 5 });
    const { post } = await serve({ chatbot, config: { queue: 1000 } });
    const ids = await Promise.all(
      Array.from(
        { length: 100 },
        async (_, n) => ((await (await post({ question: `harbour ${n}` })).json()) as Reply).conversationId,
      ),
    );
    await Promise.all(ids.map((conversationId, n) => post({ question: `boats ${n}`, conversationId })));
    const followUps = chatbot.asked.filter((asked) => asked.question.startsWith('boats'));
    expect(followUps).toHaveLength(100);
    for (const asked of followUps)
      expect(asked.options.history?.map((turn) => turn.question)).toEqual([asked.question.replace('boats', 'harbour')]);
  });

  it('passes the documents to answer from', async () => {
    const chatbot = createFakeChatbot();
    const { post } = await serve({ chatbot });
    expect((await post({ question, documents: ['budget'] })).status).toBe(200);
    expect(chatbot.asked[0]?.options.documents).toEqual(['budget']);
  });

  it('keeps no turn of a question that failed', async () => {
    const conversations = createConversations({ limit: 10, ttl: 60 });
    const { post } = await serve({ conversations });
    const { conversationId } = (await (await post({ question })).json()) as Reply;
    expect((await post({ question: ' ', conversationId })).status).toBe(400);
    expect(conversations.get(conversationId)).toHaveLength(1);
  });

  it('lets one more than the queue holds come back later, and frees the places', async () => {
    const { held, release } = gate();
    const { post } = await serve({ chatbot: createFakeChatbot({ held: () => held }), config: { queue: 2 } });
    const replies = [post({ question }), post({ question }), post({ question })];
    const busy = await Promise.race(replies);
    expect(busy.headers.get('retry-after')).toBe('2');
    expect(await errorOf(busy)).toMatchObject({ status: 503, code: 'BUSY' });
    release();
    const answered = (await Promise.all(replies)).filter(({ status }) => status === 200);
    expect(answered).toHaveLength(2);
    expect((await post({ question })).status).toBe(200);
  });

  it('gives up the answer when the client leaves, and frees its place', async () => {
    const chatbot = createFakeChatbot({ delayMs: 600_000 });
    const { post, log } = await serve({ chatbot, config: { queue: 1 } });
    for (const times of [1, 2]) {
      const leaving = new AbortController();
      const reply = post({ question }, {}, { signal: leaving.signal });
      await expect.poll(() => chatbot.asked.length).toBe(times);
      leaving.abort();
      await expect(reply).rejects.toThrow();
      await expect.poll(() => chatbot.aborted.length).toBe(times);
    }
    expect(chatbot.aborted[0]).toMatchObject({ code: 'ABORTED' });
    expect(log.join('')).not.toContain('"level":50');
  });

  it('does not take a body that was read for a client that left', async () => {
    const chatbot = createFakeChatbot({ delayMs: 30 });
    const { post } = await serve({ chatbot, config: { queue: 200 } });
    const replies = await Promise.all(Array.from({ length: 100 }, () => post({ question })));
    expect(replies.map(({ status }) => status)).toEqual(Array(100).fill(200));
    expect(chatbot.aborted).toEqual([]);
  });
});

describe('bad input to POST /api/chat', () => {
  const long = 'x'.repeat(2000);
  it.each([
    ['an empty question', { question: '' }, 400, 'QUESTION_EMPTY', 'empty'],
    ['an over-long question', { question: long }, 413, 'QUESTION_TOO_LONG', '2000'],
    ['no question', {}, 400, 'BODY_INVALID', 'question is missing'],
    ['a number for a question', { question: 7 }, 400, 'BODY_INVALID', 'question is 7'],
    ['a list for a question', { question: ['a', 'b'] }, 400, 'BODY_INVALID', 'question is a list of 2'],
    ['an unknown field', { question: 'a', top_k: 3 }, 400, 'BODY_INVALID', 'top_k'],
    ['a list for a body', [1], 400, 'BODY_INVALID', 'a list of 1'],
    [
      'documents that are no list',
      { question: 'a', documents: 'budget' },
      400,
      'BODY_INVALID',
      'documents is "budget"',
    ],
    ['an empty list of documents', { question: 'a', documents: [] }, 400, 'BODY_INVALID', 'documents is a list of 0'],
    ['a document id that is no text', { question: 'a', documents: ['b', 1] }, 400, 'BODY_INVALID', 'documents.1 is 1'],
    ['too many documents', { question: 'a', documents: Array(1001).fill('b') }, 400, 'BODY_INVALID', 'list of 1001'],
    ['an unknown document', { question: 'a', documents: ['no/such'] }, 404, 'DOCUMENT_UNKNOWN', 'no/such'],
    ['an unknown conversation', { question: 'a', conversationId: 'me' }, 404, 'CONVERSATION_UNKNOWN', '"me"'],
    ['a conversation of another type', { question: 'a', conversationId: null }, 400, 'BODY_INVALID', 'null'],
    ['broken JSON', '{"question": "a"', 400, 'JSON_INVALID', 'not JSON'],
    ['a body over the limit', `{"question":"${'x'.repeat(70_000)}"}`, 413, 'BODY_TOO_LARGE', '65536 bytes'],
  ])('%s', async (_what, body, status, code, named) => {
    const { post } = await serve();
    const response = await post(body);
    const error = await errorOf(response);
    expect(error).toMatchObject({ status, code });
    expect(error.message).toContain(named);
  });

  it('a conversation that expired', async () => {
    let now = 1;
    const { post } = await serve({ conversations: createConversations({ limit: 5, ttl: 1, now: () => now }) });
    const { conversationId } = (await (await post({ question })).json()) as Reply;
    now += 61_000;
    expect(await errorOf(await post({ question, conversationId }))).toMatchObject({ code: 'CONVERSATION_UNKNOWN' });
  });

  it.each([
    ['text/plain', '{"question":"a"}'],
    ['application/x-www-form-urlencoded', 'question=a'],
    ['application/json; charset=latin1', '{"question":"a"}'],
  ])('the media type %s', async (type, body) => {
    const { post } = await serve();
    expect(await errorOf(await post(body, { 'content-type': type }))).toMatchObject({
      status: 415,
      code: 'MEDIA_TYPE_UNSUPPORTED',
    });
  });

  it('no body at all', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/chat`, { method: 'POST' });
    expect(await errorOf(response)).toMatchObject({ status: 400, code: 'BODY_INVALID' });
  });

  const lists = '['.repeat(50_000) + ']'.repeat(50_000);
  const objects = `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`;
  it.each([
    ['in the question', `{"question":${lists}}`],
    ['of objects in the question', `{"question":${objects}}`],
    ['of the body', lists],
    ['in an unknown field', `{"question":"a","x":${lists}}`],
    ['in a message', `{"messages":[{"role":"user","parts":${objects}}]}`],
  ])('nesting deeper than the stack, %s', async (_where, body) => {
    const { post } = await serve({ config: { bodyLimit: 1_048_576 } });
    expect(await errorOf(await post(body))).toMatchObject({ status: 400, code: 'BODY_INVALID' });
  });

  it('a small body that unpacks into a large one', async () => {
    const { url } = await serve();
    const body = gzipSync(Buffer.alloc(50_000_000, ' '));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    const response = await fetch(`${url}/api/chat`, { method: 'POST', headers, body });
    expect(await errorOf(response)).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('a prototype in the body changes nothing', async () => {
    const chatbot = createFakeChatbot();
    const { post } = await serve({ chatbot });
    const body = '{"question":"the harbour","__proto__":{"admin":true,"documents":["no"]}}';
    expect((await post(body)).status).toBe(200);
    expect(chatbot.asked[0]?.options).not.toHaveProperty('documents');
    expect({}).not.toHaveProperty('admin');
    expect(await errorOf(await post('{"question":"a","constructor":{"x":1}}'))).toMatchObject({ code: 'BODY_INVALID' });
  });

  it('the wrong method says which one is right', async () => {
    const { url } = await serve();
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const response = await fetch(`${url}/api/chat`, { method });
      expect(response.headers.get('allow')).toBe('POST');
      expect(await errorOf(response)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    }
  });
});

describe('faults', () => {
  const sentinel = 'sk-SENTINEL /home/someone/index';

  it.each([
    ['any error', new Error(sentinel), 'INTERNAL'],
    ['a thrown text', sentinel, 'INTERNAL'],
    ['a coded fault of ours', new PullquoteError('MODEL_CORRUPT', sentinel), 'MODEL_CORRUPT'],
  ])('%s is told without its words, and logged once', async (_what, fault, code) => {
    const { post, log } = await serve({ chatbot: createFakeChatbot({ fault }) });
    const response = await post({ question });
    expect(response.headers.get('x-request-id')).toBeTruthy();
    const text = await response.text();
    expect(JSON.parse(text).error.code).toBe(code);
    expect(text).not.toContain('SENTINEL');
    expect(text).not.toMatch(/\bat .*:\d+/);
    expect(log.filter((line) => line.includes('"level":50'))).toHaveLength(1);
  });

  it('says that the index is not there yet', async () => {
    const fault = new PullquoteError('NOT_READY', 'The index is being built');
    const { post } = await serve({ chatbot: createFakeChatbot({ fault }) });
    expect(await errorOf(await post({ question }))).toMatchObject({ status: 503, message: 'The index is being built' });
  });
});

describe('the log', () => {
  it('has one line a request, without the question or the headers', async () => {
    const { post, log } = await serve();
    const secret = 'SECRET-harbour\n{"level":60}';
    await post({ question: secret }, { authorization: 'Bearer SECRET', cookie: 'SECRET' });
    await post({ question: `${secret}${'x'.repeat(2000)}` });
    await expect.poll(() => log.length).toBe(2);
    expect(JSON.parse(log[0] ?? '')).toMatchObject({ method: 'POST', path: '/api/chat', status: 200 });
    expect(JSON.parse(log[1] ?? '')).toMatchObject({ status: 413, code: 'QUESTION_TOO_LONG' });
    expect(log.join('')).not.toContain('SECRET');
  });

  it('is not flooded by uploads that break off', async () => {
    const { url, log } = await serve();
    for (let n = 0; n < 50; n++)
      await new Promise<void>((resolve) => {
        const headers = { 'content-type': 'application/json', 'content-length': '1000' };
        const req = request(`${url}/api/chat`, { method: 'POST', headers });
        req.on('error', () => resolve());
        req.write('{"question":', () => req.destroy(new Error('gone')));
      });
    await expect.poll(() => log.length).toBeGreaterThan(0);
    expect(log.filter((line) => JSON.parse(line).level >= 30)).toEqual([]);
  });
});
