/** Answers of every kind, their citations made by the one maker from documents of our own. */
import { collectCitations } from '../../src/answering/citations.ts';
import type { Answer, Citation, Document, Statement } from '../../src/types.ts';

export function documentOf(id: string, text: string, facts: Partial<Document> = {}): Document {
  return {
    id,
    revision: 'a'.repeat(64),
    format: 'text',
    title: `Title of ${id}`,
    text,
    blocks: [],
    markup: [],
    sentences: [],
    ...facts,
  };
}

const report = documentOf(
  'press/report',
  'Casualties\n\nThe ministry counted 35 injured. The roads were open again on Monday.',
  {
    title: 'The storm & <what> it left | The Daily',
    publisher: 'The Daily',
    url: 'https://daily.example/storm?a=1&b=2',
    published: '2026-01-06',
    blocks: [{ kind: 'heading', start: 0, end: 10 }],
  },
);
const ticker = documentOf('ticker', 'More than 30 people were injured, the fire brigade said.', {
  title: 'Ticker',
  published: '2026-01-05T08:00:00Z',
});
const blog = documentOf('blog', 'Only 12 were hurt.', { title: 'A blog', published: 'spring' });
const list = documentOf('list', 'The talks had three aims:\n- peace\n- trade & *work*\n- `<!channel>` and <@U1>', {
  title: 'Aims',
});

export const documents = new Map([report, ticker, blog, list].map((document) => [document.id, document]));

const asked = {
  version: 1 as const,
  question: 'How many were injured?',
  standaloneQuestion: 'How many were injured?',
  text: '',
  statements: [] as Statement[],
  citations: [] as Citation[],
  disagreements: [],
  nearest: [],
  confidence: 0.9,
  answerer: 'extractive',
  generation: '1-0123456789abcdef',
  timings: {},
};

/** Citations of quotes, in order: `[document, quote]`. */
export function citationsOf(
  quotes: [Document, string][],
  known: ReadonlyMap<string, Document> = documents,
): Citation[] {
  const citations = collectCitations(known);
  for (const [{ id }, text] of quotes)
    if (citations.cite({ documentId: id, text }) === null) throw new Error(`not in ${id}: ${text}`);
  return citations.list();
}

const counted = 'The ministry counted 35 injured.';
const more = 'More than 30 people were injured, the fire brigade said.';
const aims = 'The talks had three aims:\n- peace\n- trade & *work*\n- `<!channel>` and <@U1>';
const sides = {
  about: 'How many were injured?',
  positions: [
    { text: '35 injured', citations: [1], documents: 2, dates: ['2026-01-05', '2026-01-06'] },
    { text: 'Only 12', citations: [2], documents: 1, dates: [] },
  ],
  compatible: false,
  newest: 0,
};

const one: Answer = {
  ...asked,
  kind: 'answered',
  shortAnswer: { text: '35', citation: 1 },
  statements: [{ text: counted, citations: [1] }],
  citations: citationsOf([[report, counted]]),
};

/** One of each kind of answer. */
export const kinds: Record<string, Answer> = {
  answered: one,
  corroborated: {
    ...one,
    statements: [{ text: counted, citations: [1, 2] }],
    citations: citationsOf([
      [report, counted],
      [ticker, more],
    ]),
  },
  'several-statements': {
    ...one,
    answerer: 'openai:gpt#12ab',
    shortAnswer: { text: '35', citation: 1 },
    statements: [
      { text: 'The ministry & others say *35* people were injured <!here>.', citations: [1, 2] },
      { text: 'The roads have been open since Monday.', citations: [3] },
    ],
    citations: citationsOf([
      [report, counted],
      [ticker, more],
      [report, 'The roads were open again on Monday.'],
    ]),
    model: { id: 'openai:gpt', dropped: { quotes: 0, statements: 1 } },
  },
  list: {
    ...asked,
    kind: 'answered',
    question: 'What were the aims?',
    standaloneQuestion: 'What were the aims?',
    statements: [{ text: aims, citations: [1] }],
    citations: citationsOf([[list, aims]]),
  },
  'verdict-yes': { ...one, verdict: { value: 'yes', citation: 1 } },
  'verdict-no': {
    ...one,
    question: 'Were 40 injured?',
    standaloneQuestion: 'Were 40 injured?',
    verdict: { value: 'no', citation: 1 },
  },
  disagreement: {
    ...one,
    citations: citationsOf([
      [report, counted],
      [blog, 'Only 12 were hurt.'],
    ]),
    disagreements: [sides],
  },
  'compatible-disagreement': {
    ...one,
    citations: citationsOf([
      [report, counted],
      [ticker, more],
    ]),
    disagreements: [
      {
        ...sides,
        compatible: true,
        newest: null,
        positions: [
          { text: '35 injured', citations: [1], documents: 1, dates: ['2026-01-06'] },
          { text: 'More than 30', citations: [2], documents: 1, dates: ['2026-01-05T08:00:00Z'] },
        ],
      },
    ],
  },
  unanswered: {
    ...asked,
    kind: 'unanswered',
    confidence: 0.1,
    nearest: citationsOf([
      [blog, 'Only 12 were hurt.'],
      [report, 'The roads were open again on Monday.'],
    ]),
  },
  'unanswered-without-nearest': { ...asked, kind: 'unanswered', confidence: 0 },
  'model-failure': {
    ...one,
    model: {
      id: 'openai:gpt',
      dropped: { quotes: 1, statements: 0 },
      failure: { code: 'CHAT_MODEL_TIMEOUT', message: 'no answer within 30 s' },
    },
  },
  'model-broke-off': {
    ...one,
    answerer: 'openai:gpt#12ab',
    statements: [
      { text: 'The ministry says that 35 were injured.', citations: [1] },
      { text: 'The roads were open again on Monday.', citations: [2] },
    ],
    citations: citationsOf([
      [report, counted],
      [report, 'The roads were open again on Monday.'],
    ]),
    model: {
      id: 'openai:gpt',
      dropped: { quotes: 0, statements: 0 },
      failure: { code: 'CHAT_MODEL_UNREACHABLE', message: 'the connection broke' },
    },
  },
  'follow-up': {
    ...one,
    question: 'And on Monday?',
    standaloneQuestion: 'How many were injured <on> Monday & Tuesday?',
  },
};
