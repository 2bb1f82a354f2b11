import {
  appendFile,
  type FileHandle,
  mkdtemp,
  open as openFile,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { type LedgerOptions, openLedger } from '../../src/slack/ledger.ts';

let folder: string;
const warnings: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-ledger-'));
  warnings.length = 0;
  return () => rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<LedgerOptions> = {}) {
  const ledger = await openLedger({ folder, onWarning: (warning) => warnings.push(warning), ...options });
  onTestFinished(() => ledger.close());
  return ledger;
}
const file = () => join(folder, 'events.jsonl');
const body = { event: { text: 'q' } };

describe('the ledger', () => {
  it('takes each id once, also in the next process', async () => {
    const ledger = await open();
    expect(await ledger.begin('Ev1', body)).toBe(true);
    expect(await ledger.begin('Ev1', body)).toBe(false);
    await ledger.close();
    expect(await (await open()).begin('Ev1', body)).toBe(false);
  });

  it('takes one of many at the same moment', async () => {
    const ledger = await open();
    const taken = await Promise.all(Array.from({ length: 20 }, () => ledger.begin('Ev1', body)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('tells the next process what was begun and where its answer stands, until it is done', async () => {
    const ledger = await open();
    await ledger.begin('Ev1', body);
    await ledger.placed('Ev1', { channel: 'C1', ts: '1.1' });
    await ledger.begin('Ev2', body);
    await ledger.done('Ev2');
    await ledger.begin('Ev3', null);
    await ledger.close();
    const next = await open();
    expect(next.unfinished()).toEqual([{ id: 'Ev1', body }]);
    expect(next.replyOf('Ev1')).toEqual({ channel: 'C1', ts: '1.1' });
    await next.done('Ev1');
    await next.close();
    expect((await open()).unfinished()).toEqual([]);
  });

  it('forgets the words of what is done, and lets nobody else read the rest', async () => {
    const ledger = await open();
    await ledger.begin('Ev1', { event: { text: 'a private question' } });
    expect(await readFile(file(), 'utf8')).toContain('a private question');
    expect((await stat(file())).mode & 0o077).toBe(0);
    await ledger.done('Ev1');
    await ledger.close();
    expect(await readFile(file(), 'utf8')).not.toContain('private');
  });

  it('goes on after a line that a killed process left half written', async () => {
    const ledger = await open();
    await ledger.begin('Ev1', body);
    await ledger.close();
    const whole = await readFile(file(), 'utf8');
    for (let cut = 1; cut < whole.length; cut += 7) {
      await writeFile(file(), whole + whole.slice(0, cut).replace('Ev1', 'Ev2'));
      const next = await open();
      expect(await next.begin('Ev1', body)).toBe(false);
      expect(await next.begin('Ev9', body)).toBe(true);
      await next.close();
      expect(await (await open()).begin('Ev9', body)).toBe(false);
    }
  });

  it('passes over lines that are none of its own', async () => {
    await writeFile(file(), 'nonsense\n[]\n{"id":5}\n\0\0\n{"id":"Ev1","at":1}\n');
    const ledger = await open();
    expect(await ledger.begin('Ev1', body)).toBe(false);
    expect(ledger.unfinished()).toEqual([]);
  });

  it('forgets them while it goes on, too', async () => {
    const ledger = await open();
    await ledger.begin('Ev1', { event: { text: 'a private question' } });
    await ledger.done('Ev1');
    for (let n = 0; n < 201; n++) {
      await ledger.begin(`EvMore${n}`, null);
      await ledger.done(`EvMore${n}`);
    }
    expect(await readFile(file(), 'utf8')).not.toContain('private');
  });

  it('keeps as many as it may, the last ones, and its file small', async () => {
    const ledger = await open({ limit: 50 });
    for (let n = 0; n < 400; n++) {
      await ledger.begin(`Ev${n}`, body);
      await ledger.done(`Ev${n}`);
    }
    await ledger.close();
    expect((await readFile(file(), 'utf8')).split('\n').length).toBeLessThan(500);
    const next = await open({ limit: 50 });
    expect((await readFile(file(), 'utf8')).trim().split('\n')).toHaveLength(50);
    expect(await next.begin('Ev399', body)).toBe(false);
    expect(await next.begin('Ev0', body)).toBe(true);
  });

  it('gives up on what five processes took up again and did not end', async () => {
    await (await open()).begin('Ev1', body);
    for (let times = 0; times < 5; times++) {
      const ledger = await open(); // the one before was killed
      expect(ledger.unfinished()).toEqual([{ id: 'Ev1', body }]);
      await ledger.again('Ev1');
    }
    const last = await open();
    expect(last.unfinished()).toEqual([]);
    expect(await last.begin('Ev1', body)).toBe(false);
  });

  it('does not go on with what is older than an hour', async () => {
    let now = 1_760_000_000_000;
    const ledger = await open({ now: () => now });
    await ledger.begin('Ev1', body);
    now += 3_599_000;
    expect(ledger.unfinished()).toHaveLength(1);
    now += 2_000;
    expect(ledger.unfinished()).toEqual([]);
  });

  it('answers on when the disk refuses, and says so', async () => {
    const ledger = await open();
    await ledger.begin('Ev1', body);
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file where the folder was');
    // What is open stays open; a new file cannot be made.
    const next = await openLedger({ folder: join(folder, 'x'), onWarning: () => {} }).catch((error: unknown) => error);
    expect(next).toBeInstanceOf(Error);
    expect(await ledger.begin('Ev2', body)).toBe(true);
    expect(await ledger.begin('Ev2', body)).toBe(false);
    await rm(folder);
  });

  it('writes all anew after half a line', async () => {
    const ledger = await open();
    const handle = await openFile(file());
    vi.spyOn(Object.getPrototypeOf(handle), 'appendFile').mockImplementationOnce(async function (
      this: FileHandle,
      text,
    ) {
      await this.write(String(text).slice(0, 12));
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    await handle.close();
    expect(await ledger.begin('Ev1', body)).toBe(true);
    await ledger.begin('Ev2', body);
    // Killed here: nothing is closed.
    expect((await open()).unfinished()).toEqual([
      { id: 'Ev1', body },
      { id: 'Ev2', body },
    ]);
  });

  it('reads what another program appended while it was closed', async () => {
    await (await open()).close();
    await appendFile(file(), `${JSON.stringify({ id: 'Ev1', at: Date.now(), body })}\n`);
    expect((await open()).unfinished()).toEqual([{ id: 'Ev1', body }]);
  });
});
