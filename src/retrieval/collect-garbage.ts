import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { surveyFolder, UNFINISHED } from './index-folder.ts';
import { sequenceOf } from './manifest.ts';

/**
 * Moves away and deletes all but the current generation and the one before, and what earlier publications left. What cannot be deleted is
 * left to the next. While nothing is current, any generation may be the last good one and stays.
 */
export async function collectGarbage(
  indexFolder: string,
  current: string | null,
  before: string | null,
  onStep: (step: string) => void,
): Promise<void> {
  const survey = await surveyFolder(indexFolder).catch(() => null);
  if (!survey) return;
  const others = current === null ? [] : survey.generations.filter((id) => id !== current);
  const isOlder = (id: string) => (sequenceOf(id) ?? 0) < (sequenceOf(current ?? '') ?? 0);
  const kept = others.find((id) => id === before) ?? others.find(isOlder) ?? others[0];
  for (const id of others.filter((other) => other !== kept)) {
    const away = `${UNFINISHED}${id}`; // under its own name, half a generation might be taken for a whole one that was damaged
    onStep(`move away ${id}`);
    await rename(join(indexFolder, id), join(indexFolder, away)).catch(() => {});
    survey.unfinished.push(away);
  }
  for (const name of survey.unfinished) {
    onStep(`delete ${name}`);
    await rm(join(indexFolder, name), { recursive: true, force: true }).catch(() => {});
  }
}
