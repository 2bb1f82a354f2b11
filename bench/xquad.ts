import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory';
import { Document as LangChainDocument } from '@langchain/core/documents';
import type { EmbeddingsInterface } from '@langchain/core/embeddings';
import MiniSearch from 'minisearch';
import { isPassageAt } from '../src/evaluation/measures/passage-at.ts';
import { rankingOf } from '../src/evaluation/ranking.ts';
import type { Models } from '../src/inference/models.ts';
import { search } from '../src/retrieval/search.ts';
import type { ServedIndex } from '../src/retrieval/served-index.ts';
import { terms } from '../src/text/tokenize.ts';
import type { Document, Span } from '../src/types.ts';
import { draftOf, holdsAnswer } from './ask.ts';
import { auroc, exactMatch, expectedCalibrationError, f1, mean, percentile } from './measures.ts';
import type { SquadQuestion, SquadSet } from './squad.ts';

/** One line of the table. Shares are 0 to 1; null where a way has no such thing. */
export interface Row {
  way: string;
  passageAt1: number;
  passageAt5: number;
  sentenceAt1: number | null;
  sentenceAt3: number | null;
  exactMatch: number | null;
  f1: number | null;
  auroc: number | null;
  calibrationError: number | null;
  /** Milliseconds a question, median and 95th percentile. */
  p50: number;
  p95: number;
}

/** A way's ranking for a question: documents best first, and how sure it is. */
interface Ranking {
  documents: string[];
  score: number;
}

/** Pullquote itself: search, reading and confidence. */
export async function measurePullquote(
  models: Models,
  index: ServedIndex,
  { questions, documents }: SquadSet,
): Promise<Row> {
  const all = documents.map(({ id }) => id);
  const rows: {
    passage1: boolean;
    passage5: boolean;
    sentence1: boolean;
    sentence3: boolean;
    em: number;
    f1: number;
    ms: number;
  }[] = [];
  const confidences: number[] = [];
  const labels: boolean[] = [];
  const right: boolean[] = [];
  for (const question of questions) {
    const started = performance.now();
    const draft = await draftOf(models, index, question.question);
    const ms = performance.now() - started;
    const { documents: ranked, first, nearest } = await rankingOf(models, index, question.question, draft);
    const answered = first ?? undefined;
    const short = draft.shortAnswer ?? answered?.text ?? '';
    rows.push({
      passage1: isPassageAt(1, ranked, [question.documentId]),
      passage5: isPassageAt(5, ranked, [question.documentId]),
      sentence1: holdsAnswer(answered, question),
      sentence3: nearest.slice(0, 3).some((quote) => holdsAnswer(quote, question)),
      em: exactMatch(short, question.answer.text),
      f1: f1(short, question.answer.text),
      ms,
    });
    const without = await draftOf(
      models,
      index,
      question.question,
      all.filter((id) => id !== question.documentId),
    );
    confidences.push(draft.confidence, without.confidence);
    labels.push(true, false);
    right.push(holdsAnswer(answered, question), false);
  }
  const share = (of: (row: (typeof rows)[number]) => boolean) => mean(rows.map((row) => (of(row) ? 1 : 0)));
  return {
    way: 'Pullquote',
    passageAt1: share((row) => row.passage1),
    passageAt5: share((row) => row.passage5),
    sentenceAt1: share((row) => row.sentence1),
    sentenceAt3: share((row) => row.sentence3),
    exactMatch: mean(rows.map((row) => row.em)),
    f1: mean(rows.map((row) => row.f1)),
    auroc: auroc(confidences, labels),
    calibrationError: expectedCalibrationError(confidences, right),
    p50: percentile(
      rows.map(({ ms }) => ms),
      0.5,
    ),
    p95: percentile(
      rows.map(({ ms }) => ms),
      0.95,
    ),
  };
}

/** Pullquote's search alone, the reader left out. */
export function measureSearch(models: Models, index: ServedIndex, set: SquadSet): Promise<Row> {
  return measureRanking('search alone (BM25 + 2 · cosine)', set, async (question, without) => {
    const documents =
      without === undefined ? undefined : set.documents.map(({ id }) => id).filter((id) => id !== without);
    const { hits } = await search(index, models.embedder, question, { limit: 50, ...(documents && { documents }) });
    return { documents: hits.map(({ chunk }) => chunk.documentId), score: hits[0]?.score ?? 0 };
  });
}

