import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { asPullquoteError, shown } from '../../errors.ts';
import { loadDocument } from '../../ingest/documents.ts';
import { prepare } from '../../ingest/ingest.ts';
import type { Chunk, Document, SkippedFile } from '../../types.ts';
import { type PlacedJson, parsePlacedJson } from './json-places.ts';
import { wrong } from './wrong.ts';

/** One question of a set in SQuAD's format, v1.1 or v2.0, with the paragraph that answers it. */
export interface SquadQuestion {
  id: string;
  question: string;
  /** Title of the article. */
  article: string;
  /** The paragraph's document. */
  documentId: string;
  /** Empty for one that the paragraph does not answer. `start` in UTF-16 units of the paragraph. */
  answers: { text: string; start: number }[];
  /** Of the file, from 1. */
  line: number;
}

/** A set's paragraphs, each a document, and its questions. */
export interface SquadSet {
  documents: Document[];
  chunks: Chunk[];
  questions: SquadQuestion[];
  /** Paragraphs that hold nothing to quote. */
  skipped: SkippedFile[];
}

const format = z.looseObject({
  data: z.array(
    z.looseObject({
      title: z.string().min(1),
      paragraphs: z.array(
        z.looseObject({
          context: z.string(),
          qas: z.array(
            z.looseObject({
              id: z.string().optional(),
              question: z.string().trim().min(1),
              is_impossible: z.boolean().optional(),
              answers: z.array(z.looseObject({ text: z.string(), answer_start: z.int().min(0) })),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** Is a JSON value a set in SQuAD's format, rather than a list of questions? */
export function isSquad(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data);
}

/** Reads a set's file. Throws QUESTIONS_INVALID naming the line, and what reading a file throws. */
export async function readSquad(file: string): Promise<SquadSet> {
  return squadSetOf(parsePlacedJson(await readFile(file, 'utf8'), file), file);
}

/** A set's paragraphs, each a document read as a text file would be. Throws QUESTIONS_INVALID naming the line. */
export function squadSetOf(json: PlacedJson, file: string): SquadSet {
  const parsed = format.safeParse(json.value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] as z.core.$ZodIssue;
    throw wrong(file, json.line(path), `not SQuAD’s format at ${path.map(String).join('.')} (${message})`);
  }
  const set: SquadSet = { documents: [], chunks: [], questions: [], skipped: [] };
  const articles = new Map<string, number>();
  for (const [articleNumber, { title, paragraphs }] of parsed.data.data.entries()) {
    const nth = (articles.get(title) ?? 0) + 1;
    articles.set(title, nth);
    for (const [number, { context, qas }] of paragraphs.entries()) {
      // Another article of the same title is another folder.
      const id = `${nth === 1 ? title : `${title} (${nth})`}/${number}`;
      addDocument(set, id, context);
      for (const [at, qa] of qas.entries()) {
        const line = json.line(['data', articleNumber, 'paragraphs', number, 'qas', at]);
        const answers = qa.is_impossible === true ? [] : qa.answers;
        set.questions.push({
          id: qa.id ?? `line ${line}`,
          question: qa.question,
          article: title,
          documentId: id,
          answers: answers.map(({ text, answer_start }) => {
            const start = startOf(context, text, answer_start);
            if (start === null)
              throw wrong(file, line, `${shown(text)} does not stand at ${answer_start} of its paragraph`);
            return { text, start };
          }),
          line,
        });
      }
    }
  }
  return set;
}

function addDocument(set: SquadSet, id: string, context: string): void {
  const bytes = new TextEncoder().encode(context);
  const revision = createHash('sha256').update(bytes).digest('hex');
  const path = `${id}.txt`;
  try {
    const { document, chunks } = prepare(loadDocument({ path, id, format: 'text' }, { bytes, revision }));
    set.documents.push(document);
    set.chunks.push(...chunks);
  } catch (error) {
    const { code, message } = asPullquoteError(error);
    set.skipped.push({ path, code, reason: message });
  }
}

/** SQuAD counts code points, as Python does; a text has as many units before it. Null where the answer stands at neither. */
function startOf(context: string, text: string, start: number): number | null {
  if (context.startsWith(text, start)) return start;
  const units = Array.from(context).slice(0, start).join('').length;
  return context.startsWith(text, units) ? units : null;
}
