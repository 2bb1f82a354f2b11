import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { lockIndex } from '../src/retrieval/index-lock.ts';
import { settings } from '../src/settings.ts';
import type { Answer } from '../src/types.ts';
import {
  copyOf,
  currentOf,
  damage,
  type Ended,
  indexOf,
  main,
  type RunOptions,
  root,
  runCli,
  seeds,
  startCli,
  temporaryFolder,
} from './support/run-cli.ts';

const question = 'How much of the Donetsk region is under Russian control?';

/** What would steer a terminal or reorder its line. */
const STEERING = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

let index: string;
beforeAll(async () => {
  index = await indexOf(seeds);
});

/** Holds that a run failed as it should: one line on stderr, with its code, nothing on stdout, no stack. */
function expectError({ code, stdout, stderr }: Ended, exit: number, name: string, words: RegExp | string = ''): void {
  expect(stderr).toMatch(/^pullquote: [A-Z_]+: [^\n]+\n$/);
  expect(stderr).toContain(`pullquote: ${name}: `);
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/\n\s+at |node:internal|\.[jt]s:\d/);
  expect(stdout).toBe('');
  expect(code).toBe(exit);
}

describe('ask', () => {
  it('builds the index first, where there is none, and answers with quotes', async () => {
    const own = join(await temporaryFolder(), 'new', 'index');
    const { code, stdout, stderr } = await runCli(['ask', question, '--index', own]);
    expect(stderr).toMatch(/^5 documents \(0 unchanged\), \d+ sentences, \d+ chunks: generation 1-[0-9a-f]{16}\n$/);
    expect(stdout).toMatch(/^75%\n\n\[1\] “.*75%.*”\n/);
    expect(stdout).toMatch(/\n {4}http:\/\/127\.0\.0\.1:3000\/sources\/00[02]_[0-9a-f]{16}#\d+-\d+\n/);
    expect(code).toBe(0);
    expect((await readdir(own)).some((name) => name.startsWith('.tmp-') || name.startsWith('LOCK'))).toBe(false);

    const again = await runCli(['ask', question, '--index', own]);
    expect(again).toMatchObject({ code: 0, stdout, stderr: '' });
  });

  it('takes several words for one question', async () => {
    const { stdout } = await runCli(['ask', '--json', '--index', index, ...question.split(' ')]);
    expect(JSON.parse(stdout)).toMatchObject({ question, kind: 'answered' });
  });

  it('prints the answer object, its citations true slices of the files', async () => {
    const { code, stdout, stderr } = await runCli(['ask', question, '--json', '--index', index]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answer: Answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ version: 1, kind: 'answered', question, shortAnswer: { text: '75%' } });
    expect(answer.citations.length).toBeGreaterThan(0);
    for (const { document, start, end, quote } of answer.citations) {
      const bytes = await readFile(join(seeds, `${document.id}.txt`));
      expect(bytes.toString('utf8').slice(start, end)).toBe(quote);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(document.revision);
    }
  });

  it('says that the documents do not say, and that is no error', async () => {
    const { code, stdout } = await runCli(['ask', 'At what temperature does water boil?', '--index', index]);
    expect(stdout).toMatch(/^The documents don’t say\.\n\nWhat comes nearest:\n\n\[1\] “/);
    expect(code).toBe(0);
  });

  it('answers while another process is ingesting', async () => {
    const release = await lockIndex(index);
    onTestFinished(release);
    expect(await runCli(['ask', question, '--index', index])).toMatchObject({ code: 0, stderr: '' });
  });

  it('serves the older generation, and says so, where the newest is damaged', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    await rm(join(folder, '004_ef01501c8eb85e79.txt'));
    expect((await runCli(['ingest', folder, '--index', own])).code).toBe(0);
    await damage(join(await currentOf(own), 'documents.jsonl'));
    const { code, stdout, stderr } = await runCli(['ask', question, '--index', own]);
    expect({ code, short: stdout.split('\n')[0] }).toEqual({ code: 0, short: '75%' });
    expect(stderr).toMatch(/^(pullquote: warning: [^\n]+\n)+$/);
    expect(stderr).toContain('documents.jsonl was changed');
  });
});

