import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentGeneration } from '../../src/retrieval/index-folder.ts';
import { generationId } from '../../src/retrieval/manifest.ts';
import { openGeneration } from '../../src/retrieval/open-generation.ts';
import { publishGeneration } from '../../src/retrieval/publish-generation.ts';
import type { Document } from '../../src/types.ts';
import { contentOf, fakeEmbedder, fakePublication } from '../support/fake-generation.ts';

const run = promisify(execFile);
const embedder = fakeEmbedder();
let folder: string;
let index: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-publish-'));
  index = join(folder, 'index');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const names = async () => (await readdir(index)).sort();

describe('publishing', () => {
  it('makes the folder, and what is opened is what was published', async () => {
    const publication = fakePublication(1);
    const { id, unchanged } = await publishGeneration(index, publication, { now: () => new Date(0) });
    expect(unchanged).toBe(false);
    expect(await names()).toEqual([id, 'CURRENT']);
    expect(await readFile(join(index, 'CURRENT'), 'utf8')).toBe(`${id}\n`);
    const opened = await openGeneration(index, embedder);
    expect(contentOf(opened)).toEqual(contentOf(publication));
    expect(opened.warnings).toEqual([]);
    expect(opened.manifest).toMatchObject({
      sequence: 1,
      created: '1970-01-01T00:00:00.000Z',
      pipeline: 1,
      source: 'seeds',
    });
    expect(opened.manifest.counts.sentences).toBe(opened.documents.flatMap(({ sentences }) => sentences).length);
  });

  it('names the folder for the manifest, so that the name verifies everything', async () => {
    const { id } = await publishGeneration(index, fakePublication(1));
    expect(generationId(1, await readFile(join(index, id, 'manifest.json')))).toBe(id);
  });

  it('does nothing when nothing has changed, whatever the order of fields', async () => {
    const publication = fakePublication(1);
    const first = await publishGeneration(index, publication);
    const reversed = publication.documents.map((document) => Object.fromEntries(Object.entries(document).reverse()));
    const again = await publishGeneration(index, { ...publication, documents: reversed as unknown as Document[] });
    expect(again).toEqual({ id: first.id, unchanged: true });
    expect(
      await publishGeneration(index, { ...(await openGeneration(index, embedder)), pipeline: 1, source: 'x' }),
    ).toEqual(again);
    expect(await names()).toEqual([first.id, 'CURRENT']);
  });

  it('publishes anew when rules, embedder or a single number have changed', async () => {
    const publication = fakePublication(1);
    const ids = new Set<string>();
    const vectors = publication.vectors.slice();
    vectors[0] = (vectors[0] as number) + 0.001;
    const publications = [
      publication,
      { ...publication, pipeline: 2 },
      { ...publication, embedder: { ...embedder, id: 'other' } },
      { ...publication, vectors },
    ];
    for (const next of publications) {
      const { id, unchanged } = await publishGeneration(index, next);
      expect(unchanged).toBe(false);
      ids.add(id);
    }
    expect(ids.size).toBe(4);
  });

  it.each(['documents.jsonl', 'chunks.jsonl', 'vectors.f32', 'graph.hnsw', 'manifest.json'])(
    'mends an index whose %s was damaged, although nothing has changed',
    async (name) => {
      const publication = fakePublication(1);
      const { id } = await publishGeneration(index, publication);
      await writeFile(join(index, id, name), 'damaged');
      expect((await publishGeneration(index, publication)).unchanged).toBe(false);
      const opened = await openGeneration(index, embedder);
      expect(contentOf(opened)).toEqual(contentOf(publication));
      expect(opened.warnings).toEqual([]);
    },
  );

  it('keeps the current generation and the one before, and deletes what was left unfinished', async () => {
    const ids: string[] = [];
    await mkdir(join(index, '.tmp-left', 'deep'), { recursive: true });
    await writeFile(join(index, 'README.md'), 'kept');
    for (const seed of [1, 2, 3, 4]) ids.push((await publishGeneration(index, fakePublication(seed))).id);
    expect(await names()).toEqual([...ids.slice(2), 'CURRENT', 'README.md']);
    expect(ids.map((id) => Number.parseInt(id, 10))).toEqual([1, 2, 3, 4]);
  });

  it('publishes over a CURRENT that is a folder', async () => {
    await publishGeneration(index, fakePublication(1));
    await rm(join(index, 'CURRENT'));
    await mkdir(join(index, 'CURRENT', 'deep'), { recursive: true });
    const { id } = await publishGeneration(index, fakePublication(2));
    expect(await currentGeneration(index)).toBe(id);
  });

  it('refuses what could not be opened again', async () => {
    const { chunks, ...rest } = fakePublication(1);
    const [first, ...others] = chunks;
    if (!first) throw new Error('no chunk');
    await expect(
      publishGeneration(index, { ...rest, chunks: [{ ...first, end: first.end + 1 }, ...others] }),
    ).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('another span than its sentences'),
    });
    await expect(publishGeneration(index, { ...rest, chunks: others })).rejects.toMatchObject({ code: 'INTERNAL' });
    const vectors = rest.vectors.slice().fill(Number.NaN, 16, 17);
    await expect(publishGeneration(index, { ...rest, chunks, vectors })).rejects.toMatchObject({
      code: 'VECTOR_INVALID',
      message: expect.stringContaining(`chunk "${chunks[1]?.id}"`),
    });
    await expect(readdir(index)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses a folder of something else, and a newer index', async () => {
    await mkdir(index);
    await writeFile(join(index, 'CURRENT'), 'MANIFEST-000001\n'); // as LevelDB writes it
    await expect(publishGeneration(index, fakePublication(1))).rejects.toMatchObject({ code: 'INDEX_FOREIGN' });
    await rm(join(index, 'CURRENT'));
    await writeFile(join(index, 'thesis.docx'), '');
    await expect(publishGeneration(index, fakePublication(1))).rejects.toMatchObject({
      code: 'INDEX_FOREIGN',
      message: expect.stringContaining('thesis.docx'),
    });
    await rm(join(index, 'thesis.docx'));
    const manifest = JSON.stringify({ format: 'pullquote-index', version: 2 });
    const newer = generationId(7, Buffer.from(manifest));
    await mkdir(join(index, newer));
    await writeFile(join(index, newer, 'manifest.json'), manifest);
    await writeFile(join(index, 'CURRENT'), `${newer}\n`);
    await expect(publishGeneration(index, fakePublication(1))).rejects.toMatchObject({ code: 'INDEX_TOO_NEW' });
    expect(await names()).toEqual([newer, 'CURRENT']);
  });

  it('syncs every file before its folder is named, and the generation before CURRENT names it', async () => {
    const steps: string[] = [];
    await publishGeneration(index, fakePublication(1), { onStep: (step) => steps.push(step) });
    const at = (step: string) => {
      expect(steps).toContain(step);
      return steps.indexOf(step);
    };
    const files = ['documents.jsonl', 'chunks.jsonl', 'vectors.f32', 'graph.hnsw', 'manifest.json'];
    for (const name of files) expect(at(`sync ${name}`)).toBeLessThan(at('sync unfinished folder'));
    expect(at('sync unfinished folder')).toBeLessThan(at('name generation'));
    expect(at('name generation')).toBeLessThan(at('sync folder'));
    expect(at('sync folder')).toBeLessThan(at('sync .tmp-CURRENT'));
    expect(at('sync .tmp-CURRENT')).toBeLessThan(at('name CURRENT'));
    expect(steps.lastIndexOf('sync folder')).toBeGreaterThan(at('name CURRENT'));
  });
});

