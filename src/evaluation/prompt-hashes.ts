import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors.ts';

/** Prompt file → first 16 hex digits of its SHA-256, so that a run tells which prompts it was made with; none where there is no folder. */
export async function promptHashes(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const prompts = names.filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
  const hashes = await Promise.all(
    prompts.map(async (name) => {
      const bytes = await readFile(join(folder, name));
      return [name, createHash('sha256').update(bytes).digest('hex').slice(0, 16)] as const;
    }),
  );
  return Object.fromEntries(hashes);
}
