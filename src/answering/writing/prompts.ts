import { createHash } from 'node:crypto';
import type { Prompt } from '../../inference/chat-model.ts';
import { type PromptFile, readPrompt } from './prompt.ts';

/** Every prompt that answers are written with, and the placeholders that it must have. */
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

/** Reads the prompts of a folder, `<name>.md` each. Throws PROMPT_MISSING, and PROMPT_INVALID naming the file and the placeholder. */
export async function readPrompts(folder: string): Promise<Prompts> {
  const files = new Map<Name, PromptFile<string>>();
  const hash = createHash('sha256');
  for (const name of Object.keys(PLACEHOLDERS) as Name[]) {
    const file = await readPrompt<string>(folder, name, PLACEHOLDERS[name]);
    files.set(name, file);
    hash.update(`${name}\0${file.text}\0`);
  }
  const fileOf = (name: Name) => files.get(name) as PromptFile<string>;
  return {
    hash: hash.digest('hex').slice(0, 8),
    fill: (name, values) => fileOf(name).fill(values),
    text: (name) => fileOf(name).text.trim(),
  };
}
