import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChatbot } from '../src/chatbot.ts';
import type { Models } from '../src/inference/models.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openServedIndex } from '../src/retrieval/served-index.ts';
import { percentile } from './measures.ts';

export interface Speed {
  sentencesASecond: number;
  /** Milliseconds in process on the five articles, asked for the first time. */
  askP50: number;
  askP95: number;
  /** The same questions again. */
  againP50: number;
  /** Milliseconds from the start of the process to the first 200 of /readyz, the index built already. */
  readyMs: number;
}

/** Speed on the five articles, with questions of everyday length. */
export async function measureSpeed(models: Models, questions: readonly string[]): Promise<Speed> {
  const folder = await mkdtemp(join(tmpdir(), 'pullquote-bench-'));
  const index = join(folder, 'index');
  try {
    const started = performance.now();
    const { sentences } = await ingest('seeds', index, models.embedder);
    const seconds = (performance.now() - started) / 1000;
    const served = await openServedIndex(index, models.embedder);
    const chatbot = createChatbot({ ...models, index: () => served });
    const time = async (question: string) => {
      const before = performance.now();
      await chatbot.ask(question);
      return performance.now() - before;
    };
    await time('Is it warm?');
    const first: number[] = [];
    for (const question of questions) first.push(await time(question));
    const again: number[] = [];
    for (const question of questions) again.push(await time(question));
    return {
      sentencesASecond: sentences / seconds,
      askP50: percentile(first, 0.5),
      askP95: percentile(first, 0.95),
      againP50: percentile(again, 0.5),
      readyMs: await startToReady(index),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The median of three starts of the built command line. */
async function startToReady(index: string): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < 3; start++) times.push(await startOnce(index));
  return percentile(times, 0.5);
}

async function startOnce(index: string): Promise<number> {
  const started = performance.now();
  const server = spawn(process.execPath, ['dist/main.js', 'serve', '--port', '0', '--index', index], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      server.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
      server.stdout.on('data', (piece: Buffer) => {
        said += piece.toString();
        const found = /http:\/\/\S+/.exec(said);
        if (found !== null) resolve(found[0]);
      });
    });
    while (!(await fetch(`${url}/readyz`)).ok);
    return performance.now() - started;
  } finally {
    server.removeAllListeners('exit');
    server.kill();
  }
}
