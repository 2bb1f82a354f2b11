import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openThreads, type SlackTurn, threadId } from '../../src/slack/threads.ts';
import { kinds } from '../support/answers.ts';

let folder: string;
const warnings: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-threads-'));
  warnings.length = 0;
  return () => rm(folder, { recursive: true, force: true });
});

const open = (limit = 100) => openThreads({ folder, limit, onWarning: (warning) => warnings.push(warning) });
const turn = (asked: string): SlackTurn => ({
  question: 'q',
  answer: kinds.answered as never,
  asked,
  user: 'U1',
  reply: '2.2',
  feedbackKey: 'k',
});
const id = threadId({ team: 'T1', channel: 'C1', thread: '1.1' });

describe('threads', () => {
  it('are the same in the next process', async () => {
    const thread = { turns: [turn('1.1'), { ...turn('1.2'), documents: ['a'] }], speaker: 'U2' };
    await (await open()).write(id, thread);
    expect(await (await open()).read(id)).toEqual(JSON.parse(JSON.stringify(thread)));
    const [name = ''] = await readdir(join(folder, 'threads'));
    expect((await stat(join(folder, 'threads', name))).mode & 0o077).toBe(0);
  });

  it('of different workspaces, channels and messages are apart', () => {
    const ids = ['T1', 'T2'].flatMap((team) =>
      ['C1', 'C2'].flatMap((channel) => ['1.1', '1.2'].map((thread) => threadId({ team, channel, thread }))),
    );
    expect(new Set(ids).size).toBe(8);
    expect(threadId({ team: 'T1', channel: 'C', thread: '11.1' })).not.toBe(
      threadId({ team: 'T1', channel: 'C1', thread: '1.1' }),
    );
    for (const it of ids) expect(it).toMatch(/^[0-9a-f]{32}$/);
  });

  it('that nobody knows are null', async () => {
    expect(await (await open()).read(id)).toBeNull();
  });

  it('are copies: what is done to one is not done to the other', async () => {
    const threads = await open();
    await threads.write(id, { turns: [turn('1.1')], speaker: null });
    (await threads.read(id))?.turns.pop();
    expect((await threads.read(id))?.turns).toHaveLength(1);
  });

  it('keep their last thirty turns', async () => {
    const threads = await open();
    await threads.write(id, { turns: Array.from({ length: 40 }, (_, n) => turn(`1.${n}`)), speaker: null });
    expect((await threads.read(id))?.turns.map(({ asked }) => asked)).toEqual(
      Array.from({ length: 30 }, (_, n) => `1.${n + 10}`),
    );
  });

  it.each(['', '{', '{"version":2,"turns":[],"speaker":null}', '{"version":1,"turns":[{}],"speaker":null}', 'null'])(
    'whose file holds %j begin anew, with a warning',
    async (content) => {
      const threads = await open();
      await writeFile(join(folder, 'threads', `${id}.json`), content);
      expect(await threads.read(id)).toBeNull();
      expect(warnings).toEqual([expect.stringContaining('is damaged and left aside')]);
    },
  );

  it('unchanged for longest make room', async () => {
    const threads = await open(3);
    const ids = ['1', '2', '3', '4', '5'].map((thread) => threadId({ team: 'T', channel: 'C', thread }));
    for (const [age, it] of ids.entries()) {
      await threads.write(it, { turns: [], speaker: null });
      await utimes(join(folder, 'threads', `${it}.json`), 1_000 + age, 1_000 + age);
    }
    await open(3);
    expect((await readdir(join(folder, 'threads'))).sort()).toEqual(
      ids
        .slice(2)
        .map((it) => `${it}.json`)
        .sort(),
    );
  });

  it('go on in memory when the disk refuses, and say so', async () => {
    const threads = await open();
    await rm(join(folder, 'threads'), { recursive: true });
    await threads.write(id, { turns: [turn('1.1')], speaker: null });
    expect(warnings).toEqual([expect.stringContaining('cannot be written')]);
    expect((await threads.read(id))?.turns).toHaveLength(1);
  });

  it('are whole or not there while they are written', async () => {
    const threads = await open();
    const long = { turns: Array.from({ length: 30 }, (_, n) => turn(`1.${n}`)), speaker: null };
    await threads.write(id, long);
    const writing = threads.write(id, { ...long, speaker: 'U9' });
    const file = join(folder, 'threads', `${id}.json`);
    for (let n = 0; n < 20; n++) JSON.parse(await readFile(file, 'utf8'));
    await writing;
    expect(JSON.parse(await readFile(file, 'utf8')).speaker).toBe('U9');
  });
});
