import { readFile } from 'node:fs/promises';
import { loadDocument } from '../src/ingest/documents.ts';
import { prepare } from '../src/ingest/ingest.ts';
import { type ServedIndex, serveIndex } from '../src/retrieval/served-index.ts';
import { buildVectorIndex } from '../src/retrieval/vector-index.ts';
import { passageOf } from '../src/text/readable.ts';
import type { Chunk, Document, Embedder } from '../src/types.ts';

/** One question of a set in SQuAD v1.1's format, with the paragraph that answers it. */
export interface SquadQuestion {
  question: string;
  /** Title of the article. */
  article: string;
  /** The paragraph's document. */
  documentId: string;
  answer: { text: string; start: number };
}

export interface SquadSet {
  documents: Document[];
  chunks: Chunk[];
  questions: SquadQuestion[];
}

interface SquadFile {
  data: {
    title: string;
    paragraphs: { context: string; qas: { question: string; answers: { text: string; answer_start: number }[] }[] }[];
  }[];
}

/** A set's paragraphs, each a document, read as a text file would be. */
export async function readSquad(file: string): Promise<SquadSet> {
  const { data } = JSON.parse(await readFile(file, 'utf8')) as SquadFile;
  const set: SquadSet = { documents: [], chunks: [], questions: [] };
  for (const { title, paragraphs } of data) {
    for (const [number, { context, qas }] of paragraphs.entries()) {
      const id = `${title}/${number}`;
      const bytes = new TextEncoder().encode(context);
      const { document, chunks } = prepare(
        loadDocument({ path: `${id}.txt`, id, format: 'text' }, { bytes, revision: id }),
      );
      set.documents.push(document);
      set.chunks.push(...chunks);
      for (const { question, answers } of qas) {
        const [answer] = answers;
        if (answer === undefined) continue;
        set.questions.push({
          question,
          article: title,
          documentId: id,
          answer: { text: answer.text, start: answer.answer_start },
        });
      }
    }
  }
  return set;
}

/** The vectors of a set's chunks, by chunk id: made once, for every index over some of them. */
export async function embedChunks(
  { documents, chunks }: SquadSet,
  embedder: Embedder,
): Promise<Map<string, Float32Array>> {
  const byId = new Map(documents.map((document) => [document.id, document]));
  const vectors = new Map<string, Float32Array>();
  for (const chunk of chunks) {
    vectors.set(chunk.id, await embedder.embed(passageOf(byId.get(chunk.documentId) as Document, chunk).text));
  }
  return vectors;
}

/** An index in memory over those documents of a set that are wanted, as it would be served. */
export async function indexOf(
  set: SquadSet,
  vectorOf: ReadonlyMap<string, Float32Array>,
  wanted: (documentId: string) => boolean = () => true,
): Promise<ServedIndex> {
  const documents = set.documents.filter(({ id }) => wanted(id));
  const chunks = set.chunks.filter(({ documentId }) => wanted(documentId));
  const dimensions = vectorOf.values().next().value?.length ?? 0;
  const vectors = new Float32Array(chunks.length * dimensions);
  for (const [row, { id }] of chunks.entries()) vectors.set(vectorOf.get(id) as Float32Array, row * dimensions);
  const vectorIndex = await buildVectorIndex(vectors, dimensions);
  return serveIndex({ id: 'bench', documents, chunks, vectors, vectorIndex, warnings: [] });
}
