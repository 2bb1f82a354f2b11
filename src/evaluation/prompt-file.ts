import { readFile } from 'node:fs/promises';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import type { Prompt } from './chat-model.ts';

/** The line between what the model is told to do (system) and what it is given (user). */
const DIVIDER = /^-{3,}[ \t]*$/m;
const PLACEHOLDER = /\{\{\s*([\w-]*)\s*\}\}/g;

/**
 * Reads a prompt; the returned function fills its placeholders, and what is filled in is not looked at again. Throws PROMPT_MISSING, and PROMPT_INVALID naming
 * the placeholder that is unknown or lacking.
 */
export async function readPromptFile<Name extends string>(
  file: string,
  wanted: readonly Name[],
): Promise<(values: Record<Name, string>) => Prompt> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const message = `the prompt ${shown(file)} cannot be read (${systemCode(error)})`;
    throw new PullquoteError('PROMPT_MISSING', message, { file }, error);
  });
  const found = new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name ?? ''));
  const unknown = [...found].find((name) => !wanted.some((known) => known === name));
  const missing = wanted.find((name) => !found.has(name));
  const has = `it has ${wanted.map((name) => `{{${name}}}`).join(', ')}, and a line ---`;
  const wrong = (words: string) => new PullquoteError('PROMPT_INVALID', `${file} ${words}; ${has}`, { file });
  if (unknown !== undefined) throw wrong(`has an unknown placeholder {{${unknown}}}`);
  if (missing !== undefined) throw wrong(`lacks its placeholder {{${missing}}}`);
  if (!DIVIDER.test(text)) throw wrong('lacks its line --- between task and material');
  const [system = '', ...user] = text.replaceAll('\r\n', '\n').split(DIVIDER);
  return (values) => {
    const filled = (part: string) => part.replace(PLACEHOLDER, (_, name: Name) => values[name]).trim();
    return { system: filled(system), user: filled(user.join('---')) };
  };
}
