import { existsSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addEvaluation } from '../../src/cli/evaluate-commands.ts';
import { readConfig } from '../../src/config.ts';
import { type Engine, openEngine } from '../../src/engine.ts';
import { asPullquoteError } from '../../src/errors.ts';
import type { Summary } from '../../src/evaluation/types.ts';
import { startFakeModel } from '../support/fake-models.ts';
import { bestSentence, replyOf } from '../support/model-roles.ts';
import {
  indexOf,
  root,
  runCli,
  type Started,
  seeds,
  startCli,
  startServer,
  temporaryFolder,
} from '../support/run-cli.ts';

let index: string;
let cwd: string;
const questions = 'questions.jsonl';

/** Ten of the fixed questions: answered, declined, and failing in both ways. */
const CHOSEN = [
  'donetsk-control',
  'luhansk-share',
  'venue-palace',
  'first-invasion-year',
  'us-guarantee-years',
  'talks-continue-day',
  'us-envoys',
  'kushner-trump-relation',
];

beforeAll(async () => {
  index = await indexOf(seeds);
  cwd = await temporaryFolder();
  const fixed = JSON.parse(await readFile(join(root, 'test/questions/articles.json'), 'utf8')) as {
    id: string;
    expect: { kind: string };
  }[];
  const chosen = [
    ...fixed.filter(({ id }) => CHOSEN.includes(id)),
    ...fixed.filter(({ expect: it }) => it.kind === 'unanswered').slice(0, 4),
  ];
  await writeFile(join(cwd, questions), chosen.map((it) => `${JSON.stringify(it)}\n`).join(''));
  await copyFile(join(root, 'test/fixtures/harbour-squad.json'), join(cwd, 'squad.json'));
  process.chdir(cwd);
});
afterAll(() => process.chdir(root));

const env = () => ({ PULLQUOTE_INDEX: index, PULLQUOTE_MODELS: join(root, 'models') });
const evaluate = (...args: string[]) => runCli(['evaluate', ...args], { cwd, env: env() });

/** Opened once for all who ask with the same settings. */
const engines = new Map<string, Promise<Engine>>();

/** The same commands in this process, where it is not the process that matters. */
async function here(args: string[], settings: Record<string, string> = {}) {
  let stdout = '';
  const wrote = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text);
    return true;
  });
  const program = new Command('pullquote').exitOverride();
  addEvaluation(program, {
    configOf: ({ index: named }) => readConfig({ ...env(), ...settings, ...(named && { PULLQUOTE_INDEX: named }) }),
    open(config, ownIndex) {
      const { questionLimit: longestQuestion, cache: remembered } = config;
      const options = { ...config, longestQuestion, remembered, onWarning: () => {} };
      if (ownIndex !== undefined) return openEngine({ ...options, ownIndex });
      const name = JSON.stringify([config.index, config.threshold, remembered]);
      const engine = engines.get(name) ?? openEngine(options);
      engines.set(name, engine);
      return engine;
    },
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return { code: 0, stdout, stderr: '' };
  } catch (error) {
    const { code, message, exit } = asPullquoteError(error);
    return { code: exit, stdout, stderr: `pullquote: ${code}: ${message}\n` };
  } finally {
    wrote.mockRestore();
  }
}

const readJson = async (path: string) => JSON.parse(await readFile(join(cwd, path), 'utf8'));

/** A summary without what a clock told. */
async function timeless(run: string): Promise<unknown> {
  const { latency, scored, ...rest } = (await readJson(join(run, 'summary.json'))) as Summary;
  expect(Object.keys(latency)).toContain('total');
  return { ...rest, scored: scored.map((one) => ({ ...one, timings: {} })) };
}

/** Resolves once so many answers are kept. */
async function answered({ ended }: Started, run: string, count: number): Promise<void> {
  const file = join(cwd, run, 'results.jsonl');
  for (let over = false; !over; ) {
    const lines = existsSync(file) ? (await readFile(file, 'utf8')).split('\n').length - 1 : 0;
    if (lines >= count) return;
    over = await Promise.race([
      ended.then(() => true),
      new Promise<boolean>((next) => setTimeout(() => next(false), 10)),
    ]);
  }
  throw new Error(`it ended before: ${(await ended).stderr}`);
}

