import { setImmediate } from 'node:timers/promises';
import { PullquoteError, shown } from '../errors.ts';
import type { Block, Chunk, Document, Span, StoredGeneration } from '../types.ts';
import { ROWS_A_TURN, verifyVectors } from './verify-vectors.ts';

/** What a generation is made of. */
export type Content = Omit<StoredGeneration, 'id'>;

/** Documents looked at between two turns of the event loop. */
const DOCUMENTS_A_TURN = 256;

/**
 * Holds that documents, chunks and vectors fit one another: spans inside their text and in order, chunks that are the sentences they name,
 * document after document as these are, a valid vector for each. Checked before publishing and after reading, so that what is published can
 * be read. Lets the event loop turn.
 * Throws INDEX_CORRUPT, VECTOR_INVALID.
 */
export async function verifyContent({ documents, chunks, vectors, embedder }: Content): Promise<void> {
  const places = new Map<string, number>();
  for (const [place, document] of documents.entries()) {
    if (places.has(document.id))
      throw corrupt(`Document ${shown(document.id)} is there twice`, { document: document.id });
    places.set(document.id, place);
    verifyDocument(document);
    if (place % DOCUMENTS_A_TURN === DOCUMENTS_A_TURN - 1) await setImmediate();
  }
  const ids = new Set<string>();
  let before = 0;
  for (const [row, chunk] of chunks.entries()) {
    if (row % ROWS_A_TURN === ROWS_A_TURN - 1) await setImmediate();
    const wrong = (what: string) => corrupt(`Chunk ${shown(chunk.id)} ${what}`, { chunk: chunk.id });
    if (ids.has(chunk.id)) throw wrong('is there twice');
    ids.add(chunk.id);
    const place = places.get(chunk.documentId) ?? -1;
    const document = documents[place];
    if (!document) throw wrong(`is of the unknown document ${shown(chunk.documentId)}`);
    if (place < before) throw wrong('stands apart from those of its document');
    before = place;
    const first = document.sentences[chunk.first];
    const last = document.sentences[chunk.last];
    if (!first || !last || chunk.first > chunk.last) throw wrong('names sentences that are not there');
    if (chunk.start !== first.start || chunk.end !== last.end) throw wrong('has another span than its sentences');
    if (chunk.id !== `${chunk.documentId}#${chunk.start}-${chunk.end}`) throw wrong('has another span than its id');
  }
  const rows = await verifyVectors(vectors, embedder.dimensions, (row) => `chunk ${shown(chunks[row]?.id ?? row)}`);
  if (rows !== chunks.length) throw corrupt(`There are ${rows} vectors for ${chunks.length} chunks`, { rows });
}

function verifyDocument({ id, text, blocks, markup, sentences }: Document): void {
  const wrong = (what: string) => corrupt(`Document ${shown(id)} has ${what}`, { document: id });
  for (const span of markup) if (!isInside(span, 0, text.length)) throw wrong(`markup outside its text`);
  let at = 0;
  for (const block of blocks) {
    if (!isInside(block, at, text.length)) throw wrong(`a block out of place at ${block.start}`);
    at = block.end;
  }
  at = 0;
  let index = 0;
  for (const sentence of sentences) {
    if (!isInside(sentence, at, text.length)) throw wrong(`a sentence out of place at ${sentence.start}`);
    at = sentence.end;
    while (index < blocks.length && (blocks[index] as Block).end < sentence.end) index++;
    const block = blocks[index];
    if (!block || block.start > sentence.start || (block.kind !== 'paragraph' && block.kind !== 'item')) {
      throw wrong(`a sentence outside paragraphs and items at ${sentence.start}`);
    }
  }
}

function isInside({ start, end }: Span, from: number, to: number): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && from <= start && start <= end && end <= to;
}

/**
 * What was stored, or is to be, as a document of the declared shape, its fields always in one order so that equal documents give equal bytes.
 * Throws a plain error with the reason.
 */
export function asDocument(stored: unknown): Document {
  const value = asFields(stored);
  const document: Document = {
    id: stringOf(value, 'id'),
    revision: stringOf(value, 'revision'),
    format: oneOf(value, 'format', ['text', 'markdown', 'html']),
    title: stringOf(value, 'title'),
    text: stringOf(value, 'text'),
    blocks: arrayOf(value, 'blocks').map((block) => ({
      ...spanOf(block),
      kind: oneOf(block, 'kind', ['heading', 'paragraph', 'item', 'debris']),
    })),
    markup: arrayOf(value, 'markup').map(spanOf),
    sentences: arrayOf(value, 'sentences').map(spanOf),
  };
  for (const key of ['author', 'publisher', 'url', 'published'] as const) {
    if (value[key] !== undefined) document[key] = stringOf(value, key);
  }
  return document;
}

/** Likewise a chunk. */
export function asChunk(stored: unknown): Chunk {
  const value = asFields(stored);
  return {
    id: stringOf(value, 'id'),
    documentId: stringOf(value, 'documentId'),
    first: numberOf(value, 'first'),
    last: numberOf(value, 'last'),
    ...spanOf(value),
  };
}

type Fields = Record<string, unknown>;

function asFields(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
  return value as Fields;
}

function spanOf(value: Fields): Span {
  return { start: numberOf(value, 'start'), end: numberOf(value, 'end') };
}

function stringOf(value: Fields, key: string): string {
  const field = value[key];
  if (typeof field !== 'string') throw new Error(`${key} is no string`);
  return field;
}

function numberOf(value: Fields, key: string): number {
  const field = value[key];
  if (!Number.isSafeInteger(field) || (field as number) < 0) throw new Error(`${key} is no whole number`);
  return field as number;
}

function oneOf<T extends string>(value: Fields, key: string, choices: readonly T[]): T {
  const field = choices.find((choice) => choice === value[key]);
  if (field === undefined) throw new Error(`${key} is ${shown(value[key])}`);
  return field;
}

function arrayOf(value: Fields, key: string): Fields[] {
  const field = value[key];
  if (!Array.isArray(field)) throw new Error(`${key} is no list`);
  return field.map(asFields);
}

function corrupt(message: string, facts: Fields): PullquoteError {
  return new PullquoteError('INDEX_CORRUPT', message, facts);
}