describe('a publication that fails', () => {
  const failure = (code: string) => Object.assign(new Error(`${code}: injected`), { code });

  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EDQUOT', 'DISK_FULL'],
    ['EIO', 'INDEX_UNWRITABLE'],
    ['EROFS', 'INDEX_UNWRITABLE'],
    ['EACCES', 'INDEX_UNWRITABLE'],
    ['EPERM', 'INDEX_UNWRITABLE'],
  ])(
    'by %s at any step is told as %s, leaves the old generation and nothing else, and is not tried again',
    async (system, code) => {
      const { id } = await publishGeneration(index, fakePublication(1));
      await cp(index, join(folder, 'copy'), { recursive: true });
      const steps: string[] = [];
      await publishGeneration(join(folder, 'copy'), fakePublication(2), { onStep: (step) => steps.push(step) });
      const last = steps.indexOf('name CURRENT');
      expect(last).toBeGreaterThan(10);
      for (let n = 0; n <= last; n++) {
        let step = 0;
        const publishing = publishGeneration(index, fakePublication(2), {
          onStep: () => {
            if (step++ === n) throw failure(system);
          },
        });
        await expect(publishing).rejects.toMatchObject({
          code,
          facts: { folder: index, system },
          message: expect.stringContaining(index),
        });
        expect(step).toBe(n + 1);
        expect(await names()).toEqual([id, 'CURRENT']);
        expect(await currentGeneration(index)).toBe(id);
      }
      expect((await openGeneration(index, embedder)).warnings).toEqual([]);
    },
  );

  it('after CURRENT was renamed leaves an index that opens', async () => {
    await publishGeneration(index, fakePublication(1));
    let named = false;
    const onStep = (step: string) => {
      if (named && step === 'sync folder') throw failure('EIO');
      named ||= step === 'name CURRENT';
    };
    await expect(publishGeneration(index, fakePublication(2), { onStep })).rejects.toMatchObject({
      code: 'INDEX_UNWRITABLE',
    });
    const opened = await openGeneration(index, embedder);
    expect(contentOf(opened)).toEqual(contentOf(fakePublication(2)));
    expect(opened.warnings).toEqual([]);
  });

  /** Mounts a real file system of that many bytes; false where that is not allowed. */
  async function mount(bytes: number, ...options: string[]): Promise<boolean> {
    await mkdir(index, { recursive: true });
    return run('mount', ['-t', 'tmpfs', '-o', [`size=${bytes}`, ...options].join(), 'none', index]).then(
      () => true,
      () => false,
    );
  }

  it('on a disk that is really full, wherever it runs out, leaves the old generation', async (context) => {
    if (!(await mount(2 << 20))) return context.skip('only root can mount');
    try {
      const { id } = await publishGeneration(index, fakePublication(1));
      const large = fakePublication(2, 40);
      const sizes = await publishGeneration(join(folder, 'elsewhere'), large).then(async (elsewhere) => {
        const manifest = JSON.parse(await readFile(join(folder, 'elsewhere', elsewhere.id, 'manifest.json'), 'utf8'));
        return Object.values<{ bytes: number }>(manifest.files).map(({ bytes }) => bytes);
      });
      const pages = Math.ceil(sizes.reduce((sum, bytes) => sum + bytes, 0) / 4096);
      for (let room = 0; room < pages; room += Math.ceil(pages / 25)) {
        const used = await run('df', ['-B1', '--output=avail', index]).then(({ stdout }) =>
          Number(stdout.split('\n')[1]),
        );
        const ballast = join(index, '.ballast');
        await writeFile(ballast, Buffer.alloc(Math.max(0, used - room * 4096)));
        await expect(publishGeneration(index, large)).rejects.toMatchObject({
          code: 'DISK_FULL',
          facts: { system: 'ENOSPC' },
        });
        await rm(ballast);
        expect(await names()).toEqual([id, 'CURRENT']);
        const opened = await openGeneration(index, embedder);
        expect(contentOf(opened)).toEqual(contentOf(fakePublication(1)));
        expect(opened.warnings).toEqual([]);
      }
    } finally {
      await run('umount', [index]);
    }
  });

  it('on a read-only file system says so, and what is there opens', async (context) => {
    if (!(await mount(2 << 20))) return context.skip('only root can mount');
    try {
      await publishGeneration(index, fakePublication(1));
      await run('mount', ['-o', 'remount,ro', index]);
      await expect(publishGeneration(index, fakePublication(2))).rejects.toMatchObject({
        code: 'INDEX_UNWRITABLE',
        facts: { system: 'EROFS' },
      });
      expect(contentOf(await openGeneration(index, embedder))).toEqual(contentOf(fakePublication(1)));
    } finally {
      await run('umount', [index]);
    }
  });
});
