/**
 * `npm run bench [folder of question sets]`: quality on XQuAD beside simpler ways, speed on the articles, and 100,000 chunks. Prints the tables
 * and keeps them in bench/results.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { coefficients } from '../src/answering/confidence-coefficients.ts';
import { loadModels } from '../src/inference/models.ts';
import { measureFollowUps, readCanard } from './canard.ts';
import { disagreementTable, measureDisagreements } from './disagreements.ts';
import { round } from './measures.ts';
import { measureScale } from './scale.ts';
import { measureSpeed } from './speed.ts';
import { embedChunks, indexOf, readSquad } from './squad.ts';
import {
  measureBm25,
  measureMemoryVectorStore,
  measurePullquote,
  measureSearch,
  measureVectors,
  type Row,
} from './xquad.ts';

const CHUNKS = 100_000;
const folder = process.argv[2] ?? '../shared/eval';
const models = await loadModels('models');
const fixed = JSON.parse(await readFile('test/questions/articles.json', 'utf8')) as {
  question: string;
  expect: { kind: string };
}[];
const speed = await measureSpeed(
  models,
  fixed.filter((it) => it.expect.kind === 'answered').map((it) => it.question),
);

const set = await readSquad(join(folder, 'xquad-en-a.json'));
const vectors = await embedChunks(set, models.embedder);
const index = await indexOf(set, vectors);
const rows = [
  await measurePullquote(models, index, set),
  await measureSearch(models, index, set),
  await measureBm25(set),
  await measureVectors(models, index, set),
  await measureMemoryVectorStore(models, index, set),
];
const disagreements = await measureDisagreements(models, set, vectors);
const followUps = measureFollowUps(await readCanard(join(folder, 'canard-a.json')));
const scale = await measureScale(models, set, vectors, CHUNKS);

const cell = (value: number | null, digits = 3) => (value === null ? '–' : value.toFixed(digits));
const line = (row: Row) =>
  `| ${row.way} | ${[
    row.passageAt1,
    row.passageAt5,
    row.sentenceAt1,
    row.sentenceAt3,
    row.exactMatch,
    row.f1,
    row.auroc,
    row.calibrationError,
  ]
    .map((value) => cell(value))
    .join(' | ')} | ${cell(row.p50, 1)} | ${cell(row.p95, 1)} |`;
const report = `# Last results

Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}. Times are of a shared machine: compare them within this run.

## XQuAD-en, half a: ${set.questions.length} questions, ${set.documents.length} paragraphs, each a document

| | passage@1 | passage@5 | sentence@1 | sentence@3 | exact match | F1 | AUROC | calibration error | p50 ms | p95 ms |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map(line).join('\n')}

AUROC: the confidence (or best score) of a question against the same question with its paragraph left out. Pullquote's confidence was
fitted on these questions; cross-validated by article it has AUROC ${coefficients.crossValidated.auroc} and calibration error ${coefficients.crossValidated.calibrationError};
fitted on one half of the articles and judged on the other, AUROC ${coefficients.halves.auroc} and calibration error ${coefficients.halves.calibrationError}. Threshold ${coefficients.threshold}.

### Reliability on the half that was not fitted

| confidence | mean confidence | right | asked |
| --- | --- | --- | --- |
${coefficients.halves.reliability.map((bin, index) => `| ${index / 10}–${(index + 1) / 10} | ${cell(bin.confidence)} | ${cell(bin.right)} ${'█'.repeat(Math.round(bin.right * 20))} | ${bin.asked} |`).join('\n')}

## Disagreements: beside each paragraph a copy

In "answer replaced" the copy says another answer of the same kind, in "reworded" the same in other words; "no copies" are the paragraphs alone.

${disagreementTable(disagreements.rows)}

## Follow-ups: CANARD, half a

Content words of the human rewrite that are found (recall), and of ours that the human has (precision); "added": of those that the question as asked has not.
"Left alone": of the questions that needed no rewriting.

| | recall | precision | added recall | added precision | left alone |
| --- | --- | --- | --- | --- | --- |
${followUps.map((it) => `| ${it.way} | ${cell(it.recall)} | ${cell(it.precision)} | ${cell(it.addedRecall)} | ${cell(it.addedPrecision)} | ${cell(it.leftAlone)} |`).join('\n')}

## Speed on the five articles

| | |
| --- | --- |
| ingest | ${round(speed.sentencesASecond, 0)} sentences a second |
| ask | p50 ${round(speed.askP50, 0)} ms, p95 ${round(speed.askP95, 0)} ms |
| the same question again | p50 ${round(speed.againP50, 2)} ms |
| start to ready, index built | ${round(speed.readyMs, 0)} ms |

## ${scale.chunks.toLocaleString('en')} chunks

| | |
| --- | --- |
| build, write, verify, publish | ${round(scale.publishSeconds, 0)} s |
| open (verify, keyword index) | ${round(scale.openSeconds, 1)} s |
| resident memory | ${round(scale.resident / 2 ** 20, 0)} MiB |
| search, embedding included | p50 ${round(scale.searchP50, 1)} ms, p95 ${round(scale.searchP95, 1)} ms |
| a question's own chunk among the first ten, variations around it | ${round(scale.found, 3)} |
`;
await mkdir('bench/results', { recursive: true });
await writeFile('bench/results/LAST.md', report);
await writeFile(
  'bench/results/last.json',
  `${JSON.stringify({ rows, disagreements: disagreements.rows, followUps, speed, scale }, null, 2)}\n`,
);
process.stdout.write(report);
