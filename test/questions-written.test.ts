import { beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Chatbot } from '../src/types.ts';
import { startLastingFakeModel } from './support/fake-models.ts';
import { fault, questions } from './support/fixed-questions.ts';
import { readingWith } from './support/model-roles.ts';
import { expectVerbatim } from './support/real-engine.ts';
import { seeds } from './support/run-cli.ts';
import { type Library, openFake, openLibrary, writingChatbot } from './support/written.ts';

/** The fixed questions, with answers that a fake model writes from the passages of its prompt, as honestly as the built-in reader can. */
let library: Library;
let chatbot: Chatbot;

beforeAll(async () => {
  library = await openLibrary(seeds);
  const reader = await writingChatbot(library, undefined as never, { writer: undefined as never, remembered: 100 });
  const fake = await startLastingFakeModel('openai', readingWith(reader));
  chatbot = await writingChatbot(library, await openFake(fake));
  return () => fake.close();
});

const ways: [string, (question: string) => Promise<Answer>][] = [
  ['whole', (question) => chatbot.ask(question)],
  [
    'statement by statement',
    async (question) => {
      const told: string[] = [];
      const answer = await chatbot.ask(question, { onStatement: ({ text }) => told.push(text) });
      if (answer.answerer !== 'extractive') expect(told).toEqual(answer.statements.map(({ text }) => text));
      else expect(told).toEqual([]);
      return answer;
    },
  ],
];

describe.each(ways)('the fixed questions, written by an honest model, %s', (_, ask) => {
  it('are answered and declined as without it, nearly all in its words', async () => {
    const wrong: string[] = [];
    let written = 0;
    let answered = 0;
    for (const fixed of questions) {
      const answer = await ask(fixed.question);
      expectVerbatim(answer, library.served.documents);
      expect(answer.model?.failure).toBeUndefined();
      if (answer.kind === 'answered') answered += 1;
      if (answer.answerer !== 'extractive') written += 1;
      const found = fault(answer, fixed);
      if (found !== null && fixed.knownMiss === undefined) wrong.push(`${fixed.id}: ${found}`);
    }
    expect(wrong).toEqual([]);
    expect(written).toBeGreaterThan(answered * 0.9);
  }, 300_000);
});
