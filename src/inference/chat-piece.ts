import type { AIMessageChunk, UsageMetadata } from '@langchain/core/messages';
import { PullquoteError } from '../errors.ts';

/** A piece of a chat model's reply, as it comes. The last has the token counts, where the provider tells them. */
export interface ReplyPiece {
  text: string;
  usage?: { input: number; output: number };
  /** The reply ends here, in the middle: it has reached its limit of tokens. */
  isCut?: true;
}

/** Why a reply ends, in the words of the providers: the model or its filter declines; the tokens are used up. */
const DECLINING = new Set<unknown>(
  'content_filter refusal guardrail_intervened SAFETY RECITATION BLOCKLIST PROHIBITED_CONTENT SPII'.split(' '),
);
const CUT = new Set<unknown>('length max_tokens MAX_TOKENS model_length model_context_window_exceeded'.split(' '));

/** The text of a chunk, and the provider's count of tokens. Throws CHAT_MODEL_DECLINED. */
export function pieceOf(chunk: AIMessageChunk, id: string): ReplyPiece {
  const usage = chunk.usage_metadata as UsageMetadata | undefined;
  const ends = endsOf(chunk);
  if (refusalOf(chunk) || ends.some((end) => DECLINING.has(end))) {
    throw new PullquoteError('CHAT_MODEL_DECLINED', `${id} declined to answer`, { model: id });
  }
  return {
    text: chunk.text,
    ...(usage && { usage: { input: usage.input_tokens, output: usage.output_tokens } }),
    ...(ends.some((end) => CUT.has(end)) && { isCut: true }),
  };
}

/** Why the reply ends, wherever LangChain's client of the provider puts that. */
function endsOf({ response_metadata: metadata, additional_kwargs: further }: AIMessageChunk): unknown[] {
  return [
    metadata?.finish_reason, // OpenAI and those like it
    metadata?.finishReason, // Google, Mistral
    metadata?.done_reason, // Ollama
    metadata?.stop_reason,
    metadata?.stopReason, // Bedrock
    further?.stop_reason, // Anthropic, while it streams
  ];
}

/** OpenAI's field in which a model declines: while it streams, LangChain has it in the raw response alone. */
function refusalOf({ additional_kwargs: further }: AIMessageChunk): unknown {
  const raw = further?.__raw_response as { choices?: { delta?: { refusal?: unknown } }[] } | undefined;
  return further?.refusal ?? raw?.choices?.[0]?.delta?.refusal;
}
