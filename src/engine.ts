import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPrompts } from './answering/writing/prompts.ts';
import { type ChatbotParts, createChatbot } from './chatbot.ts';
import { asPullquoteError } from './errors.ts';
import { type ChatModelOptions, openChatModel } from './inference/chat-model.ts';
import { limitDailyTokens } from './inference/daily-tokens.ts';
import { readModelManifest } from './inference/model-files.ts';
import { loadModels, type Models } from './inference/models.ts';
import type { IngestReport } from './ingest/ingest.ts';
import { followGenerations } from './retrieval/follow-generations.ts';
import { currentGeneration } from './retrieval/index-folder.ts';
import { openServedIndex, type ServedIndex } from './retrieval/served-index.ts';
import type { Chatbot, Embedder } from './types.ts';

/** Longest wait while another process builds the first index, and between two looks. */
const LONGEST_WAIT_MS = 60_000;
const LOOK_MS = 250;

/** The chat model that writes the answers, and what it is given. */
export interface WriterOptions extends ChatModelOptions {
  /** Folder of the prompts. */
  prompts: string;
  /** Most tokens of passages in a prompt, estimated. */
  mostTokens: number;
  /** Most tokens in 24 hours; null for no limit. */
  dailyTokens: number | null;
}

export interface EngineOptions {
  /** Folders. */
  models: string;
  index: string;
  /** Ingested first when there is no index yet. */
  seeds: string;
  /** Least confidence of an answer; null for the calibrated one. */
  threshold: number | null;
  longestQuestion: number;
  /** Answers remembered. */
  remembered: number;
  /** Without one the answers are quotes alone. */
  writer?: WriterOptions;
  /** Told of each sentence a person should read: a damaged file and how it was met, a new generation that can't be served. */
  onWarning: (warning: string) => void;
  /** Told while the first index is being built. */
  onProgress?: (done: number, total: number) => void;
  /** Told when the first index has been built. */
  onIngested?: (report: IngestReport) => void;
  /** Makes an index of the caller's own, which is served instead of the folder's: a question set's paragraphs, thrown away afterwards. */
  ownIndex?: (models: Models) => Promise<ServedIndex>;
}

export interface Engine {
  chatbot: Chatbot;
  /** What the chatbot stands on, for who looks closer than an answer does. */
  models: Models;
  index: () => ServedIndex;
  /** What is wrong now, in sentences; empty when all is well. */
  warnings(): string[];
  /** Serves each generation that is published from now on; looks for one every so many milliseconds. */
  follow(everyMs: number): void;
  close(): Promise<void>;
}

/**
 * All that stands behind the chatbot: the models, verified, and the index, built first if there is none.
 * Throws MODEL_…, CHAT_MODEL_…, PROMPT_…, INDEX_… and what `ingest` throws.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const identity = (await readModelManifest(options.models)).embedder;
  // Side by side; the index is opened for the embedder that the models folder says it has.
  const [models, writer, opened] = await Promise.all([
    loadModels(options.models),
    options.writer === undefined ? null : openWriter(options.writer),
    options.ownIndex !== undefined
      ? null
      : openServedIndex(options.index, identity).catch((error: unknown) => {
          if (asPullquoteError(error).code === 'INDEX_MISSING') return null;
          throw error;
        }),
  ]);
  let served: ServedIndex;
  if (options.ownIndex !== undefined) {
    served = await options.ownIndex(models);
  } else if (opened === null) {
    await buildFirst(options, models.embedder);
    served = await openServedIndex(options.index, identity);
  } else {
    served = opened;
  }
  for (const warning of served.warnings) options.onWarning(warning);

  /** Why the generation that CURRENT names isn't the one that serves; null when it is. */
  let trouble: string | null = null;
  let stop = async () => {};
  return {
    chatbot: createChatbot({
      ...models,
      ...(writer && { writer: { ...writer, onFault: (error) => options.onWarning(faultOf(error)) } }),
      index: () => served,
      longestQuestion: options.longestQuestion,
      remembered: options.remembered,
      ...(options.threshold !== null && { threshold: options.threshold }),
    }),
    models,
    index: () => served,
    warnings: () => [...served.warnings, ...(trouble === null ? [] : [trouble])],
    follow(everyMs) {
      stop = followGenerations(options.index, {
        everyMs,
        opened: served.id,
        async onChange() {
          // None but that one: an older generation on the disk is no better than what serves.
          served = await openServedIndex(options.index, identity, { older: false });
          trouble = null;
          for (const warning of served.warnings) options.onWarning(warning);
        },
        onError(error, id) {
          const { code, message } = asPullquoteError(error);
          trouble = `${id ?? 'the index'} cannot be served, ${served.id} goes on serving: ${code}: ${message}`;
          options.onWarning(trouble);
        },
      });
    },
    close: () => stop(),
  };
}

/** Where a fault of ours was that answers go round: its kind and place, as its words might be a provider's, with the key or the prompt. */
function faultOf(error: unknown): string {
  const { name, stack = '' } = error instanceof Error ? error : new Error();
  const places = stack.split('\n').filter((line) => line.startsWith('    at '));
  return `a chat model's reply could not be used: ${name}${places.slice(0, FAULT_PLACES).join('')}`;
}

/** Calls that lead to a fault and are told. */
const FAULT_PLACES = 4;

/** Nothing of a fence can be guessed, in bytes. */
const FENCE_BYTES = 8;

/** Opens the chat model and reads its prompts; nothing is sent yet. Throws CHAT_MODEL_…, PROMPT_…. */
export async function openWriter(options: WriterOptions): Promise<NonNullable<ChatbotParts['writer']>> {
  const [prompts, model] = await Promise.all([readPrompts(options.prompts), openChatModel(options)]);
  const drawFence = () => randomBytes(FENCE_BYTES).toString('hex');
  const { mostTokens, dailyTokens } = options;
  const affordable =
    dailyTokens === null ? model : limitDailyTokens(model, { most: dailyTokens, now: () => performance.now() });
  return { model: affordable, prompts, mostTokens, drawFence };
}

/** Ingests the seeds, or waits while another process does: the first of two that begin at once builds the index for both. */
async function buildFirst(options: EngineOptions, embedder: Embedder): Promise<void> {
  const { seeds, index, onProgress } = options;
  const { ingest } = await import('./ingest/ingest.ts'); // the loaders of every format, which an index that is there has no use for
  const end = performance.now() + LONGEST_WAIT_MS;
  do {
    try {
      const report = await ingest(seeds, index, embedder, { ...(onProgress && { onProgress }) });
      options.onIngested?.(report);
      return;
    } catch (error) {
      if (asPullquoteError(error).code !== 'INDEX_LOCKED' || performance.now() > end) throw error;
      await sleep(LOOK_MS);
    }
  } while ((await currentGeneration(index)) === null);
}
