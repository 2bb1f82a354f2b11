import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createConversations } from '../../src/conversations.ts';
import { asExample } from '../../src/feedback/as-example.ts';
import { type Feedback, readFeedback } from '../../src/feedback/feedback-log.ts';
import type { Answer, Citation } from '../../src/types.ts';
import { createFakeChatbot, reopenedQuote } from '../support/fake-chatbot.ts';
import { errorOf, serve } from '../support/server.ts';

type Served = Awaited<ReturnType<typeof serve>>;
type Told = Answer & { conversationId: string };

async function ask({ post }: Served, question = 'When did the harbour open?', conversationId?: string): Promise<Told> {
  return (await post({ question, ...(conversationId && { conversationId }) })).json() as Promise<Told>;
}

function rate({ url }: Served, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${url}/api/feedback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

async function keptBy({ feedbackFolder }: Served): Promise<Feedback[]> {
  const kept: Feedback[] = [];
  const damaged: number[] = [];
  for await (const given of readFeedback(feedbackFolder, (line) => damaged.push(line))) kept.push(given);
  expect(damaged).toEqual([]);
  return kept;
}

/** The answer, its first citation changed. */
const withCitation = (answer: Told, change: object): object => ({
  ...answer,
  citations: answer.citations.map((citation, i) => (i === 0 ? { ...citation, ...change } : citation)),
});

describe('POST /api/feedback', () => {
  it('keeps a thumb with the question, the answer and the questions before, as the server gave them', async () => {
    const server = await serve();
    const first = await ask(server);
    const { conversationId, ...answer } = await ask(server, 'What did the harbour cost?', first.conversationId);
    const response = await rate(server, { rating: 'down', note: '  It cost more. ', conversationId, answer });
    expect(response.status).toBe(201);
    const { id } = (await response.json()) as { id: string };
    const [kept, ...others] = await keptBy(server);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      version: 1,
      id,
      rating: 'down',
      note: 'It cost more.',
      trust: 'given',
      history: ['When did the harbour open?'],
      answer: { kind: 'answered', question: 'What did the harbour cost?', shortAnswer: { text: '3 May', citation: 1 } },
    });
    expect(kept?.answer.citations[0]).toEqual({
      number: 1,
      document: { id: 'news/harbour & sea', revision: 'a'.repeat(64) },
      start: answer.citations[0]?.start,
      end: answer.citations[0]?.end,
      quote: reopenedQuote,
    });
    expect(Date.parse(kept?.at ?? '')).toBeGreaterThan(Date.parse('2026-01-01'));
    // Whoever knows a conversation's id may read on in it: it is not for the disk.
    expect(await readFile(join(server.feedbackFolder, 'feedback.jsonl'), 'utf8')).not.toContain(conversationId);
  });

  it('takes the server’s own answer, whatever the client makes of the rest of it', async () => {
    const server = await serve();
    const { conversationId, ...answer } = await ask(server);
    const forged = { ...answer, confidence: 1, statements: [{ text: 'Nonsense.', citations: [1] }] };
    expect((await rate(server, { rating: 'up', conversationId, answer: forged })).status).toBe(201);
    expect((await keptBy(server))[0]?.answer).toMatchObject({ confidence: 0.91, statements: answer.statements });
  });

  it('lets a later one take the place of the first, and takes one back', async () => {
    const server = await serve();
    const answer = await ask(server);
    const { id } = (await (await rate(server, { rating: 'up', answer })).json()) as { id: string };
    await rate(server, { id, rating: 'down', note: 'Hm.', answer });
    expect(await keptBy(server)).toMatchObject([{ id, rating: 'down', note: 'Hm.' }]);
    expect(await (await rate(server, { id, rating: null, answer })).json()).toEqual({ id });
    expect(await keptBy(server)).toEqual([]);
  });

  it('works when the conversation has expired, on the quotes held against the documents', async () => {
    let now = 1;
    const server = await serve({ conversations: createConversations({ limit: 5, ttl: 1, now: () => now }) });
    const { conversationId, ...answer } = await ask(server);
    now += 61_000;
    const body = { rating: 'up', conversationId, answer, history: ['Is there a harbour?'], documents: ['budget'] };
    expect((await rate(server, body)).status).toBe(201);
    expect(await keptBy(server)).toMatchObject([
      { trust: 'checked', history: ['Is there a harbour?'], documents: ['budget'], answer: { text: answer.text } },
    ]);
  });

  it('keeps an answer from a revision that is served no more, and says that it is unchecked', async () => {
    const server = await serve();
    const answer = await ask(server);
    const document = { ...(answer.citations[0] as Citation).document, revision: 'f'.repeat(64) };
    expect((await rate(server, { rating: 'up', answer: withCitation(answer, { document }) })).status).toBe(201);
    expect(await keptBy(server)).toMatchObject([{ trust: 'unchecked' }]);
  });

  it.each([
    ['another text', { quote: 'The harbour burnt down.' }],
    ['another place', { start: 3 }],
    ['no place', { start: 0, end: 0, quote: '' }],
  ])('refuses a quote with %s that the document does not hold', async (_what, change) => {
    const server = await serve();
    const answer = await ask(server);
    const { status, code, message } = await errorOf(
      await rate(server, { rating: 'up', answer: withCitation(answer, change) }),
    );
    expect({ status, code }).toEqual({ status: 400, code: 'BODY_INVALID' });
    expect(message).toContain('does not stand at');
    expect(await keptBy(server)).toEqual([]);
  });

  it.each<[string, (answer: Told) => object]>([
    ['no citation', () => ({ citations: [], statements: [], shortAnswer: undefined, disagreements: [] })],
    ['no statement', () => ({ statements: [] })],
    [
      'a statement without a citation',
      ({ statements }) => ({ statements: [...statements, { text: 'So.', citations: [] }] }),
    ],
    ['a citation that is not there', ({ statements }) => ({ statements: [{ ...statements[0], citations: [1, 9] }] })],
    ['one number twice', ({ citations }) => ({ citations: citations.map((it) => ({ ...it, number: 1 })) })],
    ['a verdict without its quote', () => ({ verdict: { value: 'yes', citation: 9 } })],
    ['other words as the short answer', () => ({ shortAnswer: { text: 'in winter', citation: 1 } })],
    ['another citation’s short answer', () => ({ shortAnswer: { text: '3 May', citation: 2 } })],
    ['a statement in other words', () => ({ statements: [{ text: 'It never opened.', citations: [1] }] })],
    [
      'a statement that is half a quote',
      () => ({ statements: [{ text: reopenedQuote.slice(0, 20), citations: [1] }] }),
    ],
    [
      'a chat model’s statement that its quotes do not bear',
      () => ({ statements: [{ text: 'The harbour reopened on 7 June.', citations: [1] }], answerer: 'openai:x#12' }),
    ],
    [
      'a position in other words',
      ({ disagreements }) => ({
        disagreements: disagreements.map((it) => ({
          ...it,
          positions: it.positions.map((position) => ({ ...position, text: '€99 million' })),
        })),
      }),
    ],
    ['quotes though it says that it has none', () => ({ kind: 'unanswered' })],
  ])('does not vouch for an answer with %s', async (_what, change) => {
    const server = await serve();
    const { conversationId, ...answer } = await ask(server);
    const forged = { ...answer, ...change({ conversationId, ...answer }) };
    expect((await rate(server, { rating: 'up', answer: forged })).status).toBe(201);
    const [kept] = await keptBy(server);
    expect(kept?.trust).toBe('unchecked');
    expect(asExample(kept as Feedback)).not.toHaveProperty('expect');
    expect((await rate(server, { rating: 'up', answer })).status).toBe(201);
    const vouched = (await keptBy(server)).at(-1) as Feedback;
    expect(vouched.trust).toBe('checked');
    expect(asExample(vouched).expect).toMatchObject({ kind: 'answered', words: [['3 May']] });
  });

  it('vouches for a chat model’s statement that its quotes bear', async () => {
    const server = await serve();
    const answer = {
      ...(await ask(server)),
      answerer: 'openai:x#12',
      statements: [{ text: 'The harbour reopened on 3 May after two years.', citations: [1] }],
    };
    await rate(server, { rating: 'up', answer });
    expect(await keptBy(server)).toMatchObject([{ trust: 'checked' }]);
  });

  it('keeps the documents that were asked, not those that the client names afterwards', async () => {
    const server = await serve();
    const question = 'When did the harbour open?';
    const some = (await (await server.post({ question, documents: ['budget'] })).json()) as Told;
    const all = await ask(server);
    for (const { conversationId, ...answer } of [some, all])
      await rate(server, { rating: 'up', conversationId, answer, documents: ['news/harbour & sea'] });
    const [first, second] = await keptBy(server);
    expect(first).toMatchObject({ trust: 'given', documents: ['budget'] });
    expect(second).toMatchObject({ trust: 'given' });
    expect(second).not.toHaveProperty('documents');
  });

  it('takes a long line of its own answer, but none of a stranger’s', async () => {
    const server = await serve();
    const { conversationId, ...answer } = await ask(server);
    const long = { ...answer, text: 'x'.repeat(20_000) };
    const { status, code, message } = await errorOf(await rate(server, { rating: 'up', answer: long }));
    expect({ status, code }).toEqual({ status: 413, code: 'BODY_TOO_LARGE' });
    expect(message).toMatch(/^This feedback has \d{5} bytes, more than 16384$/);
    const note = 'n'.repeat(2000);
    const history = Array(20).fill('x'.repeat(1000));
    expect((await rate(server, { rating: 'up', conversationId, answer, note, history })).status).toBe(201);
  });

  it('takes one on a question that was not answered', async () => {
    const server = await serve();
    const { conversationId, ...answer } = await ask(server, 'Who won the cup?');
    expect((await rate(server, { rating: 'up', conversationId, answer })).status).toBe(201);
    expect(await keptBy(server)).toMatchObject([{ answer: { kind: 'unanswered', citations: [] } }]);
  });

  it.each([
    ['rating', { rating: 'sideways' }, /^rating is "sideways"/],
    ['no rating', { rating: undefined }, /^rating is missing/],
    ['note', { note: 'x'.repeat(2001) }, /^note is "xxx/],
    ['id', { id: '../../etc/passwd' }, /^id is /],
    ['field', { stars: 5 }, /^The body has no field "stars"/],
    ['answer', { answer: { kind: 'answered' } }, /^answer\.question is missing/],
    ['history', { history: 'none' }, /^history is "none"/],
  ])('refuses a wrong %s by name', async (_what, change, words) => {
    const server = await serve();
    const answer = await ask(server);
    const { status, code, message } = await errorOf(await rate(server, { rating: 'up', answer, ...change }));
    expect({ status, code }).toEqual({ status: 400, code: 'BODY_INVALID' });
    expect(message).toMatch(words);
  });

  it('refuses other methods, bodies that are none, and origins that are not allowed', async () => {
    const server = await serve();
    expect((await fetch(`${server.url}/api/feedback`)).status).toBe(405);
    expect((await rate(server, [])).status).toBe(400);
    const denied = await errorOf(await rate(server, {}, { origin: 'https://evil.example' }));
    expect(denied).toMatchObject({ status: 403, code: 'ORIGIN_DENIED' });
  });

  it.each([1000, 0])('takes twenty a minute from one client, where %i questions are the limit', async (rateLimit) => {
    const server = await serve({ config: { rateLimit } });
    const answer = await ask(server);
    const statuses = [];
    for (let i = 0; i < 22; i++) statuses.push((await rate(server, { rating: 'up', answer })).status);
    expect(statuses).toEqual([...Array(20).fill(201), 429, 429]);
    const { code, message } = await errorOf(await rate(server, { rating: 'up', answer }));
    expect({ code, message }).toEqual({ code: 'RATE_LIMITED', message: 'More than 20 requests a minute' });
    expect((await server.post({ question: 'Is the harbour open?' })).status).toBe(200);
  });

  it('says that it is full, in the log, and goes on answering', async () => {
    const server = await serve({ feedbackLimit: 100 });
    const answer = await ask(server);
    expect(await errorOf(await rate(server, { rating: 'up', answer }))).toMatchObject({
      status: 503,
      code: 'FEEDBACK_FULL',
    });
    expect(server.log.join('')).toContain('FEEDBACK_FULL');
    expect((await ask(server)).kind).toBe('answered');
  });

  it('writes the words of a stranger as one line of JSON, whatever they are', async () => {
    const server = await serve({ chatbot: createFakeChatbot() });
    const { conversationId, ...answer } = await ask(server);
    const note = '</script>\n{"rating":"up"}\r\n\u2028\u0000 \ud83d\ude00 \ud83d';
    expect((await rate(server, { rating: 'down', note, conversationId, answer })).status).toBe(201);
    const text = await readFile(join(server.feedbackFolder, 'feedback.jsonl'), 'utf8');
    expect(text.split('\n')).toHaveLength(2);
    expect((await keptBy(server))[0]?.note).toContain('{"rating":"up"}');
  });
});
