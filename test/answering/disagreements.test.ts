import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { embedChunks, indexOf } from '../../bench/squad.ts';
import { CHUNKS_READ } from '../../src/answering/candidates.ts';
import { collectCitations } from '../../src/answering/citations.ts';
import { citeDisagreement, type DraftDisagreement, findDisagreement } from '../../src/answering/disagreements.ts';
import { answerExtractively } from '../../src/answering/extractive.ts';
import { loadModels, type Models } from '../../src/inference/models.ts';
import { loadDocument } from '../../src/ingest/documents.ts';
import { prepare } from '../../src/ingest/ingest.ts';
import { search } from '../../src/retrieval/search.ts';
import type { Document } from '../../src/types.ts';

/**
 * Two documents and what is to be seen in them. All were written before the code; the held-out half was first looked at when the code stood:
 * 28 of 32 were right then.
 */
interface Pair {
  half: 'tuned' | 'held-out';
  expect: 'differ' | 'compatible' | 'agree' | 'unrelated';
  question: string;
  left: string;
  right: string;
  /** Why it is known to fail. */
  knownMiss?: string;
}

const pairs = JSON.parse(await readFile(new URL('../fixtures/disagreements.json', import.meta.url), 'utf8')) as Pair[];
let models: Models;
beforeAll(async () => {
  models = await loadModels('models');
});

function documentOf(id: string, text: string, published?: string) {
  const bytes = new TextEncoder().encode(text);
  const { document, chunks } = prepare(
    loadDocument({ path: `${id}.txt`, id, format: 'text' }, { bytes, revision: id }),
  );
  return { document: { ...document, ...(published !== undefined && { published }) }, chunks };
}

/** What is found between documents that are nothing but these texts. */
async function found(question: string, texts: Readonly<Record<string, string>>) {
  const made = Object.entries(texts).map(([id, text]) => documentOf(id, text));
  const set = {
    documents: made.map(({ document }) => document),
    chunks: made.flatMap(({ chunks }) => chunks),
    questions: [],
  };
  const index = await indexOf(set, await embedChunks(set, models.embedder));
  const hits = await search(index, models.embedder, question, { limit: CHUNKS_READ });
  const { compared } = await answerExtractively(models, question, hits, index);
  if (compared === null) throw new Error(`nothing to compare for ${question}`);
  const parts = { embedder: models.embedder, found: hits, documents: index.documents };
  const draft = await findDisagreement(question, compared.best, compared.candidates, compared.sentenceVector, parts);
  return { draft, documents: index.documents };
}

function outcomeOf(draft: DraftDisagreement | null): 'none' | 'differ' | 'compatible' {
  if (draft === null) return 'none';
  return draft.compatible ? 'compatible' : 'differ';
}

