import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createEmbedder } from '../../src/inference/embedder.ts';
import { readModelManifest } from '../../src/inference/model-files.ts';
import { createWordPiece } from '../../src/inference/wordpiece.ts';
import { loadDocument } from '../../src/ingest/documents.ts';
import { prepare } from '../../src/ingest/ingest.ts';
import { type Search, search } from '../../src/retrieval/search.ts';
import { type ServedIndex, serveIndex } from '../../src/retrieval/served-index.ts';
import { buildVectorIndex } from '../../src/retrieval/vector-index.ts';
import { readable } from '../../src/text/readable.ts';
import type { Embedder, Hit } from '../../src/types.ts';

const texts: Record<string, string> = {
  harbour: 'The harbour reopened in May after two years of repairs.',
  budget: 'The council spent 14 million euros on the harbour.',
  troops: 'German soldiers would be stationed in a neighbouring country.',
  oil: 'A drone set fire to an oil depot near Belgorod.',
  envoys: 'Steve Witkoff and Jared Kushner attended the talks in Paris.',
  region: 'Russia controls 75% of the Donetsk region.',
  snow: 'Schools were shut on Monday because of heavy snow.',
  school: 'Pupils learn to read in their first year.',
  dog: 'A dog saved three children from a river.',
  film: 'The film won four prizes at Cannes.',
  doctor: 'A physician found a cure for the illness.',
  'news/markup': 'The mayor **opened** the [library](https://example.org).',
};

let embedder: Embedder;
let index: ServedIndex;
beforeAll(async () => {
  const folder = join(import.meta.dirname, '../../models');
  const manifest = await readModelManifest(folder);
  embedder = await createEmbedder(folder, manifest, await createWordPiece(folder, manifest));
  index = await indexOf(texts);
});

async function indexOf(of: Record<string, string>): Promise<ServedIndex> {
  const prepared = Object.entries(of).map(([id, text]) =>
    prepare(
      loadDocument(
        { path: `${id}.md`, id, format: 'markdown' },
        { bytes: Buffer.from(text), revision: '0'.repeat(64) },
      ),
    ),
  );
  const documents = prepared.map(({ document }) => document);
  const chunks = prepared.flatMap((it) => it.chunks);
  const vectors = new Float32Array(chunks.length * embedder.dimensions);
  for (const [row, chunk] of chunks.entries()) {
    const document = documents.find(({ id }) => id === chunk.documentId) as (typeof documents)[number];
    vectors.set(await embedder.embed(readable(document, chunk)), row * embedder.dimensions);
  }
  const vectorIndex = await buildVectorIndex(vectors, embedder.dimensions);
  return serveIndex({ id: '1-0123456789abcdef', documents, chunks, vectors, vectorIndex, warnings: [] });
}

function ids(hits: readonly Hit[]): string[] {
  return hits.map(({ chunk }) => chunk.documentId);
}

async function found(question: string, documents?: string[], limit = 3): Promise<Search> {
  return search(index, embedder, question, { limit, ...(documents && { documents }) });
}

