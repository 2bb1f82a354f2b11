/**
 * Reads the settings; the only file that reads the environment. Strict on purpose: a setting that is silently misread is found weeks later,
 * one that is refused is found at start.
 */
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { PullquoteError, shown, systemCode } from './errors.ts';
import { type Config, type Setting, settings, table } from './settings.ts';
import { editDistance } from './text/edit-distance.ts';

/** Variables that only the test suite reads. */
const ofTheTests = 'PULLQUOTE_TEST_';

/**
 * The settings that an environment gives. A variable that is unset or empty (as `.env` files write it) takes its default.
 *
 * @throws SETTING_INVALID for a value that is not allowed, and for a PULLQUOTE_… variable that is nearly one of ours. What is far from
 * all is someone else's: Kubernetes names such variables after a service, a script after itself.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const known = new Set<string>(settings.map(({ variable }) => variable));
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('PULLQUOTE_') || name.startsWith(ofTheTests) || known.has(name)) continue;
    const meant = closest(name, known);
    if (meant === null) continue;
    throw new PullquoteError('SETTING_INVALID', `There is no setting ${name}; did you mean ${meant}?`, {
      variable: name,
      closest: meant,
    });
  }
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(table)) {
    const keyFor = keyOf[name];
    const value =
      environment[setting.variable]?.trim() ||
      (keyFor === undefined ? setting.fallback : providerKey(environment, keyFor.variable));
    const parsed = setting.schema.safeParse(value);
    if (!parsed.success) throw invalid(setting, value);
    if (setting.variable.endsWith('_BASE_URL')) verifyWithoutPassword(setting.variable, parsed.data);
    config[name] = parsed.data;
  }
  return config as Config;
}

/** An address is shown and logged, and no client sends what stands before its @. The value is not repeated. */
function verifyWithoutPassword(variable: string, address: unknown): void {
  if (typeof address !== 'string') return;
  const { username, password } = new URL(address);
  if (username === '' && password === '') return;
  const message = `${variable} must have no user and password in the address; a key has a setting of its own`;
  throw new PullquoteError('SETTING_INVALID', message, { variable });
}

/** Of which model a setting is the key. */
const keyOf: Readonly<Record<string, { variable: string }>> = { chatModelKey: table.chatModel, judgeKey: table.judge };

/** Where each provider's own key stands, by the name that its documentation gives: read when the setting is not there. */
const keyVariables: Readonly<Record<string, string>> = {
  openai: 'OPENAI_API_KEY',
  anthropic: 'ANTHROPIC_API_KEY',
  google: 'GOOGLE_API_KEY',
  'google-genai': 'GOOGLE_API_KEY',
  mistral: 'MISTRAL_API_KEY',
  mistralai: 'MISTRAL_API_KEY',
  groq: 'GROQ_API_KEY',
  deepseek: 'DEEPSEEK_API_KEY',
  xai: 'XAI_API_KEY',
  together: 'TOGETHER_AI_API_KEY',
  fireworks: 'FIREWORKS_API_KEY',
  cerebras: 'CEREBRAS_API_KEY',
  cohere: 'COHERE_API_KEY',
  perplexity: 'PERPLEXITY_API_KEY',
};

/** The key under the name that the model's provider gives it; null where there is none. */
function providerKey(environment: Record<string, string | undefined>, model: string): string | null {
  const provider = environment[model]?.trim().split(':')[0] ?? '';
  return environment[keyVariables[provider] ?? '']?.trim() || null;
}

/** The settings of this process: what is said here, else the environment, else a `.env` file in the working folder. */
export function readSettings(instead: Partial<Record<Setting['variable'], string | undefined>>): Config {
  const said = Object.entries(instead).filter(([, value]) => value !== undefined);
  return readConfig({ ...dotEnv(), ...process.env, ...Object.fromEntries(said) });
}

function dotEnv(): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return {};
    throw new PullquoteError('SETTING_INVALID', `.env cannot be read (${code})`, { file: '.env', code }, error);
  }
}

/** With these set, perhaps for another program, LangChain and its clients send prompts to a third party or print them. */
const TELLING =
  `LANGSMITH_TRACING LANGSMITH_TRACING_V2 LANGCHAIN_TRACING LANGCHAIN_TRACING_V2 LANGCHAIN_VERBOSE OPENAI_LOG
  ANTHROPIC_LOG`.split(/\s+/);

/** Keeps what is sent to a chat model between it and us: call it before the first of LangChain is imported. */
export function keepPromptsPrivate(): void {
  for (const name of TELLING) delete process.env[name];
}

/** May a terminal be written to in colour? (https://no-color.org) */
export function mayColour(stream: { isTTY?: boolean }): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR;
}

function invalid({ variable, allowed, secret }: Setting, value: string | null): PullquoteError {
  const given = secret ? '' : `=${shown(value)}`;
  return new PullquoteError('SETTING_INVALID', `${variable}${given} must be ${allowed}`, {
    variable,
    allowed,
    ...(!secret && { value }),
  });
}

/** A name this many edits from one of ours, or fewer, is a misspelling of it. */
const CLOSE = 3;

function closest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = CLOSE + 1;
  for (const candidate of known) {
    const distance = editDistance(name, candidate, CLOSE);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}
