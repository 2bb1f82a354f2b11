import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PullquoteError, shown, systemCode } from '../../errors.ts';
import type { Prompt } from '../../inference/chat-model.ts';

/** The line between what the model is told to do (system) and what it is given (user). */
const DIVIDER = /^-{3,}[ \t]*$/m;
const PLACEHOLDER = /\{\{\s*([\w-]*)\s*\}\}/g;

/** One prompt, read and verified. */
export interface PromptFile<Placeholder extends string> {
  /** As it stands, its line ends made plain. */
  text: string;
  /** With its placeholders filled; what is filled in is not looked at again. */
  fill: (values: Record<Placeholder, string>) => Prompt;
}

/**
 * Reads `<name>.md` of a folder, which must hold each of the placeholders at least once. Throws PROMPT_MISSING, and PROMPT_INVALID naming the
 * file and the placeholder.
 */
export async function readPrompt<Placeholder extends string>(
  folder: string,
  name: string,
  placeholders: readonly Placeholder[],
): Promise<PromptFile<Placeholder>> {
  const text = await textOf(join(folder, `${name}.md`));
  verifyPlaceholders(`${name}.md`, text, placeholders);
  return {
    text,
    fill(values: Record<string, string>) {
      const filled = (part: string) => part.replace(PLACEHOLDER, (_, key: string) => values[key] ?? '').trim();
      const [system = '', ...user] = text.split(DIVIDER);
      return { system: filled(system), user: filled(user.join('---')) };
    },
  };
}

async function textOf(file: string): Promise<string> {
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
