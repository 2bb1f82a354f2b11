import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { asPullquoteError, PullquoteError, shown, systemCode } from '../errors.ts';
import { readModelManifest } from '../inference/model-files.ts';
import { loadModels } from '../inference/models.ts';
import { listFiles } from '../ingest/documents.ts';
import { openServedIndex } from '../retrieval/served-index.ts';
import { oneLine } from './report.ts';

export interface DoctorOptions {
  models: string;
  index: string;
  seeds: string;
  /** `process.versions.node`. */
  node: string;
}

/** One thing looked at. */
export interface Finding {
  what: string;
  /** What was found, in words. */
  found: string;
  /** What is wrong; null when all is well. */
  error: PullquoteError | null;
  /** What to do; null when nothing need be done. */
  advice: string | null;
}

/** Least Node version: major, minor. */
const NODE = [20, 19] as const;

/** Looks at all that Pullquote stands on; one finding each, in order. */
export async function examine({ models, index, seeds, node }: DoctorOptions): Promise<Finding[]> {
  return [
    nodeFinding(node),
    await look('models', 'restore the models folder from the project (git checkout models)', async () => {
      const { embedder, reader } = await readModelManifest(models);
      await (await loadModels(models)).embedder.embed('Do you work?');
      return `${embedder.id} and ${reader.id}, verified and working`;
    }),
    await look(
      'documents',
      'put text, Markdown or HTML files there, or name another folder with PULLQUOTE_SEEDS',
      async () => {
        const { files, skipped } = await listFiles(seeds);
        const found = `${files.length} files in ${seeds}, ${skipped.length} skipped`;
        if (files.length === 0) throw new PullquoteError('FOLDER_EMPTY', found, { folder: seeds });
        return found;
      },
    ),
    await look('index', 'run: npm run pullquote -- ingest', async () => {
      const { id, documents, chunks, warnings } = await openServedIndex(
        index,
        (await readModelManifest(models)).embedder,
      );
      const notes = warnings.map((warning) => `; ${warning}`).join('');
      return `generation ${id} in ${index}: ${documents.size} documents, ${chunks.length} chunks${notes}`;
    }),
    await look('writing', 'make the index folder writable; serving works without, ingesting does not', async () => {
      await verifyWritable(resolve(index));
      return `${index} can be written`;
    }),
  ];
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > NODE[0] || (major === NODE[0] && minor >= NODE[1]);
  return {
    what: 'Node',
    found: `version ${version}`,
    error: isNew ? null : asPullquoteError(new Error(`Node ${version} is older than ${NODE.join('.')}`)),
    advice: isNew ? null : `install Node ${NODE.join('.')} or newer`,
  };
}

/** A folder that isn't there yet will be made in the nearest one that is. */
async function verifyWritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' && dirname(folder) !== folder) return verifyWritable(dirname(folder));
    throw new PullquoteError('INDEX_UNWRITABLE', `${shown(folder)} cannot be written (${code})`, { folder }, error);
  }
}

/** A finding on one line, and one more for what to do. */
export function formatFinding({ what, found, error, advice }: Finding): string {
  const line = `${error === null ? '✓' : '✗'} ${what}: ${oneLine(found)}\n`;
  return advice === null ? line : `${line}  → ${advice}\n`;
}

async function look(what: string, advice: string, at: () => Promise<string>): Promise<Finding> {
  try {
    return { what, found: await at(), error: null, advice: null };
  } catch (cause) {
    const error = asPullquoteError(cause);
    return { what, found: `${error.code}: ${error.message}`, error, advice };
  }
}
