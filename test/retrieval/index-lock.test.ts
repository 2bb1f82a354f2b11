import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockIndex } from '../../src/retrieval/index-lock.ts';
import { publishGeneration } from '../../src/retrieval/publish-generation.ts';
import { fakePublication } from '../support/fake-generation.ts';
import { publisher } from '../support/publisher.ts';

let folder: string;
let index: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-lock-'));
  index = join(folder, 'index');
  lock = join(index, 'LOCK');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What a lock of this process says, changed. */
async function leaveLock(change: Record<string, unknown>): Promise<void> {
  const release = await lockIndex(index);
  const held = JSON.parse(await readFile(lock, 'utf8'));
  await release();
  await writeFile(lock, JSON.stringify({ ...held, ...change }));
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid as number;
}

function publishForever(): ChildProcess {
  return spawn(process.execPath, [publisher, index], { stdio: ['ignore', 'pipe', 'inherit'] });
}

describe('the lock of an index', () => {
  it('makes the folder, is held by one, and released', async () => {
    const release = await lockIndex(index);
    await expect(lockIndex(index)).rejects.toMatchObject({
      code: 'INDEX_LOCKED',
      facts: { pid: process.pid },
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await release();
    expect(await readdir(index)).toEqual([]);
    await (await lockIndex(index))();
  });

  it('does not stand in the way of publishing', async () => {
    const release = await lockIndex(index);
    const { id } = await publishGeneration(index, fakePublication(1));
    await release();
    expect((await readdir(index)).sort()).toEqual([id, 'CURRENT']);
  });

  it('is not released by one who has lost it', async () => {
    const release = await lockIndex(index);
    await writeFile(lock, 'another');
    await release();
    expect(await readFile(lock, 'utf8')).toBe('another');
  });

  it('is taken over from a dead process, and from a dead one whose pid was given out anew', async () => {
    await leaveLock({ pid: await deadPid() });
    await (await lockIndex(index))();
    await leaveLock({ started: '1' });
    await (await lockIndex(index))();
    expect(await readdir(index)).toEqual([]);
  });

  it('of another place, or that cannot be read, holds while it shows signs of life', async () => {
    for (const leave of [() => leaveLock({ place: 'another machine' }), () => writeFile(lock, '')]) {
      await leave();
      await expect(lockIndex(index)).rejects.toMatchObject({ code: 'INDEX_LOCKED' });
      const long = new Date(Date.now() - 120_000);
      await utimes(lock, long, long);
      await (await lockIndex(index))();
      expect(await readdir(index)).toEqual([]);
    }
  });

  it('lets its holder delete what takers left who died, but not what is young nor what is no lock', async () => {
    await mkdir(index);
    const left = [`LOCK-new-${randomUUID()}`, 'LOCK-0123456789abcdef'];
    const young = [`LOCK-new-${randomUUID()}`, 'LOCK-fedcba9876543210'];
    const foreign = ['LOCK-smith.txt'];
    for (const name of [...left, ...young, ...foreign]) await writeFile(join(index, name), '');
    const long = new Date(Date.now() - 120_000);
    for (const name of [...left, ...foreign]) await utimes(join(index, name), long, long);
    const release = await lockIndex(index);
    await expect(lockIndex(index)).rejects.toMatchObject({ code: 'INDEX_LOCKED' });
    await release();
    expect((await readdir(index)).sort()).toEqual([...young, ...foreign].sort());
  });

  it('is not made in a folder of something else, nor in place of a folder', async () => {
    await mkdir(index);
    await writeFile(join(index, 'thesis.docx'), '');
    await expect(lockIndex(index)).rejects.toMatchObject({ code: 'INDEX_FOREIGN' });
    expect(await readdir(index)).toEqual(['thesis.docx']);
    await rm(join(index, 'thesis.docx'));
    await mkdir(lock);
    await expect(lockIndex(index)).rejects.toMatchObject({ code: 'INDEX_UNWRITABLE' });
  });

  it('is taken over by one of many who try at once, also from one who died taking over', async () => {
    const pid = await deadPid();
    for (let round = 0; round < 30; round++) {
      await leaveLock({ pid, token: `a${round}` });
      if (round % 2) {
        // The lock was taken over once, and the taker died before renaming: the chain goes one further.
        const content = await readFile(lock, 'utf8');
        const claim = `LOCK-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
        await writeFile(join(index, claim), content.replace(`"a${round}"`, `"b${round}"`));
      }
      const results = await Promise.allSettled(Array.from({ length: 12 }, () => lockIndex(index)));
      const releases = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      for (const result of results)
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'INDEX_LOCKED' });
      expect(releases).toHaveLength(1);
      await releases[0]?.();
      expect(await readdir(index)).toEqual([]);
    }
  });

  it('never has two holders while it is taken, released and left behind', async () => {
    const pid = await deadPid();
    let [holders, most, taken] = [0, 0, 0];
    const taker = async () => {
      while (taken < 200) {
        const release = await lockIndex(index).catch((error) => {
          if (error.code !== 'INDEX_LOCKED') throw error;
          return null;
        });
        if (!release) {
          await sleep(1);
          continue;
        }
        most = Math.max(most, ++holders);
        taken++;
        await sleep(Math.random() * 2);
        const held = JSON.parse(await readFile(lock, 'utf8'));
        holders--;
        if (taken % 3) await release();
        else await writeFile(lock, JSON.stringify({ ...held, pid })); // "died"
      }
    };
    await Promise.all(Array.from({ length: 8 }, taker));
    expect(most).toBe(1);
  });

  it('keeps a second process out at once, and is taken over when the first is killed', async () => {
    const first = publishForever();
    await once(first.stdout as NodeJS.ReadableStream, 'data');
    // The first never lets go: whoever waited for it would wait for ever.
    await expect(lockIndex(index)).rejects.toMatchObject({ code: 'INDEX_LOCKED', facts: { pid: first.pid } });
    first.kill('SIGKILL');
    await once(first, 'exit');
    await (await lockIndex(index))();
  });
});