describe('the folder of the documents', () => {
  it.each([
    ['relative', (folder: string) => relative(root, folder)],
    ['absolute', (folder: string) => folder],
  ])('may be named by a %s path', async (_kind, named) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'harbour.txt'), 'The harbour\n\nThe harbour of Brask reopened on 3 May.\n');
    const own = join(await temporaryFolder(), 'index');
    const env = { PULLQUOTE_SEEDS: named(folder), PULLQUOTE_INDEX: own };
    const { code, stdout, stderr } = await runCli(['ask', 'When did the harbour of Brask reopen?'], { env });
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('1 document (') });
    expect(stdout).toContain('/sources/harbour#');
  });

  it('may be set in a .env file of the working folder, which the environment overrules', async () => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, '.env'), 'PULLQUOTE_SEEDS=of-the-file\nPULLQUOTE_INDEX=own\n');
    const run = (env: Record<string, string>) => runCli(['ingest'], { cwd, env });
    expectError(await run({}), 3, 'FOLDER_MISSING', '"of-the-file"');
    expectError(await run({ PULLQUOTE_SEEDS: 'of-the-environment' }), 3, 'FOLDER_MISSING', '"of-the-environment"');
  });
});

describe('a .env file', () => {
  it('that cannot be read is named, not passed over', async () => {
    const cwd = await temporaryFolder();
    await mkdir(join(cwd, '.env'));
    expectError(await runCli(['ask', 'Why?'], { cwd }), 2, 'SETTING_INVALID', '.env cannot be read (EISDIR)');
  });
});

describe('links', () => {
  it.each([
    [{ PULLQUOTE_HOST: '0.0.0.0', PULLQUOTE_PORT: '8080' }, 'http://127.0.0.1:8080/sources/'],
    [{ PULLQUOTE_HOST: '::1' }, 'http://[::1]:3000/sources/'],
    [{ PULLQUOTE_PORT: '0' }, '/sources/'],
    [{ PULLQUOTE_PUBLIC_URL: 'https://ask.example.org' }, 'https://ask.example.org/sources/'],
  ])('with %o lead to %s', async (env, base) => {
    expect((await runCli(['ask', question, '--index', index], { env })).stdout).toContain(`\n    ${base}`);
  });
});

describe('ingest', () => {
  const hostile = 'evil\u001b]0;owned\u0007\n\u009b31m\u202etxt.exe';

  it('takes in what is sound, and lists the rest with the reason', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'below'));
    await writeFile(join(folder, 'good.txt'), 'Good\n\nThe bell of Orsk weighs nine tonnes.\n');
    await writeFile(join(folder, 'below', 'page.html'), '<h1>Page</h1><p>The mill of Orsk was built in 1820.</p>');
    await writeFile(join(folder, 'bad.txt'), Buffer.from([0x41, 0x20, 0xff, 0xfe, 0x42, 0x80, 0x0a]));
    await writeFile(join(folder, 'scan.pdf'), '%PDF-1.7');
    await writeFile(join(folder, `${hostile}.bin`), 'x');
    await writeFile(join(folder, `${hostile}.txt`), 'Hostile\n\nThe tower of Orsk is forty metres high.\n');
    await symlink('/etc/hostname', join(folder, 'link.txt'));
    const own = join(await temporaryFolder(), 'index');

    const first = await runCli(['ingest', folder, '--index', own]);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const [done, ...skipped] = first.stdout.trimEnd().split('\n');
    expect(done).toMatch(/^3 documents \(0 unchanged\), \d+ sentences, 3 chunks: generation 1-[0-9a-f]{16}$/);
    expect(skipped).toHaveLength(4);
    expect(first.stdout).toContain('skipped "bad.txt": FILE_NOT_UTF8: ');
    expect(first.stdout).toContain('skipped "scan.pdf": not text, Markdown or HTML');
    expect(first.stdout).toContain('skipped "link.txt": a symbolic link, which is not followed');
    expect(first.stdout).toContain('skipped "evil\\u001b]0;owned\\u0007\\n\\u009b31m\\u202etxt.exe.bin": ');
    expect(first.stdout).not.toMatch(STEERING);

    const again = await runCli(['ingest', folder, '--index', own]);
    expect(again.stdout).toMatch(/^3 documents \(3 unchanged\).*: nothing changed, generation 1-\w+ goes on serving\n/);

    const { code, stdout } = await runCli(['ask', 'How high is the tower of Orsk?', '--json', '--index', own]);
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Answer).citations[0]?.document.id).toBe(hostile);
  });

  it('never quotes again what was deleted', async () => {
    const folder = await copyOf(seeds);
    const own = await copyOf(index);
    for (const name of ['000_146fd403ef737445.txt', '002_4a1a7f77ad514017.txt']) await rm(join(folder, name));
    const report = await runCli(['ingest', folder, '--index', own]);
    expect(report.stdout).toMatch(/^3 documents \(3 unchanged\).*: generation 2-/);
    const { stdout } = await runCli(['ask', question, '--json', '--index', own]);
    const answer: Answer = JSON.parse(stdout);
    const ids = [...answer.citations, ...answer.nearest].map(({ document }) => document.id);
    expect(ids.filter((id) => /^00[02]_/.test(id))).toEqual([]);
    expect(stdout).not.toContain('75%');
  });
});

