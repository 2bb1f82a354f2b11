/** The settings: one table, from which come the parsing (config.ts), `--help` and the README. */
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { chatModelSettings } from './chat-model-settings.ts';
import { slackSettings } from './slack-settings.ts';
import { wholeNumber } from './text/whole-number.ts';

const share = z
  .string()
  .regex(/^\d(?:\.\d{1,9})?$/)
  .transform(Number)
  .refine((value) => value <= 1);

/** An origin exactly as a browser sends it: no path, no wildcard, nothing that would mean something else in a CSP. */
const isOrigin = (value: string) =>
  /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/.test(value) &&
  URL.canParse(value) &&
  new URL(value).origin === value;

/** The same place from `src` and from `dist`. */
const ownModels = fileURLToPath(new URL('../models', import.meta.url));
const ownPrompts = fileURLToPath(new URL('../prompts', import.meta.url));

const folder = z.string().refine((value) => !value.includes('\0'));

/** Text without line breaks or what would steer a terminal. */
const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u);

/** Each part once, without the white space around it. */
function partsOf(value: string, separator: string): string[] {
  const parts = value.split(separator).map((part) => part.trim());
  return [...new Set(parts.filter(Boolean))];
}

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
  host: {
    variable: 'PULLQUOTE_HOST',
    fallback: '127.0.0.1',
    allowed: 'a host name or an address',
    meaning: 'address to listen at; 0.0.0.0 for every interface',
    schema: z.string().regex(/^[\w.:%-]{1,253}$/),
  },
  port: {
    variable: 'PULLQUOTE_PORT',
    fallback: '3000',
    allowed: 'a whole number from 0 to 65535',
    meaning: 'port to listen at; 0 takes any free one',
    schema: wholeNumber(0, 65_535),
  },
  publicUrl: {
    variable: 'PULLQUOTE_PUBLIC_URL',
    fallback: null,
    allowed: 'an http(s) address without a path, such as https://ask.example.org',
    meaning: 'where people reach the server, when that is not where it listens: for links, and as its own origin',
    schema: z
      .string()
      .transform((value) => value.replace(/\/$/, ''))
      .refine(isOrigin)
      .nullable(),
  },
  origins: {
    variable: 'PULLQUOTE_ORIGINS',
    fallback: '',
    allowed: 'exact origins such as https://www.example.org, separated by commas ("*" is refused)',
    meaning: 'other sites whose pages may ask (the widget), separated by commas',
    schema: z
      .string()
      .transform((value) => partsOf(value, ','))
      .refine((origins) => origins.every(isOrigin)),
  },
  title: {
    variable: 'PULLQUOTE_TITLE',
    fallback: null,
    allowed: 'one line of at most 80 characters',
    meaning: 'name at the top of the pages',
    schema: line(80).nullable(),
  },
  greeting: {
    variable: 'PULLQUOTE_GREETING',
    fallback: null,
    allowed: 'one line of at most 400 characters',
    meaning: 'first words on the chat page',
    schema: line(400).nullable(),
  },
  suggestions: {
    variable: 'PULLQUOTE_SUGGESTIONS',
    fallback: '',
    allowed: 'at most 8 questions of at most 200 characters, separated by "|"',
    meaning:
      'questions offered at the start of the chat page and of a conversation with the bot in Slack, separated by vertical bars',
    schema: z
      .string()
      .transform((value) => partsOf(value, '|'))
      .pipe(z.array(line(200)).max(8)),
  },
  language: {
    variable: 'PULLQUOTE_LANGUAGE',
    fallback: null,
    allowed: 'a language tag such as en or de-AT',
    meaning: 'language of the interface; by default what the browser asks for',
    schema: z
      .string()
      .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/)
      .nullable(),
  },
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
  trustProxy: {
    variable: 'PULLQUOTE_TRUST_PROXY',
    fallback: '0',
    allowed: 'a whole number from 0 to 16 ("true" would let a client write its own address)',
    meaning: 'how many reverse proxies stand in front: that many X-Forwarded-For entries are believed',
    schema: wholeNumber(0, 16),
  },
  rateLimit: {
    variable: 'PULLQUOTE_RATE_LIMIT',
    fallback: '60',
    allowed: 'a whole number from 0 to 1000000',
    meaning: 'requests a minute per client; 0 for no limit',
    schema: wholeNumber(0, 1_000_000),
  },
  bodyLimit: {
    variable: 'PULLQUOTE_BODY_LIMIT',
    // `useChat` sends every earlier message along, our answers included: some 20 kB a turn.
    fallback: '1048576',
    allowed: 'a whole number from 1024 to 16777216',
    meaning: 'largest request body in bytes, once decompressed',
    schema: wholeNumber(1024, 16_777_216),
  },
  questionLimit: {
    variable: 'PULLQUOTE_QUESTION_LIMIT',
    fallback: '1000',
    allowed: 'a whole number from 1 to 100000',
    meaning: 'longest question in characters',
    schema: wholeNumber(1, 100_000),
  },
  queue: {
    variable: 'PULLQUOTE_QUEUE',
    fallback: '64',
    allowed: 'a whole number from 1 to 10000',
    meaning: 'questions being answered at once; one more is told to come back (503)',
    schema: wholeNumber(1, 10_000),
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
