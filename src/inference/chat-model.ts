/** A chat model of any provider, through LangChain. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { InitChatModelFields } from 'langchain/chat_models/universal';
import { PullquoteError, throwIfAborted } from '../errors.ts';
import type { Secret } from '../text/secret.ts';
import { chatModelFailure, isPassing, refusedField } from './chat-model-failure.ts';
import { pieceOf, type ReplyPiece } from './chat-piece.ts';
import { chatProviders } from './chat-providers.ts';
import { untilAborted } from './until-aborted.ts';

/** What is sent to a chat model. */
export interface Prompt {
  /** What it is to do; written by us. */
  system: string;
  /** What it is to do it with: the question, and the words of others, fenced. */
  user: string;
}

export interface ReplyOptions {
  /** JSON Schema of the reply; without one the reply is plain text. */
  schema?: Record<string, unknown>;
  signal?: AbortSignal;
  /** Milliseconds for the whole reply, a second try included; at most, and by default, what the model was opened with. */
  deadlineMs?: number;
  /** Is there a second try after what passes by itself? Default: yes. */
  isTriedAgain?: boolean;
}

/** A chat model of any provider. */
export interface ChatModel {
  /** `provider:model`. */
  id: string;
  /** Milliseconds that it was opened with. */
  timeoutMs: number;
  /**
   * Its reply, piece by piece. `prompt` is asked for the words once it is known whether the reply will be held to the schema: not every model can.
   * Leaving the loop stops the model. Throws CHAT_MODEL_…, ABORTED.
   */
  reply(prompt: (isHeldToSchema: boolean) => Prompt, options?: ReplyOptions): AsyncGenerator<ReplyPiece, void>;
}

export interface ChatModelOptions {
  /** `provider:model`. */
  name: string;
  /** Its server, when it is not the provider's own. */
  url: string | null;
  key: Secret | null;
  /** For a whole reply, a second try included. */
  timeoutMs: number;
  /** The setting that names it, with which those of its key and address begin; for errors. Default: PULLQUOTE_MODEL. */
  setting?: string;
}

/** Longest reply, in tokens: an answer has some hundred, but what a reasoning model thinks counts too. */
const MOST_OUTPUT_TOKENS = 4_096;
const SETTING = 'PULLQUOTE_MODEL';
/** Before the second try. */
const RETRY_AFTER_MS = 500;

/**
 * Opens the model; nothing is sent yet. Throws CHAT_MODEL_UNSUPPORTED, CHAT_MODEL_PACKAGE_MISSING, CHAT_MODEL_KEY_MISSING.
 *
 * LangChain's own retries are off (its default takes minutes), and `streaming: true` is never set (it counts tokens with a file that it
 * downloads). The object is a closure, so that nothing that inspects it finds the key.
 */
export async function openChatModel(options: ChatModelOptions): Promise<ChatModel> {
  const { name: id, timeoutMs } = options;
  const { initChatModel, MODEL_PROVIDER_CONFIG } = await import('langchain/chat_models/universal');
  const provider = id.slice(0, id.indexOf(':'));
  const known: Record<string, { package: string }> = MODEL_PROVIDER_CONFIG;
  const adapter = verifiedProvider(options, provider, known);
  /** What this model has turned out to refuse. */
  const refused = { schema: adapter.heldTo === undefined, temperature: false, limit: false };

  const open = async () => {
    const fields = fieldsOf(options, adapter, refused);
    try {
      return await initChatModel(id.slice(provider.length + 1), { modelProvider: provider, ...fields });
    } catch (error) {
      throw openingFailure(error, options, known[provider]?.package ?? provider);
    }
  };
  let model = await open();

  async function* attempt(prompt: Prompt, held: object, signal: AbortSignal): AsyncGenerator<ReplyPiece, void> {
    const messages = [
      { role: 'system', content: prompt.system },
      { role: 'user', content: prompt.user },
    ];
    const stream = await untilAborted(model.stream(messages, { ...held, signal }), signal);
    const chunks = stream[Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await untilAborted(chunks.next(), signal);
      if (done === true) return;
      yield pieceOf(value, id);
    }
  }

  return {
    id,
    timeoutMs,
    async *reply(prompt, { schema, signal, deadlineMs = timeoutMs, isTriedAgain = true }: ReplyOptions = {}) {
      throwIfAborted(signal);
      const leaving = new AbortController();
      const within = Math.max(0, Math.ceil(Math.min(deadlineMs, timeoutMs)));
      const deadline = AbortSignal.timeout(within);
      const stop = AbortSignal.any([leaving.signal, deadline, ...(signal ? [signal] : [])]);
      let begun = false;
      let triesLeft = isTriedAgain ? 1 : 0;
      let isPlain = false;
      try {
        for (;;) {
          const left = { ...refused };
          const isHeld = schema !== undefined && !left.schema && !isPlain;
          try {
            const held = isHeld && schema !== undefined ? (adapter.heldTo?.(schema) ?? {}) : {};
            for await (const piece of attempt(prompt(isHeld), held, stop)) {
              begun ||= piece.text !== '';
              yield piece;
            }
            refused.schema ||= isPlain;
            return;
          } catch (error) {
            throwIfAborted(signal);
            if (deadline.aborted) throw timedOut(id, within);
            const failure = chatModelFailure(error, id);
            if (begun) throw failure;
            const field = refusedField(error);
            // What the model refuses is left out from now on: that is asked again once in a model's life, not once a question.
            if (field !== null && !left[field]) {
              refused[field] = true;
              model = await open();
            } else if (isHeld && failure.code === 'CHAT_MODEL_REQUEST_REFUSED') isPlain = true;
            else if (isPassing(failure) && triesLeft-- > 0) {
              await untilAborted(sleep(RETRY_AFTER_MS), stop).catch(() => undefined);
            } else throw failure;
            throwIfAborted(signal);
            if (deadline.aborted) throw failure;
          }
        }
      } finally {
        leaving.abort();
      }
    },
  };
}

