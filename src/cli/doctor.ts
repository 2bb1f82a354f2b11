import { access, constants } from 'node:fs/promises';
import { asPullquoteError, type PullquoteError } from '../errors.ts';
import { readModelManifest } from '../inference/model-files.ts';
import { loadModels } from '../inference/models.ts';
import { listFiles } from '../ingest/documents.ts';
import { openServedIndex } from '../retrieval/served-index.ts';

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
        return `${files.length} files in ${seeds}, ${skipped.length} skipped`;
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
      await access(index, constants.W_OK);
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

async function look(what: string, advice: string, at: () => Promise<string>): Promise<Finding> {
  try {
    return { what, found: await at(), error: null, advice: null };
  } catch (cause) {
    const error = asPullquoteError(cause);
    return { what, found: `${error.code}: ${error.message}`, error, advice };
  }
}
