/** The settings of the server and its pages. Rows of the table in settings.ts. */
import * as z from 'zod';
import { Secret } from './text/secret.ts';
import { wholeNumber } from './text/whole-number.ts';

/** An origin exactly as a browser sends it: no path, no wildcard, nothing that would mean something else in a CSP. */
const isOrigin = (value: string) =>
  /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/.test(value) &&
  URL.canParse(value) &&
  new URL(value).origin === value;

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

export const serverSettings = {
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
  queue: {
    variable: 'PULLQUOTE_QUEUE',
    fallback: '64',
    allowed: 'a whole number from 1 to 10000',
    meaning: 'questions being answered at once; one more is told to come back (503)',
    schema: wholeNumber(1, 10_000),
  },
  metricsKey: {
    variable: 'PULLQUOTE_METRICS_KEY',
    fallback: null,
    allowed: 'a key of 8 to 4096 characters without white space',
    meaning:
      'whoever reads /metrics has to send it as a bearer token; without it only a server that this machine alone reaches shows them',
    secret: true,
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{8,4096}$/)
      .transform((value) => new Secret(value))
      .nullable(),
  },
} as const;
