import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { readable } from '../text/readable.ts';
import type { Block, BlockKind, Span } from '../types.ts';
import { isDebris } from './debris.ts';
import { readFrontMatter } from './front-matter.ts';
import { titleAmong } from './load-text.ts';
import type { LoadedDocument } from './loaded.ts';
import { definitionsFor, definitionsOf, type Piece, piecesOf } from './markdown-pieces.ts';
import { type MarkdownNode, wordSpans } from './markdown-words.ts';

/**
 * GitHub-flavoured Markdown: the text is the file's, front matter and all; blocks are the words of headings, paragraphs, list
 * items and table rows; `markup` is everything inside a block that is not its words. Throws FILE_INVALID for front matter that
 * cannot be read.
 */
export function loadMarkdown(text: string, path: string): LoadedDocument {
  const { metadata, body } = readFrontMatter(text, path);
  const source = body === 0 ? text : text.slice(0, body).replace(/[^\n\r]/g, ' ') + text.slice(body); // offsets hold
  const labels = definitionsOf(source);
  const blocks: Block[] = [];
  const markup: Span[] = [];
  for (const piece of piecesOf(source)) {
    for (const { kind, words } of wordsOf(source, piece, labels)) addBlock(text, kind, words, blocks, markup);
  }
  const { title, ...about } = metadata;
  const headline = title ?? titleAmong(text, blocks, (block) => readable({ text, markup }, block));
  return { title: headline, text, blocks, markup, ...about };
}

interface BlockWords {
  kind: BlockKind;
  /** Spans of the whole text. */
  words: Span[];
}

// Without its `transforms`, which look for addresses once more in finished text and lose the positions of what they touch.
const mdastExtensions = gfmFromMarkdown().map((extension) => ({ ...extension, transforms: [] }));
const extensions = [gfm()];

function wordsOf(text: string, piece: Piece, labels: Set<string>): BlockWords[] {
  if (piece.plain) return [{ kind: 'paragraph', words: [{ start: piece.start, end: piece.end }] }];
  const source = text.slice(piece.start, piece.end);
  const tree: MarkdownNode = fromMarkdown(source + definitionsFor(source, labels), { extensions, mdastExtensions });
  const found: BlockWords[] = [];
  collect(tree, 'paragraph', source, found);
  return found.map(({ kind, words }) => ({
    kind,
    words: words.map(({ start, end }) => ({ start: start + piece.start, end: end + piece.start })),
  }));
}

/** Recursion is safe: pieces nest no deeper than their limits allow. */
function collect(node: MarkdownNode, kind: BlockKind, source: string, found: BlockWords[]): void {
  if ((node.position?.start.offset ?? 0) >= source.length) return; // a definition that was appended
  const take = (of: BlockKind) => found.push({ kind: of, words: wordSpans(node, source) });
  if (node.type === 'heading') take('heading');
  else if (node.type === 'paragraph') take(kind);
  else if (node.type === 'table') for (const row of node.children?.slice(1) ?? []) collect(row, 'item', source, found);
  else if (node.type === 'tableRow') take('item');
  else {
    for (const child of node.children ?? []) collect(child, node.type === 'listItem' ? 'item' : kind, source, found);
  }
}

/** A block from its first to its last visible character; what its words do not cover is markup, unless it is white space. */
function addBlock(text: string, kind: BlockKind, words: Span[], blocks: Block[], markup: Span[]): void {
  const visible = trimmed(text, words);
  const first = visible[0];
  const last = visible.at(-1);
  if (first === undefined || last === undefined) return;
  const block = { start: first.start, end: last.end };
  const marks: Span[] = [];
  for (let index = 1; index < visible.length; index++) {
    const gap = { start: (visible[index - 1] as Span).end, end: (visible[index] as Span).start };
    if (text.slice(gap.start, gap.end).trim() !== '') marks.push(gap);
  }
  const line = readable({ text, markup: marks }, block);
  const debris = !/[\p{L}\p{N}]/u.test(line) || (kind !== 'item' && isDebris(line));
  blocks.push({ ...block, kind: debris ? 'debris' : kind });
  for (const mark of marks) markup.push(mark);
}

/** The spans from the first to the last that hold more than white space, and those two less the white space at the edges. */
function trimmed(text: string, words: Span[]): Span[] {
  const isVisible = ({ start, end }: Span) => text.slice(start, end).trim() !== '';
  const first = words.findIndex(isVisible);
  if (first < 0) return [];
  const visible = words.slice(first, words.findLastIndex(isVisible) + 1);
  const opening = visible[0] as Span;
  visible[0] = { start: opening.end - text.slice(opening.start, opening.end).trimStart().length, end: opening.end };
  const closing = visible.at(-1) as Span;
  const length = text.slice(closing.start, closing.end).trimEnd().length;
  visible[visible.length - 1] = { start: closing.start, end: closing.start + length };
  return visible;
}