describe('evaluate', () => {
  it('asks, measures and reports; killed and interrupted, it goes on and comes to the same', async () => {
    const bounds = '--min declined=0.5 --min verbatim=1 --max overRefusal=0.9'.split(' ');
    const whole = await here(['evaluate', questions, '--out', 'whole', ...bounds]);
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(whole.stdout).toMatch(/^12 questions, asked 12 times\n\n[\s\S]+Answered right \(right\) +\d/);
    expect(whole.stdout).toMatch(/\nwhole\/report\.html\n$/);

    const start = (...more: string[]) =>
      startCli(['evaluate', questions, '--out', 'broken', ...more], { cwd, env: env() });
    const killed = start();
    await answered(killed, 'broken', 3);
    killed.child.kill('SIGKILL');
    expect((await killed.ended).code).toBeNull();
    const kept = await readFile(join(cwd, 'broken', 'results.jsonl'), 'utf8');
    await writeFile(join(cwd, 'broken', 'results.jsonl'), kept.slice(0, -9)); // as if it had been torn, too

    const interrupted = start('--resume');
    await answered(interrupted, 'broken', 6);
    interrupted.child.kill('SIGINT');
    const { code, stderr, stdout } = await interrupted.ended;
    expect(stderr).toMatch(
      /^pullquote: RUN_INTERRUPTED: \d+ of 12 questions are answered and kept; go on with --resume\n$/,
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(existsSync(join(cwd, 'broken', 'summary.json'))).toBe(false);

    expect(await start('--resume').ended).toMatchObject({ code: 0, stderr: '' });
    const lines = (await readFile(join(cwd, 'broken', 'results.jsonl'), 'utf8')).trim().split('\n');
    expect(new Set(lines.map((line) => JSON.parse(line).id)).size).toBe(12);
    expect(lines).toHaveLength(12); // nothing was asked twice
    expect(await timeless('broken')).toEqual(await timeless('whole'));
    for (const name of ['report.html', 'summary.md', 'junit.xml', 'run.json']) {
      expect(existsSync(join(cwd, 'broken', name)), name).toBe(true);
    }
    expect(await readJson('broken/run.json')).toMatchObject({
      version: 1,
      run: {
        pullquote: expect.any(String),
        generation: expect.stringMatching(/^1-/),
        seed: 1,
        prompts: {},
        settings: { threshold: expect.any(Number) },
      },
    });
    expect(await readJson('broken/summary.json')).toMatchObject({
      answerers: { extractive: 12 },
      figures: { verbatim: { value: 1 } },
    });
  }, 240_000);

  it('fails a pipeline when a figure is below what was asked, and against a baseline', async () => {
    const options = '--out never --threshold 1 --limit 8 --min right=0.9 --baseline whole'.split(' ');
    const below = await here(['evaluate', questions, ...options]);
    expect(below.code).toBe(7);
    expect(below.stderr).toMatch(
      /^pullquote: QUALITY_BELOW: right is 0\.0%, below 90\.0%; right was \d+\.\d% and is 0\.0% \(−[\d.]+ pp, beyond chance\)/,
    );
    expect(below.stdout).toContain('Against the baseline: 8 askings compared');
    expect(existsSync(join(cwd, 'never', 'junit.xml'))).toBe(true);

    const compared = await here(['evaluate', 'compare', 'whole', 'never']);
    expect(compared).toMatchObject({ code: 0, stderr: '' });
    expect(compared.stdout).toMatch(/settings\.threshold: 0\.\d+ → 1\n/);
    expect(compared.stdout).toMatch(/lost: [1-9]/);
    const markdown = await here(['evaluate', 'compare', 'whole', 'never', '--markdown']);
    expect(markdown.stdout).toMatch(/^### Pullquote evaluation: questions\.jsonl\n\n[\s\S]+🔻/);
  }, 120_000);

  it('asks a running server, as it asks here', async () => {
    const server = await startServer(index, { env: { PULLQUOTE_MODELS: join(root, 'models') } });
    const asked = await here(['evaluate', questions, '--url', server.url, '--out', 'served', '--min', 'verbatim=1']);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    const [served, whole] = [
      (await readJson('served/summary.json')) as Summary,
      (await readJson('whole/summary.json')) as Summary,
    ];
    expect(served.run).toMatchObject({ asked: server.url, generation: whole.run.generation });
    for (const name of ['right', 'declined', 'documentCited', 'auroc']) {
      expect(served.figures[name], name).toEqual(whole.figures[name]);
    }
    // What only the ranking tells is not measured, rather than measured otherwise.
    expect(served.figures).not.toHaveProperty(['passage@1']);
    expect(served.figures).not.toHaveProperty('calibrationError');
    server.child.kill();
  }, 120_000);

  it('asks a SQuAD file’s own documents and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await here(
      ['evaluate', 'squad.json', '--documents-from-file', '--leave-out', '--out', 'squad', '--sample', '5'],
      { PULLQUOTE_INDEX: join(cwd, 'no-index') },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^5 questions, asked [6-9] times\n/);
    expect(stdout).toContain('(passage@1)');
    expect(existsSync(join(cwd, 'no-index'))).toBe(false);
  }, 120_000);

  it('has a chat model write, counts its tokens, and has it judge beside the figures', async () => {
    const opinion = '{"correct": true, "supported": true, "reason": "It does."}';
    const fake = await startFakeModel('openai', (asked) => {
      if (asked.system.startsWith('You check answers')) return { text: opinion };
      const best = bestSentence(asked);
      return { text: replyOf(asked, best === null ? [] : [{ text: best.quote, quotes: [best] }]) };
    });
    const model = {
      PULLQUOTE_MODEL: 'openai:gpt-test',
      PULLQUOTE_MODEL_BASE_URL: fake.url,
      PULLQUOTE_MODEL_KEY: 'sk-secret',
    };
    const options = ['--limit', '2', '--judge', '--prices', '1,2', '--out', 'judged'];
    const judged = await runCli(['evaluate', questions, ...options], { cwd, env: { ...env(), ...model } });
    expect(judged).toMatchObject({ code: 0, stderr: '' });
    expect(judged.stdout).toMatch(/openai:gpt-test finds it correct +100\.0%/);
    expect(fake.asked.length).toBeGreaterThan(2);
    const { run, figures, answerers } = (await readJson('judged/summary.json')) as Summary;
    expect(run).toMatchObject({
      judge: 'openai:gpt-test',
      settings: { chatModel: 'openai:gpt-test', chatModelUrl: fake.url },
      prompts: { 'answer.md': expect.any(String), 'judge.md': expect.any(String) },
    });
    expect(Object.keys(answerers)).toContainEqual(expect.stringMatching(/^openai:gpt-test#[\da-f]{8}$/));
    expect(figures).toMatchObject({ inputTokens: { value: 321 }, outputTokens: { value: 45 } });
    expect(figures.cost?.value).toBeCloseTo((321 + 2 * 45) / 1e6, 12);
    const names = ['run.json', 'summary.json', 'results.jsonl', 'judgements.jsonl', 'report.html'];
    for (const name of names) expect(await readFile(join(cwd, 'judged', name), 'utf8')).not.toContain('sk-secret');
  }, 120_000);

  it('refuses a number that is none, as the command line does', async () => {
    const ended = await evaluate(questions, '--limit', '0');
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^pullquote: USAGE: .*whole number, 1 or more/);
  });

  it.each([
    [['bad.jsonl'], 2, /QUESTIONS_INVALID: bad\.jsonl, line 2: not JSON: /],
    [
      ['unknown.jsonl', '--out', 'x'],
      2,
      /QUESTIONS_INVALID: unknown\.jsonl, line 1: there is no document "nowhere" in the index/,
    ],
    [[questions, '--min', 'rigth=0.9'], 2, /USAGE: .*did you mean right\?/],
    [[questions, '--out', 'whole'], 2, /RUN_EXISTS: the run|RUN_EXISTS: "whole" holds a run already/],
    [
      [questions, '--out', 'whole', '--resume', '--seed', '9'],
      2,
      /RUN_MISMATCH: the run in "whole" was made otherwise: seed was 1 and is 9/,
    ],
    [[questions, '--judge'], 2, /USAGE: --judge needs a chat model: set PULLQUOTE_JUDGE or PULLQUOTE_MODEL/],
    [
      [questions, '--url', 'http://127.0.0.1:9', '--out', 'x'],
      6,
      /SERVER_UNREACHABLE: http:\/\/127\.0\.0\.1:9 cannot be reached/,
    ],
  ])(
    'refuses %j in a line',
    async (args, code, message) => {
      await writeFile(join(cwd, 'bad.jsonl'), '{"question": "A?"}\n{"question": \n');
      await writeFile(join(cwd, 'unknown.jsonl'), '{"question": "A?", "documents": ["nowhere"]}\n');
      const ended = await here(['evaluate', ...args]);
      expect(ended.stderr).toMatch(/^pullquote: [^\n]+\n$/);
      expect(ended.stderr).toMatch(message);
      expect(ended).toMatchObject({ code, stdout: '' });
    },
    120_000,
  );
});

describe('evaluate init', () => {
  it('drafts from the index that it is given, by the seed that it is given', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'harbour.txt'),
      'Harbour\n\nThe harbour of Southport was opened to all boats in 1934.\n',
    );
    const other = await indexOf(folder);
    expect(await here(['evaluate', 'init', 'other.jsonl', '--index', other])).toMatchObject({ code: 0 });
    expect(JSON.parse(await readFile(join(cwd, 'other.jsonl'), 'utf8'))).toMatchObject({ documents: ['harbour'] });
    const drawn = [];
    for (const seed of ['1', '2']) {
      await here(['evaluate', 'init', `seed-${seed}.jsonl`, '--count', '5', '--seed', seed]);
      drawn.push(await readFile(join(cwd, `seed-${seed}.jsonl`), 'utf8'));
    }
    expect(drawn[0]).not.toBe(drawn[1]);
  }, 120_000);

  it('drafts questions that a person has to accept', async () => {
    const made = await here(['evaluate', 'init', 'drafts.jsonl', '--count', '4']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(/^4 drafts in drafts\.jsonl, made by rule\. /);
    const text = await readFile(join(cwd, 'drafts.jsonl'), 'utf8');
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).draft),
    ).toEqual([true, true, true, true]);
    expect(await here(['evaluate', 'init', 'drafts.jsonl'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is there already'),
    });
    expect(await here(['evaluate', 'drafts.jsonl'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('accept the drafts'),
    });
    await writeFile(join(cwd, 'accepted.jsonl'), text.replaceAll(',"draft":true', ''));
    const asked = await here(['evaluate', 'accepted.jsonl', '--out', 'accepted']);
    expect(asked).toMatchObject({ code: 0 });
    expect(asked.stdout).toContain('4 questions');
  }, 120_000);
});

