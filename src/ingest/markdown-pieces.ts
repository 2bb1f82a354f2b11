import type { Span } from '../types.ts';

/** A stretch of Markdown that can be read by itself. */
export interface Piece extends Span {
  /** Too crooked for the parser: its text is one plain paragraph. */
  plain: boolean;
}

/**
 * Markdown in pieces that stand alone, because the parser is quadratic in the length of a paragraph, a table or a run of
 * delimiters (measured on 100 kB: prose 1.4 s, `_a*b` repeated over 20 s, '>' repeated over 20 s; a 5 MB table would take hours).
 * A piece ends at a blank line before a line that is not indented, or at a line's end when it has grown too big. Fenced code at
 * the margin and HTML comments belong to no piece: nothing in them is quoted.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let open: Piece | null = null;
  let marks = 0;
  let blank = true;
  let fence: string | null = null;
  const close = () => {
    if (open !== null) pieces.push(open);
    open = null;
    marks = 0;
  };
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    const words = line.trimStart();
    const margin = line.length - words.length < 4 && !line.startsWith('\t');
    const isBlank = words === '';
    const mark = margin ? fenceOf(words) : null;
    if (fence !== null) {
      if (fence === '-->' ? line.includes(fence) : mark?.startsWith(fence) && onlyRepeats(words.trimEnd()))
        fence = null;
    } else if (mark !== null && !(mark.startsWith('`') && words.slice(mark.length).includes('`'))) {
      close();
      fence = mark;
    } else if (margin && words.startsWith('<!--')) {
      close();
      if (!words.includes('-->')) fence = '-->';
    } else {
      const lineMarks = isBlank ? 0 : marksIn(line) + (/^[-+*\d]/.test(words) ? itemMarks : 0);
      const big = open !== null && (end - open.start > longestPiece || marks + lineMarks > mostMarks);
      if ((blank && !isBlank && words.length === line.length) || big) close();
      if (!isBlank) {
        const plain = line.length > longestPiece || lineMarks > mostMarks || containersIn(words) > deepest;
        if (plain) close();
        open ??= { start, end, plain };
        open.end = end;
        marks += lineMarks;
        if (plain) close();
      }
    }
    blank = isBlank;
    start = end;
  }
  close();
  return pieces;
}

/** Longest piece, in characters: twice the longest paragraph that people write. */
const longestPiece = 16_384;
/** Most characters with a meaning in Markdown that a piece may hold: 500 of them cost the parser some milliseconds at worst. */
const mostMarks = 800;
/** What an item of a list weighs, for lists are quadratic in their items. */
const itemMarks = 2;
/** Deepest nesting of quotes and lists on one line. */
const deepest = 16;
const marking = new Set('*_~`[]()<!&|\\');

function marksIn(line: string): number {
  let count = 0;
  for (let index = 0; index < line.length; index++) if (marking.has(line[index] as string)) count++;
  return count;
}

/** Block quote and list markers before the line's first word. */
function containersIn(words: string): number {
  let count = 0;
  for (let index = 0; index < words.length && '> \t-+*'.includes(words[index] as string); index++)
    if (words[index] === '>' || words[index + 1] === ' ') count++;
  return count;
}

/** The run of three or more backticks or tildes that the line begins with, or null. */
function fenceOf(words: string): string | null {
  const sign = words[0];
  if (sign !== '`' && sign !== '~') return null;
  let length = 1;
  while (words[length] === sign) length++;
  return length < 3 ? null : words.slice(0, length);
}

function onlyRepeats(words: string): boolean {
  for (let index = 1; index < words.length; index++) if (words[index] !== words[0]) return false;
  return true;
}

/** Where the next line begins: after \n, \r\n or \r. */
export function lineEnd(text: string, start: number): number {
  for (let index = start; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10) return index + 1;
    if (code === 13) return text.charCodeAt(index + 1) === 10 ? index + 2 : index + 1;
  }
  return text.length;
}

/**
 * Labels of link and footnote definitions, as written (`[label]: …` → 'label'). A piece that mentions one is parsed with the
 * definition at hand; the label is all that matters, for targets are never quoted.
 */
export function definitionsOf(text: string): Set<string> {
  const labels = new Set<string>();
  for (let start = 0; start < text.length; ) {
    const end = lineEnd(text, start);
    let open = start;
    while (text[open] === ' ' && open - start < 3) open++;
    if (text[open] === '[') {
      const label = labelAt(text.slice(open, Math.min(end, open + longestLabel)), 0);
      if (label !== null && text[open + label.length + 2] === ':') labels.add(label.toLowerCase());
    }
    start = end;
  }
  return labels;
}

/** The definitions that a piece mentions, as Markdown to append to it. */
export function definitionsFor(piece: string, labels: Set<string>): string {
  if (labels.size === 0) return '';
  const mentioned = new Set<string>();
  for (let open = piece.indexOf('['); open >= 0; open = piece.indexOf('[', open + 1)) {
    const label = labelAt(piece.slice(open, open + longestLabel), 0)?.toLowerCase();
    if (label !== undefined && labels.has(label)) mentioned.add(label);
  }
  return mentioned.size === 0 ? '' : `\n\n${[...mentioned].map((label) => `[${label}]: x\n\n`).join('')}`;
}

/** Characters of a label that are looked at (CommonMark allows 999; quadratic at that). */
const longestLabel = 120;

function labelAt(text: string, open: number): string | null {
  const close = text.indexOf(']', open);
  const label = text.slice(open + 1, Math.max(close, 0));
  return close < 0 || label.trim() === '' || label.includes('[', 1) ? null : label;
}
