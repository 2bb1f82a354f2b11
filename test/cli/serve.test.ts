import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  askServer,
  copyOf,
  indexOf,
  runCli,
  seeds,
  startCli,
  startServer,
  temporaryFolder,
} from '../support/run-cli.ts';

const question = 'How much of the Donetsk region is under Russian control?';

let index: string;
beforeAll(async () => {
  index = await indexOf(seeds);
});

async function expectRight(url: string): Promise<void> {
  const { status, body } = await askServer(url, question);
  expect(status).toBe(200);
  expect(body).toMatchObject({ kind: 'answered', shortAnswer: { text: '75%' } });
}

describe('pullquote serve', () => {
  it('says where it answers, from how many documents, of which generation', async () => {
    const { url, until, child, ended } = await startServer(index);
    const [, documents, generation] = await until(
      /^Pullquote answers from (\d+) documents at \S+ \(generation (\S+)\)\n$/,
    );
    expect(documents).toBe('5');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const ready = await (await fetch(`${url}/readyz`)).json();
    expect(ready).toEqual({ status: 'ready', generation, warnings: [] });
    await expectRight(url);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('at %s finishes the answers under way, and ends with 0', async (signal) => {
    const { url, child, ended } = await startServer(index);
    const asked = Array.from({ length: 12 }, (_, i) => askServer(url, `${question} (${i})`));
    await Promise.race(asked);
    const began = performance.now();
    child.kill(signal);
    for (const { status, body } of await Promise.all(asked)) {
      expect(status).toBe(200);
      expect(body).toMatchObject({ version: 1, conversationId: expect.any(String) });
    }
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    expect(performance.now() - began).toBeLessThan(15_000);
    await expect(askServer(url, question)).rejects.toThrow();
  });

  it('takes up a generation that is published meanwhile', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    const { url, child, ended } = await startServer(own);
    await writeFile(join(folder, 'bell.txt'), 'The bell\n\nThe bell of Orsk weighs nine tonnes.\n');
    expect((await runCli(['ingest', folder, '--index', own])).code).toBe(0);
    const generation = async () => ((await (await fetch(`${url}/readyz`)).json()) as { generation: string }).generation;
    await expect.poll(generation, { timeout: 20_000 }).toMatch(/^2-/);
    const { body } = await askServer(url, 'How much does the bell of Orsk weigh?');
    expect(body.citations[0]?.document.id).toBe('bell');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('serves right after having been killed while it answered and another ingested', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    await writeFile(join(folder, 'bell.txt'), 'The bell\n\nThe bell of Orsk weighs nine tonnes.\n');
    const first = await startServer(own);
    const asked = Array.from({ length: 4 }, (_, i) => askServer(first.url, `${question} (${i})`).catch(() => null));
    const ingesting = startCli(['ingest', folder, '--index', own]);
    await expect.poll(() => readdir(own), { timeout: 20_000, interval: 5 }).toContain('LOCK');
    ingesting.child.kill('SIGKILL');
    first.child.kill('SIGKILL');
    expect((await first.ended).code).toBeNull();
    await Promise.all([...asked, ingesting.ended]);

    const second = await startServer(own);
    await expectRight(second.url);
    expect(await runCli(['ingest', folder, '--index', own])).toMatchObject({ code: 0, stderr: '' });
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
    const left = (await readdir(own)).filter((name) => /^LOCK|^\.tmp-/.test(name));
    expect(left).toEqual([]);
  });

  it('serves right after having been killed while it built its first index', async () => {
    const own = join(await temporaryFolder(), 'index');
    const first = startCli(['serve', '--port', '0', '--index', own]);
    await expect.poll(() => readdir(own).catch(() => []), { timeout: 20_000, interval: 5 }).toContain('LOCK');
    first.child.kill('SIGKILL');
    await first.ended;
    const second = await startServer(own);
    await expectRight(second.url);
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });
});
