import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentGeneration } from '../../src/retrieval/index-folder.ts';
import { lockIndex } from '../../src/retrieval/index-lock.ts';
import { sequenceOf } from '../../src/retrieval/manifest.ts';
import { type OpenGeneration, openGeneration } from '../../src/retrieval/open-generation.ts';
import { publishGeneration } from '../../src/retrieval/publish-generation.ts';
import { contentOf, fakeEmbedder, fakePublication, seededRandom } from '../support/fake-generation.ts';
import { publisher } from '../support/publisher.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-kill-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the publisher until it ends; told of each line that it prints. Returns the lines. */
async function publishUntil(args: string[], onLine: (child: ChildProcess, count: number) => void): Promise<string[]> {
  const child = spawn(process.execPath, [publisher, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let printed = '';
  const lines = () => printed.split('\n').slice(0, -1); // a line that was cut off is not acknowledged
  for await (const text of child.stdout.setEncoding('utf8')) {
    const before = lines().length;
    printed += text;
    if (lines().length > before) onLine(child, lines().length);
  }
  await closed;
  return lines();
}

/**
 * Kills the publisher at a moment counted in publications: 0 is when it holds the lock, 1.5 the middle of the second publication. How long
 * one takes is seen from those before, so that the moments are spread alike on a fast machine and on a slow one.
 */
function killingAt(moment: number, pace: { ms: number }): (child: ChildProcess, count: number) => void {
  const whole = Math.floor(moment);
  let last = performance.now();
  let isAimed = false;
  return (child, count) => {
    const now = performance.now();
    if (count > 1) pace.ms = now - last;
    last = now;
    if (count <= whole || isAimed) return;
    isAimed = true;
    setTimeout(() => child.kill('SIGKILL'), (moment - whole) * pace.ms);
  };
}

async function expectOwnRows(opened: OpenGeneration): Promise<void> {
  for (let row = 0; row < opened.chunks.length; row++) {
    const vector = opened.vectors.subarray(row * 16, (row + 1) * 16);
    expect((await opened.vectorIndex.search(vector, 1))[0]?.row).toBe(row);
  }
}

async function expectTidy(index: string): Promise<void> {
  const names = await readdir(index);
  expect(names.filter((name) => name.startsWith('.') || name.startsWith('LOCK'))).toEqual([]);
  expect(names.filter((name) => sequenceOf(name) !== null).length).toBeLessThanOrEqual(2);
}

describe('a publisher that is killed', () => {
  it.concurrent.each([1, 2, 3, 4])(
    'at 25 random moments leaves a whole generation, and loses none that was acknowledged (lane %i)',
    async (lane) => {
      const index = join(folder, `lane-${lane}`);
      const random = seededRandom(lane);
      const good = [1, 2].map((seed) => contentOf(fakePublication(seed, 40)));
      const pace = { ms: 100 };
      let acknowledged = 0;
      for (let trial = 0; trial < 25; trial++) {
        const [locked, ...ids] = await publishUntil([index], killingAt(random() * 4, pace));
        expect(locked).toBe('locked');
        for (const id of ids) acknowledged = Math.max(acknowledged, sequenceOf(id) ?? Number.NaN);
        if ((await currentGeneration(index)) === null && acknowledged === 0) continue; // killed before its very first publication
        const opened = await openGeneration(index, fakeEmbedder());
        expect(opened.warnings).toEqual([]);
        expect(opened.manifest.sequence).toBeGreaterThanOrEqual(acknowledged);
        expect(good).toContainEqual(contentOf(opened));
        await expectOwnRows(opened);
        expect((await readdir(index)).filter((name) => name.startsWith('.tmp-')).length).toBeLessThanOrEqual(3);
      }
      expect(acknowledged).toBeGreaterThan(0);
      const release = await lockIndex(index);
      await publishGeneration(index, fakePublication(3));
      await release();
      await expectTidy(index);
    },
  );

  it('between any two operations on the disk leaves the old generation or the new', async () => {
    const [old, next] = [1, 2].map((seed) => contentOf(fakePublication(seed)));
    const seen = new Set<string>();
    let ended = false;
    const lane = async (first: number) => {
      for (let step = first; !ended; step += 2) {
        const index = join(folder, `step-${step}`);
        // Three generations' worth of work, so that deleting is among the operations.
        await publishGeneration(index, fakePublication(3));
        await publishGeneration(index, fakePublication(1));
        if ((await publishUntil([index, String(step)], () => {})).includes('done')) ended = true;
        const opened = await openGeneration(index, fakeEmbedder());
        expect(opened.warnings).toEqual([]);
        expect([old, next]).toContainEqual(contentOf(opened));
        seen.add(opened.documents[0]?.id ?? '');
        const release = await lockIndex(index);
        await publishGeneration(index, fakePublication(4));
        await release();
        await expectTidy(index);
      }
    };
    await Promise.all([lane(1), lane(2)]);
    expect([...seen].sort()).toEqual([old?.documents[0]?.id, next?.documents[0]?.id]);
  });
});
