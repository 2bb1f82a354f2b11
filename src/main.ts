#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { addEvaluation } from './cli/evaluate-commands.ts';
import { keepPromptsPrivate, mayColour, readSettings } from './config.ts';
import type { WriterOptions } from './engine.ts';
import { asPullquoteError, PullquoteError, systemCode } from './errors.ts';
import type { Models } from './inference/models.ts';
import type { ServedIndex } from './retrieval/served-index.ts';
import { reachableAt } from './server/reachable-at.ts';
import { type Config, settings } from './settings.ts';

/** The command line: reads the settings, opens what a command needs, and says how it ended. What only one command needs is loaded by it. */

interface Flags {
  index?: string;
  port?: string;
  host?: string;
  json?: boolean;
  demo?: boolean;
  check?: boolean;
}

const EXIT_CODES = `
Exit codes: 0 done (also when the documents don't say), 1 unexpected, 2 wrong input or setting, 3 the documents, 4 the index,
5 the models, 6 the server or Slack, 7 an evaluation below what was asked. Errors are one line on stderr: pullquote: CODE: message.
`;
const SETTINGS = `
Settings (environment or .env):
${settings.map(({ variable, fallback, meaning }) => `  ${variable.padEnd(28)} ${meaning} (${fallback ?? 'unset'})`).join('\n')}
`;

const program = new Command('pullquote')
  .description('Ask your articles. Get answers in their own words.')
  .exitOverride()
  .configureOutput({ outputError: () => {} })
  .showSuggestionAfterError()
  .addHelpText('after', EXIT_CODES + SETTINGS);

program
  .command('ingest')
  .description('read a folder of documents into the index')
  .argument('[folder]', 'folder of text, Markdown and HTML files', notEmpty)
  .option('--index <folder>', 'folder of the index', notEmpty)
  .action(async (folder: string | undefined, flags: Flags) => {
    const config = configOf(flags);
    const { loadModels } = await import('./inference/models.ts');
    const { ingest } = await import('./ingest/ingest.ts');
    const { formatReport, progressBar } = await import('./cli/report.ts');
    const { embedder } = await loadModels(config.models);
    const bar = progressBar(process.stderr);
    const report = await ingest(folder ?? config.seeds, config.index, embedder, bar).finally(bar.stop);
    process.stdout.write(formatReport(report));
  });

program
  .command('ask')
  .description('ask one question')
  .argument('<question...>', 'the question')
  .option('--index <folder>', 'folder of the index', notEmpty)
  .option('--json', 'print the answer object')
  .action(async (words: string[], flags: Flags) => {
    const config = configOf(flags);
    const { formatAnswer } = await import('./cli/format-answer.ts');
    const engine = await openWith(config);
    const answer = await engine.chatbot.ask(words.join(' '));
    process.stdout.write(flags.json ? `${JSON.stringify(answer, null, 2)}\n` : formatAnswer(answer, formatOf(config)));
  });

program
  .command('chat')
  .description('ask question after question')
  .option('--index <folder>', 'folder of the index', notEmpty)
  .action(async (flags: Flags) => {
    const config = configOf(flags);
    const { chat } = await import('./cli/chat.ts');
    const { stdin: input, stdout: output, stderr: errors } = process;
    const { chatbot } = await openWith(config);
    await chat(chatbot, { input, output, errors, interactive: input.isTTY === true, ...formatOf(config) });
  });

program
  .command('serve')
  .description('answer over HTTP, with a page to ask on')
  .option('--port <number>', 'port to listen at; 0 for any free one', notEmpty)
  .option('--host <address>', 'address to listen at', notEmpty)
  .option('--index <folder>', 'folder of the index', notEmpty)
  .option('--demo', 'also serve a page of another origin with the widget, at the next port')
  .action(async (flags: Flags) => {
    const config = configOf(flags);
    const { serve } = await import('./cli/serve.ts');
    await serve({
      config,
      open: (onWarning) => openWith(config, onWarning),
      // The next port, so that it is the same each time.
      demoPort: !flags.demo ? null : config.port === 0 ? 0 : (config.port + 1) % 65_536,
      onListening: (url, { chatbot }, demoUrl) => {
        const { documents, generation } = chatbot.corpus();
        process.stdout.write(
          `Pullquote answers from ${documents.size} documents at ${url} (generation ${generation})\n`,
        );
        if (demoUrl !== null) process.stdout.write(`A page of another origin with the widget is at ${demoUrl}\n`);
      },
    });
  });

program
  .command('feedback')
  .description('what people thought of answers')
  .command('export')
  .description('print it as evaluation examples, one a line (JSON)')
  .option('--folder <folder>', 'folder of the feedback', notEmpty)
  .addOption(new Option('--rating <rating>', 'only this').choices(['up', 'down']))
  .action(async ({ folder, rating }: { folder?: string; rating?: 'up' | 'down' }) => {
    const config = readSettings({ PULLQUOTE_FEEDBACK: folder });
    const { exportFeedback } = await import('./cli/export-feedback.ts');
    const { formatWarning } = await import('./cli/report.ts');
    await exportFeedback(config.feedback, {
      rating: rating ?? null,
      output: process.stdout,
      onWarning: (warning) => process.stderr.write(formatWarning(warning)),
    });
  });

