import { coefficients } from '../answering/confidence-coefficients.ts';
import { PullquoteError } from '../errors.ts';
import { chooseExamples, tasksOf, verifyDocuments } from '../evaluation/choose-examples.ts';
import { chooseThreshold, trialAt, trialable } from '../evaluation/choose-threshold.ts';
import { questionMeasures } from '../evaluation/measures/all.ts';
import { readQuestions } from '../evaluation/questions/read-questions.ts';
import { type Calibration, calibrationReport, calibrationText } from '../evaluation/report/calibration-report.ts';
import { counted } from '../evaluation/report/format.ts';
import { runTasks } from '../evaluation/run.ts';
import { writeWhole } from '../evaluation/run-folder.ts';
import { scoreOf } from '../evaluation/score.ts';
import type { Result } from '../evaluation/types.ts';
import type { CalibrateFlags, EvaluationParts } from './evaluation-flags.ts';
import { openAsker } from './open-asker.ts';
import { formatWarning, progressBar } from './report.ts';

/**
 * `pullquote calibrate`: asks with a threshold of 0, so that what would be answered is known at every threshold, and chooses the best. Questions
 * that the documents don't answer are needed: the file's own, else each question with its documents left out.
 *
 * Throws USAGE where one of the two kinds is lacking.
 */
export async function calibrate(file: string, flags: CalibrateFlags, parts: EvaluationParts): Promise<void> {
  const { only, drafts = false, seed } = flags;
  if (flags.url !== undefined) {
    throw new PullquoteError('USAGE', 'calibrate asks here, with a threshold of its own; it cannot with --url');
  }
  const config = parts.configOf(flags);
  const set = await readQuestions(file, { tags: flags.tags ?? null, withDocuments: flags.documentsFromFile ?? false });
  const examples = chooseExamples(set.examples, { limit: null, sample: null, only, drafts }, seed);
  // The threshold decides over the built-in answer, whatever a chat model would write.
  const { asker, concurrency } = await openAsker(
    set,
    { ...flags, threshold: 0 },
    { ...config, chatModel: null },
    parts,
  );
  verifyDocuments(examples, asker.documents, file);
  const leaveOut = flags.leaveOut ?? !examples.some(({ expected }) => expected === 'unanswered');
  const tasks = tasksOf(examples, { repeat: 1, leaveOut, documents: asker.documents });
  const bar = progressBar(process.stderr, 'asking', 'questions');
  const results = await runTasks(tasks, asker, {
    concurrency,
    done: new Map(),
    keep: async () => {},
    onProgress: bar.onProgress,
  }).finally(bar.stop);
  const measures = questionMeasures(null);
  const askings = trialable(tasks.map((task, at) => scoreOf(task, results[at] as Result, measures)));
  const failed = results.filter(({ failure }) => failure !== null);
  if (failed[0] !== undefined) {
    const left = `${failed.length} of ${results.length} questions are left out, as they failed`;
    process.stderr.write(formatWarning(`${left} (${failed[0].id}: ${failed[0].failure?.message})`));
  }
  const inForce = config.threshold ?? coefficients.threshold;
  const chosen = chooseThreshold(askings, { declined: flags.declined ?? null, inForce });
  const answerable = askings.filter((asking) => asking.answerable).length;
  const unanswerable = askings.length - answerable;
  if (chosen === null) {
    const why =
      answerable === 0 || unanswerable === 0
        ? `${counted(answerable, 'question')} with an answer and ${unanswerable} without: some of both are needed`
        : `no threshold declines ${flags.declined} of the ${unanswerable} questions without an answer`;
    throw new PullquoteError('USAGE', why, { answerable, unanswerable });
  }
  const current = trialAt(askings, inForce);
  const calibration: Calibration = { chosen, current, answerable, unanswerable, file };
  await writeWhole(flags.out, calibrationReport(calibration));
  process.stdout.write(`${calibrationText(calibration)}\n${flags.out} shows the whole curve\n`);
}
