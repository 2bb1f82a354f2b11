import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmbedder } from '../../src/inference/embedder.ts';
import { type ModelManifest, readModelFile, readModelManifest } from '../../src/inference/model-files.ts';
import { loadModels } from '../../src/inference/models.ts';
import { createWordPiece } from '../../src/inference/wordpiece.ts';

const models = join(import.meta.dirname, '../../models');
let folder: string;

/** A models folder whose networks are cut short, with a manifest that is true of it. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-models-'));
  for (const name of ['tokenizer.json', 'tokenizer_config.json']) await cp(join(models, name), join(folder, name));
  const manifest: ModelManifest = JSON.parse(await readFile(join(models, 'manifest.json'), 'utf8'));
  for (const model of [manifest.embedder, manifest.reader]) {
    const handle = await open(join(models, model.file));
    const bytes = Buffer.alloc(10_000);
    await handle.read(bytes, 0, bytes.length, 0).finally(() => handle.close());
    await writeFile(join(folder, model.file), bytes);
    model.bytes = bytes.length;
    model.sha256 = createHash('sha256').update(bytes).digest('hex');
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function flip(name: string, at: number): Promise<void> {
  const bytes = await readFile(join(folder, name));
  bytes[at] = (bytes[at] as number) ^ 1;
  await writeFile(join(folder, name), bytes);
}

describe('a model file', () => {
  test('is given as the bytes that were verified', async () => {
    const { tokenizer } = await readModelManifest(folder);
    for (const file of tokenizer) {
      expect((await readModelFile(folder, file)).equals(await readFile(join(models, file.file)))).toBe(true);
    }
  });

  test.each(['tokenizer.json', 'tokenizer_config.json', 'embedder.onnx', 'reader.onnx'])(
    'with one bit flipped is MODEL_CORRUPT and named: %s',
    async (name) => {
      const { embedder, reader, tokenizer } = await readModelManifest(folder);
      const expected = [embedder, reader, ...tokenizer].find(({ file }) => file === name);
      if (expected === undefined) throw new Error(`no ${name}`);
      for (const at of [0, Math.floor(expected.bytes / 2), expected.bytes - 1]) {
        await flip(name, at);
        await expect(readModelFile(folder, expected)).rejects.toMatchObject({
          code: 'MODEL_CORRUPT',
          exit: 5,
          message: expect.stringContaining(join(folder, name)),
          facts: { file: name },
        });
        await flip(name, at);
      }
      await expect(readModelFile(folder, expected)).resolves.toHaveLength(expected.bytes);
    },
  );

  test.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['grown', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
    ['emptied', () => Buffer.alloc(0)],
    ['a Git LFS pointer', () => Buffer.from('version https://git-lfs.github.com/spec/v1\n')],
  ])('that is %s is MODEL_CORRUPT, with both lengths', async (_, damage) => {
    const { embedder } = await readModelManifest(folder);
    const bytes = damage(await readFile(join(folder, embedder.file)));
    await writeFile(join(folder, embedder.file), bytes);
    await expect(readModelFile(folder, embedder)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringMatching(new RegExp(`has ${bytes.length} bytes .* manifest says 10000 `)),
    });
  });

  test('that is missing, or a folder, is MODEL_MISSING and named', async () => {
    const { embedder } = await readModelManifest(folder);
    await rm(join(folder, embedder.file));
    const missing = { code: 'MODEL_MISSING', exit: 5, facts: { file: 'embedder.onnx' } };
    await expect(readModelFile(folder, embedder)).rejects.toMatchObject({
      ...missing,
      message: expect.stringMatching(/ENOENT/),
    });
    await mkdir(join(folder, embedder.file));
    await expect(readModelFile(folder, embedder)).rejects.toMatchObject({
      ...missing,
      message: expect.stringMatching(/EISDIR/),
    });
  });
});

describe('the manifest', () => {
  test('of the shipped models is understood', async () => {
    expect(await readModelManifest(models)).toMatchObject({
      version: 1,
      embedder: { dimensions: 384, maxTokens: 256 },
    });
  });

  test.each([
    ['no JSON', 'not json'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['binary', '\0\u0001\ufffd'],
    ['of a later version', '{"version":2}'],
  ])('that is %s is MODEL_CORRUPT', async (_, content) => {
    await writeFile(join(folder, 'manifest.json'), content);
    await expect(readModelManifest(folder)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining('manifest.json'),
    });
  });

  test.each([
    ['embedder.sha256', (it: ModelManifest) => Object.assign(it.embedder, { sha256: 'abc' })],
    ['embedder.dimensions', (it: ModelManifest) => Object.assign(it.embedder, { dimensions: -1 })],
    ['reader.maxTokens', (it: ModelManifest) => Object.assign(it.reader, { maxTokens: 1.5 })],
    ['tokenizer', (it: ModelManifest) => Reflect.deleteProperty(it, 'tokenizer')],
  ])('that says no proper %s is MODEL_CORRUPT and says where', async (where, spoil) => {
    const manifest = await readModelManifest(folder);
    spoil(manifest);
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await expect(readModelManifest(folder)).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      message: expect.stringContaining(`manifest.json: ${where}`),
    });
  });

  test('that is missing is MODEL_MISSING', async () => {
    await expect(readModelManifest(join(folder, 'none'))).rejects.toMatchObject({ code: 'MODEL_MISSING', exit: 5 });
    await expect(loadModels(join(folder, 'none'))).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  });
});

describe('loading', () => {
  test('refuses a network that is whole but none that ONNX Runtime can load, with MODEL_FAILED', async () => {
    const manifest = await readModelManifest(folder);
    const pieces = await createWordPiece(folder, manifest);
    await expect(createEmbedder(folder, manifest, pieces)).rejects.toMatchObject({
      code: 'MODEL_FAILED',
      message: expect.stringContaining('embedder'),
    });
    await expect(loadModels(folder)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });

  test('refuses a damaged tokenizer before it is parsed', async () => {
    await flip('tokenizer.json', 5);
    await expect(createWordPiece(folder, await readModelManifest(folder))).rejects.toMatchObject({
      code: 'MODEL_CORRUPT',
      facts: { file: 'tokenizer.json' },
    });
  });
});
