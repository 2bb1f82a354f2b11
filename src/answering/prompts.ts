import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import type { Prompt } from '../inference/chat-model.ts';

/** Every prompt and the placeholders that it must have, each at least once. */
const PLACEHOLDERS = {
  answer: ['fence', 'format', 'question', 'conversation', 'passages', 'disagreements'],
  'answer-as-json': [],
  'answer-as-lines': [],
  condense: ['fence', 'question', 'conversation'],
} as const;

type Name = keyof typeof PLACEHOLDERS;
type Values<Of extends Name> = Record<(typeof PLACEHOLDERS)[Of][number], string>;

export interface Prompts {
  /** First 8 hex digits of the SHA-256 of all prompts: it changes with any of them. */
  hash: string;
  /** A prompt with its placeholders filled; what is filled in is not looked at again. */
  fill: <Of extends Name>(name: Of, values: Values<Of>) => Prompt;
  /** A prompt without placeholders, as one text. */
  text: (name: Name) => string;
}

/** The line between what the model is told to do (system) and what it is given (user). */
const DIVIDER = /^-{3,}[ \t]*$/m;
const PLACEHOLDER = /\{\{\s*([\w-]*)\s*\}\}/g;

/** Reads the prompts of a folder, `<name>.md` each. Throws PROMPT_MISSING, and PROMPT_INVALID naming the file and the placeholder. */
export async function readPrompts(folder: string): Promise<Prompts> {
  const texts = new Map<Name, string>();
  const hash = createHash('sha256');
  for (const name of Object.keys(PLACEHOLDERS) as Name[]) {
    const text = await readPrompt(join(folder, `${name}.md`));
    verifyPlaceholders(`${name}.md`, text, PLACEHOLDERS[name]);
    texts.set(name, text);
    hash.update(`${name}\0${text}\0`);
  }
  const textOf = (name: Name) => texts.get(name) ?? '';
  return {
    hash: hash.digest('hex').slice(0, 8),
    fill(name, values: Record<string, string>) {
      const filled = (text: string) => text.replace(PLACEHOLDER, (_, key: string) => values[key] ?? '').trim();
      const [system = '', ...user] = textOf(name).split(DIVIDER);
      return { system: filled(system), user: filled(user.join('---')) };
    },
    text: (name) => textOf(name).trim(),
  };
}

async function readPrompt(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n').replace(/^\ufeff/, '');
  } catch (error) {
    const code = systemCode(error);
    throw new PullquoteError('PROMPT_MISSING', `the prompt ${shown(file)} cannot be read (${code})`, { file }, error);
  }
}

function verifyPlaceholders(file: string, text: string, wanted: readonly string[]): void {
  const found = new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name ?? ''));
  const missing = wanted.find((name) => !found.has(name));
  const unknown = [...found].find((name) => !wanted.includes(name));
  const has = wanted.length === 0 ? 'it has none' : `it has ${wanted.map((name) => `{{${name}}}`).join(', ')}`;
  const wrong = (words: string, placeholder: string) =>
    new PullquoteError('PROMPT_INVALID', `prompts/${file} ${words}; ${has}`, { file, placeholder });
  if (unknown !== undefined) throw wrong(`has an unknown placeholder {{${unknown}}}`, unknown);
  if (missing !== undefined) throw wrong(`lacks its placeholder {{${missing}}}`, missing);
  if (wanted.length > 0 && !DIVIDER.test(text)) throw wrong('lacks its line --- between task and material', '---');
}
