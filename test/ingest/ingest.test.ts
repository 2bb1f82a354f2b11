import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { promises as fs } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEmbedder } from '../../src/inference/embedder.ts';
import { readModelManifest } from '../../src/inference/model-files.ts';
import { createWordPiece } from '../../src/inference/wordpiece.ts';
import { loadDocument } from '../../src/ingest/documents.ts';
import { type IngestOptions, ingest, prepare } from '../../src/ingest/ingest.ts';
import { lockIndex } from '../../src/retrieval/index-lock.ts';
import { openServedIndex } from '../../src/retrieval/served-index.ts';
import { verifyContent } from '../../src/retrieval/verify-content.ts';
import type { DocumentFormat, Embedder } from '../../src/types.ts';
import { fc, property } from '../support/property.ts';

const models = join(import.meta.dirname, '../../models');
let real: Embedder;
beforeAll(async () => {
  const manifest = await readModelManifest(models);
  real = await createEmbedder(models, manifest, await createWordPiece(models, manifest));
});

let root: string;
let folder: string;
let index: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pullquote-ingest-'));
  folder = join(root, 'documents');
  index = join(root, 'index');
  await mkdir(folder);
});
afterEach(() => {
  vi.restoreAllMocks();
  return rm(root, { recursive: true, force: true });
});

