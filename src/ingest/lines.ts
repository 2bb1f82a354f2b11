import type { Span } from '../types.ts';
import { isDebris } from './debris.ts';

/** One line without its white space at the edges: `start === end` when it is blank. */
export interface Line extends Span {
  /** White space before its first word, in characters. */
  indent: number;
}

/** A block in the making: a line, or lines that belong together because the text is wrapped. */
export interface Run extends Span {
  /** Whether it began with a bullet, which is left out of the span. */
  bullet: boolean;
  indent: number;
  lines: number;
  /** Whether no blank line stands between it and the run before. */
  adjacent: boolean;
}

/** Line breaks of every age: \n, \r\n, \r, vertical tab, form feed, NEL, and Unicode's line and paragraph separators. */
const breaks = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  const push = (to: number) => {
    const line = text.slice(from, to);
    const indent = line.length - line.trimStart().length;
    lines.push({ indent, start: from + indent, end: from + Math.max(indent, line.trimEnd().length) });
  };
  for (const match of text.matchAll(breaks)) {
    push(match.index);
    from = match.index + match[0].length;
  }
  push(text.length);
  return lines;
}

/**
 * Lines into runs. Blank lines always part; within a stanza each line is a run of its own unless `width` says that the text is
 * wrapped: then a line goes on in the next when the next one's first word would not have fitted.
 */
export function runsOf(text: string, lines: Line[], width: number | null): Run[] {
  const runs: Run[] = [];
  let previous: Line | null = null;
  for (const line of lines) {
    if (line.start === line.end) {
      previous = null;
      continue;
    }
    const run = runs.at(-1);
    if (previous !== null && run !== undefined && goesOn(text, run, previous, line, width)) {
      run.end = line.end;
      run.lines++;
    } else {
      const bullet = bulletLength(text.slice(line.start, line.end));
      runs.push({
        start: line.start + bullet,
        end: line.end,
        bullet: bullet > 0,
        indent: line.indent,
        lines: 1,
        adjacent: previous !== null,
      });
    }
    previous = line;
  }
  return runs;
}

/**
 * The width in characters at which a text was wrapped by hand or by program, or null if its lines are whole paragraphs.
 * Wrapped lines are short and break in mid-sentence: what follows starts in lower case, or (in scripts without case) follows a
 * line that does not end a sentence.
 */
export function wrapWidth(text: string, lines: Line[]): number | null {
  const lengths = lines.map((line) => line.end - line.start).filter((length) => length > 0);
  lengths.sort((a, b) => a - b);
  const width = lengths[Math.ceil(lengths.length * usualShare) - 1] ?? 0;
  if (width > widestWrapping) return null;
  let pairs = 0;
  let wrapped = 0;
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] as Line;
    const before = lines[index - 1] as Line;
    if (line.start === line.end || before.start === before.end) continue;
    const words = text.slice(line.start, line.end);
    if (bulletLength(words) > 0 || isTableRow(words)) continue;
    pairs++;
    if (/^\p{Ll}/u.test(words) || (/^\p{Lo}/u.test(words) && !endsSentence(text.slice(before.start, before.end))))
      wrapped++;
  }
  return wrapped > 0 && wrapped >= pairs * wrappedShare ? width : null;
}

/** The widest line that people wrap at, in characters. */
const widestWrapping = 120;
/** Lines that the width has to hold: one in twenty may be an address or a table. */
const usualShare = 0.95;
/** Share of line breaks in mid-sentence that makes a text wrapped. Measured: prose at 72 columns 0.8, paragraphs 0. */
const wrappedShare = 0.3;

function goesOn(text: string, run: Run, previous: Line, line: Line, width: number | null): boolean {
  const words = text.slice(line.start, line.end);
  const before = text.slice(previous.start, previous.end);
  const bullet = bulletLength(words) > 0;
  const deeper = line.indent > run.indent;
  if (width === null) return run.bullet && !bullet && deeper && !isDebris(words);
  if (isTableRow(words) || isTableRow(before)) return false;
  const whole = endsSentence(before);
  const full = before.length + 1 + firstWordLength(words) > width;
  const cut = full && !whole; // broken off in mid-sentence, for want of room
  if (bullet) return cut && !run.bullet && !before.endsWith(':') && !before.endsWith(';');
  if (isDebris(words) || isDebris(before)) return cut && /[\p{L}\p{N}]/u.test(words);
  if (run.bullet && deeper) return true;
  if (full) return !(whole && line.indent >= previous.indent + 2 && run.lines > 0);
  if (/^\p{Ll}/u.test(words)) return true;
  return !whole && run.lines > 1;
}

/** Length of a bullet and the white space after it, 0 if the line has none: - * • – ‣ ◦ 1. 1) a) (1) (a) and their like. */
function bulletLength(line: string): number {
  const match = /^(?:[-*+•–—‣◦▪●·⁃∙■□○]|\(?(?:\d{1,3}|[a-zA-Z])\)|\d{1,3}\.)[ \t\u00a0]{1,20}/.exec(line);
  const glued = match ?? /^[•‣◦▪●⁃]/.exec(line);
  if (glued === null || glued[0].length >= line.length) return 0;
  return line[glued[0].length]?.trim() === '' ? 0 : glued[0].length;
}

/** Whether the line is a row of a table drawn in text: cells parted by tabs, pipes or wide gaps. */
export function isTableRow(line: string): boolean {
  return line.includes('\t') || line.includes('   ') || line.indexOf('|') !== line.lastIndexOf('|');
}

const closers = new Set(`"'”’»›)]}*_`);

/** Whether the line ends a sentence, quotes and brackets after the stop aside. */
export function endsSentence(line: string): boolean {
  let index = line.length - 1;
  while (index > 0 && closers.has(line[index] as string)) index--;
  return '.!?…。！？؟।۔'.includes(line[index] ?? ' ');
}

function firstWordLength(line: string): number {
  const end = line.search(/\s/u);
  return end < 0 ? line.length : end;
}
