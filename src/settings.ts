/** The settings: one table, from which come the parsing (config.ts), `--help` and the README. */
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { chatModelSettings } from './chat-model-settings.ts';
import { serverSettings } from './server-settings.ts';
import { slackSettings } from './slack-settings.ts';
import { wholeNumber } from './text/whole-number.ts';

const share = z
  .string()
  .regex(/^\d(?:\.\d{1,9})?$/)
  .transform(Number)
  .refine((value) => value <= 1);

/** The same place from `src` and from `dist`. */
const ownModels = fileURLToPath(new URL('../models', import.meta.url));
const ownPrompts = fileURLToPath(new URL('../prompts', import.meta.url));

const folder = z.string().refine((value) => !value.includes('\0'));

/** Every setting. `allowed` completes the sentence "… must be …"; an unset or empty variable takes `fallback`. */
export const table = {
  seeds: {
    variable: 'PULLQUOTE_SEEDS',
    fallback: 'seeds',
    allowed: 'a folder',
    meaning: 'folder of the documents to answer from',
    schema: folder,
  },
  index: {
    variable: 'PULLQUOTE_INDEX',
    fallback: 'index',
    allowed: 'a folder',
    meaning: 'folder that the index is built in and served from',
    schema: folder,
  },
  models: {
    variable: 'PULLQUOTE_MODELS',
    fallback: null,
    allowed: 'a folder',
    meaning: 'folder of the built-in models; by default the one that comes with the package',
    schema: folder.nullable().transform((value) => value ?? ownModels),
  },
  ...serverSettings,
  feedback: {
    variable: 'PULLQUOTE_FEEDBACK',
    fallback: 'feedback',
    allowed: 'a folder',
    meaning: 'folder that thumbs and notes on answers are kept in',
    schema: folder,
  },
  feedbackLimit: {
    variable: 'PULLQUOTE_FEEDBACK_LIMIT',
    fallback: '67108864',
    allowed: 'a whole number from 65536 to 4294967296',
    meaning: 'most bytes of feedback kept; what comes after is refused (503)',
    schema: wholeNumber(65_536, 4_294_967_296),
  },
  questionLimit: {
    variable: 'PULLQUOTE_QUESTION_LIMIT',
    fallback: '1000',
    allowed: 'a whole number from 1 to 100000',
    meaning: 'longest question in characters',
    schema: wholeNumber(1, 100_000),
  },
  conversations: {
    variable: 'PULLQUOTE_CONVERSATIONS',
    fallback: '1000',
    allowed: 'a whole number from 1 to 1000000',
    meaning: 'conversations kept in memory; the one unused for longest makes room',
    schema: wholeNumber(1, 1_000_000),
  },
  conversationTtl: {
    variable: 'PULLQUOTE_CONVERSATION_TTL',
    fallback: '60',
    allowed: 'a whole number from 1 to 44640',
    meaning: 'minutes after which an unused conversation is forgotten',
    schema: wholeNumber(1, 44_640),
  },
  cache: {
    variable: 'PULLQUOTE_CACHE',
    fallback: '500',
    allowed: 'a whole number from 0 to 1000000',
    meaning: 'answers kept for the same question asked again; 0 keeps none',
    schema: wholeNumber(0, 1_000_000),
  },
  threshold: {
    variable: 'PULLQUOTE_THRESHOLD',
    fallback: null,
    allowed: 'a number from 0 to 1, such as 0.35',
    meaning: 'confidence below which the built-in answer counts as none; by default the calibrated one',
    schema: share.nullable(),
  },
  ...chatModelSettings,
  prompts: {
    variable: 'PULLQUOTE_PROMPTS',
    fallback: null,
    allowed: 'a folder',
    meaning: 'folder of the chat model’s prompts; by default the one that comes with the package',
    schema: folder.nullable().transform((value) => value ?? ownPrompts),
  },
  ...slackSettings,
  logLevel: {
    variable: 'PULLQUOTE_LOG_LEVEL',
    fallback: 'info',
    allowed: 'trace, debug, info, warn, error, fatal or silent',
    meaning: 'least serious log line that is written',
    schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
  },
} as const satisfies Record<string, Setting & { schema: z.ZodType }>;

export interface Setting {
  variable: `PULLQUOTE_${string}`;
  /** As it would be written in the environment; null where unset is a choice of its own. */
  fallback: string | null;
  /** Completes "must be …". */
  allowed: string;
  meaning: string;
  /** Its value is shown to nobody. */
  secret?: true;
}

/** The settings in the order in which they are shown. */
export const settings: readonly Setting[] = Object.values(table).map(({ variable, fallback, allowed, meaning }) => ({
  variable,
  fallback,
  allowed,
  meaning,
}));

export type Config = { -readonly [Name in keyof typeof table]: z.output<(typeof table)[Name]['schema']> };
