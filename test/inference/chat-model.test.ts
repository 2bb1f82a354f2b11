import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ChatModel, openChatModel } from '../../src/inference/chat-model.ts';
import { Secret } from '../../src/text/secret.ts';
import { startFakeModel } from '../support/fake-models.ts';
import { KEY, openFake } from '../support/written.ts';

const open = (name: string, url: string | null = null, key: string | null = KEY) =>
  openChatModel({ name, url, key: key === null ? null : new Secret(key), timeoutMs: 5_000 });

async function textOf(model: ChatModel): Promise<string> {
  let text = '';
  for await (const piece of model.reply(() => ({ system: 'You are brief.', user: 'Say grüß Gott 🚢.' })))
    text += piece.text;
  return text;
}

describe('a chat model', () => {
  it.each(['openai', 'anthropic', 'ollama'] as const)('of %s replies, whole whatever the packets', async (protocol) => {
    const fake = await startFakeModel(protocol, () => ({ text: 'Grüß Gott, „Schöne“ 🚢🇺🇦 – 你好 …' }));
    expect(await textOf(await openFake(fake, protocol))).toBe('Grüß Gott, „Schöne“ 🚢🇺🇦 – 你好 …');
    expect(fake.asked).toMatchObject([{ system: 'You are brief.', user: 'Say grüß Gott 🚢.', isHeld: false }]);
    expect(fake.keys[0]).toContain(protocol === 'ollama' ? '' : KEY);
  });

  it.each([
    ['anthropic', 401, 'CHAT_MODEL_KEY_REFUSED'],
    ['anthropic', 404, 'CHAT_MODEL_NOT_FOUND'],
    ['anthropic', 529, 'CHAT_MODEL_FAILED'],
    ['ollama', 404, 'CHAT_MODEL_NOT_FOUND'],
    ['ollama', 500, 'CHAT_MODEL_FAILED'],
    ['openai', 408, 'CHAT_MODEL_TIMEOUT'],
    ['openai', 413, 'CHAT_MODEL_REQUEST_REFUSED'],
  ] as const)('of %s with HTTP %d is %s', async (protocol, status, code) => {
    const fake = await startFakeModel(protocol, () => ({ status, error: { message: `no: ${KEY}` } }));
    const failure = await textOf(await openFake(fake, protocol)).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, facts: { status } });
    expect(String((failure as Error).stack)).not.toContain(KEY);
    expect((failure as Error).cause).toBeUndefined();
  });

  it('of another kind of server at the address is not there', async () => {
    const fake = await startFakeModel('ollama', () => ({ text: 'hello' }));
    await expect(textOf(await open('openai:x', `${fake.url}/v1`))).rejects.toMatchObject({
      code: 'CHAT_MODEL_NOT_FOUND',
    });
  });

  it('keeps its own temperature where LangChain already knows that it refuses ours', async () => {
    const fake = await startFakeModel('anthropic', () => ({ text: 'hello' }));
    const model = await openFake(fake, 'anthropic', { name: 'anthropic:claude-opus-4-7' });
    expect(await textOf(model)).toBe('hello');
    expect(fake.asked[0]?.body).not.toHaveProperty('temperature');
  });

  it.each(['openai', 'anthropic', 'ollama'] as const)('of %s says when its tokens are used up', async (protocol) => {
    const fake = await startFakeModel(protocol, () => ({ text: 'on and', finish: 'length' }));
    const pieces = [];
    const model = await openFake(fake, protocol);
    for await (const piece of model.reply(() => ({ system: '', user: '' }))) pieces.push(piece);
    expect(pieces.map(({ text }) => text).join('')).toBe('on and');
    expect(pieces.some(({ isCut }) => isCut)).toBe(true);
  });

  it.each(['openai', 'anthropic'] as const)('of %s says when it or its filter declines', async (protocol) => {
    const fake = await startFakeModel(protocol, () => ({ text: '', finish: 'content_filter' }));
    await expect(textOf(await openFake(fake, protocol))).rejects.toMatchObject({ code: 'CHAT_MODEL_DECLINED' });
  });

  it('is asked without what it refuses, one thing after the other, and from then on at once', async () => {
    const fake = await startFakeModel('openai', ({ body }) => {
      const refused = ['max_tokens', 'temperature'].find((field) => field in body);
      return refused === undefined
        ? { text: 'hello' }
        : { status: 400, error: { message: `Unsupported parameter: '${refused}'`, code: 'unsupported_parameter' } };
    });
    const model = await openFake(fake);
    expect(await textOf(model)).toBe('hello');
    expect(fake.asked).toHaveLength(3);
    expect(await textOf(model)).toBe('hello');
    expect(fake.asked).toHaveLength(4);
  });

  it('is held to the schema again when it was another thing that it refused', async () => {
    const fake = await startFakeModel('openai', ({ number }) =>
      number <= 2 ? { status: 400, error: { message: 'no', code: 'context_length_exceeded' } } : { text: '{}' },
    );
    const model = await openFake(fake);
    const held = () => model.reply(() => ({ system: '', user: '' }), { schema: { type: 'object' } });
    await expect(held().next()).rejects.toMatchObject({ code: 'CHAT_MODEL_REQUEST_REFUSED' });
    for await (const { text } of held()) if (text) break;
    expect(fake.asked.map(({ isHeld }) => isHeld)).toEqual([true, false, true]);
  });

  it('is not tried again by who can do without', async () => {
    const fake = await startFakeModel('openai', () => ({ status: 503 }));
    const reply = (await openFake(fake)).reply(() => ({ system: '', user: '' }), { isTriedAgain: false });
    await expect(reply.next()).rejects.toMatchObject({ code: 'CHAT_MODEL_FAILED' });
    expect(fake.asked).toHaveLength(1);
  });

  it('is given up at the shorter of the two deadlines', async () => {
    const fake = await startFakeModel('openai', () => ({ waitMs: 20_000 }));
    const model = await openFake(fake, 'openai', { timeoutMs: 300 });
    const replies = [
      model.reply(() => ({ system: '', user: '' })),
      model.reply(() => ({ system: '', user: '' }), { deadlineMs: 100 }),
    ];
    const [longer, shorter] = await Promise.allSettled(replies.map((reply) => reply.next()));
    expect(longer).toMatchObject({ reason: { code: 'CHAT_MODEL_TIMEOUT', facts: { deadlineMs: 300 } } });
    expect(shorter).toMatchObject({ reason: { code: 'CHAT_MODEL_TIMEOUT', facts: { deadlineMs: 100 } } });
  });

  it('is stopped by whoever reads no further', async () => {
    const fake = await startFakeModel('openai', () => ({ text: 'on and on '.repeat(500), pieceMs: 20 }));
    for await (const { text } of (await openFake(fake)).reply(() => ({ system: '', user: 'Go on.' }))) if (text) break;
    await expect.poll(() => fake.left).toBe(1);
  });

  it('needs no key at an address of its own', async () => {
    const fake = await startFakeModel('openai', () => ({ text: 'hello' }));
    expect(await textOf(await open('openai:x', fake.url, null))).toBe('hello');
    expect(fake.keys).toEqual(['Bearer none']);
  });
});

