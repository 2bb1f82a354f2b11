import { PullquoteError } from '../errors.ts';
import type { ChatModel, Prompt } from './chat-model.ts';

export interface DailyTokensOptions {
  /** Tokens, of prompts and replies together, after which the model is left alone until some of them are a day old. */
  most: number;
  /** Milliseconds of a clock that never runs backwards. */
  now: () => number;
}

const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
/** Of English text, for a provider that counts none itself. */
const CHARACTERS_A_TOKEN = 4;

/**
 * The model, with a limit to what it may cost: whoever may ask may ask often, from many addresses. What is under way when the limit is reached
 * is finished. Counted in memory, by the hour, since the process began. `reply` throws CHAT_MODEL_BUDGET_SPENT.
 */
export function limitDailyTokens(model: ChatModel, { most, now }: DailyTokensOptions): ChatModel {
  /** Hour of the clock → tokens. */
  const spent = new Map<number, number>();

  function spend(tokens: number): void {
    const hour = Math.floor(now() / HOUR_MS);
    spent.set(hour, (spent.get(hour) ?? 0) + tokens);
  }

  function total(): number {
    const first = Math.floor(now() / HOUR_MS) - HOURS_A_DAY + 1;
    for (const hour of spent.keys()) if (hour < first) spent.delete(hour);
    return [...spent.values()].reduce((sum, tokens) => sum + tokens, 0);
  }

  return {
    ...model,
    async *reply(prompt, options) {
      if (total() >= most) {
        const message = `${model.id} has had its ${most} tokens of today (PULLQUOTE_MODEL_DAILY_TOKENS)`;
        throw new PullquoteError('CHAT_MODEL_BUDGET_SPENT', message, { model: model.id, most });
      }
      let characters = 0;
      const counted = { input: 0, output: 0 };
      const measured = (isHeldToSchema: boolean): Prompt => {
        const { system, user } = prompt(isHeldToSchema);
        characters += system.length + user.length;
        return { system, user };
      };
      try {
        for await (const piece of model.reply(measured, options)) {
          characters += piece.text.length;
          // Some providers count the prompt first and the reply last, some all at the end.
          counted.input = Math.max(counted.input, piece.usage?.input ?? 0);
          counted.output = Math.max(counted.output, piece.usage?.output ?? 0);
          yield piece;
        }
      } finally {
        // A reply that broke off costs, too, and nobody has counted it.
        const told = counted.input + counted.output;
        spend(told > 0 ? told : Math.ceil(characters / CHARACTERS_A_TOKEN));
      }
    },
  };
}
