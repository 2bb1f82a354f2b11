import { embedChunks, indexOf } from '../../src/evaluation/memory-index.ts';
import type { Models } from '../../src/inference/models.ts';
import { prepare } from '../../src/ingest/ingest.ts';
import { loadMarkdown } from '../../src/ingest/load-markdown.ts';
import type { ServedIndex } from '../../src/retrieval/served-index.ts';

/** An index in memory over Markdown texts, by document id, as it would be served. */
export async function indexOfTexts(
  { embedder }: Pick<Models, 'embedder'>,
  texts: Readonly<Record<string, string>>,
): Promise<ServedIndex> {
  const prepared = Object.entries(texts).map(([id, text]) =>
    prepare({ id, revision: '0'.repeat(64), format: 'markdown', ...loadMarkdown(text, `${id}.md`) }),
  );
  const collection = {
    documents: prepared.map(({ document }) => document),
    chunks: prepared.flatMap(({ chunks }) => chunks),
  };
  return indexOf(collection, await embedChunks(collection, embedder));
}
