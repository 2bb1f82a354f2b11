import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import { type DocumentFile, listFiles, loadDocument, readBytes } from '../../src/ingest/documents.ts';

async function readDocument(folder: string, file: DocumentFile, maximum?: number) {
  return loadDocument(file, await readBytes(folder, file, maximum));
}

let folder: string;

beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'pullquote-documents-'));
});

afterEach(async () => {
  await fs.chmod(folder, 0o700);
  await fs.rm(folder, { recursive: true, force: true });
});

async function write(path: string, content: string | Uint8Array = 'Some words.'): Promise<void> {
  await fs.mkdir(dirname(join(folder, path)), { recursive: true });
  await fs.writeFile(join(folder, path), content);
}

/** Reads a file of that content: its document, or the error's code, message and facts. */
async function reading(content: string | Uint8Array, path = 'a.txt', maximum?: number) {
  await write(path, content);
  const file = (await listFiles(folder)).files.find((one) => one.path === path);
  if (file === undefined) throw new Error(`${path} is not listed`);
  return readDocument(folder, file, maximum);
}

describe('listing', () => {
  test('walks folders in code-unit order and tells formats by extension', async () => {
    for (const path of ['b.md', 'a/z.HTML', 'a/é.txt', 'B.TXT', 'a.text', 'c/d/e.markdown', 'f.htm']) await write(path);
    const { files, skipped } = await listFiles(folder);
    expect(files).toEqual([
      { path: 'B.TXT', id: 'B', format: 'text' },
      { path: 'a.text', id: 'a', format: 'text' },
      { path: 'a/z.HTML', id: 'a/z', format: 'html' },
      { path: 'a/é.txt', id: 'a/é', format: 'text' },
      { path: 'b.md', id: 'b', format: 'markdown' },
      { path: 'c/d/e.markdown', id: 'c/d/e', format: 'markdown' },
      { path: 'f.htm', id: 'f', format: 'html' },
    ]);
    expect(skipped).toEqual([]);
  });

  test('names what it leaves aside, but nothing that is hidden', async () => {
    for (const path of ['a.txt', 'b.pdf', 'noextension', 'c.constructor', '.hidden.txt', '.git/d.txt', 'e/.DS_Store'])
      await write(path);
    const { files, skipped } = await listFiles(folder);
    expect(files.map(({ path }) => path)).toEqual(['a.txt']);
    expect(skipped).toEqual(
      ['b.pdf', 'c.constructor', 'noextension'].map((path) => ({
        path,
        code: null,
        reason: 'not text, Markdown or HTML',
      })),
    );
  });

  test('keeps the first of two files with one id', async () => {
    for (const path of ['a.txt', 'a.md', 'a.html']) await write(path);
    const { files, skipped } = await listFiles(folder);
    expect(files.map(({ path }) => path)).toEqual(['a.html']);
    expect(skipped).toEqual([
      { path: 'a.md', code: 'DOCUMENT_DUPLICATE', reason: '"a.md" has the same id as "a.html", which is kept' },
      { path: 'a.txt', code: 'DOCUMENT_DUPLICATE', reason: '"a.txt" has the same id as "a.html", which is kept' },
    ]);
  });

  test('leaves hostile names as they are', async () => {
    const names = ['<img src=x onerror=alert(1)>', 'a\nb', 'e\u0301', 'a..%2F..%2Fetc', 'x'.repeat(200), "'; --"];
    for (const name of names) await write(`${name}.txt`);
    const { files } = await listFiles(folder);
    expect(new Set(files.map(({ id }) => id))).toEqual(new Set(names));
    for (const file of files) expect((await readDocument(folder, file)).id).toBe(file.id);
  });

  test('opens no link, FIFO or socket', async () => {
    await write('a.txt');
    await fs.symlink('/etc/hostname', join(folder, 'link.txt'));
    await fs.symlink(folder, join(folder, 'loop'));
    execFileSync('mkfifo', [join(folder, 'fifo.txt')]);
    await fs.mkdir(join(folder, 'folder.txt'));
    const server = createServer().listen(join(folder, 'socket.txt'));
    await new Promise((resolve) => server.once('listening', resolve));
    const { files, skipped } = await listFiles(folder);
    server.close();
    expect(files.map(({ path }) => path)).toEqual(['a.txt']);
    expect(skipped).toEqual([
      { path: 'fifo.txt', code: null, reason: 'a FIFO, not a file' },
      { path: 'link.txt', code: null, reason: 'a symbolic link, which is not followed' },
      { path: 'loop', code: null, reason: 'a symbolic link, which is not followed' },
      { path: 'socket.txt', code: null, reason: 'a socket, not a file' },
    ]);
  });

  test('needs a folder', async () => {
    await write('a.txt');
    await expect(listFiles(join(folder, 'none'))).rejects.toMatchObject({
      code: 'FOLDER_MISSING',
      message: expect.stringMatching(/none.* does not exist/),
    });
    await expect(listFiles(join(folder, 'a.txt'))).rejects.toMatchObject({
      code: 'FOLDER_MISSING',
      message: expect.stringMatching(/is not a folder/),
    });
    expect(await listFiles(folder).then(({ files }) => files.length)).toBe(1);
  });
});

