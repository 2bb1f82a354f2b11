/** What the evaluation needs of a chat model. No code. */

/** What is sent to a chat model. */
export interface Prompt {
  /** What it is to do; written by us. */
  system: string;
  /** What it is to do it with: the words of others, fenced. */
  user: string;
}

/** A piece of a chat model's reply, as it comes. The last has the token counts, where the provider tells them. */
export interface ReplyPiece {
  text: string;
  usage?: { input: number; output: number };
}

/** A chat model of any provider. */
export interface ChatModel {
  /** `provider:model`. */
  id: string;
  /** Its reply, piece by piece, held to a JSON Schema where the provider can. Throws when the model fails. */
  reply(
    prompt: (isHeldToSchema: boolean) => Prompt,
    options?: { schema?: Record<string, unknown>; signal?: AbortSignal },
  ): AsyncGenerator<ReplyPiece, void>;
}
