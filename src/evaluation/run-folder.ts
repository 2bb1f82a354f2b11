import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import { lockFolder } from '../retrieval/folder-lock.ts';
import { keyOf } from './choose-examples.ts';
import { type LineLog, openLineLog, readLineLog } from './line-log.ts';
import { runUnwritable } from './run-unwritable.ts';
import type { Judgement, Result, RunSettings, Summary } from './types.ts';

/**
 * A run on the disk:
 *
 *     run.json          what it was made with, written first
 *     results.jsonl     an answer a line, written the moment it is there
 *     judgements.jsonl  what a chat model held of them, if one was asked
 *     summary.json      report.html  summary.md  junit.xml: made from the above at the end
 */
export interface RunFolder {
  path: string;
  /** When it was begun, ISO 8601. */
  started: string;
  /** Answers of an earlier, interrupted go, by key; those that failed are not among them, and are asked again. */
  done: ReadonlyMap<string, Result>;
  judged: ReadonlyMap<string, Judgement>;
  results: LineLog<Result>;
  judgements: LineLog<Judgement>;
  close(): Promise<void>;
}

interface RunFile {
  version: 1;
  /** ISO 8601. */
  started: string;
  run: RunSettings;
}

/**
 * Begins a run in a folder, or goes on with the one that is there; no other process can until it is closed. Throws RUN_LOCKED while one does,
 * RUN_EXISTS where a run is and `resume` is not set, RUN_MISMATCH naming what has changed since, RUN_CORRUPT, RUN_UNWRITABLE.
 */
export async function openRunFolder(path: string, run: RunSettings, options: OpenOptions): Promise<RunFolder> {
  const release = await lockRun(path);
  try {
    return await openLocked(path, run, options, release);
  } catch (error) {
    await release();
    throw error;
  }
}

interface OpenOptions {
  resume: boolean;
  now: () => Date;
}

/** Creates the folder if there is none. Throws RUN_LOCKED, RUN_UNWRITABLE. */
async function lockRun(path: string): Promise<() => Promise<void>> {
  const lock = await lockFolder({ folder: path, name: 'LOCK', code: 'RUN_UNWRITABLE' }).catch((error: unknown) => {
    throw runUnwritable(path, error);
  });
  if (lock.kind === 'taken') return lock.release;
  const who = lock.pid === null ? 'another process' : `process ${lock.pid}`;
  const message = `${shown(path)} is being asked by ${who}. If that is not so, delete ${lock.file}`;
  throw new PullquoteError('RUN_LOCKED', message, { path, pid: lock.pid });
}

async function openLocked(
  path: string,
  run: RunSettings,
  { resume, now }: OpenOptions,
  release: () => Promise<void>,
): Promise<RunFolder> {
  const file = join(path, 'run.json');
  const before = await readRunFile(file);
  const started = before?.started ?? now().toISOString();
  if (before !== null && !resume) {
    throw new PullquoteError(
      'RUN_EXISTS',
      `${shown(path)} holds a run already: go on with it by --resume, or name another folder with --out`,
      { path },
    );
  }
  if (before === null) {
    const begun: RunFile = { version: 1, started, run };
    await writeWhole(file, `${JSON.stringify(begun, null, 2)}\n`);
  } else {
    verifySame(path, before.run, run);
  }
  const done = new Map<string, Result>();
  for (const result of await readLineLog<Result>(join(path, 'results.jsonl'))) {
    const key = keyOf(result);
    if (result.failure === null && !done.has(key)) done.set(key, result);
  }
  const judged = new Map<string, Judgement>();
  for (const judgement of await readLineLog<Judgement>(join(path, 'judgements.jsonl'))) {
    if (judgement.failure === null) judged.set(keyOf({ ...judgement, leftOut: false }), judgement);
  }
  const results = await openLineLog<Result>(join(path, 'results.jsonl'));
  const judgements: LineLog<Judgement> =
    run.judge === null
      ? { append: async () => {}, close: async () => {} }
      : await openLineLog(join(path, 'judgements.jsonl'));
  return {
    path,
    started,
    done,
    judged,
    results,
    judgements,
    async close() {
      try {
        await results.close();
        await judgements.close();
      } finally {
        await release();
      }
    },
  };
}

/** Reads a finished run's summary. Throws RUN_MISSING, RUN_CORRUPT. */
export async function readSummary(path: string): Promise<Summary> {
  const file = path.endsWith('.json') ? path : join(path, 'summary.json');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const why =
      systemCode(error) === 'ENOENT'
        ? 'has no summary.json: is it a run, and finished?'
        : `cannot be read (${systemCode(error)})`;
    throw new PullquoteError('RUN_MISSING', `${shown(path)} ${why}`, { path }, error);
  });
  const summary = parsed(file, text) as Summary;
  if (summary.version !== 1 || !Array.isArray(summary.scored)) {
    throw new PullquoteError('RUN_CORRUPT', `${shown(file)} is no summary of this version (1)`, { file });
  }
  return summary;
}

/** Writes a whole file or leaves the old one as it was. Throws RUN_UNWRITABLE. */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    await writeFile(`${file}.tmp`, text);
    await rename(`${file}.tmp`, file);
  } catch (error) {
    await rm(`${file}.tmp`, { force: true }).catch(() => {});
    throw runUnwritable(file, error);
  }
}

async function readRunFile(file: string): Promise<RunFile | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return null;
    throw runUnwritable(file, error);
  });
  return text === null ? null : (parsed(file, text) as RunFile);
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PullquoteError('RUN_CORRUPT', `${shown(file)} is not JSON`, { file }, error);
  }
}

/** Throws RUN_MISMATCH naming each setting with its value then and now. */
function verifySame(path: string, then: RunSettings, now: RunSettings): void {
  const differences = differencesOf(then, now);
  if (differences.length === 0) return;
  const named = differences.map(({ name, old, new: current }) => `${name} was ${shown(old)} and is ${shown(current)}`);
  throw new PullquoteError('RUN_MISMATCH', `the run in ${shown(path)} was made otherwise: ${named.join('; ')}`, {
    path,
    differences,
  });
}

export interface Difference {
  /** `settings.threshold`. */
  name: string;
  old: unknown;
  new: unknown;
}

/** What two runs were made with otherwise, leaf by leaf. */
export function differencesOf(old: unknown, now: unknown, name = ''): Difference[] {
  if (isRecord(old) && isRecord(now)) {
    const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return names.flatMap((key) => differencesOf(old[key], now[key], name === '' ? key : `${name}.${key}`));
  }
  // What is not recorded and what is not set are one.
  return JSON.stringify(old ?? null) === JSON.stringify(now ?? null)
    ? []
    : [{ name, old: old ?? null, new: now ?? null }];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