describe('a chat model that can’t be opened', () => {
  it.each([
    ['nobody:x', null, KEY, 'CHAT_MODEL_UNSUPPORTED', /no provider nobody, but .*openai/],
    ['__proto__:x', null, KEY, 'CHAT_MODEL_UNSUPPORTED', /no provider __proto__/],
    ['cohere:x', 'http://127.0.0.1:1', KEY, 'CHAT_MODEL_UNSUPPORTED', /PULLQUOTE_MODEL_BASE_URL/],
    ['groq:x', null, KEY, 'CHAT_MODEL_PACKAGE_MISSING', /npm install @langchain\/groq/],
    ['mistral:x', null, KEY, 'CHAT_MODEL_PACKAGE_MISSING', /npm install @langchain\/mistralai/],
    ['openai:x', null, null, 'CHAT_MODEL_KEY_MISSING', /openai:x needs a key/],
    ['anthropic:x', null, null, 'CHAT_MODEL_KEY_MISSING', /anthropic:x needs a key/],
  ])('%s at %s', async (name, url, key, code, message) => {
    await expect(open(name, url, key)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });
});

it('costs nothing where none is set: LangChain’s chat models are imported only to open one', async () => {
  const paths = (await readdir('src', { recursive: true })).filter((path) => path.endsWith('.ts'));
  const imports = await Promise.all(
    paths.map(async (path) => {
      const source = await readFile(join('src', path), 'utf8');
      return [...source.matchAll(/^import (?!type )[^;]*? from '((?:@langchain|langchain)[^']*)'/gm)].map(
        ([, name]) => name,
      );
    }),
  );
  expect(new Set(imports.flat())).toEqual(
    new Set([
      '@langchain/community/stores/doc/in_memory',
      '@langchain/community/vectorstores/hnswlib',
      '@langchain/core/documents',
    ]),
  );
});
