import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { shown } from '../../errors.ts';
import type { Example } from '../types.ts';
import { examplesOf, fields } from './record.ts';
import { wrong } from './wrong.ts';

/** Between the entries of a cell; between groups of words a semicolon: `Witkoff; Kushner | Trump’s son-in-law`. */
const ALTERNATIVE = '|';
const GROUP = ';';
/** Fields of objects, which no cell can hold. */
const NOT_COLUMNS = new Set(['expect', 'alone']);

const lists = new Set(['answers', 'documents', 'tags', 'history', 'among', 'standalone']);
const truths = new Set(['unanswerable', 'disagreement', 'compatible', 'draft']);
/** Groups of words. */
const groups = new Set(['words', 'sides']);

/**
 * Questions from a CSV file with a line of column names: commas, semicolons or tabs between cells, as the first line has them. A list's
 * entries are separated by `|`, groups of words by `;`. Throws QUESTIONS_INVALID naming the line.
 */
export function readCsv(text: string, file: string): Example[] {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const delimiter = [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] as string;
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, {
      columns: (names: string[]) => columnsOf(names, file),
      delimiter,
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
    }) as never;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw wrong(file, Number(error.lines ?? 1), `not CSV: ${error.message.replace(/ (?:on|at) line \d+/g, '')}`, error);
  }
  return rows.flatMap(({ record, info }) => {
    // `lines` counts to the record's end: a cell may run over several.
    const line = info.lines - Object.values(record).join('').split('\n').length + 1;
    return examplesOf(recordOf(record, file, line), { file, line: () => line });
  });
}

function columnsOf(names: string[], file: string): string[] {
  const columns = names.map((name) => name.trim());
  const allowed = fields.filter((field) => !NOT_COLUMNS.has(field));
  const unknown = columns.find((name) => !allowed.includes(name));
  if (unknown !== undefined) {
    throw wrong(file, 1, `there is no column ${shown(unknown)}; the columns are ${allowed.join(', ')}`);
  }
  if (!columns.includes('question')) throw wrong(file, 1, 'the column "question" is missing');
  return columns;
}

/** A row as a record of JSONL would be; empty cells are left out. */
function recordOf(row: Record<string, string>, file: string, line: number): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const [name, cell] of Object.entries(row)) {
    if (cell === '') continue;
    if (groups.has(name)) record[name] = entries(cell, GROUP).map((group) => entries(group, ALTERNATIVE));
    else if (lists.has(name)) record[name] = entries(cell, ALTERNATIVE);
    else if (truths.has(name)) record[name] = truth(cell, name, file, line);
    else if (name === 'verdict') record[name] = cell.toLowerCase();
    else if (name === 'minDocuments') record[name] = /^\d+$/.test(cell) ? Number(cell) : cell;
    else record[name] = cell;
  }
  return record;
}

function entries(cell: string, separator: string): string[] {
  return cell
    .split(separator)
    .map((entry) => entry.trim())
    .filter(Boolean);
}

function truth(cell: string, name: string, file: string, line: number): boolean {
  if (/^(?:true|yes|1|x)$/i.test(cell)) return true;
  if (/^(?:false|no|0)$/i.test(cell)) return false;
  throw wrong(file, line, `"${name}" is ${shown(cell)}; it must be yes or no`);
}
