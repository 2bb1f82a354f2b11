import type { Block, BlockKind } from '../types.ts';
import { isConcealed } from './concealed.ts';
import { isDebris } from './debris.ts';

/** What is read of a DOM node (linkedom's own types are wrong in places). */
export interface HtmlNode {
  nodeType: number;
  localName: string;
  nodeValue: string | null;
  parentNode: HtmlNode | null;
  firstChild: HtmlNode | null;
  nextSibling: HtmlNode | null;
  getAttribute(name: string): string | null;
}

const names = (list: string) => new Set(list.split(' '));
const never = names(
  'script style noscript nav aside form button select textarea input svg math iframe object embed canvas video audio head title dialog map datalist',
);
const headings = names('h1 h2 h3 h4 h5 h6');
const breaking = names(
  'address article blockquote body caption center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td tfoot th thead tr ul',
);
/** What makes a table row a piece of layout rather than a row of cells. */
const layout = names('article blockquote div h1 h2 h3 h4 h5 h6 ol p section table ul');
const [elementNode, textNode] = [1, 3];

/**
 * The text below a node and its blocks: one block per block element, white space collapsed as HTML does it, a blank line between
 * blocks. Walks without recursion, so depth costs no stack.
 */
export function htmlBlocks(root: HtmlNode): { text: string; blocks: Block[] } {
  const parts: string[] = [];
  const blocks: Block[] = [];
  let length = 0;
  let inline: string[] = [];
  let breaks = 0;
  const kinds: BlockKind[] = ['paragraph'];
  const rows: HtmlNode[] = [];

  const flush = () => {
    const words = collapsed(inline.join('')).trim();
    inline = [];
    if (words === '') return;
    const start = parts.length === 0 ? 0 : length + separator.length;
    length = start + words.length;
    parts.push(words);
    const kind = kinds.at(-1) as BlockKind;
    const debris = !/[\p{L}\p{N}]/u.test(words) || (kind !== 'item' && isDebris(words));
    blocks.push({ start, end: length, kind: debris ? 'debris' : kind });
  };
  const enter = (node: HtmlNode) => {
    const name = node.localName;
    if (name === 'br') {
      // two breaks in a row are how old pages part paragraphs; in a row of cells they are white space
      inline.push(' ');
      if (++breaks === 2 && rows.length === 0) flush();
      return;
    }
    if (!breaking.has(name)) return;
    if (rows.length > 0) {
      const firstCell = collapsed(inline.join('')).trim() === '';
      inline.push((name === 'td' || name === 'th') && !firstCell ? ' | ' : ' ');
      return;
    }
    flush();
    breaks = 0;
    if (name === 'tr' && !isLayout(node)) rows.push(node);
    if (headings.has(name)) kinds.push('heading');
    else if (name === 'li' || rows.length > 0) kinds.push('item');
    else kinds.push(kinds.at(-1) === 'item' ? 'item' : 'paragraph');
  };
  const leave = (node: HtmlNode) => {
    if (!breaking.has(node.localName)) return;
    if (rows.length > 0 && rows.at(-1) !== node) return void inline.push(' ');
    flush();
    breaks = 0;
    rows.length = 0;
    kinds.pop();
  };

  for (let node: HtmlNode | null = root; node !== null; ) {
    const isElement: boolean = node.nodeType === elementNode;
    const skipped: boolean = isElement && isHidden(node);
    if (node.nodeType === textNode) {
      const value = node.nodeValue ?? '';
      if (breaks > 0 && /[^ \t\n\f\r]/.test(value)) breaks = 0;
      inline.push(value);
    } else if (isElement && !skipped) enter(node);
    if (!skipped && node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    if (isElement && !skipped) leave(node);
    while (node !== root && node !== null && node.nextSibling === null) {
      node = node.parentNode;
      if (node !== null && node.nodeType === elementNode) leave(node);
    }
    node = node === root || node === null ? null : node.nextSibling;
  }
  flush();
  return { text: parts.join(separator), blocks };
}

const separator = '\n\n';

function isHidden(node: HtmlNode): boolean {
  if (never.has(node.localName) || isConcealed(node)) return true;
  if (node.localName === 'sup') return (node.getAttribute('id') ?? '').startsWith('fnref'); // a footnote's number
  return node.localName === 'a' && (node.getAttribute('class') ?? '').includes('footnote-backref');
}

/** Whether a row holds blocks: then it is layout and its cells are read as blocks. Ends at the first one found. */
function isLayout(row: HtmlNode): boolean {
  let node: HtmlNode | null = row.firstChild;
  while (node !== null && node !== row) {
    if (node.nodeType === elementNode && layout.has(node.localName)) return !isOnlyParagraph(node);
    if (node.firstChild !== null) {
      node = node.firstChild;
      continue;
    }
    while (node !== null && node !== row && node.nextSibling === null) node = node.parentNode;
    if (node !== null && node !== row) node = node.nextSibling;
  }
  return false;
}

/** A cell's one `<p>` or `<div>`, as editors write it. */
function isOnlyParagraph(node: HtmlNode): boolean {
  const inside = node.firstChild;
  const isPlain =
    (node.localName === 'p' || node.localName === 'div') && (inside === null || inside.nodeType === textNode);
  return isPlain && (node.nextSibling === null || node.nextSibling.nodeType === textNode);
}

/** HTML's white space (not the no-break space) as single spaces. */
function collapsed(text: string): string {
  return text.split(/[ \t\n\f\r]+/).join(' ');
}