describe('calibrate', () => {
  it('chooses a threshold, says how to set it, and draws the curve', async () => {
    const options = '--documents-from-file --leave-out --declined 1 --out curve.html'.split(' ');
    const done = await here(['calibrate', 'squad.json', ...options]);
    expect(done).toMatchObject({ code: 0, stderr: '' });
    expect(done.stdout).toMatch(/^8 questions with an answer, 10 without\n/);
    expect(await readFile(join(cwd, 'curve.html'), 'utf8')).toContain('<svg');
    const [, threshold = ''] = /\nSet it with PULLQUOTE_THRESHOLD=(0\.\d+) in the environment/.exec(done.stdout) ?? [];
    const [, right, declined] = /chosen +([\d.]+)% +([\d.]+)%/.exec(done.stdout) ?? [];
    // What it promises is what comes of it.
    const applied = await here(['evaluate', 'squad.json', '--documents-from-file', '--leave-out', '--out', 'strict'], {
      PULLQUOTE_THRESHOLD: threshold,
    });
    expect(applied.stdout).toMatch(new RegExp(`\\(right\\) +${right}%`));
    expect(applied.stdout).toMatch(new RegExp(`\\(declined\\) +${declined}%`));
  }, 120_000);

  it('needs questions of both kinds', async () => {
    await writeFile(join(cwd, 'one.jsonl'), '{"question": "Who is the German chancellor?", "words": ["Merz"]}\n');
    const ended = await here(['calibrate', 'one.jsonl']);
    expect(ended.stderr).toMatch(
      /^pullquote: USAGE: 1 question with an answer and 0 without: some of both are needed\n$/,
    );
    expect(ended.code).toBe(2);
  }, 120_000);
});
