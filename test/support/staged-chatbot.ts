/** A chatbot for pictures: four small articles, and one question for each way in which an answer can look. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Block, Chatbot, Citation, Document } from '../../src/types.ts';
import { cite } from './fake-chatbot.ts';

interface Article {
  id: string;
  title: string;
  publisher: string;
  published: string;
  /** Paragraphs; a line that ends without a full stop is a heading. */
  lines: string[];
}

const articles: Article[] = [
  {
    id: 'courier/northside-line',
    title: 'Northside line to open in September',
    publisher: 'The Tideford Courier',
    published: '2026-03-12',
    lines: [
      'Northside line to open in September',
      'After four years of digging, Tideford has a date. The Northside tram line opens to passengers on 14 September 2026, the city council said on Thursday.',
      'The line runs from the harbour to Kestrel Park and has eleven stops. The last stop but one is the county hospital, which no tram has reached before.',
      'What it costs',
      'The line cost €212 million, the council’s treasurer told this paper. Two thirds of it came from the county.',
      'Residents along Mill Lane had asked for quieter rails. They will get them in the spring of next year, said the council’s engineer, Ada Brandt.',
    ],
  },
  {
    id: 'record/council-minutes',
    title: 'Council minutes: transport',
    publisher: 'City Record',
    published: '2026-06-02',
    lines: [
      'Council minutes: transport',
      'The final account of the Northside line was laid before the council. The line cost €238 million, of which €26 million went into moving water mains.',
      'The council confirmed that trams will carry passengers from 14 September 2026.',
      'It was agreed that tickets for children under twelve will be free of charge.',
    ],
  },
  {
    id: 'harbour/trams',
    title: 'Trams come to the quay',
    publisher: 'Harbour News',
    published: '2026-05-20',
    lines: [
      'Trams come to the quay',
      'Shopkeepers on the quay are counting the days. From 14 September 2026 the new trams will stop at the fish market every eight minutes.',
      'Test runs begin in July, at night and without passengers.',
    ],
  },
];

const documents = new Map(articles.map((article) => [article.id, documentOf(article)]));

function documentOf({ id, title, publisher, published, lines }: Article): Document {
  const blocks: Block[] = [];
  let text = '';
  for (const line of lines) {
    const kind = line.endsWith('.') ? 'paragraph' : 'heading';
    blocks.push({ kind, start: text.length, end: text.length + line.length });
    text += `${line}\n\n`;
  }
  return {
    id,
    revision: '0'.repeat(64),
    format: 'text',
    title,
    publisher,
    published,
    url: `https://tideford.example/${id}`,
    text,
    blocks,
    markup: [],
    sentences: [],
  };
}

function quote(id: string, words: string, number: number): Citation {
  const document = documents.get(id);
  if (!document) throw new Error(`no document ${id}`);
  return cite(document, words, number);
}

const [courier, record, harbour] = ['courier/northside-line', 'record/council-minutes', 'harbour/trams'] as const;

const answered = { kind: 'answered' as const, confidence: 0.94 };

type Staged = Partial<Answer> & Pick<Answer, 'kind' | 'citations' | 'statements'>;

const opens = [
  quote(
    courier,
    'The Northside tram line opens to passengers on 14 September 2026, the city council said on Thursday.',
    1,
  ),
  quote(record, 'The council confirmed that trams will carry passengers from 14 September 2026.', 2),
  quote(harbour, 'From 14 September 2026 the new trams will stop at the fish market every eight minutes.', 3),
];
const costs = [
  quote(record, 'The line cost €238 million, of which €26 million went into moving water mains.', 1),
  quote(courier, 'The line cost €212 million, the council’s treasurer told this paper.', 2),
];
const hospital = [quote(courier, 'The last stop but one is the county hospital, which no tram has reached before.', 1)];

/** What is asked, and what is answered. */
export const questions = {
  corroborated: 'When does the Northside line open?',
  disagreement: 'What did the Northside line cost?',
  verdict: 'Does the tram go to the hospital?',
  unanswered: 'Who drives the first tram?',
  model: 'What should passengers know before the line opens?',
  fallback: 'Is it quiet?',
};

const staged: Record<string, Staged> = {
  [questions.corroborated]: {
    ...answered,
    shortAnswer: { text: '14 September 2026', citation: 1 },
    statements: [{ text: opens[0]?.quote ?? '', citations: [1, 2, 3] }],
    citations: opens,
  },
  [questions.disagreement]: {
    ...answered,
    shortAnswer: { text: '€238 million', citation: 1 },
    statements: [{ text: costs[0]?.quote ?? '', citations: [1] }],
    citations: costs,
    disagreements: [
      {
        about: questions.disagreement,
        positions: [
          { text: '€238 million', citations: [1], documents: 1, dates: ['2026-06-02'] },
          { text: '€212 million', citations: [2], documents: 1, dates: ['2026-03-12'] },
        ],
        compatible: false,
        newest: 0,
      },
    ],
    confidence: 0.88,
  },
  [questions.verdict]: {
    ...answered,
    standaloneQuestion: 'Does the Northside tram go to the county hospital?',
    verdict: { value: 'yes', citation: 1 },
    statements: [{ text: hospital[0]?.quote ?? '', citations: [1] }],
    citations: hospital,
    confidence: 0.9,
  },
  [questions.unanswered]: {
    kind: 'unanswered',
    statements: [],
    citations: [],
    nearest: [
      quote(harbour, 'Test runs begin in July, at night and without passengers.', 1),
      quote(courier, 'The line runs from the harbour to Kestrel Park and has eleven stops.', 2),
    ],
    confidence: 0.11,
  },
  [questions.model]: {
    ...answered,
    statements: [
      { text: 'Trams run from 14 September 2026, and stop at the fish market every eight minutes.', citations: [1, 2] },
      { text: 'Children under twelve travel free of charge.', citations: [3] },
    ],
    citations: [
      quote(courier, opens[0]?.quote ?? '', 1),
      quote(harbour, opens[2]?.quote ?? '', 2),
      quote(record, 'It was agreed that tickets for children under twelve will be free of charge.', 3),
    ],
    answerer: 'mistral:mistral-large',
    model: { id: 'mistral:mistral-large', dropped: { quotes: 0, statements: 0 } },
  },
  [questions.fallback]: {
    ...answered,
    statements: [{ text: 'Residents along Mill Lane had asked for quieter rails.', citations: [1] }],
    citations: [quote(courier, 'Residents along Mill Lane had asked for quieter rails.', 1)],
    confidence: 0.61,
    model: {
      id: 'mistral:mistral-large',
      dropped: { quotes: 0, statements: 0 },
      failure: { code: 'MODEL_FAILED', message: 'timed out' },
    },
  },
};

/** @param delayMs Before any answer. */
export function createStagedChatbot(delayMs = 0): Chatbot {
  return {
    async ask(question) {
      await sleep(delayMs);
      const answer = staged[question] ?? staged[questions.unanswered];
      if (!answer) throw new Error('nothing staged');
      const text = answer.statements.map((it) => `${it.text}${it.citations.map((number) => ` [${number}]`).join('')}`);
      return {
        version: 1,
        question,
        standaloneQuestion: question,
        text: text.join('\n'),
        disagreements: [],
        nearest: [],
        confidence: 0.9,
        answerer: 'extractive',
        generation: '1-0123456789abcdef',
        timings: { total: 1 },
        ...answer,
      };
    },
    corpus: () => ({ generation: '1-0123456789abcdef', documents }),
  };
}