async function write(files: Record<string, string | Uint8Array>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** The real embedder, with what it was given. */
function counting(): Embedder & { texts: string[] } {
  const texts: string[] = [];
  return {
    id: real.id,
    dimensions: real.dimensions,
    texts,
    embed(text) {
      texts.push(text);
      return real.embed(text);
    },
  };
}

/** Embeds like the real one until the n-th text, counted from 1, for which it gives something else. */
function failingAt(n: number, give: (vector: Float32Array) => unknown): Embedder {
  let count = 0;
  return {
    id: real.id,
    dimensions: real.dimensions,
    async embed(text) {
      const vector = await real.embed(text);
      count += 1;
      return count === n ? (give(vector) as Float32Array) : vector;
    },
  };
}

/** Ingests, and returns the report with what was embedded. */
async function ingested(options?: IngestOptions) {
  const embedder = counting();
  const report = await ingest(folder, index, embedder, options);
  return { ...report, embedded: embedder.texts };
}

/** The documents' texts by id, as they are served. */
async function served(): Promise<Record<string, string>> {
  const { documents, warnings } = await openServedIndex(index, real);
  expect(warnings).toEqual([]);
  return Object.fromEntries([...documents].map(([id, { text }]) => [id, text]));
}

/** Lets files of the folder fail to open, as the system would: tests may run as root, whom nothing is forbidden. */
function failingToOpen(codes: Record<string, string>): void {
  const open = fs.open;
  vi.spyOn(fs, 'open').mockImplementation((path, ...rest) => {
    const code = Object.entries(codes).find(([name]) => path === join(folder, name))?.[1];
    return code === undefined ? open(path, ...rest) : Promise.reject(Object.assign(new Error(code), { code }));
  });
}

const harbour = 'The harbour reopened in May. It has room for 40 boats.';
const budget = 'The council spent €14 million on the harbour.';
const lights = 'The lighthouse was painted red. Nobody knows why.';
const latin1 = Buffer.from('caf\xe9 in latin-1', 'latin1');

describe('a folder', () => {
  test('becomes an index of its text, Markdown and HTML', async () => {
    await write({
      'a.txt': harbour,
      'news/b.md': `# Budget\n\nThe council spent **€14 million** on it.\n\n- One item.\n- Another item.\n`,
      'c.html': `<html><head><title>Lights</title></head><body><article><h1>Lights</h1><p>${lights}</p></article></body></html>`,
      'd.pdf': '%PDF',
    });
    const report = await ingested();
    expect(report).toMatchObject({ documents: 3, reused: 0, unchanged: false });
    expect(report.skipped.map(({ path, code }) => [path, code])).toEqual([['d.pdf', null]]);
    expect(report.embedded).toHaveLength(report.chunks);

    const { documents, chunks, id } = await openServedIndex(index, real);
    expect(id).toBe(report.generation);
    expect([...documents.keys()].sort()).toEqual(['a', 'c', 'news/b']);
    expect([...documents.values()].map(({ format }) => format).sort()).toEqual(['html', 'markdown', 'text']);
    expect(chunks).toHaveLength(report.chunks);
    const sentences = [...documents.values()].flatMap((it) =>
      it.sentences.map(({ start, end }) => it.text.slice(start, end)),
    );
    expect(sentences).toHaveLength(report.sentences);
    expect(sentences).toEqual(
      expect.arrayContaining([
        'It has room for 40 boats.',
        'The council spent **€14 million** on it.',
        'One item.',
        'Nobody knows why.',
      ]),
    );
  });

  test('gives its models words without markup', async () => {
    await write({ 'a.md': 'It cost **€14 million** in [2026](https://example.org).' });
    const [text] = (await ingested()).embedded;
    expect(text).not.toMatch(/[*[\]]|example/);
    expect(text).toContain('€14 million');
  });

  test('holds no sentence outside a paragraph or item', async () => {
    const seeds = join(import.meta.dirname, '../../seeds');
    await ingest(seeds, index, real);
    const { documents } = await openServedIndex(index, real);
    expect(documents.size).toBe(5);
    for (const { sentences, blocks, text } of documents.values()) {
      expect(sentences.length).toBeGreaterThan(10);
      for (const { start, end } of sentences) {
        const inside = blocks.find((block) => block.start <= start && end <= block.end);
        expect(inside?.kind, text.slice(start, end)).toMatch(/^(?:paragraph|item)$/);
      }
    }
  });

  test('tells of its progress, chunk by chunk', async () => {
    await write({ 'a.txt': harbour, 'b.txt': budget });
    const told: [number, number][] = [];
    await ingested({ onProgress: (done, total) => told.push([done, total]) });
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });
});

describe('once more', () => {
  beforeEach(async () => {
    await write({ 'a.txt': harbour, 'b.txt': budget });
  });

  test('the same folder changes nothing and embeds nothing', async () => {
    const first = await ingested();
    const files = await readdir(join(index, first.generation));
    const before = await Promise.all(files.map((name) => readFile(join(index, first.generation, name))));
    const second = await ingested();
    expect(second).toMatchObject({ generation: first.generation, unchanged: true, reused: 2, embedded: [] });
    const after = await Promise.all(files.map((name) => readFile(join(index, first.generation, name))));
    expect(after).toEqual(before);
    expect(await readdir(index)).toEqual(expect.not.arrayContaining([expect.stringMatching(/^LOCK|^\.tmp/)]));
  });

  test('a document that is new is embedded, and no other', async () => {
    const first = await ingested();
    await write({ 'c.txt': lights });
    const second = await ingested();
    expect(second).toMatchObject({ unchanged: false, documents: 3, reused: 2, embedded: [lights] });
    expect(second.generation).not.toBe(first.generation);
    expect(await served()).toEqual({ a: harbour, b: budget, c: lights });
  });

  test('a document that changed is embedded, and its old words are gone', async () => {
    await ingested();
    const changed = `${budget} Or was it more?`;
    await write({ 'b.txt': changed });
    expect(await ingested()).toMatchObject({ reused: 1, embedded: [changed] });
    expect(await served()).toEqual({ a: harbour, b: changed });
  });

  test('a document that was removed is gone', async () => {
    await ingested();
    await rm(join(folder, 'b.txt'));
    expect(await ingested()).toMatchObject({ documents: 1, reused: 1, embedded: [], unchanged: false });
    expect(await served()).toEqual({ a: harbour });
  });

  test('a document that was renamed has its new id only', async () => {
    await ingested();
    await rename(join(folder, 'b.txt'), join(folder, 'z.txt'));
    expect(await ingested()).toMatchObject({ documents: 2, reused: 1 });
    expect(await served()).toEqual({ a: harbour, z: budget });
    const { chunks } = await openServedIndex(index, real);
    expect(chunks.map(({ documentId }) => documentId)).toEqual(['a', 'z']);
  });

  test('the same bytes under another format are read anew', async () => {
    await ingested();
    await rename(join(folder, 'b.txt'), join(folder, 'b.md'));
    expect(await ingested()).toMatchObject({ reused: 1, embedded: [budget] });
  });

  test('the vectors that are taken over are those of their chunks', async () => {
    await ingested();
    await write({ '0.txt': lights });
    await ingested();
    const { chunks, vectors, documents } = await openServedIndex(index, real);
    expect(chunks.map(({ documentId }) => documentId)).toEqual(['0', 'a', 'b']);
    for (const [row, { documentId, start, end }] of chunks.entries()) {
      const text = documents.get(documentId)?.text.slice(start, end) ?? '';
      expect(vectors.slice(row * 384, (row + 1) * 384)).toEqual(await real.embed(text));
    }
  });

  test('a damaged index is mended from the folder', async () => {
    const { generation } = await ingested();
    await writeFile(join(index, generation, 'vectors.f32'), 'garbage');
    const mended = await ingested();
    expect(mended).toMatchObject({ documents: 2, reused: 0, unchanged: false });
    expect(await served()).toEqual({ a: harbour, b: budget });
  });

  test('another embedder reuses nothing', async () => {
    await ingested();
    const other: Embedder = { ...counting(), id: 'another' };
    expect(await ingest(folder, index, other)).toMatchObject({ reused: 0, unchanged: false });
    await expect(openServedIndex(index, real)).rejects.toMatchObject({ code: 'INDEX_MISMATCH' });
  });
});

describe('a bad file', () => {
  test('is listed, and the others go on', async () => {
    await write({
      'a.txt': harbour,
      'bad.txt': latin1,
      'binary.txt': 'a\0b',
      'blank.txt': ' \n',
      'large.txt': 'x'.repeat(500),
    });
    const report = await ingested({ largestFile: 400 });
    expect(report.skipped.map(({ path, code }) => [path, code])).toEqual([
      ['bad.txt', 'FILE_NOT_UTF8'],
      ['binary.txt', 'FILE_INVALID'],
      ['blank.txt', 'DOCUMENT_EMPTY'],
      ['large.txt', 'FILE_TOO_LARGE'],
    ]);
    for (const { path, reason } of report.skipped) expect(reason).toContain(path);
    expect(await served()).toEqual({ a: harbour });
  });

  test('that was good before is gone, and the others are kept', async () => {
    await write({ 'a.txt': harbour, 'b.txt': budget });
    await ingested();
    await write({ 'b.txt': latin1 });
    const report = await ingested();
    expect(report).toMatchObject({ documents: 1, reused: 1, embedded: [] });
    expect(report.skipped).toMatchObject([{ path: 'b.txt', code: 'FILE_NOT_UTF8' }]);
    expect(await served()).toEqual({ a: harbour });
  });

  test('that cannot be read just now is kept as it was, and told of', async () => {
    await write({ 'a.txt': harbour, 'b.txt': budget, 'c.txt': lights });
    await ingested();
    await write({ 'a.txt': 'Changed.', 'b.txt': 'Changed.', 'new.txt': lights });
    await rm(join(folder, 'c.txt'));
    failingToOpen({ 'a.txt': 'EACCES', 'b.txt': 'EIO', 'new.txt': 'EACCES' });
    const report = await ingested();
    expect(report).toMatchObject({ documents: 2, reused: 2, embedded: [] });
    expect(report.skipped).toEqual([
      {
        path: 'a.txt',
        code: 'FILE_UNREADABLE',
        reason: expect.stringMatching(/EACCES\); its earlier version is kept$/),
      },
      { path: 'b.txt', code: 'FILE_UNREADABLE', reason: expect.stringMatching(/EIO\); its earlier version is kept$/) },
      { path: 'new.txt', code: 'FILE_UNREADABLE', reason: expect.stringMatching(/EACCES\)$/) },
    ]);
    expect(await served()).toEqual({ a: harbour, b: budget });
    vi.restoreAllMocks();
    expect(await ingested()).toMatchObject({ documents: 3, skipped: [] });
  });

  test('that was deleted after the folder was listed, replaced by a link, or has grown too large is gone', async () => {
    await write({ 'a.txt': harbour, 'b.txt': budget, 'c.txt': lights, 'd.txt': lights });
    await ingested();
    await write({ 'd.txt': 'x'.repeat(500) });
    failingToOpen({ 'b.txt': 'ENOENT', 'c.txt': 'ELOOP' });
    const report = await ingested({ largestFile: 400 });
    expect(report.skipped.map(({ path }) => path)).toEqual(['b.txt', 'c.txt', 'd.txt']);
    expect(JSON.stringify(report.skipped)).not.toContain('kept');
    expect(await served()).toEqual({ a: harbour });
  });

  test('and no other is FOLDER_EMPTY, and what served goes on', async () => {
    await write({ 'a.txt': harbour });
    await ingested();
    await write({ 'a.txt': latin1 });
    await expect(ingested()).rejects.toMatchObject({
      code: 'FOLDER_EMPTY',
      exit: 3,
      message: expect.stringContaining(folder),
      facts: { skipped: [{ path: 'a.txt', code: 'FILE_NOT_UTF8' }] },
    });
    await write({ 'b.txt': 'a\0b', 'c.txt': ' \n', 'd.pdf': '' });
    await expect(ingested()).rejects.toThrow(
      /that can be read: "a\.txt" is not UTF-8: .* \(FILE_NOT_UTF8\); "b\.txt" .* \(FILE_INVALID\); and 1 more$/,
    );
    expect(await served()).toEqual({ a: harbour });
    await (await lockIndex(index))();
  });

  test('cannot spoil the index by where its marks cling', async () => {
    await write({
      'a.txt': harbour,
      'b.txt': '- \u0301accent first.\n- \u200dJoiner. \u0301Mark.\n',
      'c.md': '**a**\u0301 b. \u0301c',
    });
    expect(await ingested()).toMatchObject({ documents: 3, skipped: [] });
  });
});

