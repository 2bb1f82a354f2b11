import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PullquoteError, shown, systemCode } from '../errors.ts';

const file = z.object({ file: z.string(), bytes: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const model = file.extend({ id: z.string(), maxTokens: z.number().int().positive() });
const manifestSchema = z.object({
  version: z.literal(1),
  embedder: model.extend({ dimensions: z.number().int().positive() }),
  reader: model.extend({ maxAnswerTokens: z.number().int().positive() }),
  tokenizer: z.array(file),
});

type ModelFile = z.infer<typeof file>;
export type ModelManifest = z.infer<typeof manifestSchema>;

/**
 * What the folder's `manifest.json` says of the models in it.
 * Throws MODEL_MISSING when it isn't there, MODEL_CORRUPT when it can't be understood.
 */
export async function readModelManifest(folder: string): Promise<ModelManifest> {
  const bytes = await read(folder, 'manifest.json');
  let content: unknown;
  try {
    content = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new PullquoteError('MODEL_CORRUPT', `${join(folder, 'manifest.json')} is not JSON`, { folder }, cause);
  }
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new PullquoteError(
      'MODEL_CORRUPT',
      `${join(folder, 'manifest.json')}: ${first?.path.join('.') ?? ''} ${first?.message ?? 'is not understood'}`,
      { folder },
      parsed.error,
    );
  }
  return parsed.data;
}

/**
 * The bytes of one model file, verified: what is returned is what was hashed, so nothing can change in between.
 * Throws MODEL_MISSING, or MODEL_CORRUPT naming the file and both hashes.
 */
export async function readModelFile(folder: string, expected: ModelFile): Promise<Buffer> {
  const bytes = await read(folder, expected.file);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (bytes.length !== expected.bytes || sha256 !== expected.sha256) {
    throw new PullquoteError(
      'MODEL_CORRUPT',
      `${join(folder, expected.file)} has ${bytes.length} bytes and SHA-256 ${sha256.slice(0, 16)}…, the manifest says ${expected.bytes} and ${expected.sha256.slice(0, 16)}…: restore the file`,
      { file: expected.file, bytes: bytes.length, sha256, expected },
    );
  }
  return bytes;
}

async function read(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw new PullquoteError(
      'MODEL_MISSING',
      `cannot read the model file ${shown(join(folder, name))} (${systemCode(cause) ?? 'unknown'}): the models folder comes with the project, restore it`,
      { folder, file: name },
      cause,
    );
  }
}
