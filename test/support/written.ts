/** A chatbot over the five articles whose answers a fake model writes. */
import { join } from 'node:path';
import { readPrompts } from '../../src/answering/writing/prompts.ts';
import { type ChatbotParts, createChatbot } from '../../src/chatbot.ts';
import { type ChatModel, type ChatModelOptions, openChatModel } from '../../src/inference/chat-model.ts';
import { loadModels, type Models } from '../../src/inference/models.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { openServedIndex, type ServedIndex } from '../../src/retrieval/served-index.ts';
import { Secret } from '../../src/text/secret.ts';
import type { Chatbot } from '../../src/types.ts';
import type { FakeModel, Protocol } from './fake-models.ts';
import { root, temporaryFolder } from './run-cli.ts';

export const KEY = 'sk-sentinel-0123456789abcdefghijklmnop';

const NAMES: Record<Protocol, string> = {
  openai: 'openai:fake-1',
  anthropic: 'anthropic:claude-fake',
  ollama: 'ollama:fake',
};

/** The models and an index, made once a test file. */
export interface Library {
  models: Models;
  served: ServedIndex;
}

export async function openLibrary(folder: string): Promise<Library> {
  const models = remembering(await loadModels(join(root, 'models')));
  const index = join(await temporaryFolder(), 'index');
  await ingest(folder, index, models.embedder);
  return { models, served: await openServedIndex(index, models.embedder) };
}

/** The real models, which work out the same only once: the same words get the same vector and the same reading. */
function remembering(models: Models): Models {
  const vectors = new Map<string, Promise<Float32Array>>();
  const readings = new Map<string, ReturnType<Models['reader']['read']>>();
  const once = <Value>(known: Map<string, Value>, key: string, make: () => Value): Value => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  const { embedder, reader } = models;
  return {
    ...models,
    embedder: { ...embedder, embed: (text) => once(vectors, text, () => embedder.embed(text)) },
    reader: {
      ...reader,
      read: (...asked) => once(readings, JSON.stringify(asked), () => reader.read(...asked)),
    },
  };
}

/** The real client of a provider, led to a fake model. */
export function openFake(
  fake: FakeModel,
  protocol: Protocol = 'openai',
  options: Partial<ChatModelOptions> = {},
): Promise<ChatModel> {
  const key = protocol === 'ollama' ? null : new Secret(KEY);
  return openChatModel({ name: NAMES[protocol], url: fake.url, key, timeoutMs: 20_000, ...options });
}

export async function writingChatbot(
  { models, served }: Library,
  model: ChatModel,
  parts: Partial<ChatbotParts> = {},
): Promise<Chatbot> {
  let drawn = 0;
  const prompts = await readPrompts(join(root, 'prompts'));
  const drawFence = () => (++drawn).toString(16).padStart(16, '0');
  const writer = { model, prompts, mostTokens: 3_000, drawFence };
  return createChatbot({ ...models, index: () => served, writer, remembered: 0, ...parts });
}
