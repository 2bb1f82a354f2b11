/** A chatbot that answers from two small documents by plain rules, with citations that are true slices. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PullquoteError } from '../../src/errors.ts';
import type { Answer, AskOptions, Block, Chatbot, Citation, Document } from '../../src/types.ts';

/** What every page must show as text and never run. */
export const attack = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1">';

/** CRLF, an emoji of two units, HTML, a bullet, a heading: whatever moves an offset that is not computed from the text. */
const harbourText = [
  'Menu | Log in\r\n',
  'The harbour reopened\r\n\r\n',
  'The harbour 🚢 reopened on 3 May\r\nafter two years & cost €12 million. It has room for 40 boats.\r\n\r\n',
  'What people say\r\n\r\n',
  '- "It was <b>closed</b> far too long", said the mayor.\r\n',
  `- A visitor wrote ${attack} on the wall.\r\n\r\n`,
  'Nobody was hurt.\r\n',
].join('');

/** The block that a piece of text forms. */
function block(text: string, kind: Block['kind'], words: string): Block {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`no ${JSON.stringify(words)}`);
  return { kind, start, end: start + words.length };
}

export const harbour: Document = {
  id: 'news/harbour & sea',
  revision: 'a'.repeat(64),
  format: 'text',
  title: `The harbour reopened ${attack}`,
  author: 'Ada <Lovelace>',
  publisher: 'The "Quay" & Post',
  url: 'https://example.org/harbour?a=1&b=2',
  published: '2026-05-03',
  text: harbourText,
  blocks: [
    block(harbourText, 'debris', 'Menu | Log in'),
    block(harbourText, 'heading', 'The harbour reopened'),
    block(
      harbourText,
      'paragraph',
      'The harbour 🚢 reopened on 3 May\r\nafter two years & cost €12 million. It has room for 40 boats.',
    ),
    block(harbourText, 'heading', 'What people say'),
    block(harbourText, 'item', '"It was <b>closed</b> far too long", said the mayor.'),
    block(harbourText, 'item', `A visitor wrote ${attack} on the wall.`),
    block(harbourText, 'paragraph', 'Nobody was hurt.'),
  ],
  markup: [],
  sentences: [],
};

const budgetText = 'Budget\n\nThe harbour cost **€14 million**, the council says.';
export const budget: Document = {
  id: 'budget',
  revision: 'b'.repeat(64),
  format: 'markdown',
  title: 'Budget',
  url: 'javascript:alert(1)',
  text: budgetText,
  blocks: [
    block(budgetText, 'heading', 'Budget'),
    block(budgetText, 'paragraph', 'The harbour cost **€14 million**, the council says.'),
  ],
  markup: [budgetText.indexOf('**'), budgetText.lastIndexOf('**')].map((start) => ({ start, end: start + 2 })),
  sentences: [],
};

/** Only `answering/citations.ts` makes real ones; this one is checked here. */
export function cite(document: Document, quote: string, number: number): Citation {
  const start = document.text.indexOf(quote);
  if (start < 0) throw new Error(`not in the document: ${quote}`);
  const end = start + quote.length;
  const { id, title, publisher, url, published, revision, text } = document;
  const path = id.split('/').map(encodeURIComponent).join('/');
  return {
    number,
    document: {
      id,
      title,
      revision,
      ...(publisher && { publisher }),
      ...(url && { url }),
      ...(published && { published }),
    },
    quote,
    start,
    end,
    prefix: text.slice(Math.max(0, start - 32), start),
    suffix: text.slice(end, end + 32),
    link: `/sources/${path}#${start}-${end}`,
    ...(url && { original: `${url}#:~:text=${encodeURIComponent(quote)}` }),
  } as unknown as Citation;
}

export const reopenedQuote = 'The harbour 🚢 reopened on 3 May\r\nafter two years & cost €12 million.';
export const roomQuote = 'It has room for 40 boats.';

export interface FakeOptions {
  /** Milliseconds before an answer. */
  delayMs?: number;
  /** Nothing is answered before this. */
  held?: (question: string) => Promise<void> | null;
  /** Changes the answer, to plant what a real one might hold. */
  amend?: (answer: Answer) => Answer;
  /** Thrown instead of an answer. */
  fault?: unknown;
}

export interface FakeChatbot extends Chatbot {
  /** What was asked. */
  asked: { question: string; options: AskOptions }[];
  /** Why answers under way were given up. */
  aborted: unknown[];
}

export function createFakeChatbot({
  delayMs = 0,
  held,
  amend = (answer) => answer,
  fault,
}: FakeOptions = {}): FakeChatbot {
  const documents = new Map([harbour, budget].map((document) => [document.id, document]));
  const asked: FakeChatbot['asked'] = [];
  const aborted: unknown[] = [];

  async function ask(question: string, options: AskOptions = {}): Promise<Answer> {
    asked.push({ question, options });
    if (question.trim() === '') throw new PullquoteError('QUESTION_EMPTY', 'The question is empty');
    if (question.length > 1000)
      throw new PullquoteError('QUESTION_TOO_LONG', `The question has ${question.length} characters, more than 1000`);
    for (const id of options.documents ?? [])
      if (!documents.has(id))
        throw new PullquoteError('DOCUMENT_UNKNOWN', `There is no document ${JSON.stringify(id)}`);
    if (delayMs > 0)
      await sleep(delayMs, null, options.signal ? { signal: options.signal } : {}).catch(() => {
        aborted.push(options.signal?.reason);
        throw new Error('aborted');
      });
    await held?.(question);
    if (fault !== undefined) throw fault;
    return amend(answer(question, options.history?.length ?? 0));
  }

  return { asked, aborted, ask, corpus: () => ({ generation: '1-0123456789abcdef', documents }) };
}

function answer(question: string, earlierTurns: number): Answer {
  const base = {
    version: 1 as const,
    question,
    standaloneQuestion: earlierTurns > 0 ? `${question} (the harbour)` : question,
    answerer: 'extractive',
    generation: '1-0123456789abcdef',
    timings: { total: 1 },
  };
  if (!/harbour|boats|cost|open/i.test(question))
    return {
      ...base,
      kind: 'unanswered',
      text: '',
      statements: [],
      citations: [],
      disagreements: [],
      nearest: [cite(harbour, 'Nobody was hurt.', 1)],
      confidence: 0.08,
    };
  const [reopened, room, council] = [
    cite(harbour, reopenedQuote, 1),
    cite(harbour, roomQuote, 2),
    cite(budget, budget.text.slice(8), 3),
  ];
  return {
    ...base,
    kind: 'answered',
    text: `${reopened.quote} [1] ${room.quote} [2]`,
    shortAnswer: { text: '3 May', citation: 1 },
    statements: [
      { text: reopened.quote, citations: [1] },
      { text: room.quote, citations: [2] },
    ],
    citations: [reopened, room, council],
    disagreements: [
      {
        about: 'what the harbour cost',
        positions: [
          { text: '€12 million', citations: [1], documents: 1, dates: ['2026-05-03'] },
          { text: '€14 million', citations: [3], documents: 1, dates: [] },
        ],
        compatible: false,
        newest: null,
      },
    ],
    nearest: [],
    confidence: 0.91,
  };
}
