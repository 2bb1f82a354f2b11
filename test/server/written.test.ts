import type { UIMessage } from 'ai';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Citation } from '../../src/types.ts';
import { askWithAiSdk, said } from '../support/ai-sdk.ts';
import { type FakeModel, type Role, startFakeModel } from '../support/fake-models.ts';
import { bestSentence, honest, passagesOf, replyOf } from '../support/model-roles.ts';
import { donetsk, expectVerbatim } from '../support/real-engine.ts';
import { seeds } from '../support/run-cli.ts';
import { eventStream, eventsOf, serve } from '../support/server.ts';
import { KEY, type Library, openFake, openLibrary, writingChatbot } from '../support/written.ts';

let library: Library;
beforeAll(async () => {
  library = await openLibrary(seeds);
});

/** The real server over the real chatbot, whose answers a fake model writes. */
async function serveWritten(role: Role) {
  const fake: FakeModel = await startFakeModel('openai', role);
  const chatbot = await writingChatbot(library, await openFake(fake));
  return { fake, ...(await serve({ chatbot, config: { headAfterMs: 20_000 } })) };
}

/** Two statements: the second is about the invasion. */
const two: Role = (asked) => {
  const best = bestSentence(asked) ?? { passage: 0, quote: '' };
  const { number = 0, text = '' } = passagesOf(asked).find((it) => it.text.includes('full-scale invasion')) ?? {};
  const quote = /[^.]*full-scale invasion[^.]*\./.exec(text)?.[0].trim() ?? '';
  const statements = [
    { text: best.quote, quotes: [best] },
    { text: quote, quotes: [{ passage: number, quote }] },
  ];
  return { text: replyOf(asked, statements, '75%') };
};

type Conversing = Answer & { conversationId: string };

describe('a written answer', () => {
  it('streams a delta a sentence, its citations before it, and the deltas are the text', async () => {
    const { post } = await serveWritten(two);
    const events = await eventsOf(await post({ question: donetsk }, eventStream));
    const { data: answer } = events.find(({ type }) => type === 'data-answer') as unknown as { data: Conversing };
    const deltas = events.filter(({ type }) => type === 'text-delta').map(({ delta }) => delta);
    expect(deltas).toHaveLength(2);
    expect(deltas.join('')).toBe(answer.text);
    expect(answer.answerer).toContain('openai:fake-1');
    expectVerbatim(answer, library.served.documents);
    const known = new Set<number>();
    for (const event of events) {
      if (event.type === 'data-citation') known.add((event.data as Citation).number);
      for (const [, number] of ((event.delta ?? '') as string).matchAll(/\[(\d+)\]/g))
        expect(known).toContain(Number(number));
    }
    expect(known.size).toBe(answer.citations.length);
    expect(events.filter(({ type }) => type === 'text-start' || type === 'text-end')).toHaveLength(2);
  });

  it('opens the stream with the first sentence, before the model is done', async () => {
    const { post, fake } = await serveWritten((asked) => {
      const { text } = two(asked) as { text: string };
      return { text, pieceMs: 40 };
    });
    const response = await post({ question: donetsk }, eventStream);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    let seen = '';
    while (!seen.includes('text-delta')) seen += new TextDecoder().decode((await reader.read()).value);
    expect(seen).toContain('data-citation');
    expect(seen).not.toContain('data-answer');
    // Whoever has read enough stops the model.
    await reader.cancel();
    await expect.poll(() => fake.left).toBe(1);
  });

  it('is what the AI SDK’s own client reads', async () => {
    const { url } = await serveWritten(two);
    const message = await askWithAiSdk<UIMessage<unknown, { answer: Conversing; citation: Citation }>>(url, [
      said(donetsk) as never,
    ]);
    const text = message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
    const answer = message.parts.find((part) => part.type === 'data-answer')?.data as Conversing;
    expect(text).toBe(answer.text);
    expect(message.parts.filter(({ type }) => type === 'source-document')).toHaveLength(answer.citations.length);
  });

  it('carries the same evidence as JSON', async () => {
    const { post } = await serveWritten(two);
    const whole = (await (await post({ question: donetsk })).json()) as Conversing;
    const events = await eventsOf(await post({ question: donetsk }, eventStream));
    const { data } = events.find(({ type }) => type === 'data-answer') as unknown as { data: Conversing };
    expect(data.citations).toEqual(whole.citations);
    expect(data.text).toBe(whole.text);
  });

  it('that breaks off half-way goes on with the built-in one', async () => {
    const { post } = await serveWritten((asked) => {
      const { text } = two(asked) as { text: string };
      const { statements } = JSON.parse(text);
      const reply = replyOf(asked, statements.reverse());
      return { text: reply, diesAfter: reply.lastIndexOf('{"text"') + 20 };
    });
    const events = await eventsOf(await post({ question: donetsk }, eventStream));
    const deltas = events.filter(({ type }) => type === 'text-delta').map(({ delta }) => delta);
    const { data } = events.find(({ type }) => type === 'data-answer') as unknown as { data: Conversing };
    expect(data.model?.failure?.code).toBe('CHAT_MODEL_BROKE_OFF');
    expect(deltas).toHaveLength(2);
    expect(deltas.join('')).toBe(data.text);
    expect(data.text).toContain('75%');
  });
});

describe('the log', () => {
  it('says in one line what became of the model, without question, prompt or key', async () => {
    const { post, log } = await serveWritten(() => ({ status: 401, error: { message: KEY, code: 'invalid_api_key' } }));
    await (await post({ question: donetsk })).json();
    await expect.poll(() => log).toHaveLength(1);
    const line = JSON.parse(log[0] ?? '');
    expect(line).toMatchObject({
      level: 40,
      status: 200,
      model: {
        id: 'openai:fake-1',
        failure: {
          code: 'CHAT_MODEL_KEY_REFUSED',
          message: 'openai:fake-1 refused the key: HTTP 401 (invalid_api_key)',
        },
      },
    });
    for (const secret of [KEY, 'Donetsk', 'passage']) expect(log.join('')).not.toContain(secret);
  });

  it('counts what was used and what was dropped', async () => {
    const { post, log } = await serveWritten(honest);
    await (await post({ question: donetsk }, eventStream)).text();
    await expect.poll(() => log).toHaveLength(1);
    expect(JSON.parse(log[0] ?? '')).toMatchObject({
      level: 30,
      model: { usage: { input: 321, output: 45 }, dropped: { quotes: 0, statements: 0 } },
    });
  });
});
