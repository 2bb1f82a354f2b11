import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createFeedbackLog, type Feedback } from '../../src/feedback/feedback-log.ts';
import { donetsk } from '../support/real-engine.ts';
import { askServer, indexOf, runCli, seeds, startServer, temporaryFolder } from '../support/run-cli.ts';

const quote = 'The harbour reopened on 3 May.';
const answered: Feedback['answer'] = {
  kind: 'answered',
  question: 'When did it reopen?',
  standaloneQuestion: 'When did the harbour reopen?',
  text: `${quote} [1][2]`,
  shortAnswer: { text: '3 May', citation: 1 },
  statements: [{ text: quote, citations: [1, 2] }],
  citations: ['harbour', 'quay', 'harbour'].map((id, i) => ({
    number: i + 1,
    document: { id, revision: 'a'.repeat(64) },
    start: 0,
    end: quote.length,
    quote,
  })),
  disagreements: [],
  nearest: [],
  confidence: 0.9,
  answerer: 'extractive',
  generation: '1-0123456789abcdef',
};
const unanswered: Feedback['answer'] = { ...answered, kind: 'unanswered', text: '', statements: [], citations: [] };
delete unanswered.shortAnswer;

const given = (
  id: string,
  rating: 'up' | 'down',
  answer: Feedback['answer'],
  more: Partial<Feedback> = {},
): Feedback => ({
  version: 1,
  id,
  at: '2026-05-04T10:00:00.000Z',
  rating,
  trust: 'given',
  history: [],
  answer,
  ...more,
});

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  const log = createFeedbackLog({ folder, limit: 1_000_000 });
  await log.append(given('good', 'up', answered, { history: ['Is there a harbour?'], documents: ['harbour', 'quay'] }));
  await appendFile(join(folder, 'feedback.jsonl'), '{"version":1,"id":"torn');
  await log.append(given('bad', 'down', answered, { note: 'That was\nthe old harbour.' }));
  await log.append(given('silent', 'up', unanswered));
});

describe('pullquote feedback export', () => {
  it('prints examples as the fixed questions have them, and what was thought of the answer', async () => {
    const { code, stdout, stderr } = await runCli(['feedback', 'export', '--folder', folder]);
    const examples = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(examples).toEqual([
      {
        id: 'feedback-good',
        tags: ['feedback', 'answerable'],
        question: 'When did it reopen?',
        history: ['Is there a harbour?'],
        documents: ['harbour', 'quay'],
        expect: { kind: 'answered', words: [['3 May']], documents: ['harbour', 'quay'] },
        feedback: { rating: 'up', at: '2026-05-04T10:00:00.000Z', trust: 'given', answer: answered },
      },
      {
        id: 'feedback-bad',
        tags: ['feedback'],
        question: 'When did it reopen?',
        feedback: {
          rating: 'down',
          note: 'That was\nthe old harbour.',
          at: '2026-05-04T10:00:00.000Z',
          trust: 'given',
          answer: answered,
        },
      },
      {
        id: 'feedback-silent',
        tags: ['feedback', 'unanswerable'],
        question: 'When did it reopen?',
        expect: { kind: 'unanswered' },
        feedback: { rating: 'up', at: '2026-05-04T10:00:00.000Z', trust: 'given', answer: unanswered },
      },
    ]);
    expect(stderr).toBe(`pullquote: warning: passed over in the feedback of ${folder}, cut short or damaged: line 2\n`);
    expect(code).toBe(0);
  });

  it('prints one kind of rating where only that is asked for, from the folder of the settings', async () => {
    const { stdout } = await runCli(['feedback', 'export', '--rating', 'down'], {
      env: { PULLQUOTE_FEEDBACK: folder },
    });
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['feedback-bad']);
  });

  it('prints nothing where there is none, and says so', async () => {
    const none = join(folder, 'none');
    const { code, stdout, stderr } = await runCli(['feedback', 'export', '--folder', none]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: `pullquote: warning: there is no feedback in ${none}\n`,
    });
  });

  it('refuses a rating that there is not, and a folder that is none', async () => {
    const wrong = await runCli(['feedback', 'export', '--rating', 'sideways']);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("'sideways' is invalid") });
    const file = await runCli(['feedback', 'export', '--folder', join(folder, 'feedback.jsonl')]);
    expect(file).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(/^pullquote: FOLDER_MISSING: .*\(ENOTDIR\)\n$/),
    });
  });
});

describe('pullquote serve', () => {
  it('has on the disk each thumb that it acknowledged, killed or not, and takes more when it is back', async () => {
    const index = await indexOf(seeds);
    const kept = join(await temporaryFolder(), 'feedback');
    const env = { PULLQUOTE_FEEDBACK: kept, PULLQUOTE_RATE_LIMIT: '0' };
    const first = await startServer(index, { env });
    const { body: answer } = await askServer(first.url, donetsk);
    const rate = async (url: string, note: string): Promise<string> => {
      const { conversationId, ...given } = answer;
      const response = await fetch(`${url}/api/feedback`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ rating: 'up', note, conversationId, answer: given }),
      });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      return ((await response.json()) as { id: string }).id;
    };
    const acknowledged: string[] = [];
    const rating = Promise.allSettled(
      Array.from({ length: 4 }, async () => {
        for (;;) acknowledged.push(await rate(first.url, 'x'.repeat(2000)));
      }),
    );
    await expect.poll(() => acknowledged.length).toBeGreaterThan(15);
    first.child.kill('SIGKILL');
    await Promise.all([first.ended, rating]);

    const second = await startServer(index, { env });
    // The conversation died with the first server.
    acknowledged.push(await rate(second.url, 'after'));
    second.child.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout } = await runCli(['feedback', 'export', '--folder', kept]);
    const examples = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const ids = new Set(examples.map(({ id }) => id));
    expect(acknowledged.filter((id) => !ids.has(`feedback-${id}`))).toEqual([]);
    expect(examples.at(-1)).toMatchObject({ question: donetsk, feedback: { note: 'after', trust: 'checked' } });
    expect(code).toBe(0);
  });
});
