import { describe, expect, it } from 'vitest';
import { verifyContent } from '../../src/retrieval/verify-content.ts';
import type { Chunk } from '../../src/types.ts';
import { fakePublication, fakeVectors } from '../support/fake-generation.ts';

describe('the order of chunks', () => {
  const publication = fakePublication(1, 3);
  const [first, second] = publication.documents.map(({ id }) =>
    publication.chunks.filter(({ documentId }) => documentId === id),
  ) as [Chunk[], Chunk[], Chunk[]];

  it('is that of their documents', async () => {
    await expect(verifyContent(publication)).resolves.toBeUndefined();
  });

  it.each([
    ['among those of another', [second[0], ...first, ...second.slice(1)]],
    ['before those of an earlier one', [...second, ...first]],
  ])('may not put those of a document %s', async (_where, chunks) => {
    const vectors = fakeVectors(chunks.length, 16);
    await expect(verifyContent({ ...publication, chunks: chunks as Chunk[], vectors })).rejects.toMatchObject({
      code: 'INDEX_CORRUPT',
      message: expect.stringContaining('stands apart from those of its document'),
    });
  });
});

it('lets the event loop turn while it looks at many rows', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await verifyContent(fakePublication(1, 10_000));
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
});