program
  .command('slack')
  .description('serve, and answer in Slack')
  .option('--check', 'say which token, scope or setting is missing, and end')
  .option('--port <number>', 'port to listen at; 0 for any free one', notEmpty)
  .option('--host <address>', 'address to listen at', notEmpty)
  .option('--index <folder>', 'folder of the index', notEmpty)
  .action(async (flags: Flags) => {
    const config = configOf(flags);
    if (flags.check) {
      const { checkSlack } = await import('./cli/check-slack.ts');
      const { formatFinding } = await import('./cli/doctor.ts');
      const findings = await checkSlack(config);
      process.stdout.write(findings.map(formatFinding).join(''));
      process.exitCode = findings.find(({ error }) => error !== null)?.error?.exit ?? 0;
      return;
    }
    const { slack } = await import('./cli/slack.ts');
    await slack({
      config,
      open: (onWarning) => openWith(config, onWarning),
      onListening: (url, workspaces) => {
        process.stdout.write(`Pullquote answers in ${workspaces.join(', ')}; documents are shown at ${url}\n`);
      },
    });
  });

program
  .command('doctor')
  .description('check Node, models, documents and index, and say what to do')
  .option('--index <folder>', 'folder of the index', notEmpty)
  .action(async (flags: Flags) => {
    const config = configOf(flags);
    const { examine, formatFinding } = await import('./cli/doctor.ts');
    keepPromptsPrivate();
    const findings = await examine({ ...config, ...writerOf(config), node: process.versions.node });
    process.stdout.write(findings.map(formatFinding).join(''));
    process.exitCode = findings.find(({ error }) => error !== null)?.error?.exit ?? 0;
  });

addEvaluation(program, { configOf, open: (config, ownIndex) => openWith(config, undefined, ownIndex) });

/** `--index "$UNSET"` means something that is not there, never the default: only the environment may leave a setting empty. */
function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It is empty.');
  return value;
}

/** The settings, with what the command line says instead. */
function configOf({ index, port, host }: Flags): Config {
  return readSettings({ PULLQUOTE_INDEX: index, PULLQUOTE_PORT: port, PULLQUOTE_HOST: host });
}

async function openWith(
  config: Config,
  onWarning?: (warning: string) => void,
  ownIndex?: (models: Models) => Promise<ServedIndex>,
) {
  keepPromptsPrivate();
  const { openEngine } = await import('./engine.ts');
  const { formatReport, formatWarning, progressBar } = await import('./cli/report.ts');
  const bar = progressBar(process.stderr);
  return openEngine({
    ...config,
    ...writerOf(config),
    longestQuestion: config.questionLimit,
    remembered: config.cache,
    onWarning: onWarning ?? ((warning) => process.stderr.write(formatWarning(warning))),
    ...(ownIndex && { ownIndex }),
    onProgress: bar.onProgress,
    onIngested(report) {
      bar.stop();
      process.stderr.write(formatReport(report));
    },
  }).finally(bar.stop);
}

/** The chat model that the settings name, if they name one. */
function writerOf(config: Config): { writer?: WriterOptions } {
  const { chatModel: name, chatModelUrl: url, chatModelKey: key, prompts } = config;
  const { chatModelTokens: mostTokens, chatModelDailyTokens: dailyTokens } = config;
  return name === null
    ? {}
    : { writer: { name, url, key, timeoutMs: config.chatModelTimeout * 1_000, prompts, mostTokens, dailyTokens } };
}

/** Links lead to where `serve` answers with these settings; nobody knows where that is if it takes any free port. */
function formatOf({ publicUrl, host, port }: Config): { colour: boolean; baseUrl: string } {
  const baseUrl = publicUrl ?? (port === 0 ? '' : reachableAt(host, port));
  return { colour: mayColour(process.stdout), baseUrl };
}

/** Ends with the error's exit code, its line on stderr. */
async function end(error: unknown): Promise<void> {
  if (error instanceof CommanderError && error.exitCode === 0) return; // --help was asked for, and printed
  const { formatError } = await import('./cli/report.ts');
  const wrong = error instanceof CommanderError ? misused(error) : asPullquoteError(error);
  process.stderr.write(formatError(wrong));
  process.exitCode = wrong.exit;
}

/** Without a command, commander prints the help and its error has no words. */
function misused({ code, message }: CommanderError): PullquoteError {
  return new PullquoteError('USAGE', code === 'commander.help' ? 'which command?' : message.replace(/^error: /, ''));
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', async (error) => {
    // Whoever read has had enough (`pullquote … | head -1`): nothing went wrong, and nobody is left to tell.
    if (systemCode(error) !== 'EPIPE') await end(error);
    process.exit();
  });
}
await program.parseAsync().catch(end);