describe('a search', () => {
  test.each([
    ['the words of a text', 'How much of the Donetsk region does Russia control?', 'region'],
    ['other words for the same', 'Where would troops from Germany be based?', 'troops'],
    ['a word that no text has', 'Which medic discovered a remedy?', 'doctor'],
    ['names', 'Who are Witkoff and Kushner?', 'envoys'],
    ['words that stand in markup’s midst', 'Who opened the library?', 'news/markup'],
  ])('finds %s', async (_, question, expected) => {
    expect(ids((await found(question)).hits)[0]).toBe(expected);
  });

  test('puts what shares word and matter first, then what shares one', async () => {
    expect(ids((await found('What did the council spend on the harbour?', undefined, 2)).hits)).toEqual([
      'budget',
      'harbour',
    ]);
    expect(ids((await found('Why were the schools shut?')).hits)[0]).toBe('snow');
  });

  test('fuses the two scores as it says', async () => {
    const { hits, vector } = await found('harbour repairs in May', undefined, 50);
    expect(hits).toHaveLength(Object.keys(texts).length);
    const most = Math.max(...hits.map(({ bm25 }) => bm25));
    const keywords = index.keywords.search('harbour repairs in May');
    for (const { chunk, score, bm25, cosine } of hits) {
      const row = index.chunks.indexOf(chunk);
      const own = index.vectors.subarray(row * 384, (row + 1) * 384);
      expect(cosine).toBeCloseTo(
        own.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0),
        5,
      );
      expect(bm25).toBe(keywords.get(row) ?? 0);
      expect(score).toBeCloseTo(bm25 / most + 2 * cosine, 10);
    }
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });

  test('still ranks by meaning when no word is shared', async () => {
    const { hits } = await found('Which puppy rescued kids?');
    expect(ids(hits)[0]).toBe('dog');
    expect(hits.every(({ score }) => Number.isFinite(score))).toBe(true);
  });

  test('gives no more hits than asked for', async () => {
    expect((await found('harbour', undefined, 1)).hits).toHaveLength(1);
    expect((await found('harbour', undefined, 0)).hits).toEqual([]);
  });

  test.each(['?', '', '👨‍👩‍👧', '\ud83d', 'x'.repeat(5_000), '__proto__', '"; DROP TABLE', '{{x}} {y}'])(
    'bears the question %j',
    async (question) => {
      const { hits } = await found(question);
      expect(hits).toHaveLength(3);
      for (const { score, cosine } of hits) {
        expect(Number.isFinite(score)).toBe(true);
        expect(Math.abs(cosine)).toBeLessThanOrEqual(1.001);
      }
    },
  );

  test('is the same each time', async () => {
    const strip = ({ hits, vector }: Search) => ({ hits, vector });
    expect(strip(await found('German troops'))).toEqual(strip(await found('German troops')));
  });
});

describe('within documents', () => {
  test('finds theirs only, however far from the question', async () => {
    const { hits } = await found('How much of the Donetsk region does Russia control?', ['film', 'dog'], 8);
    expect(ids(hits).toSorted()).toEqual(['dog', 'film']);
  });

  test('measures keywords against the best of theirs', async () => {
    const { hits } = await found('harbour repairs', ['budget', 'film']);
    expect(ids(hits)[0]).toBe('budget');
    expect(hits[0]?.score).toBeCloseTo(1 + 2 * (hits[0]?.cosine ?? 0), 10);
    expect(hits[1]?.score).toBeCloseTo(2 * (hits[1]?.cosine ?? 0), 10);
  });

  test('counts a document once that is named twice', async () => {
    expect(ids((await found('film', ['film', 'film'])).hits)).toEqual(['film']);
  });

  test('finds nothing in none', async () => {
    const nothing = await found('film', []);
    expect(nothing.hits).toEqual([]);
    expect(await nothing.near(nothing.vector, 5)).toEqual([]);
  });

  test.each(['none', '', 'Film', 'news', '__proto__', 'constructor', '../film'])(
    'there is no %j: DOCUMENT_UNKNOWN',
    async (id) => {
      await expect(found('film', ['film', id])).rejects.toMatchObject({
        code: 'DOCUMENT_UNKNOWN',
        status: 404,
        message: expect.stringContaining(JSON.stringify(id)),
        facts: { document: id },
      });
    },
  );
});

describe('near another vector', () => {
  test('are the chunks nearest to it, with their scores for the question', async () => {
    const first = await found('harbour', undefined, 1);
    const hits = await first.near(await embedder.embed('soldiers from Germany'), 3);
    expect(hits).toHaveLength(3);
    expect(ids(hits)[0]).toBe('troops');
    const all = await found('harbour', undefined, 50);
    for (const hit of hits) expect(all.hits).toContainEqual(hit);
  });

  test('are those of the named documents', async () => {
    const three = await found('harbour', ['budget', 'film', 'dog']);
    const hits = await three.near(await embedder.embed('soldiers from Germany'), 9);
    expect(ids(hits).toSorted()).toEqual(['budget', 'dog', 'film']);
    expect(ids(await three.near(await embedder.embed('a movie award'), 1))).toEqual(['film']);
  });
});

test('an index of one chunk is searched without a complaint on the console', async () => {
  const warn = vi.spyOn(console, 'warn');
  const one = await indexOf({ only: 'The harbour reopened in May.' });
  const all = await search(one, embedder, 'anything', { limit: 50 });
  expect(ids(all.hits)).toEqual(['only']);
  expect(ids(await all.near(all.vector, 50))).toEqual(['only']);
  expect(warn).not.toHaveBeenCalled();
  warn.mockRestore();
});
