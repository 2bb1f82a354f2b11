import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import { type Manifest, parseManifest, sequenceOf } from './manifest.ts';
import { readSmallFile } from './plain-file.ts';

/** The file that names the generation that serves. */
export const CURRENT = 'CURRENT';
/** Beginning of the names of what is being written; whatever is left of it after a crash may go. */
export const UNFINISHED = '.tmp-';
/** The file that says who is ingesting, and the beginning of the names of the files that settle who takes over from the dead. */
export const LOCK = 'LOCK';

/** Bytes; a manifest has about one thousand. */
const MANIFEST_MOST = 1 << 20;

/** What is in an index folder. */
export interface Survey {
  /** What CURRENT names; null if it is missing or damaged. */
  current: string | null;
  /** Ids of all generations there, whole or not, newest first. */
  generations: string[];
  /** Names of what unfinished publications left. */
  unfinished: string[];
}

/**
 * Looks into an index folder, or returns null if there is none. Throws INDEX_FOREIGN if it holds other things than an index: another
 * program's folder is not to be written into, nor taken for an empty index. (A `CURRENT` alone proves nothing: LevelDB has one too.)
 */
export async function surveyFolder(indexFolder: string): Promise<Survey | null> {
  const foreign = (what: string, cause?: unknown) =>
    new PullquoteError(
      'INDEX_FOREIGN',
      `${shown(indexFolder)} is not an index: ${what}`,
      { folder: indexFolder },
      cause,
    );
  const entries = await readdir(indexFolder, { withFileTypes: true }).catch((error: unknown) => {
    const code = systemCode(error);
    if (code === 'ENOENT') return null;
    if (code === 'ENOTDIR') throw foreign('it is not a folder', error);
    throw new PullquoteError(
      'INDEX_CORRUPT',
      `The index ${indexFolder} cannot be read (${code})`,
      { system: code },
      error,
    );
  });
  if (entries === null) return null;
  const generations = entries.filter((entry) => entry.isDirectory() && sequenceOf(entry.name) !== null);
  const current = await currentGeneration(indexFolder);
  if (generations.length === 0 && current === null) {
    const other = entries.find(({ name }) => !name.startsWith('.') && name !== 'README.md' && !name.startsWith(LOCK));
    if (other?.name === CURRENT) throw foreign('its CURRENT names no generation');
    if (other) throw foreign(`it holds ${shown(other.name)}`);
  }
  return {
    current,
    generations: generations
      .map(({ name }) => name)
      .sort((a, b) => (sequenceOf(b) as number) - (sequenceOf(a) as number) || (a < b ? -1 : 1)),
    unfinished: entries.filter(({ name }) => name.startsWith(UNFINISHED)).map(({ name }) => name),
  };
}

/** The id that CURRENT names, or null if it is missing or damaged. One small read: cheap enough to ask often. */
export async function currentGeneration(indexFolder: string): Promise<string | null> {
  try {
    const [id, rest, ...more] = (await readSmallFile(join(indexFolder, CURRENT), 64)).toString('latin1').split('\n');
    return id !== undefined && rest === '' && more.length === 0 && sequenceOf(id) !== null ? id : null;
  } catch (error) {
    if (error instanceof PullquoteError && error.code === 'INDEX_CORRUPT') return null;
    throw error;
  }
}

/** Throws INDEX_CORRUPT, INDEX_TOO_NEW, INDEX_MISMATCH (another space). */
export async function readManifest(indexFolder: string, id: string): Promise<Manifest> {
  const file = join(indexFolder, id, 'manifest.json');
  return parseManifest(await readSmallFile(file, MANIFEST_MOST), id, file);
}

/** Holds that a folder may be written to: not another program's (INDEX_FOREIGN), nor a newer Pullquote's (INDEX_TOO_NEW). */
export async function verifyWritable(indexFolder: string): Promise<Survey> {
  const survey = (await surveyFolder(indexFolder)) ?? { current: null, generations: [], unfinished: [] };
  for (const id of survey.generations) {
    await readManifest(indexFolder, id).catch((error: unknown) => {
      if (error instanceof PullquoteError && error.code === 'INDEX_TOO_NEW') throw error; // anything else is mended by publishing
    });
  }
  return survey;
}