describe('what a document says', () => {
  it('steers no terminal, and is given as it stands to programs', async () => {
    const folder = await temporaryFolder();
    const said = 'The keeper of Vardo is called \u001b[31mIngrid\u001b[0m \u202eOlsen\u202c \u009b2J today.';
    await writeFile(join(folder, 'keeper.txt'), `Keeper\n\n${said}\n`);
    const own = await indexOf(folder);
    const ask = ['ask', 'What is the keeper of Vardo called?', '--index', own];
    const { stdout } = await runCli(ask);
    expect(stdout).toContain('\\u001b[31mIngrid\\u001b[0m \\u202eOlsen\\u202c \\u009b2J');
    expect(stdout).not.toMatch(STEERING);
    const answer: Answer = JSON.parse((await runCli([...ask, '--json'])).stdout);
    expect([...answer.citations, ...answer.nearest][0]?.quote).toBe(said);
  });
});

describe('what goes wrong is one line with its code, and its exit code', () => {
  const cases: [string, string[], RunOptions, number, string, RegExp | string][] = [
    ['an unknown command', ['ingset'], {}, 2, 'USAGE', /unknown command 'ingset' \(Did you mean ingest\?\)/],
    ['an unknown flag', ['ask', '--jsno', 'Why?'], {}, 2, 'USAGE', /unknown option '--jsno'/],
    ['no question', ['ask'], {}, 2, 'USAGE', /missing required argument/],
    ['an argument too many', ['ingest', 'a', 'b'], {}, 2, 'USAGE', /too many arguments/],
    ['a wrong setting', ['ask', 'Why?'], { env: { PULLQUOTE_PORT: '80a' } }, 2, 'SETTING_INVALID', /PULLQUOTE_PORT="80a" must be a whole number/],
    ['a wrong flag', ['serve', '--port', '-1'], {}, 2, 'SETTING_INVALID', /PULLQUOTE_PORT="-1"/],
    ['an empty flag', ['ask', 'Why?', '--index', ''], {}, 2, 'USAGE', /'--index <folder>' argument '' is invalid\. It is empty/],
    ['a blank flag', ['serve', '--port', ' '], {}, 2, 'USAGE', /'--port <number>' argument ' ' is invalid\. It is empty/],
    ['an empty folder', ['ingest', ''], {}, 2, 'USAGE', /'' is invalid for argument 'folder'\. It is empty/],
    ['an unknown setting', ['doctor'], { env: { PULLQUOTE_SEED: 'x' } }, 2, 'SETTING_INVALID', /PULLQUOTE_SEED; did you mean PULLQUOTE_SEEDS/],
    ['a missing folder', ['ingest', '/nonexistent/articles'], {}, 3, 'FOLDER_MISSING', /"\/nonexistent\/articles" does not exist/],
    ['a file for a folder', ['ingest', join(root, 'package.json')], {}, 3, 'FOLDER_MISSING', /is not a folder/],
    ['missing models', ['ask', 'Why?'], { env: { PULLQUOTE_MODELS: '/nonexistent' } }, 5, 'MODEL_MISSING', /manifest\.json/],
  ]; // biome-ignore format: a table
  it.each(cases)('%s', async (_what, args, options, exit, code, words) => {
    const own = join(await temporaryFolder(), 'index');
    const ended = await runCli(args, { ...options, env: { PULLQUOTE_INDEX: own, ...options.env } });
    expectError(ended, exit, code, words);
  });

  it.each([
    ['an empty question', '   ', 'QUESTION_EMPTY', /empty/],
    ['a question too long', 'x'.repeat(1001), 'QUESTION_TOO_LONG', /1001 characters, at most 1000/],
  ])('%s', async (_what, asked, code, words) => {
    expectError(await runCli(['ask', asked, '--index', index]), 2, code, words);
  });

  it('no command: the help, too', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: pullquote/);
    expect(stderr).toMatch(/\npullquote: USAGE: which command\?\n$/);
  });

  it('a folder without a document, which is no reason to touch the index', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'scan.pdf'), '%PDF-1.7');
    const own = await copyOf(index);
    const serving = await currentOf(own);
    expectError(await runCli(['ingest', folder, '--index', own]), 3, 'FOLDER_EMPTY', folder);
    expect(await currentOf(own)).toBe(serving);
    expect((await readdir(own)).some((name) => name.startsWith('LOCK'))).toBe(false);
  });

  it('a damaged index without a good generation', async () => {
    const own = await copyOf(index);
    await damage(join(await currentOf(own), 'vectors.f32'));
    expectError(await runCli(['ask', question, '--index', own]), 4, 'INDEX_CORRUPT', /vectors\.f32 was changed/);
  });

  it('a folder that is no index, by ask and by ingest, which leave it as it is', async () => {
    const own = await temporaryFolder();
    await writeFile(join(own, 'novel.txt'), 'Chapter one.');
    for (const args of [
      ['ask', question],
      ['ingest', seeds],
    ]) {
      expectError(await runCli([...args, '--index', own]), 4, 'INDEX_FOREIGN', /"novel\.txt"/);
    }
    expect(await readdir(own)).toEqual(['novel.txt']);
  });

  it('an index of a newer Pullquote, which ingest does not overwrite', async () => {
    const own = await copyOf(index);
    const folder = await currentOf(own);
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    const bytes = JSON.stringify({ ...manifest, version: 2 });
    await writeFile(join(folder, 'manifest.json'), bytes);
    const id = `1-${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`;
    await rename(folder, join(own, id));
    await writeFile(join(own, 'CURRENT'), `${id}\n`);
    for (const args of [
      ['ask', question],
      ['ingest', seeds],
    ]) {
      expectError(await runCli([...args, '--index', own]), 4, 'INDEX_TOO_NEW', /version 2.*up to version 1/);
    }
  });

  it('an index that another process is writing', async () => {
    const release = await lockIndex(index);
    onTestFinished(release);
    const ended = await runCli(['ingest', seeds, '--index', index]);
    expectError(ended, 4, 'INDEX_LOCKED', new RegExp(`process ${process.pid}\\b`));
  });

  it('a damaged model', async () => {
    const models = await temporaryFolder();
    for (const name of await readdir(join(root, 'models'))) {
      if (name !== 'reader.onnx') await symlink(join(root, 'models', name), join(models, name));
    }
    await writeFile(join(models, 'reader.onnx'), await readFile(join(root, 'models/reader.onnx')));
    await truncate(join(models, 'reader.onnx'), 1_000_000);
    const ended = await runCli(['ask', question, '--index', index], { env: { PULLQUOTE_MODELS: models } });
    expectError(ended, 5, 'MODEL_CORRUPT', /reader\.onnx has 1000000 bytes/);
  });

  it('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const ended = await runCli(['serve', '--port', String(port), '--index', index]);
    expectError(ended, 6, 'PORT_UNAVAILABLE', new RegExp(`Port ${port} .* taken`));
  });

  it('a full disk under stdout', async () => {
    const { stderr, code } = await runCli(['--help']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const { spawnSync } = await import('node:child_process');
    const full = spawnSync('sh', ['-c', 'exec "$@" > /dev/full', 'sh', process.execPath, main, '--help'], { cwd: root, encoding: 'utf8' }); // biome-ignore format: one command
    expectError({ code: full.status, stdout: full.stdout, stderr: full.stderr, ms: 0 }, 1, 'INTERNAL', /ENOSPC/);
  });
});

describe('a terminal and a pipe', () => {
  it('no colour when piped, even where it is asked for', async () => {
    const { stdout } = await runCli(['ask', question, '--index', index], { env: { FORCE_COLOR: '1' } });
    expect(stdout).toContain('75%');
    expect(stdout).not.toContain('\u001b');
  });

  it('ends in silence when nobody reads any more', async () => {
    const { child, ended } = startCli(['ask', question, '--json', '--index', index]);
    child.stdout.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('--help', () => {
  it('lists the commands, the exit codes and every setting', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of ['ingest', 'ask', 'chat', 'serve', 'doctor'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(stdout).toMatch(
      /Exit codes: 0 done .*, 1 unexpected, 2 wrong input or setting, 3 the documents, 4 the index,\n5 the models, 6 the server/,
    );
    expect(settings.length).toBeGreaterThan(10);
    for (const { variable, meaning } of settings) expect(stdout).toContain(`  ${variable.padEnd(28)} ${meaning}`);
  });

  it.each(['ingest', 'ask', 'chat', 'serve', 'doctor'])('of %s', async (command) => {
    const { code, stdout } = await runCli([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: pullquote ${command}`);
  });
});
