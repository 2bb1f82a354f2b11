import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
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

/** Adds documents that take long enough to ingest that the lock is seen meanwhile, however busy this machine is. */
async function addMany(folder: string): Promise<void> {
  for (let number = 0; number < 400; number++) {
    await writeFile(join(folder, `many-${number}.txt`), `Number ${number}\n\nThe mill of Orsk has ${number} sacks.\n`);
  }
}

interface Finished {
  status: number | undefined;
  /** Whether the connection is kept. */
  connection: string | undefined;
  body: unknown;
}

/** Begins to ask; resolves, once the server has taken the request up, with what ends it. */
function begin(url: string): Promise<(question: string) => Promise<Finished>> {
  const headers = { 'content-type': 'application/json', expect: '100-continue', 'transfer-encoding': 'chunked' };
  const asking = request(`${url}/api/chat`, { method: 'POST', headers, agent: new Agent({ keepAlive: true }) });
  const responding = once(asking, 'response') as Promise<[IncomingMessage]>;
  asking.flushHeaders();
  return new Promise((resolve, reject) => {
    asking.once('error', reject);
    asking.once('continue', () =>
      resolve(async (question) => {
        asking.end(JSON.stringify({ question }));
        const [response] = await responding;
        return { status: response.statusCode, connection: response.headers.connection, body: await json(response) };
      }),
    );
  });
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
    expect(ready).toEqual({ status: 'ready', generation });
    await expectRight(url);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('at %s finishes the answers under way, and ends with 0', async (signal) => {
    const { url, child, ended } = await startServer(index);
    await expectRight(url); // what is only loaded at the first question has no grace to wait for
    const asked = await Promise.all(Array.from({ length: 3 }, () => begin(url)));
    child.kill(signal);
    // Once nobody new is let in, those who are in say what they want to know.
    await expect.poll(() => fetch(url).then(Boolean, () => false)).toBe(false);
    const finished = await Promise.all(asked.map((finish, i) => finish(`${question} (${i})`)));
    for (const { status, connection, body } of finished) {
      expect({ status, connection }).toEqual({ status: 200, connection: 'close' });
      expect(body).toMatchObject({ kind: 'answered', conversationId: expect.any(String) });
    }
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('takes up a generation that is published meanwhile', async () => {
    const own = await copyOf(index);
    const folder = await copyOf(seeds);
    const { url, child, ended } = await startServer(own);
    await writeFile(join(folder, 'bell.txt'), 'The bell\n\nThe bell of Orsk weighs nine tonnes.\n');
    expect((await runCli(['ingest', folder, '--index', own])).code).toBe(0);
    const generation = async () => ((await (await fetch(`${url}/readyz`)).json()) as { generation: string }).generation;
    await expect.poll(generation).toMatch(/^2-/);
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
    const large = await copyOf(folder);
    await addMany(large);
    const ingesting = startCli(['ingest', large, '--index', own]);
    await expect.poll(() => readdir(own), { interval: 5 }).toContain('LOCK');
    ingesting.child.kill('SIGKILL');
    first.child.kill('SIGKILL');
    expect((await first.ended).code).toBeNull();
    await Promise.all([...asked, ingesting.ended]);

    const second = await startServer(own);
    await expectRight(second.url);
    expect(await runCli(['ingest', folder, '--index', own])).toMatchObject({ code: 0, stderr: '' });
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
    // The killed ingester's own name for its lock may be there still: it is deleted once it is old.
    const left = (await readdir(own)).filter((name) => /^LOCK(?!-new-)|^\.tmp-/.test(name));
    expect(left).toEqual([]);
  });

  it('serves right after having been killed while it built its first index', async () => {
    const own = join(await temporaryFolder(), 'index');
    const large = await copyOf(seeds);
    await addMany(large);
    const first = startCli(['serve', '--port', '0', '--index', own], { env: { PULLQUOTE_SEEDS: large } });
    await expect.poll(() => readdir(own).catch(() => []), { interval: 5 }).toContain('LOCK');
    first.child.kill('SIGKILL');
    expect((await first.ended).stdout).toBe('');
    const second = await startServer(own);
    await expectRight(second.url);
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
  });
});