describe('findDisagreement', () => {
  it('is tried on forty pairs at least, half of them held out', () => {
    const heldOut = pairs.filter(({ half }) => half === 'held-out');
    expect(pairs.length).toBeGreaterThanOrEqual(40);
    expect(heldOut.length * 2).toBe(pairs.length);
  });

  it.each(pairs)('$half, $expect: $question “$left” – “$right”', async (pair) => {
    const { draft, documents } = await found(pair.question, { left: pair.left, right: pair.right });
    const wanted = pair.expect === 'agree' || pair.expect === 'unrelated' ? 'none' : pair.expect;
    if (pair.knownMiss !== undefined)
      expect(outcomeOf(draft), 'no miss any more: take knownMiss away').not.toBe(wanted);
    else expect(outcomeOf(draft)).toBe(wanted);
    for (const { text, quotes } of draft?.positions ?? []) {
      expect(quotes[0]?.text).toContain(text);
      for (const { documentId, text: quote, start = 0 } of quotes) {
        expect(documents.get(documentId)?.text.slice(start, start + quote.length)).toBe(quote);
      }
    }
  });

  it('counts every document on its side', async () => {
    const { draft } = await found('How many countries signed the treaty?', {
      a: 'The treaty was signed in Vienna by 35 countries on Monday.',
      b: 'Thirty-five countries signed the treaty in Vienna.',
      c: 'The treaty was signed in Vienna by 41 countries on Monday.',
    });
    const sides = draft?.positions.map(({ quotes }) => quotes.map(({ documentId }) => documentId).sort());
    expect(sides?.flat().sort()).toEqual(['a', 'b', 'c']);
    expect(sides).toContainEqual(['c']);
  });

  it('shows three sides', async () => {
    const { draft } = await found('How many people died in the fire at the mill?', {
      a: 'The fire at the mill killed 12 people on Monday.',
      b: 'The fire at the mill killed 15 people on Monday.',
      c: 'The fire at the mill killed 19 people on Monday.',
    });
    expect(draft?.positions.flatMap(({ text }) => text.match(/\d+/g) ?? []).sort()).toEqual(['12', '15', '19']);
  });

  it.each([
    {
      why: 'a short sentence that says what only with its neighbours',
      question: 'What is the bad air theory officially known as?',
      a: 'In the fourteenth century the plague was put down to bad air. Today, this is known as the Miasma theory.',
      b: 'In the fourteenth century the plague was put down to bad air. Today, this is known as the Lavoisier theory.',
      texts: ['Lavoisier', 'Miasma'],
    },
    {
      why: 'a year that a range in both sentences takes in',
      question: 'In what year did the channel give up its jingle?',
      a: 'In the fall of 2015 the channel gave up its jingle of the years 1998–2002 for another music.',
      b: 'In the fall of 2001 the channel gave up its jingle of the years 1998–2002 for another music.',
      texts: ['2001', '2015'],
    },
    {
      why: 'a document that uses the answer’s words elsewhere',
      question: 'Who may supply scheduled drugs to the public?',
      a: 'Only pharmacists may supply scheduled drugs to the public, and pharmacists are paid by the state.',
      b: 'Only grocers may supply scheduled drugs to the public, and pharmacists are paid by the state. Pharmacists give advice.',
      texts: ['grocers', 'pharmacists'],
    },
  ])('sees $why', async ({ question, a, b, texts }) => {
    const { draft } = await found(question, { a, b });
    const shown = draft?.positions.map(({ text }) => text).sort() ?? [];
    expect(shown).toHaveLength(2);
    for (const [index, text] of texts.entries()) expect(shown[index]).toContain(text);
  });

  it('takes no short sentence about somebody else for the same fact', async () => {
    const { draft } = await found('Where was she born?', {
      a: 'Anna Berg is a singer who fills the opera houses of Europe. She was born in Rome.',
      b: 'Clara Holm is a chemist who works on dyes for paper mills. She was born in Oslo.',
    });
    expect(draft).toBeNull();
  });
});

describe('citeDisagreement', () => {
  const texts = { old: 'The bridge was opened in 1931.', young: 'The bridge was opened in 1934.' };
  const draft: DraftDisagreement = {
    about: 'When was the bridge opened?',
    positions: [
      { text: '1931', quotes: [{ documentId: 'old', text: texts.old, start: 0 }] },
      { text: '1934', quotes: [{ documentId: 'young', text: texts.young, start: 0 }] },
    ],
    compatible: false,
  };
  const cited = (dates: { old?: string; young?: string }, it: DraftDisagreement = draft) => {
    const documents = new Map<string, Document>();
    for (const id of ['old', 'young'] as const) documents.set(id, documentOf(id, texts[id], dates[id]).document);
    return citeDisagreement(it, collectCitations(documents));
  };

  it('gives each side its citations, documents and dates, and says which is newer', () => {
    expect(cited({ old: '2025-12-30', young: '2026-01-06' })).toEqual({
      about: draft.about,
      positions: [
        { text: '1931', citations: [1], documents: 1, dates: ['2025-12-30'] },
        { text: '1934', citations: [2], documents: 1, dates: ['2026-01-06'] },
      ],
      compatible: false,
      newest: 1,
    });
  });

  it.each([
    [{}],
    [{ young: '2026-01-06' }],
    [{ old: '2026-01-06', young: '2026-01-06' }],
    [{ old: 'last spring', young: '2026-01-06' }],
  ])('does not say which is newer from %j', (dates) => {
    expect(cited(dates)?.newest).toBeNull();
  });

  it('is null when a side can’t be located', () => {
    const [first, second] = draft.positions;
    const gone = { text: '1934', quotes: [{ documentId: 'young', text: 'It was opened in 1934, they say.' }] };
    expect(cited({}, { ...draft, positions: [first ?? gone, gone] })).toBeNull();
    expect(cited({}, { ...draft, positions: [gone, second ?? gone] })).toBeNull();
  });
});
