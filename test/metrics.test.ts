import { describe, expect, it } from 'vitest';
import { PullquoteError } from '../src/errors.ts';
import type { FeedbackLog } from '../src/feedback/feedback-log.ts';
import { createMetrics } from '../src/metrics.ts';
import type { Answer, Chatbot } from '../src/types.ts';
import { createFakeChatbot } from './support/fake-chatbot.ts';

const fake = createFakeChatbot();

/** A chatbot that gives these answers, one after the other, and metrics that watch it. */
function watched(...answers: (Answer | Error)[]) {
  const metrics = createMetrics({ chatbot: fake, warnings: () => ['a damaged file'] });
  const chatbot: Chatbot = {
    corpus: () => fake.corpus(),
    async ask() {
      const answer = answers.shift();
      if (answer === undefined || answer instanceof Error) throw answer;
      return answer;
    },
  };
  return { metrics, chatbot: metrics.watch(chatbot, 'web') };
}

/** Name and labels, as Prometheus writes them → value. */
async function values(metrics: ReturnType<typeof createMetrics>): Promise<Map<string, number>> {
  const { text } = await metrics.read();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

const answered = await fake.ask('When did the harbour open?');
const written: Answer = {
  ...answered,
  answerer: 'openai:fake#0123456789ab',
  model: { id: 'openai:fake', usage: { input: 900, output: 70 }, dropped: { quotes: 2, statements: 1 } },
  timings: { search: 20, model: 1_500, total: 1_600 },
};

describe('the metrics', () => {
  it('count answers by kind and by who made them, and how long they took', async () => {
    const { metrics, chatbot } = watched(answered, answered, written, { ...answered, kind: 'unanswered' });
    for (let asked = 0; asked < 4; asked += 1) await chatbot.ask('?');
    const counted = await values(metrics);
    const labels = (kind: string, answerer: string) => `{surface="web",kind="${kind}",answerer="${answerer}"}`;
    expect(counted.get(`pullquote_answers_total${labels('answered', 'extractive')}`)).toBe(2);
    expect(counted.get(`pullquote_answers_total${labels('answered', 'chat_model')}`)).toBe(1);
    expect(counted.get(`pullquote_answers_total${labels('unanswered', 'extractive')}`)).toBe(1);
    expect(counted.get('pullquote_answer_seconds_bucket{le="1",surface="web"}')).toBe(3);
    expect(counted.get('pullquote_answer_seconds_bucket{le="2.5",surface="web"}')).toBe(4);
    expect(counted.get('pullquote_stage_seconds_sum{stage="model"}')).toBe(1.5);
  });

  it('count a chat model’s tokens, what was dropped of its answers, and its failures', async () => {
    const failed: Answer = {
      ...written,
      answerer: 'extractive',
      model: {
        id: 'openai:fake',
        dropped: { quotes: 0, statements: 0 },
        failure: { code: 'CHAT_MODEL_TIMEOUT', message: '' },
      },
    };
    const { metrics, chatbot } = watched(written, written, failed);
    for (let asked = 0; asked < 3; asked += 1) await chatbot.ask('?');
    const counted = await values(metrics);
    expect(counted.get('pullquote_chat_model_tokens_total{direction="input"}')).toBe(1_800);
    expect(counted.get('pullquote_chat_model_tokens_total{direction="output"}')).toBe(140);
    expect(counted.get('pullquote_chat_model_dropped_total{what="quotes"}')).toBe(4);
    expect(counted.get('pullquote_chat_model_dropped_total{what="statements"}')).toBe(2);
    expect(counted.get('pullquote_chat_model_failures_total{code="CHAT_MODEL_TIMEOUT"}')).toBe(1);
  });

  it('count no token twice when an answer is remembered', async () => {
    const { metrics, chatbot } = watched(written, { ...written, timings: { total: 1 } });
    await chatbot.ask('?');
    await chatbot.ask('?');
    const counted = await values(metrics);
    expect(counted.get('pullquote_chat_model_tokens_total{direction="input"}')).toBe(900);
    expect(counted.get('pullquote_answers_total{surface="web",kind="answered",answerer="chat_model"}')).toBe(2);
  });

  it('count questions that end in an error, which stays what it was', async () => {
    const full = new PullquoteError('QUESTION_EMPTY', 'the question is empty');
    const { metrics, chatbot } = watched(full, new TypeError('unforeseen'));
    await expect(chatbot.ask('')).rejects.toBe(full);
    await expect(chatbot.ask('?')).rejects.toThrow('unforeseen');
    const counted = await values(metrics);
    expect(counted.get('pullquote_failed_questions_total{surface="web",code="QUESTION_EMPTY"}')).toBe(1);
    expect(counted.get('pullquote_failed_questions_total{surface="web",code="INTERNAL"}')).toBe(1);
  });

  it('count an opinion once it is kept, and none that is not', async () => {
    const metrics = createMetrics({ chatbot: fake, warnings: () => [] });
    let full = false;
    const log: FeedbackLog = metrics.watchFeedback({
      async append() {
        if (full) throw new PullquoteError('FEEDBACK_FULL', 'full');
      },
    });
    const opinion = { version: 1, id: 'a', at: '2026-01-01T00:00:00Z', trust: 'given', history: [] } as const;
    await log.append({ ...opinion, history: [], rating: 'up', answer: answered });
    await log.append({ ...opinion, history: [], rating: null, answer: answered });
    full = true;
    await expect(log.append({ ...opinion, history: [], rating: 'up', answer: answered })).rejects.toThrow('full');
    const counted = await values(metrics);
    expect(counted.get('pullquote_feedback_total{rating="up"}')).toBe(1);
    expect(counted.get('pullquote_feedback_total{rating="taken_back"}')).toBe(1);
  });

  it('tell what serves: the generation that does, not the one before', async () => {
    let generation = '1-aaaaaaaaaaaaaaaa';
    const { documents } = fake.corpus();
    const metrics = createMetrics({
      chatbot: { corpus: () => ({ generation, documents }) },
      warnings: () => ['a damaged file'],
    });
    await metrics.read();
    generation = '2-bbbbbbbbbbbbbbbb';
    const counted = await values(metrics);
    expect([...counted.keys()].filter((name) => name.startsWith('pullquote_index_info'))).toEqual([
      'pullquote_index_info{generation="2-bbbbbbbbbbbbbbbb"}',
    ]);
    expect(counted.get('pullquote_documents')).toBe(documents.size);
    expect(counted.get('pullquote_warnings')).toBe(1);
    expect(counted.get('process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
  });
});
