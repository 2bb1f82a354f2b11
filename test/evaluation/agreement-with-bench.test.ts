import { join } from 'node:path';
import { expect, it } from 'vitest';
import { embedChunks, indexOf, readSquad } from '../../bench/squad.ts';
import { measurePullquote } from '../../bench/xquad.ts';
import { askInProcess } from '../../src/evaluation/ask-in-process.ts';
import { tasksOf } from '../../src/evaluation/choose-examples.ts';
import { readQuestions } from '../../src/evaluation/questions/read-questions.ts';
import { runTasks } from '../../src/evaluation/run.ts';
import { summarize } from '../../src/evaluation/summarize.ts';
import { loadModels } from '../../src/inference/models.ts';
import { runSettings } from '../support/evaluation.ts';
import { openReal } from '../support/real-engine.ts';
import { root, temporaryFolder } from '../support/run-cli.ts';

const file = join(root, 'test/fixtures/harbour-squad.json');

it('a SQuAD file that answers everything and leaves documents out gives the bench’s figures, to the last digit', async () => {
  const models = await loadModels(join(root, 'models'));
  const benchSet = await readSquad(file);
  const index = await indexOf(benchSet, await embedChunks(benchSet, models.embedder));
  const bench = await measurePullquote(models, index, benchSet);

  const set = await readQuestions(file, { withDocuments: true });
  const squad = set.squad;
  if (squad === null) throw new Error('no documents');
  const engine = await openReal({
    index: join(await temporaryFolder(), 'never'),
    threshold: 0,
    remembered: 0,
    ownIndex: async ({ embedder }) => indexOf(squad, await embedChunks(squad, embedder)),
  });
  const asker = askInProcess(engine);
  // Its first answer is all that the bench knows of a question, and it leaves out those that have none.
  const examples = set.examples
    .filter(({ expected }) => expected === 'answered')
    .map((example) => ({ ...example, answers: example.answers.slice(0, 1), places: example.places.slice(0, 1) }));
  const tasks = tasksOf(examples, { repeat: 1, leaveOut: true, documents: asker.documents });
  const keep = async () => {};
  const results = await runTasks(tasks, asker, { concurrency: 1, done: new Map(), keep });
  const { figures } = summarize({ run: runSettings, tasks, results, judgements: [], prices: null });

  expect(tasks).toHaveLength(2 * benchSet.questions.length);
  expect({
    passageAt1: figures['passage@1']?.value,
    passageAt5: figures['passage@5']?.value,
    sentenceAt1: figures['sentence@1']?.value,
    sentenceAt3: figures['sentence@3']?.value,
    exactMatch: figures.exactMatch?.value,
    f1: figures.f1?.value,
    auroc: figures.auroc?.value,
    calibrationError: figures.calibrationError?.value,
  }).toEqual({
    passageAt1: bench.passageAt1,
    passageAt5: bench.passageAt5,
    sentenceAt1: bench.sentenceAt1,
    sentenceAt3: bench.sentenceAt3,
    exactMatch: bench.exactMatch,
    f1: bench.f1,
    auroc: bench.auroc,
    calibrationError: bench.calibrationError,
  });
  expect(figures.verbatim?.value).toBe(1);
});
