/**
 * Publishes alternating contents until killed, and prints each id once the publication is acknowledged.
 *
 *     node <publisher> <index folder> [crash at step n, counted from 1]
 *
 * With a step it publishes content 2 once and kills itself before that operation on the disk; it prints `done` if there is no such step.
 */
import { lockIndex } from '../../src/retrieval/index-lock.ts';
import { publishGeneration } from '../../src/retrieval/publish-generation.ts';
import { fakePublication } from './fake-generation.ts';

async function run([folder, crashAt]: string[]): Promise<void> {
  if (folder === undefined) throw new Error('which folder?');
  const release = await lockIndex(folder);
  process.stdout.write('locked\n');

  if (crashAt === undefined) {
    for (let turn = 0; ; turn++) {
      const { id } = await publishGeneration(folder, fakePublication(1 + (turn % 2), 40));
      process.stdout.write(`${id}\n`);
    }
  }
  let step = 0;
  const onStep = () => {
    step++;
    if (step === Number(crashAt)) process.kill(process.pid, 'SIGKILL');
  };
  await publishGeneration(folder, fakePublication(2), { onStep });
  await release();
  process.stdout.write('done\n');
}

void run(process.argv.slice(2));