describe('no folder', () => {
  test('is FOLDER_MISSING, and makes no index', async () => {
    await expect(ingest(join(root, 'none'), index, real)).rejects.toMatchObject({ code: 'FOLDER_MISSING', exit: 3 });
    expect(await readdir(root)).toEqual(['documents']);
  });

  test('or an empty one is told from one that holds nothing to read', async () => {
    await expect(ingested()).rejects.toMatchObject({ code: 'FOLDER_EMPTY', facts: { skipped: [] } });
    await expect(openServedIndex(index, real)).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  });
});

describe('an embedder that fails', () => {
  beforeEach(async () => {
    await write({ 'a.txt': harbour, 'b.txt': budget });
    await ingested();
    await write({ 'c.txt': lights, 'd.txt': 'A fourth one.' });
  });

  /** The old generation serves, the lock is free, and the next ingest succeeds. */
  async function expectUnharmed(): Promise<void> {
    expect(await served()).toEqual({ a: harbour, b: budget });
    expect((await readdir(index)).filter((name) => /^(?:LOCK|\.tmp)/.test(name))).toEqual([]);
    expect(await ingested()).toMatchObject({ documents: 4, reused: 2 });
  }

  test('passes its error on', async () => {
    const embedder = failingAt(2, () => {
      throw new Error('out of order');
    });
    await expect(ingest(folder, index, embedder)).rejects.toThrow('out of order');
    await expectUnharmed();
  });

  test.each<[string, (vector: Float32Array) => unknown]>([
    ['NaN', (vector) => vector.map((value, at) => (at === 7 ? Number.NaN : value))],
    ['infinity', (vector) => vector.map((value, at) => (at === 7 ? Number.POSITIVE_INFINITY : value))],
    ['zeros', (vector) => vector.map(() => 0)],
    ['too few numbers', (vector) => vector.slice(0, -1)],
    ['too many numbers', (vector) => Float32Array.from([...vector, 0])],
    ['no numbers', () => new Float32Array()],
    ['null', () => null],
    ['undefined', () => undefined],
    ['strings', () => ['a', 'b']],
  ])('by giving %s is VECTOR_INVALID, naming the chunk', async (_, give) => {
    await expect(ingest(folder, index, failingAt(2, give))).rejects.toMatchObject({
      code: 'VECTOR_INVALID',
      message: expect.stringContaining('d#0-13'),
    });
    await expectUnharmed();
  });
});

