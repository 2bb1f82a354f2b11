import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { asPullquoteError, PullquoteError, shown, systemCode } from '../../errors.ts';
import { decode } from '../../ingest/decode.ts';
import type { Example, QuestionSet } from '../types.ts';
import { exampleOfFeedback, isFeedback } from './feedback.ts';
import { parsePlacedJson } from './json-places.ts';
import { readCsv } from './read-csv.ts';
import { examplesOf } from './record.ts';
import { isSquad, type SquadSet, squadSetOf } from './squad.ts';
import { wrong } from './wrong.ts';

export interface ReadOptions {
  /** The only tags that a question may have; null allows any. A file's own header says it, too. */
  tags?: readonly string[] | null;
  /** Take a SQuAD file's paragraphs along as documents. */
  withDocuments?: boolean;
}

/**
 * A question file: `.jsonl` (a question a line, or feedback exported by `pullquote feedback export`), `.csv` or `.tsv`, `.json` (a list of questions, or SQuAD's
 * format). Throws QUESTIONS_UNREADABLE, and QUESTIONS_INVALID naming the line.
 */
export async function readQuestions(file: string, options: ReadOptions = {}): Promise<QuestionSet> {
  const { text, revision } = await readText(file);
  const extension = extname(file).toLowerCase();
  let examples: Example[];
  let squad: SquadSet | null = null;
  let tags = options.tags ?? null;
  if (extension === '.csv' || extension === '.tsv') examples = readCsv(text, file);
  else if (extension === '.jsonl' || extension === '.ndjson') ({ examples, tags } = readJsonLines(text, file, tags));
  else if (extension === '.json') {
    const json = parsePlacedJson(text, file);
    if (isSquad(json.value)) {
      const set = squadSetOf(json, file);
      if (options.withDocuments === true) squad = set;
      examples = examplesOfSquad(set, options.withDocuments === true);
    } else ({ examples, tags } = readJson(json, file, tags));
  } else {
    throw new PullquoteError('QUESTIONS_INVALID', `${shown(file)} must end in .jsonl, .json, .csv or .tsv`, { file });
  }
  if (options.withDocuments === true && squad === null) {
    throw new PullquoteError('QUESTIONS_INVALID', `${shown(file)} brings no documents: only SQuAD’s format does`, {
      file,
    });
  }
  verifyIds(examples, file);
  if (tags !== null) verifyTags(examples, tags, file);
  if (examples.length === 0)
    throw new PullquoteError('QUESTIONS_INVALID', `${shown(file)} holds no question`, { file });
  return { file, revision, examples, squad };
}

async function readText(file: string): Promise<{ text: string; revision: string }> {
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = systemCode(error);
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new PullquoteError('QUESTIONS_UNREADABLE', `${shown(file)} ${why}`, { file, code }, error);
  });
  const revision = createHash('sha256').update(bytes).digest('hex');
  try {
    return { text: decode(bytes, file), revision };
  } catch (error) {
    const { code, message } = asPullquoteError(error);
    const what = code === 'DOCUMENT_EMPTY' ? `${shown(file)} holds no question` : message;
    throw new PullquoteError('QUESTIONS_INVALID', what, { file }, error);
  }
}

interface Tagged {
  examples: Example[];
  tags: readonly string[] | null;
}

/** The first line may be `{"tags": ["plain", …]}`: the only tags that a question may have. */
function readJsonLines(text: string, file: string, tags: readonly string[] | null): Tagged {
  const examples: Example[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    let record: unknown;
    try {
      record = JSON.parse(line);
    } catch (error) {
      throw wrong(file, index + 1, `not JSON: ${error instanceof Error ? error.message : String(error)}`, error);
    }
    const header: readonly string[] | null = examples.length === 0 ? tagsOf(record) : null;
    if (header !== null) tags = header;
    else if (isFeedback(record)) examples.push(exampleOfFeedback(record, file, index + 1));
    else examples.push(...examplesOf(record, { file, line: () => index + 1 }));
  }
  return { examples, tags };
}

/** `[question, …]`, or `{"tags": […], "questions": [question, …]}`. */
function readJson(
  { value, line }: ReturnType<typeof parsePlacedJson>,
  file: string,
  tags: readonly string[] | null,
): Tagged {
  const isWrapped = typeof value === 'object' && value !== null && 'questions' in value;
  const path = isWrapped ? ['questions'] : [];
  const records: unknown = isWrapped ? value.questions : value;
  if (!Array.isArray(records)) throw wrong(file, line(path), 'a list of questions is expected, or SQuAD’s format');
  const examples = records.flatMap((record, index) =>
    examplesOf(record, { file, line: (below) => line([...path, index, ...below]) }),
  );
  return { examples, tags: (isWrapped ? tagsOf({ tags: (value as { tags?: unknown }).tags }) : null) ?? tags };
}

/** The tags of a header; null for anything else. */
function tagsOf(record: unknown): readonly string[] | null {
  if (typeof record !== 'object' || record === null || Object.keys(record).join() !== 'tags') return null;
  const { tags } = record as { tags: unknown };
  return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : null;
}

function examplesOfSquad({ questions }: SquadSet, withDocuments: boolean): Example[] {
  return questions.map(({ id, question, article, documentId, answers, line }) => ({
    id,
    question,
    expected: answers.length > 0 ? 'answered' : 'unanswered',
    words: [],
    answers: [...new Set(answers.map(({ text }) => text))],
    documents: withDocuments && answers.length > 0 ? [documentId] : [],
    minDocuments: 1,
    places: withDocuments ? answers.map(({ start }) => ({ documentId, start })) : [],
    verdict: null,
    disagreement: null,
    sides: [],
    compatible: null,
    standalone: null,
    tags: [article],
    history: [],
    among: null,
    knownMiss: null,
    draft: false,
    line,
  }));
}

function verifyIds(examples: readonly Example[], file: string): void {
  const lines = new Map<string, number>();
  for (const { id, line } of examples) {
    const before = lines.get(id);
    if (before !== undefined) throw wrong(file, line, `the id ${shown(id)} is that of line ${before} already`);
    lines.set(id, line);
  }
}

function verifyTags(examples: readonly Example[], known: readonly string[], file: string): void {
  for (const { tags, line } of examples) {
    const unknown = tags.find((tag) => !known.includes(tag));
    if (unknown !== undefined)
      throw wrong(file, line, `unknown tag ${shown(unknown)}; the tags are ${known.join(', ')}`);
  }
}
