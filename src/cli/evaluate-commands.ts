import { type Command, InvalidArgumentError } from 'commander';
import type { CalibrateFlags, EvaluateFlags, EvaluationParts } from './evaluation-flags.ts';

/** Adds `evaluate`, `evaluate init`, `evaluate compare` and `calibrate`. */
export function addEvaluation(program: Command, parts: EvaluationParts): void {
  // Else `evaluate` takes the `--index` and `--seed` that are meant for `evaluate init`; commander wants it of all above, too.
  program.enablePositionalOptions();
  const evaluate = asking(program.command('evaluate'))
    .enablePositionalOptions()
    .description('ask a file of questions, measure the answers, and report')
    .argument('<questions>', '.jsonl, .csv, .json (a list, or SQuAD’s format), or exported feedback', notEmpty)
    .option('--out <folder>', 'folder of the run; by default a new one in evaluations/', notEmpty)
    .option('--resume', 'go on with the run in --out, or with the last one of these questions')
    .option('--limit <number>', 'ask the first so many', whole(1))
    .option('--sample <number>', 'ask so many, drawn by chance', whole(1))
    .option('--repeat <number>', 'ask each so many times', whole(1), 1)
    .option('--judge', 'have PULLQUOTE_JUDGE (else PULLQUOTE_MODEL) give its opinion on each answer, too')
    .option('--prices <in,out>', 'price of a million tokens in and out, to tell the cost', prices)
    .option('--threshold <share>', 'instead of PULLQUOTE_THRESHOLD; 0 answers everything', share)
    .option(
      '--min <figure=value>',
      'fail (exit code 7) when a figure is below, as right=0.9; may be repeated',
      collected,
      [],
    )
    .option('--max <figure=value>', 'fail when a figure is above, as overRefusal=0.2 or p95=500', collected, [])
    .option('--baseline <folder>', 'an earlier run: fail when a figure fell by more than chance', notEmpty)
    .action(async (questions: string, flags: EvaluateFlags) => {
      const { evaluateQuestions } = await import('./evaluate.ts');
      await evaluateQuestions(questions, flags, parts);
    });

  evaluate
    .command('init')
    .description('draft a question file from the documents, for a person to accept')
    .argument('[file]', 'to be written', notEmpty, 'questions.jsonl')
    .option('--index <folder>', 'folder of the index', notEmpty)
    .option('--count <number>', 'questions', whole(1), 20)
    .option('--seed <number>', 'another draws other questions', whole(0), 1)
    .option('--rules', 'make them by rule, even where a chat model is set')
    .action(async (file: string, flags: { index?: string; count: number; seed: number; rules?: true }) => {
      const { draftQuestionFile } = await import('./evaluate-init.ts');
      await draftQuestionFile(file, flags, parts);
    });

  evaluate
    .command('compare')
    .description('what changed from one run to another, and whether beyond chance')
    .argument('<old>', 'folder of a run', notEmpty)
    .argument('<new>', 'folder of a run', notEmpty)
    .option('--markdown', 'print Markdown')
    .action(async (old: string, current: string, flags: { markdown?: true }) => {
      const { compareRuns } = await import('./evaluate-compare.ts');
      await compareRuns(old, current, flags);
    });

  asking(program.command('calibrate'))
    .description('choose the answer threshold on your own questions')
    .argument('<questions>', 'as for evaluate', notEmpty)
    .option('--declined <share>', 'decline at least this share of what the documents don’t answer', share)
    .option('--out <file>', 'HTML file of the trade-off curve', notEmpty, 'calibration.html')
    .action(async (questions: string, flags: CalibrateFlags) => {
      const { calibrate } = await import('./calibrate.ts');
      await calibrate(questions, flags, parts);
    });
}

/** The options of whatever asks a file of questions. */
function asking(command: Command): Command {
  return command
    .option('--index <folder>', 'folder of the index', notEmpty)
    .option('--url <address>', 'ask a running server instead', address)
    .option('--documents-from-file', 'ask a SQuAD file’s own paragraphs, from an index that is thrown away')
    .option('--concurrency <number>', 'questions under way at once (default: 1 here, 4 on a server)', whole(1))
    .option('--seed <number>', 'of all that is drawn by chance', whole(0), 1)
    .option('--only <tag>', 'ask only those with this tag; may be repeated', collected, [])
    .option('--tags <tags>', 'the only tags that the file may use, separated by commas', listed)
    .option('--drafts', 'ask drafts too')
    .option('--leave-out', 'ask each question again with its right documents left out, to be declined');
}

function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}

function whole(least: number): (value: string) => number {
  return (value) => {
    if (!/^\d{1,9}$/.test(value) || Number(value) < least) {
      throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
    }
    return Number(value);
  };
}

function share(value: string): number {
  if (!/^\d(?:\.\d+)?$/.test(value) || Number(value) > 1) throw new InvalidArgumentError('It must be from 0 to 1.');
  return Number(value);
}

function prices(value: string): { input: number; output: number } {
  const [, input, output] = /^(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)$/.exec(value) ?? [];
  if (input === undefined) throw new InvalidArgumentError('It must be like 0.15,0.60.');
  return { input: Number(input), output: Number(output) };
}

function address(value: string): string {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new InvalidArgumentError('It must be an http(s) address.');
  }
  return value;
}

function collected(value: string, before: string[]): string[] {
  return [...before, notEmpty(value)];
}

function listed(value: string): string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}