describe('an ingestion that is given up', () => {
  test('before it began or in the middle is ABORTED, and leaves all as it was', async () => {
    await write({ 'a.txt': harbour });
    await ingested();
    await write({ 'b.txt': budget, 'c.txt': lights });
    await expect(ingested({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    const controller = new AbortController();
    let done = 0;
    const onProgress = () => {
      done += 1;
      controller.abort();
    };
    await expect(ingested({ signal: controller.signal, onProgress })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(done).toBe(1);
    expect(await served()).toEqual({ a: harbour });
    expect(await ingested()).toMatchObject({ documents: 3, reused: 1 });
  });

  test('by kill -9 while it embeds leaves the old generation, and can be begun again', async () => {
    await write({ 'a.txt': harbour });
    await ingested();
    await write(
      Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`b${at}.txt`, `Document number ${at} says so.`])),
    );
    const built = join(import.meta.dirname, '../../dist/ingest/ingest.js');
    // The fourth vector is long in coming.
    const program = `
      import { ingest } from ${JSON.stringify(built)};
      let embedded = 0;
      const embedder = {
        id: ${JSON.stringify(real.id)},
        dimensions: 384,
        async embed() {
          if (++embedded > 3) await new Promise((resolve) => setTimeout(resolve, 600_000));
          return new Float32Array(384).fill(1 / Math.sqrt(384));
        },
      };
      const onProgress = (done) => process.stdout.write(done + '\\n');
      await ingest(${JSON.stringify(folder)}, ${JSON.stringify(index)}, embedder, { onProgress });
      process.stdout.write('finished\\n');
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    const closed = once(child, 'close');
    for await (const text of child.stdout.setEncoding('utf8')) {
      printed += text;
      if (printed.includes('3\n')) child.kill('SIGKILL');
    }
    expect(await closed).toEqual([null, 'SIGKILL']);
    expect(printed).not.toContain('finished');

    expect(await served()).toEqual({ a: harbour });
    expect((await readdir(index)).some((name) => name.startsWith('LOCK'))).toBe(true); // the dead one's
    const again = await ingested();
    expect(again).toMatchObject({ documents: 21, reused: 1 });
    expect(again.embedded).toHaveLength(20);
    expect((await readdir(index)).filter((name) => /^(?:LOCK|\.tmp)/.test(name))).toEqual([]);
  });

  test('by another that holds the lock is INDEX_LOCKED', async () => {
    await write({ 'a.txt': harbour });
    const release = await lockIndex(index);
    await expect(ingested()).rejects.toMatchObject({ code: 'INDEX_LOCKED', facts: { pid: process.pid } });
    await release();
    expect(await ingested()).toMatchObject({ documents: 1 });
  });
});

const scrap = fc.oneof(
  fc.constantFrom(
    'Words stand here. ',
    'A Heading',
    '\n\n',
    '\n',
    '\r\n',
    '- ',
    '1. ',
    '* ',
    '# ',
    '> ',
    '| a | b |\n|---|---|\n',
    '**',
    '_',
    '`',
    '[a](b)',
    '<p>',
    '</p>',
    '<b>',
    '<li>',
    '&amp;',
    '\u0301',
    '\u200d',
    '👨‍👩‍👧‍👦',
    '“',
    '”',
    '. ',
    ' 35,064 ',
    '漢字。',
    'שלום',
    '\u00a0',
    '\u0600',
    '---\n',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);

describe('whatever a file holds', () => {
  property.prop([fc.constantFrom<DocumentFormat>('text', 'markdown', 'html'), fc.array(scrap, { maxLength: 40 })], {
    numRuns: 2_000,
  })('what is made of it may be published', async (format, scraps) => {
    const bytes = Buffer.from(scraps.join(''));
    let read: ReturnType<typeof loadDocument>;
    try {
      read = loadDocument({ path: 'a', id: 'a', format }, { bytes, revision: '0'.repeat(64) });
    } catch (error) {
      expect(error).toMatchObject({ code: expect.stringMatching(/^(?:FILE_|DOCUMENT_EMPTY)/) });
      return;
    }
    const { document, chunks } = prepare(read);
    const vectors = new Float32Array(chunks.length * 2).fill(Math.SQRT1_2);
    await verifyContent({ documents: [document], chunks, vectors, embedder: { id: 'fake', dimensions: 2 } });
    for (const block of document.blocks) {
      if (block.kind !== 'paragraph' && block.kind !== 'item') continue;
      const inside = document.sentences.filter(({ start, end }) => block.start <= start && end <= block.end);
      const missed = inside.reduceRight(
        (text, { start, end }) => text.slice(0, start - block.start) + text.slice(end - block.start),
        document.text.slice(block.start, block.end),
      );
      expect(missed.trim() === '' || format === 'markdown', missed).toBe(true); // in Markdown markup may stand between
    }
  });
});
