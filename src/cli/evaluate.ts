import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import { chooseExamples, tasksOf, verifyDocuments } from '../evaluation/choose-examples.ts';
import { type Comparison, compare } from '../evaluation/compare.ts';
import { belowBaseline, belowGates, readGate } from '../evaluation/gates.ts';
import { judgeAnswers } from '../evaluation/judge.ts';
import { promptHashes } from '../evaluation/prompt-hashes.ts';
import { readQuestions } from '../evaluation/questions/read-questions.ts';
import { comparisonTable, figuresTable } from '../evaluation/report/table.ts';
import { runTasks } from '../evaluation/run.ts';
import { openRunFolder, type RunFolder, readSummary } from '../evaluation/run-folder.ts';
import { summarize } from '../evaluation/summarize.ts';
import type { Judgement, Result, RunSettings, Summary, Task } from '../evaluation/types.ts';
import { writeReports } from '../evaluation/write-reports.ts';
import type { ChatModel } from '../inference/chat-model.ts';
import type { Config } from '../settings.ts';
import type { EvaluateFlags, EvaluationParts } from './evaluation-flags.ts';
import { openAsker } from './open-asker.ts';
import { openJudge } from './open-judge.ts';
import { progressBar } from './report.ts';

/** The same place from `src` and from `dist`. */
const packageFile = new URL('../../package.json', import.meta.url);
const RUNS = 'evaluations';

/**
 * `pullquote evaluate`: asks, measures, reports, and holds the figures against what was asked. Throws QUALITY_BELOW when they are below,
 * ASKING_FAILED when some questions could not be asked; the reports are written all the same.
 */
export async function evaluateQuestions(file: string, flags: EvaluateFlags, parts: EvaluationParts): Promise<void> {
  const gates = [
    ...flags.min.map((text) => readGate(text, 'least')),
    ...flags.max.map((text) => readGate(text, 'most')),
  ];
  const config = parts.configOf(flags);
  const judge = flags.judge ? await openJudge(config) : null;
  const baseline = flags.baseline === undefined ? null : await readSummary(flags.baseline);
  const set = await readQuestions(file, {
    tags: flags.tags ?? null,
    withDocuments: flags.documentsFromFile ?? false,
  });
  const choice = {
    limit: flags.limit ?? null,
    sample: flags.sample ?? null,
    only: flags.only,
    drafts: flags.drafts ?? false,
  };
  const examples = chooseExamples(set.examples, choice, flags.seed);
  const { asker, settings, baseUrl, concurrency } = await openAsker(set, flags, config, parts);
  verifyDocuments(examples, asker.documents, file);
  const tasks = tasksOf(examples, {
    repeat: flags.repeat,
    leaveOut: flags.leaveOut ?? false,
    documents: asker.documents,
  });
  const run: RunSettings = {
    pullquote: (JSON.parse(await readFile(packageFile, 'utf8')) as { version: string }).version,
    questions: { file: basename(file), revision: set.revision },
    asked: asker.where,
    generation: asker.generation,
    settings,
    prompts: await usedPrompts(flags, config),
    seed: flags.seed,
    choice,
    repeat: flags.repeat,
    leaveOut: flags.leaveOut ?? false,
    judge: judge?.id ?? null,
  };
  const path = flags.out ?? (flags.resume ? await lastRun(file) : nameOf(file, new Date()));
  const folder = await openRunFolder(path, run, { resume: flags.resume ?? false, now: () => new Date() });
  const { results, judgements } = await ask(tasks, folder, { asker, concurrency, judge, prompts: config.prompts });
  const summary = summarize({ run, tasks, results, judgements, prices: flags.prices ?? null });
  const comparison = baseline === null ? null : compare(baseline, summary);
  await writeReports(path, { summary, tasks, results, judgements, comparison, baseUrl, started: folder.started });
  process.stdout.write(told(summary, comparison, path));
  conclude(summary, judgements, [
    ...belowGates(summary, gates),
    ...(comparison === null ? [] : belowBaseline(comparison)),
  ]);
}

/** The prompts that this run's answers and opinions depend on: without a chat model none is used, and a server has its own. */
async function usedPrompts({ url, judge }: EvaluateFlags, { chatModel, prompts }: Config) {
  const hashes = await promptHashes(prompts);
  const isWriting = url === undefined && chatModel !== null;
  const isUsed = (name: string) => (name === 'judge.md' ? judge : isWriting && name !== 'draft-questions.md');
  return Object.fromEntries(Object.entries(hashes).filter(([name]) => isUsed(name)));
}

interface Asking {
  asker: Parameters<typeof runTasks>[1];
  concurrency: number;
  judge: ChatModel | null;
  prompts: string;
}

/** Asks and has judged what is not there yet. Ctrl-C ends it in order: what was answered is kept. */
async function ask(tasks: readonly Task[], folder: RunFolder, { asker, concurrency, judge, prompts }: Asking) {
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  const bar = progressBar(process.stderr, 'asking', 'questions');
  const judging = progressBar(process.stderr, 'judging', 'answers');
  const { signal } = interrupted;
  try {
    const { results: log, done, onProgress } = { ...folder, onProgress: bar.onProgress };
    const results: Result[] = await runTasks(tasks, asker, { concurrency, done, keep: log.append, onProgress, signal });
    bar.stop();
    const judgements: Judgement[] =
      judge === null
        ? []
        : await judgeAnswers(tasks, results, {
            model: judge,
            prompts,
            concurrency,
            done: folder.judged,
            keep: folder.judgements.append,
            onProgress: judging.onProgress,
            signal,
          });
    return { results, judgements };
  } finally {
    bar.stop();
    judging.stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
    await folder.close();
  }
}

function told(summary: Summary, comparison: Comparison | null, path: string): string {
  const against = comparison === null ? '' : `\nAgainst the baseline: ${comparisonTable(comparison)}`;
  return `${figuresTable(summary)}${against}\n${join(path, 'report.html')}\n`;
}

/** Throws for what is below, and for what could not be asked or judged, with the first reason. */
function conclude({ counts, scored }: Summary, judgements: readonly Judgement[], below: readonly string[]): void {
  if (below.length > 0) throw new PullquoteError('QUALITY_BELOW', below.join('; '), { below });
  if (counts.failed > 0) {
    const first = scored.find(({ kind }) => kind === 'failed');
    const message = `${counts.failed} of ${counts.askings} failed (${first?.id}: ${first?.fault}); --resume asks them again`;
    throw new PullquoteError('ASKING_FAILED', message);
  }
  const unjudged = judgements.flatMap(({ failure }) => failure ?? []);
  if (unjudged[0] !== undefined) {
    const message = `the judge gave no opinion on ${unjudged.length} answers (${unjudged[0].message}); --resume asks again`;
    throw new PullquoteError('JUDGE_FAILED', message);
  }
}

/** `evaluations/questions-20261122-120000`. */
function nameOf(file: string, now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join(RUNS, `${stem(file)}-${time}`);
}

function stem(file: string): string {
  return basename(file, extname(file));
}

/** The newest run of these questions. Throws RUN_MISSING. */
async function lastRun(file: string): Promise<string> {
  const names = await readdir(RUNS).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  });
  const own = names.filter((name) => name.startsWith(`${stem(file)}-`) && /-\d{8}-\d{6}$/.test(name)).sort();
  const last = own.at(-1);
  if (last === undefined) {
    throw new PullquoteError(
      'RUN_MISSING',
      `there is no run of ${shown(file)} in ${RUNS}/ to go on with; name one with --out`,
    );
  }
  return join(RUNS, last);
}