/** BM25 alone, over whole paragraphs; its sentences ranked by BM25 too. */
export async function measureBm25({ documents, questions }: SquadSet): Promise<Row> {
  const passages = bm25Of(documents.map(({ id, text }) => ({ id, text })));
  const sentences = new Map(documents.map((document) => [document.id, bm25Of(sentencesOf(document))]));
  const row = await measureRanking('BM25 alone', { documents, questions }, async (question, without) => {
    const found = passages.search(question, { filter: ({ id }) => id !== without });
    return { documents: found.map(({ id }) => id as string), score: found[0]?.score ?? 0 };
  });
  const best = questions.map((question) => {
    const [first] = passages.search(question.question);
    const found = sentences.get((first?.id as string) ?? '')?.search(question.question) ?? [];
    return found.slice(0, 3).map(({ id }) => id === sentenceId(documents, question));
  });
  return {
    ...row,
    sentenceAt1: mean(best.map(([first]) => (first ? 1 : 0))),
    sentenceAt3: mean(best.map((three) => (three.some(Boolean) ? 1 : 0))),
  };
}

/** Vectors alone: the same chunks, exact cosine. */
export function measureVectors(models: Models, index: ServedIndex, set: SquadSet): Promise<Row> {
  return measureRanking('vectors alone', set, async (question, without) => {
    const { hits } = await search(index, models.embedder, question, { limit: index.chunks.length });
    const order = hits.filter(({ chunk }) => chunk.documentId !== without).sort((a, b) => b.cosine - a.cosine);
    return { documents: order.map(({ chunk }) => chunk.documentId), score: order[0]?.cosine ?? 0 };
  });
}

/** LangChain's in-memory store with the same chunks and vectors. */
export async function measureMemoryVectorStore(models: Models, index: ServedIndex, set: SquadSet): Promise<Row> {
  const embeddings: EmbeddingsInterface = {
    embedQuery: async (text) => Array.from(await models.embedder.embed(text)),
    embedDocuments: (texts) => Promise.all(texts.map(async (text) => Array.from(await models.embedder.embed(text)))),
  };
  const store = new MemoryVectorStore(embeddings);
  const { dimensions } = models.embedder;
  await store.addVectors(
    index.chunks.map((_, row) => Array.from(index.vectors.subarray(row * dimensions, (row + 1) * dimensions))),
    index.chunks.map(({ documentId }) => new LangChainDocument({ pageContent: '', metadata: { documentId } })),
  );
  return measureRanking("LangChain's MemoryVectorStore", set, async (question, without) => {
    const filter = (document: LangChainDocument) => document.metadata.documentId !== without;
    const found = await store.similaritySearchVectorWithScore(await embeddings.embedQuery(question), 50, filter);
    return { documents: found.map(([document]) => document.metadata.documentId as string), score: found[0]?.[1] ?? 0 };
  });
}

async function measureRanking(
  way: string,
  { questions }: Pick<SquadSet, 'documents' | 'questions'>,
  rank: (question: string, without?: string) => Promise<Ranking>,
): Promise<Row> {
  const times: number[] = [];
  const found: { first: boolean; five: boolean }[] = [];
  const scores: number[] = [];
  const labels: boolean[] = [];
  for (const { question, documentId } of questions) {
    const started = performance.now();
    const { documents, score } = await rank(question);
    times.push(performance.now() - started);
    const order = distinct(documents);
    found.push({ first: order[0] === documentId, five: order.slice(0, 5).includes(documentId) });
    scores.push(score, (await rank(question, documentId)).score);
    labels.push(true, false);
  }
  return {
    way,
    passageAt1: mean(found.map(({ first }) => (first ? 1 : 0))),
    passageAt5: mean(found.map(({ five }) => (five ? 1 : 0))),
    sentenceAt1: null,
    sentenceAt3: null,
    exactMatch: null,
    f1: null,
    auroc: auroc(scores, labels),
    calibrationError: null,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
  };
}

function bm25Of(texts: { id: string; text: string }[]): MiniSearch<{ id: string; text: string }> {
  const index = new MiniSearch<{ id: string; text: string }>({
    fields: ['text'],
    tokenize: terms,
    processTerm: (term) => term,
  });
  index.addAll(texts);
  return index;
}

function sentencesOf({ id, text, sentences }: Document): { id: string; text: string }[] {
  return sentences.map((span) => ({ id: idOf(id, span), text: text.slice(span.start, span.end) }));
}

function idOf(documentId: string, { start }: Span): string {
  return `${documentId}#${start}`;
}

/** The id of the sentence in which the answer begins. */
function sentenceId(documents: Document[], { documentId, answer }: SquadQuestion): string | null {
  const sentences = documents.find(({ id }) => id === documentId)?.sentences ?? [];
  const span = sentences.find(({ start, end }) => start <= answer.start && answer.start < end);
  return span === undefined ? null : idOf(documentId, span);
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
