import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftWithModel } from '../../src/evaluation/draft-with-model.ts';
import { judgeAnswers } from '../../src/evaluation/judge.ts';
import { figuresOfJudge } from '../../src/evaluation/judge-figures.ts';
import type { Judgement } from '../../src/evaluation/types.ts';
import { answerOf, declined, exampleOf, resultOf } from '../support/evaluation.ts';
import { fakePublication } from '../support/fake-generation.ts';
import { type Role, startFakeModel } from '../support/fake-models.ts';
import { root } from '../support/run-cli.ts';
import { KEY, openFake } from '../support/written.ts';

const prompts = join(root, 'prompts');
const answer = answerOf({ a: 'The harbour cost €12 million.' }, { shortAnswer: { text: '€12 million', citation: 1 } });
const asked = (id: string) => ({ example: exampleOf({ id, words: [['€12 million']] }), repeat: 1, leftOut: false });

async function judge(role: Role, done = new Map<string, Judgement>()) {
  const fake = await startFakeModel('openai', role);
  const model = await openFake(fake);
  const kept: Judgement[] = [];
  const judgements = await judgeAnswers(
    [asked('q1'), asked('q2'), { ...asked('q3'), leftOut: true }],
    [resultOf(answer), resultOf(declined, { id: 'q2' }), resultOf(answer, { id: 'q3', leftOut: true })],
    { model, prompts, concurrency: 2, done, keep: async (judgement) => void kept.push(judgement) },
  );
  return { judgements, kept, fake };
}

describe('the judge', () => {
  it('is told the question, what is right, the answer and its quotes, and its opinion is kept', async () => {
    const opinion = { correct: true, supported: false, reason: 'The year is missing.' };
    const { judgements, kept, fake } = await judge(() => ({ text: JSON.stringify(opinion) }));
    // Only what was answered is judged.
    expect(judgements).toEqual([{ id: 'q1', repeat: 1, ...opinion, failure: null, usage: { input: 321, output: 45 } }]);
    expect(kept).toEqual(judgements);
    const [asked] = fake.asked;
    expect(asked).toMatchObject({ isHeld: true, body: { temperature: 0 } });
    expect(asked?.system).toMatch(/^You check answers/);
    for (const words of ['What did the harbour cost?', '€12 million', '[1] The harbour cost €12 million.']) {
      expect(asked?.user).toContain(words);
    }
    expect(`${asked?.system}${asked?.user}`).not.toContain('{{');
  });

  it('may wrap its opinion in a fence of backquotes', async () => {
    const text = 'Here:\n```json\n{"correct": false, "supported": true, "reason": "x"}\n```';
    const { judgements } = await judge(() => ({ text }));
    expect(judgements).toMatchObject([{ correct: false, supported: true, failure: null }]);
  });

  it.each<[string, Role, string, RegExp]>([
    [
      'writes prose',
      () => ({ text: 'I think it is fine.' }),
      'CHAT_MODEL_OUTPUT_INVALID',
      /wrote something else than it was asked for/,
    ],
    ['leaves a field out', () => ({ text: '{"correct": true}' }), 'CHAT_MODEL_OUTPUT_INVALID', /wrote something else/],
    [
      'refuses the key',
      () => ({ status: 401, error: { message: `no: ${KEY}` } }),
      'CHAT_MODEL_KEY_REFUSED',
      /^openai:fake-1 refused the key: HTTP 401/,
    ],
  ])('that %s gives no opinion, which is told, and never the key', async (_, role, code, message) => {
    const { judgements } = await judge(role);
    expect(judgements).toMatchObject([
      { correct: null, supported: null, failure: { code, message: expect.stringMatching(message) } },
    ]);
    expect(JSON.stringify(judgements)).not.toContain(KEY);
    expect(figuresOfJudge(judgements, 1)).toEqual({ figures: {}, failed: 1 });
  });

  it('is not asked again what it has said', async () => {
    const before = { id: 'q1', repeat: 1, correct: true, supported: true, reason: 'x', failure: null, usage: null };
    const done = new Map([[JSON.stringify(['q1', 1, false]), before]]);
    const { judgements, fake } = await judge(() => ({ status: 500 }), done);
    expect(judgements).toEqual([before]);
    expect(fake.asked).toEqual([]);
  });
});

it('drafts by a model are kept where their answer stands in the passage', async () => {
  const { documents, chunks } = fakePublication();
  const fake = await startFakeModel('openai', ({ user }) => {
    const words = /Sentence \d+ of \S+ says/.exec(user)?.[0] ?? '';
    const questions = [
      { question: `Who says ${words}?`, answer: words },
      { question: 'What else?', answer: 'nothing that stands there' },
    ];
    return { text: JSON.stringify({ questions }) };
  });
  const model = await openFake(fake);
  const byId = new Map(documents.map((document) => [document.id, document]));
  const drafts = await draftWithModel(byId, chunks, {
    model,
    prompts,
    count: 3,
    seed: 1,
  });
  expect(drafts).toHaveLength(3);
  expect(fake.asked).toHaveLength(3);
  for (const { words, documents: ids, draft } of drafts) {
    expect(draft).toBe(true);
    expect(ids.every((id) => byId.get(id)?.text.includes(words[0]?.[0] ?? ''))).toBe(true);
  }
});
