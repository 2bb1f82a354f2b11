/** The settings of the chat models: of the one that writes answers, and of the judge of an evaluation. Rows of the table in settings.ts. */
import * as z from 'zod';
import { Secret } from './text/secret.ts';
import { wholeNumber } from './text/whole-number.ts';

const modelName = z.string().regex(/^[a-z][\w-]{1,40}:[^\s\p{Cc}]{1,200}$/u);
const address = z.string().refine((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol));
const key = z
  .string()
  .regex(/^[\x21-\x7e]{1,4096}$/)
  .transform((value) => new Secret(value));

export const chatModelSettings = {
  chatModel: {
    variable: 'PULLQUOTE_MODEL',
    fallback: null,
    allowed: 'provider:model, such as openai:gpt-4.1-mini or ollama:llama3.1',
    meaning: 'chat model that writes the answers (its provider, its name); without one they are quotes alone',
    schema: modelName.nullable(),
  },
  chatModelUrl: {
    variable: 'PULLQUOTE_MODEL_BASE_URL',
    fallback: null,
    allowed: 'an http(s) address, such as http://127.0.0.1:8080/v1',
    meaning:
      'address of the chat model’s server, when it is not the provider’s own: any OpenAI-compatible server, Ollama elsewhere',
    schema: address.nullable(),
  },
  chatModelKey: {
    variable: 'PULLQUOTE_MODEL_KEY',
    fallback: null,
    allowed: 'a key without white space',
    meaning: 'key of the chat model; by default the provider’s own variable (OPENAI_API_KEY, ANTHROPIC_API_KEY, …)',
    secret: true,
    schema: key.nullable(),
  },
  chatModelTimeout: {
    variable: 'PULLQUOTE_MODEL_TIMEOUT',
    fallback: '30',
    allowed: 'a whole number from 1 to 600',
    meaning: 'seconds that the chat model has for a question; then it is given up and the quotes alone answer',
    schema: wholeNumber(1, 600),
  },
  chatModelTokens: {
    variable: 'PULLQUOTE_MODEL_TOKENS',
    fallback: '3000',
    allowed: 'a whole number from 200 to 100000',
    meaning: 'most tokens of passages that are sent to the chat model with a question (estimated)',
    schema: wholeNumber(200, 100_000),
  },
  chatModelDailyTokens: {
    variable: 'PULLQUOTE_MODEL_DAILY_TOKENS',
    fallback: null,
    allowed: 'a whole number from 1000 to 1000000000',
    meaning:
      'tokens in 24 hours, prompts and replies together, after which the quotes alone answer; by default no limit',
    schema: wholeNumber(1_000, 1_000_000_000).nullable(),
  },
  judge: {
    variable: 'PULLQUOTE_JUDGE',
    fallback: null,
    allowed: 'provider:model, such as openai:gpt-4.1-mini',
    meaning:
      'chat model that judges answers (evaluate --judge) and drafts questions (evaluate init); by default PULLQUOTE_MODEL',
    schema: modelName.nullable(),
  },
  judgeUrl: {
    variable: 'PULLQUOTE_JUDGE_BASE_URL',
    fallback: null,
    allowed: 'an http(s) address, such as http://127.0.0.1:8080/v1',
    meaning: 'address of the judge’s server, when it is not the provider’s own',
    schema: address.nullable(),
  },
  judgeKey: {
    variable: 'PULLQUOTE_JUDGE_KEY',
    fallback: null,
    allowed: 'a key without white space',
    meaning: 'key of the judge; by default the provider’s own variable (OPENAI_API_KEY, …)',
    secret: true,
    schema: key.nullable(),
  },
} as const;
