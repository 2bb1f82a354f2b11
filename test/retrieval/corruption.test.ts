import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import { openGeneration } from '../../src/retrieval/open-generation.ts';
import { publishGeneration } from '../../src/retrieval/publish-generation.ts';
import { contentOf, fakeEmbedder, fakePublication, seededRandom } from '../support/fake-generation.ts';

const TRIALS = 200;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-corruption-'));
  await publishGeneration(join(folder, 'one'), fakePublication(1, 20));
  await publishGeneration(join(folder, 'two'), fakePublication(2, 20));
  await publishGeneration(join(folder, 'two'), fakePublication(1, 20));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const damages: Record<string, (bytes: Buffer, random: () => number) => Buffer | 'folder' | 'missing'> = {
  'bit flip': (bytes, random) => {
    const at = Math.floor(random() * bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
    return bytes;
  },
  'header flip': (bytes, random) => {
    const at = Math.floor(random() * Math.min(96, bytes.length));
    bytes[at] = (bytes[at] as number) ^ 0xff;
    return bytes;
  },
  truncation: (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length)),
  'zeroed page': (bytes, random) => {
    const at = Math.floor(random() * Math.ceil(bytes.length / 4096)) * 4096;
    return bytes.fill(0, at, Math.min(at + 4096, bytes.length));
  },
  'random bytes': (bytes, random) => {
    const at = Math.floor(random() * bytes.length);
    for (let i = at; i < Math.min(at + 64, bytes.length); i++) bytes[i] = Math.floor(random() * 256);
    return bytes;
  },
  'bytes appended': (bytes, random) => Buffer.concat([bytes, Buffer.alloc(1 + Math.floor(random() * 4096), 10)]),
  emptied: () => Buffer.alloc(0),
  'all random': (bytes, random) => Buffer.from(bytes.map(() => Math.floor(random() * 256))),
  folder: () => 'folder',
  missing: () => 'missing',
};

/** All files below a folder. */
async function filesOf(index: string): Promise<string[]> {
  const entries = await readdir(index, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** Damages a random file of a copy in a random way; returns what was done. */
async function damageOne(index: string, random: () => number): Promise<string> {
  const pick = <T>(choices: T[]) => choices[Math.floor(random() * choices.length)] as T;
  const file = pick((await filesOf(index)).sort());
  const [name, damage] = pick(Object.entries(damages));
  const damaged = damage(await readFile(file), random);
  await rm(file);
  if (damaged === 'folder') await mkdir(file);
  else if (damaged !== 'missing') await writeFile(file, damaged);
  return `${name} in ${file}`;
}

describe.each([
  { generations: 'two' as const, damagedFiles: 1 },
  { generations: 'two' as const, damagedFiles: 3 },
  { generations: 'one' as const, damagedFiles: 1 },
])('an index of $generations generation(s), damaged in $damagedFiles file(s)', ({ generations, damagedFiles }) => {
  it(`is opened as it was, or refused with a code, ${TRIALS} times`, async () => {
    const good = [1, 2].map((seed) => contentOf(fakePublication(seed, 20)));
    const seed = damagedFiles * 1000 + generations.length;
    const counts = { whole: 0, refused: 0 };
    for (let trial = 0; trial < TRIALS; trial++) {
      const index = join(folder, `trial-${generations}-${damagedFiles}-${trial}`);
      await cp(join(folder, generations), index, { recursive: true });
      const random = seededRandom(seed + trial * 7919);
      const done: string[] = [];
      for (let i = 0; i < damagedFiles; i++) done.push(await damageOne(index, random));
      const opened = await openGeneration(index, fakeEmbedder()).catch((error: unknown) => error);
      if (opened instanceof Error) {
        expect(opened, done.join()).toBeInstanceOf(PullquoteError);
        expect(opened, done.join()).toMatchObject({ code: 'INDEX_CORRUPT' });
        // With one file damaged, the other generation is whole.
        expect(generations === 'two' && damagedFiles === 1, done.join()).toBe(false);
        counts.refused++;
      } else {
        const generation = opened as Awaited<ReturnType<typeof openGeneration>>;
        expect(good, done.join()).toContainEqual(contentOf(generation));
        for (let row = 0; row < generation.chunks.length; row += 7) {
          const vector = generation.vectors.subarray(row * 16, (row + 1) * 16);
          expect((await generation.vectorIndex.search(vector, 1))[0]?.row, done.join()).toBe(row);
        }
        counts.whole++;
      }
      // And ingesting again mends it, whatever it was.
      if (trial % 10 === 0) {
        await publishGeneration(index, fakePublication(3));
        expect((await openGeneration(index, fakeEmbedder())).warnings, done.join()).toEqual([]);
      }
      await rm(index, { recursive: true });
    }
    expect(counts.whole).toBeGreaterThan(0);
    if (generations === 'one') expect(counts.refused).toBeGreaterThan(0);
  });
});
