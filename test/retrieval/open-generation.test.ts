import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generationId } from '../../src/retrieval/manifest.ts';
import { openGeneration } from '../../src/retrieval/open-generation.ts';
import { publishGeneration } from '../../src/retrieval/publish-generation.ts';
import { contentOf, fakeEmbedder, fakePublication } from '../support/fake-generation.ts';

const embedder = fakeEmbedder();
let folder: string;
let index: string;
let older: string;
let newer: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-open-'));
  index = join(folder, 'index');
  older = (await publishGeneration(index, fakePublication(1))).id;
  newer = (await publishGeneration(index, fakePublication(2))).id;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Changes the manifest of the newer generation, and the name of its folder and CURRENT with it. */
async function forge(change: (manifest: Record<string, unknown>) => void): Promise<void> {
  const manifest = JSON.parse(await readFile(join(index, newer, 'manifest.json'), 'utf8'));
  change(manifest);
  const bytes = Buffer.from(JSON.stringify(manifest));
  await writeFile(join(index, newer, 'manifest.json'), bytes);
  const id = generationId(manifest.sequence as number, bytes);
  await rename(join(index, newer), join(index, id));
  await writeFile(join(index, 'CURRENT'), `${id}\n`);
  newer = id;
}

describe('opening', () => {
  it('opens what CURRENT names', async () => {
    const opened = await openGeneration(index, embedder);
    expect(opened.id).toBe(newer);
    expect(contentOf(opened)).toEqual(contentOf(fakePublication(2)));
    await writeFile(join(index, 'CURRENT'), `${older}\n`); // going back by hand
    expect((await openGeneration(index, embedder)).id).toBe(older);
  });

  it('keeps fields that a document may lack, and lone surrogates', async () => {
    const publication = fakePublication(3);
    const [first, ...others] = publication.documents;
    if (!first) throw new Error('no document');
    const facts = {
      author: 'A. \ud83d B.',
      publisher: 'The Paper',
      url: 'https://a.example/x',
      published: '2024-02-29',
    };
    const documents = [{ ...first, ...facts }, ...others];
    await publishGeneration(index, { ...publication, documents });
    expect((await openGeneration(index, embedder)).documents).toEqual(documents);
  });

  it('says that there is no index', async () => {
    await expect(openGeneration(join(folder, 'none'), embedder)).rejects.toMatchObject({ code: 'INDEX_MISSING' });
    await mkdir(join(folder, 'empty'));
    for (const name of ['README.md', '.gitignore', 'LOCK']) await writeFile(join(folder, 'empty', name), '');
    await expect(openGeneration(join(folder, 'empty'), embedder)).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  });

  it('says that a folder, or a file, is not an index', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(openGeneration(join(folder, 'file'), embedder)).rejects.toMatchObject({ code: 'INDEX_FOREIGN' });
    await expect(openGeneration(folder, embedder)).rejects.toMatchObject({ code: 'INDEX_FOREIGN' });
  });

  it('names both embedders when they differ', async () => {
    await expect(openGeneration(index, { id: 'fake-embedder', dimensions: 32 })).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
      message: expect.stringMatching(/"fake-embedder" \(16 dimensions\), not "fake-embedder" \(32\)/),
    });
    await expect(openGeneration(index, { id: 'other', dimensions: 16 })).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
      facts: { made: embedder, asked: { id: 'other', dimensions: 16 } },
    });
  });

  it('refuses another space, and dimensions that the embedder has not', async () => {
    await forge((manifest) => {
      manifest.space = 'l2';
    });
    await expect(openGeneration(index, embedder)).rejects.toMatchObject({
      code: 'INDEX_MISMATCH',
      message: expect.stringContaining('"l2"'),
    });
    await forge((manifest) => {
      manifest.space = 'cosine';
      manifest.embedder = { id: 'fake-embedder', dimensions: 64 };
    });
    await expect(openGeneration(index, embedder)).rejects.toMatchObject({ code: 'INDEX_MISMATCH' });
    // Were it believed, the vectors would not be of that length.
    const opened = await openGeneration(index, { id: 'fake-embedder', dimensions: 64 }).catch(
      (error: unknown) => error,
    );
    expect(opened).toMatchObject({ code: 'INDEX_CORRUPT', message: expect.stringContaining('vectors.f32') });
  });

  it('refuses a newer index, naming both versions, although an older generation is there', async () => {
    await forge((manifest) => {
      manifest.version = 9;
    });
    await expect(openGeneration(index, embedder)).rejects.toMatchObject({
      code: 'INDEX_TOO_NEW',
      facts: { version: 9, supported: 1 },
    });
  });

  it('opens the newest generation when CURRENT is missing, damaged or names none', async () => {
    for (const content of [
      null,
      '',
      newer,
      `${newer}\n\n`,
      '../../etc\n',
      `${newer.replace('2', '5')}\n`,
      'x'.repeat(1e6),
    ]) {
      await rm(join(index, 'CURRENT'), { force: true });
      if (content !== null) await writeFile(join(index, 'CURRENT'), content);
      const opened = await openGeneration(index, embedder);
      expect(opened.id).toBe(newer);
      expect(opened.warnings).not.toEqual([]);
    }
  });

  it.each(['manifest.json', 'documents.jsonl', 'chunks.jsonl', 'vectors.f32'])(
    'goes on with the generation before when %s is damaged, and names it when none is left',
    async (name) => {
      await rm(join(index, newer, name));
      const opened = await openGeneration(index, embedder);
      expect(opened.id).toBe(older);
      expect(contentOf(opened)).toEqual(contentOf(fakePublication(1)));
      expect(opened.warnings).toEqual([
        expect.stringContaining(`${join(newer, name)} is missing`),
        expect.stringContaining(`Serving the older generation ${older}`),
      ]);
      await writeFile(join(index, older, name), '{}\n');
      await expect(openGeneration(index, embedder)).rejects.toMatchObject({
        code: 'INDEX_CORRUPT',
        message: expect.stringContaining(join(newer, name)),
      });
    },
  );

  it.each(['flipped', 'missing', 'a folder'])('makes the graph anew when it is %s', async (damage) => {
    const intact = await openGeneration(index, embedder);
    const graph = join(index, newer, 'graph.hnsw');
    const bytes = await readFile(graph);
    await rm(graph);
    if (damage === 'a folder') await mkdir(graph);
    if (damage === 'flipped') await writeFile(graph, bytes.fill((bytes[8] as number) ^ 1, 8, 9));
    const opened = await openGeneration(index, embedder);
    expect(opened.id).toBe(newer);
    expect(opened.warnings).toEqual([expect.stringContaining('made anew from the vectors')]);
    const query = fakePublication(9).vectors.subarray(0, 16);
    expect(await opened.vectorIndex.search(query, 5)).toEqual(await intact.vectorIndex.search(query, 5));
  });

  it('neither waits for a pipe nor follows a link in place of a file', async () => {
    for (const name of ['CURRENT', `${newer}/manifest.json`, `${newer}/vectors.f32`, `${newer}/graph.hnsw`]) {
      const path = join(index, name);
      await rename(path, `${path}.kept`);
      execFileSync('mkfifo', [path]);
      expect((await openGeneration(index, embedder)).warnings.join()).toContain(
        name === 'CURRENT' ? 'CURRENT' : 'is not a file',
      );
      await rm(path);
      await symlink(`${path}.kept`, path);
      expect((await openGeneration(index, embedder)).warnings.join()).toContain(
        name === 'CURRENT' ? 'CURRENT' : 'is not a file',
      );
      await rm(path);
      await rename(`${path}.kept`, path);
    }
    expect((await openGeneration(index, embedder)).warnings).toEqual([]);
  });

  it('reads texts longer than a piece of the file, whatever letter the piece ends in', async () => {
    const publication = fakePublication(4, 2);
    for (const document of publication.documents) {
      const from = document.text.length + 2;
      document.text += `\n\n${'“🙂”é'.repeat(400_000)}`;
      document.blocks.push({ kind: 'debris', start: from, end: document.text.length });
    }
    await publishGeneration(index, publication);
    expect((await openGeneration(index, embedder)).documents.map(({ text }) => text)).toEqual(
      publication.documents.map(({ text }) => text),
    );
  });

  it('begins again when CURRENT names another by the time that the generation it reads has gone', async () => {
    const large = fakePublication(4, 1);
    for (const document of large.documents) {
      const start = document.text.length + 2;
      document.text += `\n\n${'long '.repeat(6_000_000)}`;
      document.blocks.push({ kind: 'debris', start, end: document.text.length });
    }
    const { id } = await publishGeneration(index, large);
    await rm(join(index, id, 'chunks.jsonl')); // as it will be, once the documents have been read
    const opening = openGeneration(index, embedder);
    await sleep(5); // it reads; what follows cannot be overtaken by it
    writeFileSync(join(index, 'CURRENT'), `${newer}\n`);
    const opened = await opening;
    expect(opened.id).toBe(newer);
    expect(opened.warnings).toEqual([]);
  });

  it('opens whole generations only, while others are published and deleted', async () => {
    let publishing = true;
    const good = [1, 2, 3].map((seed) => fakePublication(seed));
    const published = (async () => {
      for (let turn = 0; turn < 40; turn++) await publishGeneration(index, good[turn % 3] as (typeof good)[0]);
      publishing = false;
    })();
    while (publishing) {
      const opened = await openGeneration(index, embedder);
      expect(good.map(contentOf)).toContainEqual(contentOf(opened));
      expect(opened.warnings).toEqual([]);
    }
    await published;
  });
});
