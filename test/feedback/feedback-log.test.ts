import { spawn } from 'node:child_process';
import { appendFile, chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createFeedbackLog, type Feedback, readFeedback } from '../../src/feedback/feedback-log.ts';
import { fc, property } from '../support/property.ts';
import { root, temporaryFolder } from '../support/run-cli.ts';

const answer: Feedback['answer'] = {
  kind: 'answered',
  question: 'When did the harbour open?',
  standaloneQuestion: 'When did the harbour open?',
  text: 'It opened on 3 May. [1]',
  shortAnswer: { text: '3 May', citation: 1 },
  statements: [{ text: 'It opened on 3 May.', citations: [1] }],
  citations: [
    {
      number: 1,
      document: { id: 'harbour', revision: 'a'.repeat(64) },
      start: 0,
      end: 19,
      quote: 'It opened on 3 May.',
    },
  ],
  disagreements: [],
  nearest: [],
  confidence: 0.9,
  answerer: 'extractive',
  generation: '1-0123456789abcdef',
};

const thumb = (id: string, more: Partial<Feedback> = {}): Feedback => ({
  version: 1,
  id,
  at: '2026-05-04T10:00:00.000Z',
  rating: 'up',
  trust: 'given',
  history: [],
  answer,
  ...more,
});

async function read(folder: string): Promise<{ kept: Feedback[]; damaged: number[] }> {
  const kept: Feedback[] = [];
  const damaged: number[] = [];
  for await (const given of readFeedback(folder, (line) => damaged.push(line))) kept.push(given);
  return { kept, damaged };
}

async function emptyLog(limit = 1_000_000) {
  const folder = join(await temporaryFolder(), 'new', 'feedback');
  return { folder, file: join(folder, 'feedback.jsonl'), log: createFeedbackLog({ folder, limit }) };
}

