import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followGenerations } from '../../src/retrieval/follow-generations.ts';

const [a, b] = ['1-aaaaaaaaaaaaaaaa', '2-bbbbbbbbbbbbbbbb'];
let folder: string;
let stop = async () => {};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-follow-'));
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true, force: true });
});
const name = (id: string) => writeFile(join(folder, 'CURRENT'), `${id}\n`);

function follow(opened: string | null, onChange: (id: string) => Promise<void>) {
  const onError = vi.fn<(error: unknown, id: string | null) => void>();
  stop = followGenerations(folder, { everyMs: 2, opened, onChange, onError });
  return onError;
}

describe('following', () => {
  it('tells of each change once, and not of what is open already', async () => {
    const seen: string[] = [];
    await name(a);
    follow(a, async (id) => void seen.push(id));
    await sleep(30);
    expect(seen).toEqual([]);
    await name(b);
    await expect.poll(() => seen).toEqual([b]);
    await sleep(30);
    await name(a);
    await expect.poll(() => seen).toEqual([b, a]);
  });

  it('does not overlap', async () => {
    let [running, most, changes] = [0, 0, 0];
    follow(null, async () => {
      most = Math.max(most, ++running);
      await sleep(20);
      running--;
      changes++;
    });
    for (let turn = 0; changes < 3; turn++) {
      await name(turn % 2 ? a : b);
      await sleep(5);
    }
    expect(most).toBe(1);
  });

  it('tries what failed again, after pauses that double, until it succeeds', async () => {
    const times: number[] = [];
    const onError = follow(null, async () => {
      times.push(performance.now());
      if (times.length < 6) throw new Error('not whole yet');
    });
    await name(b);
    await expect.poll(() => times).toHaveLength(6);
    const pauses = times.slice(1).map((time, at) => time - (times[at] as number));
    for (const [at, pause] of pauses.entries()) expect(pause).toBeGreaterThanOrEqual(2 * 2 ** at);
    await sleep(150);
    expect(times).toHaveLength(6);
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('tells of each message once, and anew when another generation was named between', async () => {
    const messages = ['no', 'no', 'never', 'no'];
    let tries = 0;
    let opened = '';
    const onError = follow(null, async (id) => {
      opened = id;
      if (id === b && tries < messages.length) throw new Error(messages[tries++]);
    });
    const told = () => onError.mock.calls.map(([error, id]) => [(error as Error).message, id]);
    await name(b);
    await expect.poll(() => tries).toBe(4);
    const once = [
      ['no', b],
      ['never', b],
    ];
    expect(told()).toEqual(once);
    await name(a);
    await expect.poll(() => opened).toBe(a);
    tries = 3;
    await name(b);
    await expect.poll(told).toEqual([...once, ['no', b]]);
  });

  it('stops, waiting for the change under way', async () => {
    const seen: string[] = [];
    let started = false;
    follow(null, async (id) => {
      started = true;
      await sleep(20);
      seen.push(id);
    });
    await name(a);
    await expect.poll(() => started).toBe(true);
    await stop();
    expect(seen).toEqual([a]);
    await name(b);
    await sleep(20);
    expect(seen).toEqual([a]);
  });

  it('overlooks a CURRENT that is missing or damaged', async () => {
    const seen: string[] = [];
    const onError = follow(a, async (id) => void seen.push(id));
    await sleep(10);
    await writeFile(join(folder, 'CURRENT'), 'damaged');
    await sleep(10);
    expect(seen).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
  });
});