/** What is known of the provider. Throws CHAT_MODEL_UNSUPPORTED, CHAT_MODEL_KEY_MISSING. */
function verifiedProvider(
  { name, url, key, setting }: ChatModelOptions,
  provider: string,
  known: Record<string, unknown>,
) {
  if (!Object.hasOwn(known, provider)) {
    const all = Object.keys(known).join(', ');
    throw new PullquoteError('CHAT_MODEL_UNSUPPORTED', `${name}: there is no provider ${provider}, but ${all}`, {
      provider,
    });
  }
  const adapter = chatProviders[provider] ?? {};
  if (url !== null && adapter.at === undefined) {
    const message = `${name}: where else ${provider} may answer is not known here; only without ${setting ?? SETTING}_BASE_URL`;
    throw new PullquoteError('CHAT_MODEL_UNSUPPORTED', message, { provider });
  }
  if (key === null && provider !== 'ollama' && chatProviders[provider] && !(adapter.isKeyOptional && url !== null)) {
    throw keyMissing(name, setting);
  }
  return adapter;
}

function fieldsOf(
  { url, key }: ChatModelOptions,
  adapter: (typeof chatProviders)[string],
  refused: { temperature: boolean; limit: boolean },
) {
  const apiKey = key?.reveal() ?? (adapter.isKeyOptional ? 'none' : undefined);
  const fields: InitChatModelFields = {
    maxRetries: 0,
    ...(!refused.limit && { maxTokens: MOST_OUTPUT_TOKENS }),
    ...(!refused.temperature && { temperature: 0 }),
    ...(apiKey !== undefined && { apiKey }),
    ...(url !== null && adapter.at?.(url)),
    ...adapter.fields?.(MOST_OUTPUT_TOKENS),
  };
  return fields;
}

function openingFailure(error: unknown, { name: id, setting }: ChatModelOptions, packageName: string): PullquoteError {
  const message = error instanceof Error ? error.message : '';
  if (/Unable to import|Cannot find (?:package|module)/.test(message)) {
    const words = `${id} needs a package that is not installed; run: npm install ${packageName}`;
    return new PullquoteError('CHAT_MODEL_PACKAGE_MISSING', words, { package: packageName });
  }
  if (/api.?key|credential/i.test(message)) return keyMissing(id, setting);
  return chatModelFailure(error, id);
}

function keyMissing(id: string, setting = SETTING): PullquoteError {
  return new PullquoteError('CHAT_MODEL_KEY_MISSING', `${id} needs a key: set ${setting}_KEY`, { model: id });
}

function timedOut(id: string, deadlineMs: number): PullquoteError {
  const message = `${id} did not answer within ${Math.round(deadlineMs / 100) / 10} s`;
  return new PullquoteError('CHAT_MODEL_TIMEOUT', message, { model: id, deadlineMs });
}
