import type { UsageMetadata } from '@langchain/core/messages';
import { PullquoteError } from '../errors.ts';
import type { ChatModel } from './chat-model.ts';

export interface ChatModelOptions {
  /** `provider:model`. */
  name: string;
  /** Its server, when it is not the provider's own. */
  url: string | null;
  /** Reveals the key; null leaves it to the provider's own variable. */
  key: { reveal(): string } | null;
  /** For a whole reply. */
  timeoutMs: number;
}

const MOST_OUTPUT_TOKENS = 1_024;
/** Further tries of LangChain's own; its default of six takes minutes. */
const RETRIES = 2;

/**
 * Opens a chat model of any provider through LangChain; nothing is sent yet. Throws JUDGE_FAILED, here when the provider is unknown or its package missing,
 * in a reply when the model fails. `streaming: true` is never set: it would count tokens with a file that it downloads.
 */
export async function openChatModel({ name: id, url, key, timeoutMs }: ChatModelOptions): Promise<ChatModel> {
  const { initChatModel } = await import('langchain/chat_models/universal');
  const provider = id.slice(0, id.indexOf(':'));
  const failure = (error: unknown) => {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return new PullquoteError(
      'JUDGE_FAILED',
      `${id}: ${key === null ? message : message.replaceAll(key.reveal(), '…')}`,
      { model: id },
    );
  };
  const model = await initChatModel(id.slice(provider.length + 1), {
    modelProvider: provider,
    maxRetries: RETRIES,
    maxTokens: MOST_OUTPUT_TOKENS,
    temperature: 0,
    ...(key !== null && { apiKey: key.reveal() }),
    ...(url !== null && (provider === 'openai' ? { configuration: { baseURL: url } } : { baseUrl: url })),
  }).catch((error: unknown) => {
    throw failure(error);
  });
  return {
    id,
    async *reply(prompt, { schema, signal } = {}) {
      const isHeld = provider === 'openai' && schema !== undefined;
      const { system, user } = prompt(isHeld);
      const held = isHeld
        ? { response_format: { type: 'json_schema' as const, json_schema: { name: 'reply', strict: true, schema } } }
        : {};
      const stop = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])]);
      const messages = [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ];
      try {
        for await (const chunk of await model.stream(messages, { ...held, signal: stop })) {
          const usage = chunk.usage_metadata as UsageMetadata | undefined;
          yield {
            text: chunk.text,
            ...(usage && { usage: { input: usage.input_tokens, output: usage.output_tokens } }),
          };
        }
      } catch (error) {
        throw failure(error);
      }
    },
  };
}
