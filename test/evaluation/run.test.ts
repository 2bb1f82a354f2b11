import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import { tasksOf } from '../../src/evaluation/choose-examples.ts';
import { runTasks } from '../../src/evaluation/run.ts';
import { openRunFolder, readSummary } from '../../src/evaluation/run-folder.ts';
import type { Result, Task } from '../../src/evaluation/types.ts';
import { askerOf, exampleOf, runSettings } from '../support/evaluation.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { temporaryFolder } from '../support/run-cli.ts';

const examples = Array.from({ length: 12 }, (_, at) =>
  exampleOf({ id: `q${at}`, question: `What did the harbour cost, ${at}?` }),
);
const tasks = tasksOf(examples, { repeat: 1, leaveOut: false, documents: [] });
const options = { resume: true, now: () => new Date(0) };

async function run(folder: string, onAsk?: (task: Task) => unknown, signal?: AbortSignal) {
  const opened = await openRunFolder(folder, runSettings, options);
  const asker = askerOf(createFakeChatbot(), onAsk);
  const { results: log, done } = opened;
  try {
    const results = await runTasks(tasks, asker, { concurrency: 3, done, keep: log.append, ...(signal && { signal }) });
    return { asked: asker.asked, results };
  } finally {
    await opened.close();
  }
}

const linesOf = async (folder: string) => (await readFile(join(folder, 'results.jsonl'), 'utf8')).trim().split('\n');
const ids = (results: readonly Result[]) => results.map(({ id }) => id);

describe('a run', () => {
  it('keeps every answer as a line, and gives the results in the order of the questions', async () => {
    const folder = await temporaryFolder();
    const delays = examples.map((_, at) => (at * 7) % 5);
    const { results } = await run(
      folder,
      (task) => new Promise((ended) => setTimeout(ended, delays[tasks.indexOf(task)])),
    );
    expect(ids(results)).toEqual(examples.map(({ id }) => id));
    const kept = (await linesOf(folder)).map((line) => JSON.parse(line).id as string);
    expect(new Set(kept)).toEqual(new Set(ids(results)));
    expect(kept).toHaveLength(results.length);
    expect(results[0]?.evidence.every(({ exact }) => exact)).toBe(true);
  });

  it('never has more under way than it may', async () => {
    let now = 0;
    let most = 0;
    await run(await temporaryFolder(), async () => {
      most = Math.max(most, ++now);
      await new Promise((ended) => setTimeout(ended, 3));
      now -= 1;
    });
    expect(most).toBe(3);
  });

  it('goes on where it was stopped, and asks nothing twice', async () => {
    const folder = await temporaryFolder();
    const stop = new AbortController();
    const first = run(
      folder,
      (task) => {
        if (task.example.id === 'q5') stop.abort();
      },
      stop.signal,
    );
    await expect(first).rejects.toMatchObject({
      code: 'RUN_INTERRUPTED',
      message: expect.stringMatching(/of 12 questions are answered and kept; go on with --resume$/),
    });
    const kept = (await linesOf(folder)).map((line) => JSON.parse(line).id as string);
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.length).toBeLessThan(12);
    const { asked, results } = await run(folder);
    expect(asked.filter((id) => kept.includes(id))).toEqual([]);
    expect(asked.length + kept.length).toBe(12);
    expect(ids(results)).toEqual(examples.map(({ id }) => id));
  });

  it('asks again what failed, and what a kill tore', async () => {
    const folder = await temporaryFolder();
    const { results } = await run(folder, ({ example }) => {
      if (example.id === 'q3') throw new PullquoteError('MODEL_FAILED', 'broken');
    });
    expect(results[3]).toMatchObject({ answer: null, failure: { code: 'MODEL_FAILED', message: 'broken' } });
    const file = join(folder, 'results.jsonl');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.slice(0, -20));
    const torn = JSON.parse(text.trim().split('\n').at(-1) ?? '').id;
    const { asked } = await run(folder);
    expect(new Set(asked)).toEqual(new Set([torn, 'q3']));
    expect(asked).toHaveLength(2);
    for (const line of await linesOf(folder)) expect(() => JSON.parse(line)).not.toThrow();
  });

  it('ends when the server is gone, and keeps what it has', async () => {
    const folder = await temporaryFolder();
    const gone = run(folder, ({ example }) => {
      if (example.id === 'q6')
        throw new PullquoteError('SERVER_UNREACHABLE', 'http://x cannot be reached (ECONNREFUSED)');
    });
    await expect(gone).rejects.toMatchObject({ code: 'SERVER_UNREACHABLE' });
    expect((await linesOf(folder)).length).toBeGreaterThan(3);
  });
});

describe('the folder of a run', () => {
  it('is never begun twice', async () => {
    const folder = await temporaryFolder();
    await run(folder);
    await expect(openRunFolder(folder, runSettings, { ...options, resume: false })).rejects.toMatchObject({
      code: 'RUN_EXISTS',
    });
  });

  it('is gone on with by one process at a time', async () => {
    const folder = await temporaryFolder();
    const opened = await openRunFolder(folder, runSettings, options);
    await expect(openRunFolder(folder, runSettings, options)).rejects.toMatchObject({
      code: 'RUN_LOCKED',
      message: expect.stringContaining(`by process ${process.pid}`),
    });
    await opened.close();
    const again = await openRunFolder(folder, runSettings, options);
    await again.close();
    expect(await readdir(folder)).not.toContain('LOCK');
  });

  it('that is refused is not held', async () => {
    const folder = await temporaryFolder();
    await run(folder);
    const refused = openRunFolder(folder, { ...runSettings, seed: 2 }, options);
    await expect(refused).rejects.toMatchObject({ code: 'RUN_MISMATCH' });
    expect(await readdir(folder)).not.toContain('LOCK');
  });

  it('is refused, by name, when the settings have changed', async () => {
    const folder = await temporaryFolder();
    await run(folder);
    const other = { ...runSettings, settings: { threshold: 0.7 }, seed: 2, prompts: { 'answer.md': 'ff' } };
    await expect(openRunFolder(folder, other, options)).rejects.toMatchObject({
      code: 'RUN_MISMATCH',
      message: expect.stringMatching(
        /settings\.threshold was 0\.5 and is 0\.7; prompts\.answer\.md was null and is "ff"; seed was 1 and is 2$/,
      ),
    });
  });

  it('is refused, with its line, when it is damaged in the middle', async () => {
    const folder = await temporaryFolder();
    await run(folder);
    const file = join(folder, 'results.jsonl');
    const lines = await linesOf(folder);
    await writeFile(file, [...lines.slice(0, 2), '{"version": 1, "id"', ...lines.slice(2), ''].join('\n'));
    await expect(openRunFolder(folder, runSettings, options)).rejects.toMatchObject({
      code: 'RUN_CORRUPT',
      message: expect.stringContaining('line 3'),
    });
  });

  it('that cannot be made or has no summary is named', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(openRunFolder(join(folder, 'file', 'run'), runSettings, options)).rejects.toMatchObject({
      code: 'RUN_UNWRITABLE',
    });
    await expect(readSummary(folder)).rejects.toMatchObject({ code: 'RUN_MISSING' });
    await mkdir(join(folder, 'other'));
    await appendFile(join(folder, 'other', 'summary.json'), '{"version": 2}');
    await expect(readSummary(join(folder, 'other'))).rejects.toMatchObject({ code: 'RUN_CORRUPT' });
  });
});
