import * as z from 'zod';
import { shown } from '../../errors.ts';
import { editDistance } from '../../text/edit-distance.ts';
import type { Example } from '../types.ts';
import { type Where, wrong } from './wrong.ts';

/** A question as a file has it: flat, or with what is expected under `expect`, as in test/questions. */
const text = z.string().trim().min(1);
const list = z.array(text);
const expectation = {
  /** A string is a group of its own. */
  words: z.array(z.union([text, list.min(1)])).optional(),
  answers: list.optional(),
  documents: list.optional(),
  minDocuments: z.int().min(1).optional(),
  /** `null`, as test/questions has it, is none. */
  verdict: z.enum(['yes', 'no', 'none']).nullable().optional(),
  disagreement: z.boolean().optional(),
  /** Words of each side; that there are sides says that the documents differ. */
  sides: z.array(list.min(1)).min(2).optional(),
  compatible: z.boolean().optional(),
  standalone: list.optional(),
  alone: z.literal(true).optional(),
};
const asked = {
  question: text,
  ...expectation,
  unanswerable: z.boolean().optional(),
  expect: z.strictObject({ kind: z.enum(['answered', 'unanswered']).optional(), ...expectation }).optional(),
  tags: list.optional(),
  among: list.min(1).optional(),
  knownMiss: text.optional(),
  draft: z.boolean().optional(),
};
const common = { id: text.optional(), history: list.optional() };
const single = z.strictObject({ ...common, ...asked });
const conversation = z.strictObject({
  ...common,
  tags: list.optional(),
  turns: z.array(z.strictObject(asked)).min(1),
});
type Asked = Omit<z.output<typeof single>, 'id' | 'history'>;

/** Every field that a question may have, for the file's own header line and for CSV. */
export const fields: readonly string[] = Object.keys(single.shape);

/** The questions of one record: one, or one a turn of a conversation. Throws QUESTIONS_INVALID naming the line and the field. */
export function examplesOf(record: unknown, where: Where): Example[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    throw wrong(where.file, where.line([]), `a question must be an object, not ${shown(record)}`);
  }
  if (!('turns' in record)) {
    const { id, history, ...rest } = parsed(single, record, where);
    return [exampleOf(rest, id ?? `line ${where.line([])}`, history ?? [], where, [])];
  }
  const { id, history = [], tags = [], turns } = parsed(conversation, record, where);
  return turns.map((turn, index) =>
    exampleOf(
      { ...turn, tags: [...tags, ...(turn.tags ?? [])] },
      `${id ?? `line ${where.line([])}`}.${index + 1}`,
      [...history, ...turns.slice(0, index).map(({ question }) => question)],
      where,
      ['turns', index],
    ),
  );
}

function exampleOf(record: Asked, id: string, history: string[], where: Where, path: PropertyKey[]): Example {
  const { expect = {}, ...flat } = record;
  const given = { ...flat, ...expect };
  const { words = [], answers = [], documents = [], minDocuments = 1, sides = [], compatible = null } = given;
  const disagreement = given.disagreement ?? (sides.length > 0 ? true : null);
  const verdict = given.verdict === null ? 'none' : (given.verdict ?? null);
  const line = where.line(path);
  const saysSomething =
    words.length + answers.length + documents.length > 0 ||
    disagreement === true ||
    verdict === 'yes' ||
    verdict === 'no';
  const kind = expect.kind ?? (flat.unanswerable === undefined ? null : flat.unanswerable ? 'unanswered' : 'answered');
  if (kind === 'unanswered' && saysSomething) {
    const what = 'words, answers, documents, sides or a yes or no to be found';
    throw wrong(where.file, line, `an unanswerable question cannot have ${what}`);
  }
  if (disagreement !== true && (sides.length > 0 || compatible !== null)) {
    throw wrong(where.file, line, '"sides" and "compatible" are of what the documents differ on');
  }
  if (documents.length > 0 && minDocuments > documents.length) {
    throw wrong(where.file, line, `"minDocuments" is ${minDocuments}, but there are ${documents.length} documents`);
  }
  return {
    id,
    question: record.question,
    expected: kind ?? (saysSomething ? 'answered' : null),
    words: words.map((group) => (typeof group === 'string' ? [group] : group)),
    answers,
    documents: [...new Set(documents)],
    minDocuments,
    places: [],
    verdict,
    disagreement,
    sides,
    compatible,
    standalone: given.alone ?? given.standalone ?? null,
    tags: [...new Set(record.tags ?? [])],
    history,
    among: record.among ?? null,
    knownMiss: record.knownMiss ?? null,
    draft: record.draft ?? false,
    line,
  };
}

function parsed<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  record: object,
  where: Where,
): z.output<z.ZodObject<Shape, z.core.$strict>> {
  const result = schema.safeParse(record);
  if (result.success) return result.data;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  throw wrong(where.file, where.line(issue.path), described(issue, record, Object.keys(schema.shape)));
}

/** What an issue says, in the file's words. */
function described(issue: z.core.$ZodIssue, record: object, known: readonly string[]): string {
  const name = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const unknown = issue.keys[0] ?? '';
    const meant = [...known, 'kind'].find((field) => editDistance(field, unknown, 2) <= 2);
    return `there is no field "${unknown}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`;
  }
  const value = issue.path.reduce<unknown>(
    (at, key) => (at === null || at === undefined ? undefined : (at as Record<PropertyKey, unknown>)[key]),
    record,
  );
  if (value === undefined) return `"${name}" is missing`;
  if (typeof value === 'string' && value.trim() === '') return `"${name}" is empty`;
  return `"${name}" is ${shown(value)}, which it cannot be (${issue.message})`;
}
