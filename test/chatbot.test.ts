import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatbotParts, createChatbot } from '../src/chatbot.ts';
import { loadModels, type Models } from '../src/inference/models.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { openServedIndex, type ServedIndex } from '../src/retrieval/served-index.ts';
import type { Answer } from '../src/types.ts';

const DONETSK = 'How much of the Donetsk region is under Russian control?';
let folder: string;
let models: Models;
let served: ServedIndex;
let readings = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pullquote-chatbot-'));
  models = await loadModels('models');
  await ingest('seeds', join(folder, 'index'), models.embedder);
  served = await openServedIndex(join(folder, 'index'), models.embedder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function chatbot(parts: Partial<ChatbotParts> = {}) {
  const reader: Models['reader'] = {
    id: models.reader.id,
    read: (...given) => {
      readings += 1;
      return models.reader.read(...given);
    },
  };
  return createChatbot({ ...models, reader, index: () => served, ...parts });
}

function withoutTimings(answer: Answer): Answer {
  return { ...answer, timings: {} };
}

describe('an answer', () => {
  it('quotes the documents that say the same, the short answer inside the first quote', async () => {
    const answer = await chatbot().ask(DONETSK);
    expect(answer).toMatchObject({ version: 1, kind: 'answered', answerer: 'extractive', generation: served.id });
    expect(answer.shortAnswer?.text).toContain('75%');
    expect(answer.citations.map(({ document }) => document.id).sort()).toEqual([
      '000_146fd403ef737445',
      '002_4a1a7f77ad514017',
    ]);
    expect(answer.citations.map(({ number }) => number)).toEqual([1, 2]);
    expect(answer.text).toBe(`${answer.citations[0]?.quote} [1][2]`);
  });

  it('is silent, with the nearest passages, when the documents do not say', async () => {
    const answer = await chatbot().ask('Who wrote Hamlet?');
    expect(answer).toMatchObject({ kind: 'unanswered', text: '', statements: [], citations: [] });
    expect(answer.shortAnswer).toBeUndefined();
    expect(answer.nearest.length).toBeGreaterThan(0);
    for (const { document, start, end, quote } of answer.nearest) {
      expect(served.documents.get(document.id)?.text.slice(start, end)).toBe(quote);
    }
  });

  it('shows the whole list when a list is asked for', async () => {
    const { statements } = await chatbot().ask('In which five areas did the Paris discussions seek concrete outcomes?');
    expect(statements).toHaveLength(1);
    expect(statements[0]?.text).toMatch(
      /five primary areas[\s\S]*monitor a ceasefire[\s\S]*defense cooperation with Ukraine\.$/,
    );
  });

  it('comes from the documents asked alone', async () => {
    const { citations } = await chatbot().ask(DONETSK, { documents: ['002_4a1a7f77ad514017'] });
    expect(citations.map(({ document }) => document.id)).toEqual(['002_4a1a7f77ad514017']);
    const elsewhere = await chatbot().ask(DONETSK, { documents: ['004_ef01501c8eb85e79'] });
    expect(elsewhere.kind).toBe('unanswered');
    expect(elsewhere.nearest.every(({ document }) => document.id === '004_ef01501c8eb85e79')).toBe(true);
    expect((await chatbot().ask(DONETSK, { documents: [] })).nearest).toEqual([]);
  });

  it('is searched with misspelt words mended, and says so', async () => {
    const answer = await chatbot().ask('nato secratary general name');
    expect(answer.question).toBe('nato secratary general name');
    expect(answer.standaloneQuestion).toBe('nato Secretary general name');
  });

  it('needs the confidence that is asked for', async () => {
    const { confidence } = await chatbot().ask(DONETSK);
    expect((await chatbot({ threshold: Math.min(1, confidence + 0.001) }).ask(DONETSK)).kind).toBe('unanswered');
    expect((await chatbot({ threshold: 0 }).ask('Who wrote Hamlet?')).kind).toBe('answered');
  });
});

describe('what stands under a heading', () => {
  it('is found by the heading, which is never quoted itself', async () => {
    const faq = join(folder, 'faq');
    await mkdir(faq);
    await writeFile(
      join(faq, 'help.md'),
      '# Help\n\n## How do I reset my password?\n\nOpen the sign-in page and follow the link in the e-mail.\n\n## Cancelling a subscription\n\nIt ends with the current month.\n',
    );
    await ingest(faq, join(folder, 'faq-index'), models.embedder);
    const index = await openServedIndex(join(folder, 'faq-index'), models.embedder);
    const bot = chatbot({ index: () => index });
    const reset = await bot.ask('How do I reset my password?');
    expect(reset.citations.map(({ quote, section }) => [quote, section])).toEqual([
      ['Open the sign-in page and follow the link in the e-mail.', 'How do I reset my password?'],
    ]);
    const cancel = await bot.ask('When does a subscription end after cancelling?');
    expect(cancel.citations.map(({ quote }) => quote)).toEqual(['It ends with the current month.']);
  });
});

describe('the same question again', () => {
  it('is answered the same, without reading', async () => {
    const bot = chatbot();
    const first = await bot.ask(DONETSK);
    readings = 0;
    const second = await bot.ask(` ${DONETSK} `);
    expect(readings).toBe(0);
    expect(withoutTimings({ ...second, question: DONETSK })).toEqual(withoutTimings(first));
  });

  it('cannot be spoilt by whoever got the first answer', async () => {
    const bot = chatbot();
    const first = await bot.ask(DONETSK);
    first.citations.length = 0;
    first.statements[0]?.citations.push(99);
    expect((await bot.ask(DONETSK)).citations).toHaveLength(2);
    expect((await bot.ask(DONETSK)).statements[0]?.citations).toEqual([1, 2]);
  });

  it('is read again for other documents, for another generation, and where nothing is remembered', async () => {
    let index = served;
    const bot = chatbot({ index: () => index });
    await bot.ask(DONETSK);
    readings = 0;
    await bot.ask(DONETSK, { documents: ['000_146fd403ef737445'] });
    expect(readings).toBeGreaterThan(0);
    readings = 0;
    index = { ...served, id: '9-0000000000000000' };
    expect((await bot.ask(DONETSK)).generation).toBe('9-0000000000000000');
    expect(readings).toBeGreaterThan(0);
    const forgetful = chatbot({ remembered: 0 });
    await forgetful.ask(DONETSK);
    readings = 0;
    await forgetful.ask(DONETSK);
    expect(readings).toBeGreaterThan(0);
  });
});

describe('a question that cannot be asked', () => {
  it.each(['', ' \n\t '])('%j is QUESTION_EMPTY', async (question) => {
    await expect(chatbot().ask(question)).rejects.toMatchObject({ code: 'QUESTION_EMPTY' });
  });

  it('is QUESTION_TOO_LONG, naming both lengths', async () => {
    await expect(chatbot({ longestQuestion: 10 }).ask('x'.repeat(11))).rejects.toMatchObject({
      code: 'QUESTION_TOO_LONG',
      message: expect.stringMatching(/11 .* 10 /) as string,
    });
  });

  it('is DOCUMENT_UNKNOWN, naming the document', async () => {
    await expect(chatbot().ask(DONETSK, { documents: ['none'] })).rejects.toMatchObject({
      code: 'DOCUMENT_UNKNOWN',
      message: expect.stringContaining('"none"') as string,
    });
  });

  it('is NOT_READY before there is an index', async () => {
    await expect(chatbot({ index: () => null }).ask(DONETSK)).rejects.toMatchObject({ code: 'NOT_READY' });
    expect(() => chatbot({ index: () => null }).corpus()).toThrow(expect.objectContaining({ code: 'NOT_READY' }));
  });

  it('is ABORTED when it is withdrawn, also while it is read', async () => {
    await expect(chatbot().ask(DONETSK, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    const withdrawn = new AbortController();
    const reader: Models['reader'] = {
      id: 'withdrawing',
      read: (...given) => {
        withdrawn.abort();
        return models.reader.read(...given);
      },
    };
    const asked = chatbot({ reader }).ask(DONETSK, { signal: withdrawn.signal });
    await expect(asked).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

it.each(['\ud800', '🙂'.repeat(400), '\u202e', 'a'.repeat(1000), '%', '<script>', '{"a": 1}', '‮  ﷺ', 'مرحبا بالعالم'])(
  'answers or declines %j without failing',
  async (question) => {
    expect((await chatbot().ask(question)).version).toBe(1);
  },
);
