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

/** What Excel may put above the header, and takes for itself: `sep=;`. */
const SEPARATOR_LINE = /^sep=(.)\r?(?:\n|$)/i;

/**
 * Questions from a CSV file with a line of column names: commas, semicolons or tabs between cells, as the first line has them. A list's
 * entries are separated by `|`, groups of words by `;`. Throws QUESTIONS_INVALID naming the line.
 */
export function readCsv(text: string, file: string): Example[] {
  const separator = SEPARATOR_LINE.exec(text);
  const headerLine = separator === null ? 1 : 2;
  const delimiter = separator?.[1] ?? delimiterOf(text);
  let lastLine = headerLine;
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parse(text, {
      columns: (names: string[]) => columnsOf(names, file, headerLine),
      delimiter,
      info: true,
      trim: true,
      from_line: headerLine,
      skip_empty_lines: true,
      // Spreadsheets write rows of nothing, and leave out a row's last cells when they are empty.
      skip_records_with_empty_values: true,
      relax_column_count_less: true,
      on_record: (row: (typeof rows)[number]) => {
        lastLine = row.info.lines;
        return row;
      },
    }) as never;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // One that is never closed takes in all the rest.
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      throw wrong(file, lastLine + 1, 'not CSV: a quotation mark is not closed', error);
    throw wrong(file, Number(error.lines ?? 1), `not CSV: ${error.message.replace(/ (?:on|at) line \d+/g, '')}`, error);
  }
  return rows.flatMap(({ record, info }) => {
    // `lines` counts to the record's end: a cell may run over several.
    const line = info.lines - Object.values(record).join('').split('\n').length + 1;
    return examplesOf(recordOf(record, file, line), { file, line: () => line });
  });
}

/** The sign that parts most cells of the first line. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  return [',', ';', '\t'].sort((a, b) => header.split(b).length - header.split(a).length)[0] as string;
}

/** The names as they are known, however they are capitalised. */
function columnsOf(names: string[], file: string, line: number): string[] {
  const allowed = fields.filter((field) => !NOT_COLUMNS.has(field));
  const columns = names.map((name, at) => {
    const known = allowed.find((field) => field.toLowerCase() === name.toLowerCase());
    if (known !== undefined) return known;
    const what = name === '' ? `column ${at + 1} has no name` : `there is no column ${shown(name)}`;
    throw wrong(file, line, `${what}; the columns are ${allowed.join(', ')}`);
  });
  const twice = columns.find((name, at) => columns.indexOf(name) < at);
  if (twice !== undefined) throw wrong(file, line, `the column ${shown(twice)} is there twice`);
  if (!columns.includes('question')) throw wrong(file, line, 'the column "question" is missing');
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

/** A spreadsheet writes them in its own language; the interface has English and German. */
function truth(cell: string, name: string, file: string, line: number): boolean {
  if (/^(?:true|yes|1|x|wahr|ja)$/i.test(cell)) return true;
  if (/^(?:false|no|0|falsch|nein)$/i.test(cell)) return false;
  throw wrong(file, line, `"${name}" is ${shown(cell)}; it must be yes or no`);
}
