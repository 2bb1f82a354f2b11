import { writeFile } from 'node:fs/promises';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import { draftQuestions } from '../evaluation/draft-questions.ts';
import { draftWithModel } from '../evaluation/draft-with-model.ts';
import { counted } from '../evaluation/report/format.ts';
import type { EvaluationParts } from './evaluation-flags.ts';
import { openJudge } from './open-judge.ts';
import { progressBar } from './report.ts';

/** `pullquote evaluate init`: drafts questions, each to be accepted by a person. Never overwrites a file. Throws USAGE. */
export async function draftQuestionFile(
  file: string,
  flags: { index?: string; count: number; seed: number; rules?: true },
  { configOf, open }: EvaluationParts,
): Promise<void> {
  const config = configOf(flags);
  const isSet = config.judge !== null || config.chatModel !== null;
  const model = isSet && !flags.rules ? await openJudge(config) : null;
  // Nothing is asked: the model that writes answers need not be opened.
  const engine = await open({ ...config, chatModel: null });
  const { documents, chunks } = engine.index();
  const { count, seed } = flags;
  const bar = progressBar(process.stderr, 'drafting', 'questions');
  const drafts =
    model === null
      ? draftQuestions([...documents.values()], count, seed)
      : await draftWithModel(documents, chunks, {
          model,
          prompts: config.prompts,
          count,
          seed,
          onProgress: bar.onProgress,
        }).finally(bar.stop);
  if (drafts.length === 0) {
    throw new PullquoteError(
      'USAGE',
      'no sentence of the documents can be made a question by rule; write some by hand',
    );
  }
  const lines = drafts.map((draft) => `${JSON.stringify(draft)}\n`).join('');
  await writeFile(file, lines, { flag: 'wx' }).catch((error: unknown) => {
    const why =
      systemCode(error) === 'EEXIST'
        ? 'is there already; name another file'
        : `cannot be written (${systemCode(error)})`;
    throw new PullquoteError('USAGE', `${shown(file)} ${why}`, { file }, error);
  });
  process.stdout.write(
    `${counted(drafts.length, 'draft')} in ${file}, ${model === null ? 'made by rule' : `written by ${model.id}`}. Correct each, accept it by deleting "draft": true,\nand add questions that the documents don’t answer ("unanswerable": true). Then: pullquote evaluate ${file}\n`,
  );
}