describe('the feedback log', () => {
  it('keeps each feedback as it was given, in a file that only its owner may read', async () => {
    const { folder, file, log } = await emptyLog();
    const given = [
      thumb('a', { note: 'Right.\nSecond line \u2028 “quoted”' }),
      thumb('b', { rating: 'down', documents: ['x'] }),
    ];
    for (const one of given) await log.append(one);
    expect(await read(folder)).toEqual({ kept: given, damaged: [] });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('holds nothing before the first', async () => {
    const { folder } = await emptyLog();
    expect(await read(folder)).toEqual({ kept: [], damaged: [] });
  });

  it('lets a later one take the place of an earlier one, and nothing of what is taken back', async () => {
    const { folder, log } = await emptyLog();
    await log.append(thumb('a'));
    await log.append(thumb('b'));
    await log.append(thumb('c'));
    await log.append(thumb('a', { rating: 'down', note: 'No.' }));
    await log.append(thumb('b', { rating: null }));
    expect((await read(folder)).kept).toEqual([thumb('c'), thumb('a', { rating: 'down', note: 'No.' })]);
  });

  it('goes on behind a line that was cut short, and tells which it was', async () => {
    const { folder, file, log } = await emptyLog();
    await log.append(thumb('a'));
    await appendFile(file, JSON.stringify(thumb('cut')).slice(0, 100));
    await log.append(thumb('b'));
    const { kept, damaged } = await read(folder);
    expect(kept.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(damaged).toEqual([2]);
  });

  it('takes no empty line for damage: two who write at once may both end one that the other has not finished', async () => {
    const { folder, file, log } = await emptyLog();
    await log.append(thumb('a'));
    await appendFile(file, '\n');
    await log.append(thumb('b'));
    const { kept, damaged } = await read(folder);
    expect(kept.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(damaged).toEqual([]);
  });

  it('takes what is no feedback for damage, whatever it is', async () => {
    const { folder, file, log } = await emptyLog();
    await log.append(thumb('a'));
    await appendFile(file, '\n{}\n[]\nnull\n{"version":2}\n\0\0\0\n');
    await log.append(thumb('b'));
    const { kept, damaged } = await read(folder);
    expect(kept.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(damaged).toEqual([3, 4, 5, 6, 7]);
  });

  property.prop([fc.nat(), fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 6 })], {
    numRuns: 25,
  })('loses nothing but the last line, wherever the file is cut', async (at, notes) => {
    const { folder, file, log } = await emptyLog();
    for (const [i, note] of notes.entries()) await log.append(thumb(String(i), { note }));
    const bytes = await readFile(file);
    const cut = at % (bytes.length + 1);
    await writeFile(file, bytes.subarray(0, cut));
    await createFeedbackLog({ folder, limit: 1_000_000 }).append(thumb('after'));
    const whole = bytes.subarray(0, cut).toString('latin1').split('\n').length - 1;
    const ids = (await read(folder)).kept.map(({ id }) => id);
    const expected = [...notes.keys()].map(String).slice(0, whole);
    // A line that lacks nothing but its end is whole, too.
    expect([expected, [...expected, String(whole)]]).toContainEqual(ids.filter((id) => id !== 'after'));
    expect(ids.at(-1)).toBe('after');
  });

  it('writes side by side without mixing lines, from several logs, too', async () => {
    const { folder, log } = await emptyLog();
    const other = createFeedbackLog({ folder, limit: 1_000_000 });
    const ids = Array.from({ length: 60 }, (_, i) => `t${i}`);
    await Promise.all(ids.map((id, i) => (i % 2 ? log : other).append(thumb(id, { note: 'x'.repeat(3000) }))));
    const { kept, damaged } = await read(folder);
    expect(kept.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(damaged).toEqual([]);
  });

  it('refuses what goes beyond its limit, and goes on reading', async () => {
    const { folder, file, log } = await emptyLog(2_000);
    await log.append(thumb('a'));
    await expect(log.append(thumb('b', { note: 'x'.repeat(2_000) }))).rejects.toMatchObject({ code: 'FEEDBACK_FULL' });
    await log.append(thumb('c'));
    expect((await read(folder)).kept.map(({ id }) => id)).toEqual(['a', 'c']);
    expect((await stat(file)).size).toBeLessThanOrEqual(2_000);
  });

  it('refuses a line that no person wrote', async () => {
    const { log } = await emptyLog();
    await expect(log.append(thumb('a', { note: 'x'.repeat(300_000) }))).rejects.toMatchObject({
      code: 'BODY_TOO_LARGE',
    });
  });

  it('says so where it cannot write, and works again once it can', async () => {
    const folder = await temporaryFolder();
    const inside = join(folder, 'feedback');
    await writeFile(inside, 'a file, no folder');
    const log = createFeedbackLog({ folder: inside, limit: 1_000_000 });
    await expect(log.append(thumb('a'))).rejects.toMatchObject({
      code: 'FEEDBACK_UNWRITABLE',
      facts: { system: 'EEXIST' },
    });
    const taken = await temporaryFolder();
    await mkdir(join(taken, 'feedback.jsonl'));
    const other = createFeedbackLog({ folder: taken, limit: 1_000_000 });
    await expect(other.append(thumb('a'))).rejects.toMatchObject({ code: 'FEEDBACK_UNWRITABLE' });
    await expect(read(taken)).rejects.toMatchObject({ code: 'FOLDER_MISSING' });
    await chmod(folder, 0o700);
    await createFeedbackLog({ folder, limit: 1_000_000 }).append(thumb('b'));
    expect((await read(folder)).kept).toEqual([thumb('b')]);
  });

  it('keeps all that was acknowledged when its process is killed', async () => {
    const folder = join(await temporaryFolder(), 'feedback');
    const script = `
      import { createFeedbackLog } from ${JSON.stringify(pathToFileURL(join(root, 'dist/feedback/feedback-log.js')).href)};
      const log = createFeedbackLog({ folder: ${JSON.stringify(folder)}, limit: 100_000_000 });
      const given = ${JSON.stringify(thumb('', { note: 'x'.repeat(20_000) }))};
      for (let i = 0; ; i++) { await log.append({ ...given, id: 'n' + i }); process.stdout.write(i + '\\n'); }`;
    for (let round = 0; round < 3; round++) {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script]);
      let said = '';
      const closed = new Promise((resolve) => child.once('close', resolve));
      await new Promise<void>((resolve) =>
        child.stdout.on('data', (text) => {
          said += text;
          if (said.split('\n').length > 10 + round) resolve();
        }),
      );
      child.kill('SIGKILL');
      await closed;
      const acknowledged = said
        .split('\n')
        .slice(0, -1)
        .map((number) => `n${number}`);
      const kept = new Set((await read(folder)).kept.map(({ id }) => id));
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
      await createFeedbackLog({ folder, limit: 100_000_000 }).append(thumb(`after-${round}`));
      expect((await read(folder)).kept.at(-1)?.id).toBe(`after-${round}`);
    }
  });
});
