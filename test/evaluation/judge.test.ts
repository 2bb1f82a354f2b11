import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { draftWithModel } from '../../src/evaluation/draft-with-model.ts';
import { judgeAnswers } from '../../src/evaluation/judge.ts';
import { figuresOfJudge } from '../../src/evaluation/judge-figures.ts';
import { openChatModel } from '../../src/evaluation/open-chat-model.ts';
import { readPromptFile } from '../../src/evaluation/prompt-file.ts';
import type { Judgement } from '../../src/evaluation/types.ts';
import { answerOf, declined, exampleOf, resultOf } from '../support/evaluation.ts';
import { fakePublication } from '../support/fake-generation.ts';
import { type OpenAiRequest, startOpenAi } from '../support/openai.ts';
import { root, temporaryFolder } from '../support/run-cli.ts';

const key = 'sk-never-to-be-seen';
const promptFile = join(root, 'prompts/judge.md');
const answer = answerOf({ a: 'The harbour cost €12 million.' }, { shortAnswer: { text: '€12 million', citation: 1 } });
const asked = (id: string) => ({ example: exampleOf({ id, words: [['€12 million']] }), repeat: 1, leftOut: false });

async function modelOf(reply: (request: OpenAiRequest) => string | number) {
  const server = await startOpenAi(reply);
  const options = { name: 'openai:gpt-test', url: server.url, key: { reveal: () => key }, timeoutMs: 10_000 };
  return { model: await openChatModel(options), requests: server.requests };
}

async function judge(reply: (request: OpenAiRequest) => string | number, done = new Map<string, Judgement>()) {
  const { model, requests } = await modelOf(reply);
  const kept: Judgement[] = [];
  const judgements = await judgeAnswers(
    [asked('q1'), asked('q2'), { ...asked('q3'), leftOut: true }],
    [resultOf(answer), resultOf(declined, { id: 'q2' }), resultOf(answer, { id: 'q3', leftOut: true })],
    { model, promptFile, concurrency: 2, done, keep: async (judgement) => void kept.push(judgement) },
  );
  return { judgements, kept, requests };
}

describe('the judge', () => {
  it('is told the question, what is right, the answer and its quotes, and its opinion is kept', async () => {
    const opinion = { correct: true, supported: false, reason: 'The year is missing.' };
    const { judgements, kept, requests } = await judge(() => JSON.stringify(opinion));
    // Only what was answered is judged.
    expect(judgements).toEqual([{ id: 'q1', repeat: 1, ...opinion, failure: null, usage: { input: 321, output: 45 } }]);
    expect(kept).toEqual(judgements);
    const [request] = requests;
    expect(request).toMatchObject({ temperature: 0, response_format: { type: 'json_schema' } });
    expect(request?.authorization).toBe(`Bearer ${key}`);
    const [system, user] = request?.messages ?? [];
    expect(system?.content).toMatch(/^You check answers/);
    for (const words of ['What did the harbour cost?', '€12 million', '[1] The harbour cost €12 million.']) {
      expect(user?.content).toContain(words);
    }
    expect(`${system?.content}${user?.content}`).not.toContain('{{');
  });

  it('may wrap its opinion in a fence of backquotes', async () => {
    const { judgements } = await judge(
      () => 'Here:\n```json\n{"correct": false, "supported": true, "reason": "x"}\n```',
    );
    expect(judgements).toMatchObject([{ correct: false, supported: true, failure: null }]);
  });

  it.each([
    ['writes prose', () => 'I think it is fine.', /wrote something else than it was asked for/],
    ['leaves a field out', () => '{"correct": true}', /wrote something else/],
    ['refuses the key', () => 401, /openai:gpt-test: /],
  ])('that %s gives no opinion, which is told, and never the key', async (_, reply, message) => {
    const { judgements } = await judge(reply);
    expect(judgements).toMatchObject([
      { correct: null, supported: null, failure: { code: 'JUDGE_FAILED', message: expect.stringMatching(message) } },
    ]);
    expect(JSON.stringify(judgements)).not.toContain(key);
    expect(figuresOfJudge(judgements, 1)).toEqual({ figures: {}, failed: 1 });
  });

  it('is not asked again what it has said', async () => {
    const before = { id: 'q1', repeat: 1, correct: true, supported: true, reason: 'x', failure: null, usage: null };
    const { judgements, requests } = await judge(() => 500, new Map([[JSON.stringify(['q1', 1, false]), before]]));
    expect(judgements).toEqual([before]);
    expect(requests).toEqual([]);
  });

  it('never shows its key', async () => {
    const { model } = await modelOf(() => '');
    expect(inspect(model, { depth: 9, showHidden: true })).not.toContain(key);
  });

  it('of a provider that there is not is refused by name', async () => {
    const options = { name: 'nobody:model', url: null, key: null, timeoutMs: 1_000 };
    await expect(openChatModel(options)).rejects.toMatchObject({
      code: 'JUDGE_FAILED',
      message: expect.stringMatching(/^nobody:model: /),
    });
  });
});

describe('a prompt', () => {
  it.each([
    ['Do it.\n---\n{{a}}', /lacks its placeholder \{\{b\}\}/],
    ['Do it.\n---\n{{a}} {{b}} {{c}}', /unknown placeholder \{\{c\}\}/],
    ['{{a}} {{b}}', /lacks its line ---/],
  ])('%j is refused by name', async (text, message) => {
    const file = join(await temporaryFolder(), 'p.md');
    await writeFile(file, text);
    await expect(readPromptFile(file, ['a', 'b'])).rejects.toMatchObject({
      code: 'PROMPT_INVALID',
      message: expect.stringMatching(message),
    });
  });

  it('that is not there is named, and what is filled in is not looked at again', async () => {
    await expect(readPromptFile('gone.md', [])).rejects.toMatchObject({ code: 'PROMPT_MISSING' });
    const file = join(await temporaryFolder(), 'p.md');
    await writeFile(file, 'Do {{a}}.\n---\n{{b}}');
    const fill = await readPromptFile(file, ['a', 'b']);
    expect(fill({ a: '$1 $&', b: '{{a}}' })).toEqual({ system: 'Do $1 $&.', user: '{{a}}' });
  });
});

it('drafts by a model are kept where their answer stands in the passage', async () => {
  const { documents, chunks } = fakePublication();
  const { model, requests } = await modelOf(({ messages }) => {
    const words = /Sentence \d+ of \S+ says/.exec(messages[1]?.content ?? '')?.[0] ?? '';
    return JSON.stringify({
      questions: [
        { question: `Who says ${words}?`, answer: words },
        { question: 'What else?', answer: 'nothing that stands there' },
      ],
    });
  });
  const byId = new Map(documents.map((document) => [document.id, document]));
  const drafts = await draftWithModel(byId, chunks, {
    model,
    promptFile: join(root, 'prompts/draft-questions.md'),
    count: 3,
    seed: 1,
  });
  expect(drafts).toHaveLength(3);
  expect(requests).toHaveLength(3);
  for (const { words, documents: ids, draft } of drafts) {
    expect(draft).toBe(true);
    expect(ids.every((id) => byId.get(id)?.text.includes(words[0]?.[0] ?? ''))).toBe(true);
  }
});
