import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentGeneration } from '../../src/retrieval/index-folder.ts';
import { lockIndex } from '../../src/retrieval/index-lock.ts';
import { sequenceOf } from '../../src/retrieval/manifest.ts';
import { type OpenGeneration, openGeneration } from '../../src/retrieval/open-generation.ts';
import { publishGeneration } from '../../src/retrieval/publish-generation.ts';
import { contentOf, fakeEmbedder, fakePublication, seededRandom } from '../support/fake-generation.ts';

const program = join(import.meta.dirname, '../support/publish-forever.ts');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-kill-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs the publisher until it ends, killing it some milliseconds after it began to publish. Returns the lines it printed. */
async function publishUntil(index: string, ms: number | null, ...args: string[]): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', program, index, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const closed = once(child, 'close');
  if (ms !== null) {
    await Promise.race([once(child.stdout, 'data'), closed]);
    await sleep(ms);
    child.kill('SIGKILL');
  }
  await closed;
  return printed.split('\n').slice(0, -1); // a line that was cut off is not acknowledged
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
    { timeout: 300_000 },
    async (lane) => {
      const index = join(folder, `lane-${lane}`);
      const random = seededRandom(lane);
      const good = [1, 2].map((seed) => contentOf(fakePublication(seed, 40)));
      let acknowledged = 0;
      for (let trial = 0; trial < 25; trial++) {
        const [locked, ...ids] = await publishUntil(index, random() * 400);
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

  it('between any two operations on the disk leaves the old generation or the new', { timeout: 300_000 }, async () => {
    const [old, next] = [1, 2].map((seed) => contentOf(fakePublication(seed)));
    const seen = new Set<string>();
    let ended = false;
    const lane = async (first: number) => {
      for (let step = first; !ended; step += 2) {
        const index = join(folder, `step-${step}`);
        // Three generations' worth of work, so that deleting is among the operations.
        await publishGeneration(index, fakePublication(3));
        await publishGeneration(index, fakePublication(1));
        if ((await publishUntil(index, null, String(step))).includes('done')) ended = true;
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