describe('reading', () => {
  test('keeps every character after the byte order mark', async () => {
    const text = 'One\u00a0two\u00ad three.\r\n\r\nCafe\u0301 \uFEFF four.  \r\n';
    const bytes = Buffer.from(`\uFEFF${text}`);
    const document = await reading(bytes);
    expect(document.text).toBe(text);
    expect(document.revision).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(document).toMatchObject({ id: 'a', format: 'text', markup: [] });
  });

  test('reads UTF-16 where its mark says so', async () => {
    const text = 'Größe 😀 matters.';
    expect((await reading(Buffer.from(`\uFEFF${text}`, 'utf16le'), 'le.txt')).text).toBe(text);
    expect((await reading(Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(), 'be.txt')).text).toBe(text);
    const cut = Buffer.concat([Buffer.from('\uFEFFab', 'utf16le'), Buffer.from([0x3d, 0xd8])]);
    await expect(reading(cut, 'cut.txt')).rejects.toMatchObject({ code: 'FILE_NOT_UTF8' });
  });

  test.each([
    [[0x61, 0x62, 0xe9, 0x20, 0x63], 2],
    [[0xe9], 0],
    [[0x61, 0xf0, 0x9f, 0x98], 1],
    [[0xc3, 0xa9, 0xc0, 0xaf], 2],
    [[0x61, 0xed, 0xa0, 0x80], 1],
    [[0xf0, 0x9f, 0x98, 0x80, 0x80], 4],
  ])('names the first byte that is not UTF-8 (%j)', async (bytes, offset) => {
    await expect(reading(Buffer.from(bytes))).rejects.toMatchObject({
      code: 'FILE_NOT_UTF8',
      message: expect.stringContaining(`"a.txt" is not UTF-8: bad byte at offset ${offset}`),
      facts: { path: 'a.txt', offset },
    });
  });

  test('names the charset that a page declares', async () => {
    const page = Buffer.from('<meta charset="windows-1252"><p>caf\xe9</p>', 'latin1');
    await expect(reading(page, 'a.html')).rejects.toMatchObject({
      code: 'FILE_NOT_UTF8',
      message: expect.stringMatching(/declares windows-1252/),
    });
    const honest = '<meta charset="windows-1252"><p>café in UTF-8</p>';
    expect((await reading(honest, 'b.html')).text).toBe('café in UTF-8');
  });

  test.each([
    ['a\0b', 'FILE_INVALID'],
    [new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), 'FILE_INVALID'],
    ['', 'DOCUMENT_EMPTY'],
    [' \r\n\t', 'DOCUMENT_EMPTY'],
    ['* * *\n---', 'DOCUMENT_EMPTY'],
    ['Read more', 'DOCUMENT_EMPTY'],
  ])('refuses %j', async (content, code) => {
    await expect(reading(content)).rejects.toMatchObject({ code, message: expect.stringContaining('"a.txt"') });
  });

  test('refuses what is larger than its limit, and takes what is not', async () => {
    await expect(reading('four words of text', 'a.txt', 17)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      message: '"a.txt" has 18 bytes, more than the 17 that are read',
    });
    expect((await reading('four words of text', 'a.txt', 18)).text).toBe('four words of text');
  });

  test('does not wait on a FIFO or follow a link that took the place of a file', async () => {
    await write('a.txt');
    await write('b.txt');
    const { files } = await listFiles(folder);
    await fs.rm(join(folder, 'a.txt'));
    await fs.rm(join(folder, 'b.txt'));
    execFileSync('mkfifo', [join(folder, 'a.txt')]);
    await fs.symlink('/etc/hostname', join(folder, 'b.txt'));
    for (const file of files) {
      await expect(readBytes(folder, file)).rejects.toMatchObject({
        code: 'FILE_UNREADABLE',
        facts: { path: file.path },
      });
    }
  });

  test('a file that is gone or forbidden is FILE_UNREADABLE', async () => {
    const gone = { path: 'gone.txt', id: 'gone', format: 'text' as const };
    const error = await readDocument(folder, gone).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PullquoteError);
    expect(error).toMatchObject({ code: 'FILE_UNREADABLE', message: '"gone.txt" cannot be read (ENOENT)' });
  });

  test('one bad file does not stop the others', async () => {
    for (let index = 0; index < 20; index++) await write(`${index}.txt`, `Words of ${index}.`);
    await write('7.txt', Buffer.from([0xff, 0x61]));
    const { files } = await listFiles(folder);
    const results = await Promise.allSettled(files.map((file) => readDocument(folder, file)));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });
});

test('the five articles are all read', async () => {
  const seeds = fileURLToPath(new URL('../../seeds', import.meta.url));
  const { files, skipped } = await listFiles(seeds);
  expect(files.map(({ id }) => id)).toEqual([
    '000_146fd403ef737445',
    '001_97d87198b26f9487',
    '002_4a1a7f77ad514017',
    '003_27d5165cb803f466',
    '004_ef01501c8eb85e79',
  ]);
  expect(skipped).toEqual([]);
  for (const file of files) expect((await readDocument(seeds, file)).blocks.length).toBeGreaterThan(10);
});
