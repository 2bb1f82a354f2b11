import { join } from 'node:path';
import { keyOf } from './choose-examples.ts';
import type { Comparison } from './compare.ts';
import { htmlReport } from './report/html-report.ts';
import { junitReport } from './report/junit.ts';
import { markdownReport } from './report/markdown.ts';
import { writeWhole } from './run-folder.ts';
import type { Judgement, Result, Scored, Summary, Task } from './types.ts';

export interface Reported {
  summary: Summary;
  tasks: readonly Task[];
  /** In the order of the tasks. */
  results: readonly Result[];
  judgements: readonly Judgement[];
  comparison: Comparison | null;
  /** Put before each citation's link; null where no server is known. */
  baseUrl: string | null;
  /** When the run was begun, ISO 8601. */
  started: string;
}

/** Writes summary.json, report.html, summary.md and junit.xml, each whole. Throws RUN_UNWRITABLE. */
export async function writeReports(path: string, reported: Reported): Promise<void> {
  const { summary, tasks, results, judgements, comparison, baseUrl, started } = reported;
  const judged = new Map(judgements.map((judgement) => [keyOf({ ...judgement, leftOut: false }), judgement]));
  const shown = tasks.map(({ example }, at) => {
    const scored = summary.scored[at] as Scored;
    return { example, result: results[at] as Result, scored, judgement: judged.get(keyOf(scored)) ?? null };
  });
  await writeWhole(join(path, 'summary.json'), `${JSON.stringify(summary, null, 1)}\n`);
  await writeWhole(join(path, 'report.html'), htmlReport(summary, shown, { comparison, baseUrl, started }));
  await writeWhole(join(path, 'summary.md'), markdownReport(summary, comparison));
  await writeWhole(join(path, 'junit.xml'), junitReport(summary));
}
