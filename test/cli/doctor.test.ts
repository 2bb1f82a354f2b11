import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type DoctorOptions, examine, formatFinding } from '../../src/cli/doctor.ts';
import { PullquoteError } from '../../src/errors.ts';
import { copyOf, currentOf, damage, indexOf, root, runCli, seeds, temporaryFolder } from '../support/run-cli.ts';

const models = join(root, 'models');

let index: string;
/** Need not be there yet. */
const feedback = join(root, 'feedback');
beforeAll(async () => {
  index = await indexOf(seeds);
});

/** Code of what is wrong with each thing looked at, null where nothing is. */
async function codesOf(options: Partial<DoctorOptions>): Promise<Record<string, string | null>> {
  const findings = await examine({ models, seeds, index, feedback, node: '20.19.0', ...options });
  for (const { error, advice } of findings) expect(advice === null).toBe(error === null);
  return Object.fromEntries(findings.map(({ what, error }) => [what, error?.code ?? null]));
}

const well = { Node: null, models: null, documents: null, index: null, writing: null, feedback: null };

describe('the doctor', () => {
  it('finds nothing where all is well', async () => {
    expect(await codesOf({})).toEqual(well);
  });

  it.each([
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.0.0', true],
    ['24.14.0', true],
    ['100.0.0', true],
  ])('on Node %s: %s', async (node, isWell) => {
    const { Node } = await codesOf({ node, models: '/nonexistent' });
    expect(Node).toBe(isWell ? null : 'NODE_TOO_OLD');
  });

  it('tells what is wrong with the models, the documents and the index, each by itself', async () => {
    const empty = await temporaryFolder();
    expect(await codesOf({ seeds: '/nonexistent' })).toEqual({ ...well, documents: 'FOLDER_MISSING' });
    expect(await codesOf({ seeds: empty })).toEqual({ ...well, documents: 'FOLDER_EMPTY' });
    expect(await codesOf({ index: join(empty, 'none', 'yet') })).toEqual({ ...well, index: 'INDEX_MISSING' });

    const foreign = await temporaryFolder();
    await writeFile(join(foreign, 'novel.txt'), 'Chapter one.');
    expect(await codesOf({ index: foreign })).toEqual({ ...well, index: 'INDEX_FOREIGN' });

    expect(await codesOf({ feedback: join(foreign, 'novel.txt', 'feedback') })).toEqual({
      ...well,
      feedback: 'FEEDBACK_UNWRITABLE',
    });

    const damaged = await copyOf(index);
    await damage(join(await currentOf(damaged), 'chunks.jsonl'));
    expect(await codesOf({ index: damaged })).toEqual({ ...well, index: 'INDEX_CORRUPT' });
  });

  it('advises by what is wrong, not by where', async () => {
    const adviceOn = async (options: Partial<DoctorOptions>) => {
      const findings = await examine({ models, seeds, index, feedback, node: '20.19.0', ...options });
      return findings.flatMap(({ advice }) => advice ?? []);
    };
    const foreign = await temporaryFolder();
    await writeFile(join(foreign, 'novel.txt'), 'Chapter one.');
    expect(await adviceOn({ index: foreign })).toEqual([expect.stringContaining('name another folder')]);
    expect(await adviceOn({ index: join(foreign, 'none') })).toEqual(['run: npm run pullquote -- ingest']);
    expect(await adviceOn({ node: '18.20.4' })).toEqual(['install Node 20.19 or newer']);
  });

  it('tells which model file is damaged, and says nothing of an index that it could not question', async () => {
    const broken = await temporaryFolder();
    for (const name of await readdir(models)) {
      if (name !== 'tokenizer.json') await symlink(join(models, name), join(broken, name));
    }
    const { index: _unasked, ...rest } = well;
    expect(await codesOf({ models: broken })).toEqual({ ...rest, models: 'MODEL_MISSING' });
    await writeFile(join(broken, 'tokenizer.json'), '{}');
    expect(await codesOf({ models: broken })).toEqual({ ...rest, models: 'MODEL_CORRUPT' });
  });

  it('is well but warns where only the graph, which is made anew, is damaged', async () => {
    const own = await copyOf(index);
    await damage(join(await currentOf(own), 'graph.hnsw'));
    const found = await examine({ models, seeds, index: own, feedback, node: '24.0.0' });
    expect(found.find(({ what }) => what === 'index')).toMatchObject({ error: null });
    expect(found.find(({ what }) => what === 'index')?.found).toContain('graph.hnsw was changed');
  });
});

describe('a finding', () => {
  it('is a line, and one for what to do', () => {
    const error = new PullquoteError('INDEX_FOREIGN', 'x');
    expect(formatFinding({ what: 'index', found: 'well', error: null, advice: null })).toBe('✓ index: well\n');
    expect(formatFinding({ what: 'index', found: 'a\nb\u001b[2J', error, advice: 'run this' })).toBe(
      '✗ index: a b\\u001b[2J\n  → run this\n',
    );
  });
});

describe('pullquote doctor', () => {
  it('ends with 0 where all is well', async () => {
    const { code, stdout, stderr } = await runCli(['doctor', '--index', index]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/^✓ /gm)).toHaveLength(6);
    expect(stdout).toContain(`✓ Node: version ${process.versions.node}\n`);
    expect(stdout).toContain('✓ documents: 5 files in seeds, 0 skipped\n');
  });

  it('ends with the code of what is wrong first, and still looks at the rest', async () => {
    const own = join(await temporaryFolder(), 'index');
    await mkdir(own);
    const { code, stdout, stderr } = await runCli(['doctor', '--index', own], {
      env: { PULLQUOTE_SEEDS: '/nonexistent' },
    });
    expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
    expect(stdout).toMatch(/\n✗ documents: FOLDER_MISSING: .*\n {2}→ put text/);
    expect(stdout).toMatch(/\n✗ index: INDEX_MISSING: .*\n {2}→ run: npm run pullquote -- ingest\n✓ writing/);
  });
});
