import * as z from 'zod';
import { PullquoteError, shown } from '../errors.ts';
import type { ChatModel, Prompt } from '../inference/chat-model.ts';

export interface Told<Value> {
  value: Value;
  /** Tokens, where the provider tells them. */
  usage: { input: number; output: number } | null;
}

/** Asks a chat model for an object of a shape. Throws CHAT_MODEL_OUTPUT_INVALID when the reply is none, and what the model throws. */
export async function askForJson<Shape extends z.ZodType>(
  model: ChatModel,
  prompt: Prompt,
  shape: Shape,
  signal?: AbortSignal,
): Promise<Told<z.output<Shape>>> {
  let text = '';
  let usage: Told<unknown>['usage'] = null;
  const schema = z.toJSONSchema(shape) as Record<string, unknown>;
  delete schema.$schema;
  for await (const piece of model.reply(() => prompt, { schema, ...(signal && { signal }) })) {
    text += piece.text;
    if (piece.usage !== undefined) usage = piece.usage;
  }
  // Many models put a fence of backquotes or a sentence around it.
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  let value: unknown = null;
  try {
    value = JSON.parse(json);
  } catch {
    // Told below: what it wrote is no object.
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return { value: parsed.data, usage };
  const message = `${model.id} wrote something else than it was asked for: ${shown(text)}`;
  throw new PullquoteError('CHAT_MODEL_OUTPUT_INVALID', message, { model: model.id });
}
