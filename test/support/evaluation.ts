/** Questions, results and askers for the tests of the evaluation. */
import type { Asker } from '../../src/evaluation/asker.ts';
import type { Example, QuestionMeasure, Result, RunSettings, Scored, Task } from '../../src/evaluation/types.ts';
import type { Answer, Chatbot, Citation } from '../../src/types.ts';

export function exampleOf(given: Partial<Example> = {}): Example {
  return {
    id: 'q1',
    question: 'What did the harbour cost?',
    expected: 'answered',
    words: [],
    answers: [],
    documents: [],
    minDocuments: 1,
    places: [],
    verdict: null,
    disagreement: null,
    sides: [],
    compatible: null,
    standalone: null,
    tags: [],
    history: [],
    among: null,
    knownMiss: null,
    draft: false,
    line: 1,
    ...given,
  };
}

/** An answer with a quote a document, made by hand: for measures, which don't look into the documents. */
export function answerOf(quotes: Record<string, string>, given: Partial<Answer> = {}): Answer {
  const citations = Object.entries(quotes).map(([id, quote], index) => ({
    number: index + 1,
    document: { id, title: id, revision: 'r' },
    quote,
    start: 0,
    end: quote.length,
    prefix: '',
    suffix: '',
    link: `/sources/${id}#0-${quote.length}`,
  })) as unknown as Citation[];
  return {
    version: 1,
    kind: 'answered',
    question: 'q',
    standaloneQuestion: 'q',
    text: citations.map(({ quote }) => quote).join('\n'),
    statements: citations.map(({ quote, number }) => ({ text: quote, citations: [number] })),
    citations,
    disagreements: [],
    nearest: [],
    confidence: 0.9,
    answerer: 'extractive',
    generation: 'g',
    timings: { total: 5 },
    ...given,
  };
}

export const declined: Answer = answerOf({}, { kind: 'unanswered', confidence: 0.1, statements: [], text: '' });

export function resultOf(answer: Answer | null, given: Partial<Result> = {}): Result {
  const evidence = answer?.citations.map(({ number }) => ({
    list: 'citations' as const,
    number,
    exact: true,
    before: '',
    after: '',
  }));
  return {
    version: 1,
    id: 'q1',
    repeat: 1,
    leftOut: false,
    answer,
    failure: answer === null ? { code: 'INTERNAL', message: 'broken' } : null,
    ranking: null,
    evidence: evidence ?? [],
    ms: 5,
    ...given,
  };
}

/** What a measure says of one asking. */
export function measured(measure: QuestionMeasure, example: Partial<Example>, result: Result): number | null {
  return measure.of(exampleOf(example), result);
}

export function scoredOf(given: Partial<Scored> = {}): Scored {
  return {
    id: 'q1',
    repeat: 1,
    leftOut: false,
    question: 'Why?',
    tags: [],
    expected: 'answered',
    kind: 'answered',
    confidence: 0.5,
    values: {},
    timings: { total: 5 },
    fault: null,
    knownMiss: null,
    ...given,
  };
}

export const runSettings: RunSettings = {
  pullquote: '0.0.0',
  questions: { file: 'questions.jsonl', revision: 'a'.repeat(64) },
  asked: 'in process',
  generation: 'g',
  settings: { threshold: 0.5 },
  prompts: {},
  seed: 1,
  choice: { limit: null, sample: null, only: [], drafts: false },
  repeat: 1,
  leaveOut: false,
  judge: null,
};

/** Asks a chatbot directly, with no ranking; `onAsk` may fail or wait. */
export function askerOf(chatbot: Chatbot, onAsk: (task: Task) => unknown = () => {}): Asker & { asked: string[] } {
  const asked: string[] = [];
  const { generation, documents } = chatbot.corpus();
  return {
    asked,
    where: 'in process',
    generation,
    documents: [...documents.keys()],
    async ask(task) {
      asked.push(task.example.id);
      await onAsk(task);
      return { answer: await chatbot.ask(task.example.question), ranking: null, ms: 1 };
    },
    document: async (id) => documents.get(id) ?? null,
  };
}
