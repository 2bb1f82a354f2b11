import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { respondAt } from '../../src/slack/command-reply.ts';
import { createPace } from '../../src/slack/reply.ts';

describe('the pace of updates', () => {
  /** A clock that moves only by sleeping. */
  function paced() {
    let time = 0;
    const done: [number, string][] = [];
    const pace = createPace(
      1_000,
      async (ms) => {
        await Promise.resolve();
        time += ms;
      },
      () => time,
    );
    return {
      pace,
      done,
      update: (name: string) => pace.soon(async () => void done.push([time, name])),
      pass: (ms: number): void => {
        time += ms;
      },
    };
  }

  it('is one an interval, and only the last of those that came meanwhile', async () => {
    const { pace, done, update } = paced();
    update('a');
    update('b');
    update('c');
    await new Promise((resolve) => setImmediate(resolve));
    update('d');
    update('e');
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual([
      [0, 'a'],
      [1_000, 'c'],
      [2_000, 'e'],
    ]);
    await pace.settled();
  });

  it('does not wait when long enough has passed', async () => {
    const { done, update, pass } = paced();
    update('a');
    await new Promise((resolve) => setImmediate(resolve));
    pass(5_000);
    update('b');
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toEqual([
      [0, 'a'],
      [5_000, 'b'],
    ]);
  });

  it('drops what is waiting once the answer is there, and lets none come after it', async () => {
    const { pace, done, update } = paced();
    update('a');
    await new Promise((resolve) => setImmediate(resolve));
    update('b');
    await pace.settled();
    const before = done.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toHaveLength(before);
    expect(done[0]).toEqual([0, 'a']);
  });
});

describe('a response to a command', () => {
  async function serverOf(...statuses: [number, Record<string, string>?][]) {
    const got: unknown[] = [];
    const server = createServer((req, res) => {
      req.resume();
      const [status, headers = {}] = statuses[Math.min(got.length, statuses.length - 1)] ?? [200];
      got.push(req.method);
      res.writeHead(status, headers).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const slept: number[] = [];
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      got,
      slept,
      sleep: async (ms: number) => void slept.push(ms),
    };
  }

  it('waits as long as it is told', async () => {
    const { url, got, slept, sleep } = await serverOf([429, { 'retry-after': '7' }], [200]);
    await respondAt(url, {}, sleep);
    expect([got.length, slept]).toEqual([2, [7_000]]);
  });

  it('is tried four times', async () => {
    const { url, got, slept, sleep } = await serverOf([500]);
    await expect(respondAt(url, {}, sleep)).rejects.toMatchObject({ code: 'SLACK_UNREACHABLE' });
    expect([got.length, slept]).toEqual([4, [1_000, 2_000, 3_000]]);
  });

  it('that is refused is not sent again', async () => {
    const { url, got, sleep } = await serverOf([400]);
    await expect(respondAt(url, {}, sleep)).rejects.toMatchObject({ code: 'SLACK_DENIED' });
    expect(got).toHaveLength(1);
  });

  it.each([404, 410])('that comes too late (%i) is dropped', async (status) => {
    const { url, got, sleep } = await serverOf([status]);
    await respondAt(url, {}, sleep);
    expect(got).toHaveLength(1);
  });
});
