import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { openWriter, type WriterOptions } from '../engine.ts';
import { asPullquoteError, type ErrorCode, PullquoteError, shown, systemCode } from '../errors.ts';
import { readModelManifest } from '../inference/model-files.ts';
import { loadModels } from '../inference/models.ts';
import { listFiles } from '../ingest/documents.ts';
import { openServedIndex } from '../retrieval/served-index.ts';
import { oneLine } from './report.ts';

export interface DoctorOptions {
  models: string;
  index: string;
  seeds: string;
  feedback: string;
  /** `process.versions.node`. */
  node: string;
  /** The chat model, if one is set. */
  writer?: WriterOptions;
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

const ingest = 'run: npm run pullquote -- ingest';
const restoreModels = 'restore the models folder from the project (git checkout models)';
const nameSeeds = 'put text, Markdown or HTML files there, or name another folder with PULLQUOTE_SEEDS';

/** What to do about each kind of trouble. */
const advice: Partial<Record<ErrorCode, string>> = {
  NODE_TOO_OLD: `install Node ${NODE.join('.')} or newer`,
  MODEL_MISSING: restoreModels,
  MODEL_CORRUPT: restoreModels,
  MODEL_FAILED: restoreModels,
  VECTOR_INVALID: restoreModels,
  NATIVE_MISSING: 'install python3, make and g++, then run: npm rebuild hnswlib-node --ignore-scripts=false',
  FOLDER_MISSING: nameSeeds,
  FOLDER_EMPTY: nameSeeds,
  INDEX_MISSING: ingest,
  INDEX_CORRUPT: ingest,
  INDEX_MISMATCH: ingest,
  INDEX_TOO_NEW: 'update Pullquote, or name another folder with PULLQUOTE_INDEX',
  INDEX_FOREIGN: 'name another folder with PULLQUOTE_INDEX: this one holds something else',
  INDEX_UNWRITABLE: 'make the index folder writable; serving works without, ingesting does not',
  FEEDBACK_UNWRITABLE: 'make the feedback folder writable; answering works without, thumbs and notes are not kept',
  CHAT_MODEL_UNSUPPORTED: 'correct PULLQUOTE_MODEL or PULLQUOTE_MODEL_BASE_URL',
  CHAT_MODEL_PACKAGE_MISSING: 'install the package, or name another provider with PULLQUOTE_MODEL',
  CHAT_MODEL_KEY_MISSING: 'set PULLQUOTE_MODEL_KEY, or the variable that the provider names',
  CHAT_MODEL_KEY_REFUSED: 'correct the key (PULLQUOTE_MODEL_KEY), or ask the provider what it is allowed',
  CHAT_MODEL_NOT_FOUND:
    'correct the model’s name in PULLQUOTE_MODEL, and the path in PULLQUOTE_MODEL_BASE_URL (often /v1)',
  CHAT_MODEL_RATE_LIMITED:
    'try again in a minute; if it stays so, raise the limits or the balance of the provider’s account',
  CHAT_MODEL_REQUEST_REFUSED:
    'the model may not be one for chats, or its window too small: name another, or lower PULLQUOTE_MODEL_TOKENS',
  CHAT_MODEL_UNREACHABLE: 'start the model’s server, or correct PULLQUOTE_MODEL_BASE_URL',
  CHAT_MODEL_BROKE_OFF: 'look into the log of the model’s server',
  CHAT_MODEL_TIMEOUT: 'raise PULLQUOTE_MODEL_TIMEOUT, or name a faster model',
  CHAT_MODEL_DECLINED: 'name another model: this one declines a harmless question',
  CHAT_MODEL_OUTPUT_INVALID: 'PULLQUOTE_MODEL_BASE_URL may lead to something that is no chat model',
  CHAT_MODEL_FAILED: 'look at the status page of the provider, or into the log of the model’s server',
  PROMPT_MISSING: 'restore the prompts folder (git checkout prompts), or correct PULLQUOTE_PROMPTS',
  PROMPT_INVALID: 'correct the prompt, or restore it (git checkout prompts)',
};
const otherwise = 'nothing is known to help: what was found says more';

/** Looks at all that Pullquote stands on; one finding each, in order. An index is not looked at where its models failed. */
export async function examine({ models, index, seeds, feedback, node, writer }: DoctorOptions): Promise<Finding[]> {
  const modelsFinding = await look('models', async () => {
    const { embedder, reader } = await readModelManifest(models);
    await (await loadModels(models)).embedder.embed('Do you work?');
    return `${embedder.id} and ${reader.id}, verified and working`;
  });
  const documentsFinding = await look('documents', async () => {
    const { files, skipped } = await listFiles(seeds);
    const found = `${files.length} files in ${seeds}, ${skipped.length} skipped`;
    if (files.length === 0) throw new PullquoteError('FOLDER_EMPTY', found, { folder: seeds });
    return found;
  });
  const lookAtIndex = () =>
    look('index', async () => {
      const served = await openServedIndex(index, (await readModelManifest(models)).embedder);
      const { id, documents, chunks, warnings } = served;
      const notes = warnings.map((warning) => `; ${warning}`).join('');
      return `generation ${id} in ${index}: ${documents.size} documents, ${chunks.length} chunks${notes}`;
    });
  return [
    await look('Node', async () => verifiedNode(node)),
    modelsFinding,
    documentsFinding,
    ...(modelsFinding.error === null ? [await lookAtIndex()] : []),
    await look('writing', async () => {
      await verifyWritable(resolve(index), 'INDEX_UNWRITABLE');
      return `${index} can be written`;
    }),
    await look('feedback', async () => {
      await verifyWritable(resolve(feedback), 'FEEDBACK_UNWRITABLE');
      return `${feedback} can be written`;
    }),
    ...(writer === undefined ? [] : [await look('chat model', () => tryChatModel(writer))]),
  ];
}

/** Asks the chat model for one word. */
async function tryChatModel(writer: WriterOptions): Promise<string> {
  const { model, prompts } = await openWriter(writer);
  const began = performance.now();
  let reply = '';
  const prompt = { system: 'You confirm that you can be reached.', user: 'Reply with the one word: ready' };
  for await (const { text } of model.reply(() => prompt)) reply += text;
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  if (reply.trim() === '') {
    throw new PullquoteError('CHAT_MODEL_OUTPUT_INVALID', `${model.id} replied with nothing`, { model: model.id });
  }
  return `${model.id} replied in ${seconds} s; prompts ${prompts.hash}`;
}

function verifiedNode(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return `version ${version}`;
  throw new PullquoteError('NODE_TOO_OLD', `version ${version} is older than ${NODE.join('.')}`, { version });
}

/** A folder that isn't there yet will be made in the nearest one that is. */
async function verifyWritable(folder: string, unwritable: ErrorCode): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' && dirname(folder) !== folder) return verifyWritable(dirname(folder), unwritable);
    throw new PullquoteError(unwritable, `${shown(folder)} cannot be written (${code})`, { folder }, error);
  }
}

/** A finding on one line, and one more for what to do. */
export function formatFinding({ what, found, error, advice }: Finding): string {
  const line = `${error === null ? '✓' : '✗'} ${what}: ${oneLine(found)}\n`;
  return advice === null ? line : `${line}  → ${advice}\n`;
}

async function look(what: string, at: () => Promise<string>): Promise<Finding> {
  try {
    return { what, found: await at(), error: null, advice: null };
  } catch (cause) {
    const error = asPullquoteError(cause);
    return { what, found: `${error.code}: ${error.message}`, error, advice: advice[error.code] ?? otherwise };
  }
}
