import type { Span } from '../types.ts';

/** What is read of a node of the parser's tree (mdast, whose own recursive types are too deep for inference here). */
export interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
  position?: { start: { offset?: number | undefined }; end: { offset?: number | undefined } } | undefined;
}

/** Spans of the source, in order, whose characters are words that a reader sees: everything else in a block is markup. */
export function wordSpans(node: MarkdownNode, source: string): Span[] {
  const spans: Span[] = [];
  const nodes: MarkdownNode[] = [node];
  while (nodes.length > 0) {
    const next = nodes.pop() as MarkdownNode;
    const start = next.position?.start.offset;
    const end = next.position?.end.offset;
    if (next.type === 'text' && start !== undefined && end !== undefined)
      textWords(source, start, end, next.value ?? '', spans);
    else if (next.type === 'inlineCode' && start !== undefined && end !== undefined)
      codeWords(source, start, end, spans);
    else if (next.children !== undefined) nodes.push(...next.children.toReversed());
  }
  return spans;
}

/**
 * A text node's value is its source less escapes' backslashes, with character references resolved and the markers of block
 * quotes left out. `&amp;` shows its first character; a reference to a sign that the source does not hold (`&eacute;`) stays
 * as written: blanked, it would take a letter out of its word.
 */
function textWords(source: string, start: number, end: number, value: string, spans: Span[]): void {
  let from = start;
  let seen = 0;
  let line = 0; // where the value's current line begins
  const leaveOut = (first: number, after: number) => {
    push(spans, from, first);
    from = after;
  };
  for (let index = start; index < end; index++, seen++) {
    const sign = source[index] as string;
    if (endsLine(source, index)) {
      const { marked, indented } = afterMarkers(source, index + 1, end);
      if (marked > index + 1) leaveOut(index + 1, marked);
      // the value has neither the white space before the break nor the indentation after it: line the two up again
      while (line < value.length && !endsLine(value, line)) line++;
      seen = line++;
      index = indented - 1;
    } else if (sign === '\\' && value[seen] === source[index + 1] && isPunctuation(source[index + 1])) {
      leaveOut(index, index + 1);
      index++;
    } else if (sign === '&') {
      const close = source.slice(index, Math.min(end, index + longestReference)).indexOf(';');
      if (close > 0 && !value.startsWith(source.slice(index, index + close + 1), seen)) {
        if (value[seen] === '&') leaveOut(index + 1, index + close + 1);
        else if (value[seen]?.trim() === '') leaveOut(index, index + close + 1);
        if ((value.codePointAt(seen) ?? 0) > 0xffff) seen++;
        index += close;
      }
    }
  }
  push(spans, from, end);
}

/** Characters of the longest character reference (`&CounterClockwiseContourIntegral;`). */
const longestReference = 34;

function codeWords(source: string, start: number, end: number, spans: Span[]): void {
  let first = start;
  let last = end;
  while (first < last && source[first] === '`') first++;
  while (last > first && source[last - 1] === '`') last--;
  let from = first;
  for (let index = first; index < last; index++) {
    if (!endsLine(source, index)) continue;
    push(spans, from, index + 1);
    from = afterMarkers(source, index + 1, last).marked;
  }
  push(spans, from, last);
}

function push(spans: Span[], start: number, end: number): void {
  if (start < end) spans.push({ start, end });
}

/** Whether a line ends with the character there: \n, or \r by itself. */
function endsLine(text: string, index: number): boolean {
  return text[index] === '\n' || (text[index] === '\r' && text[index + 1] !== '\n');
}

const isPunctuation = (sign: string | undefined) => sign !== undefined && /[!-/:-@[-`{-~]/.test(sign);

/** After the last block quote marker that a line begins with (or right there), and after the white space that follows. */
function afterMarkers(source: string, start: number, end: number): { marked: number; indented: number } {
  let marked = start;
  let indented = start;
  for (; indented < end && ' \t>'.includes(source[indented] as string); indented++) {
    if (source[indented] === '>') marked = indented + 1;
  }
  return { marked, indented };
}
