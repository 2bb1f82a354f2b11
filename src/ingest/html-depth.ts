/**
 * How deep a page's elements nest, told from its tags before any parser sees it: linkedom's time is quadratic in depth (measured:
 * 100,000 unclosed `<div>` 4 s, 400,000 a minute). Linear: open elements are looked through at a closing tag only, and `limit`
 * bounds them. Stops counting at the limit.
 */
export function htmlDepth(html: string, limit: number): number {
  const open: string[] = [];
  let deepest = 0;
  for (let at = html.indexOf('<'); at >= 0 && deepest < limit; at = html.indexOf('<', at)) {
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      if (end < 0) break;
      at = end + 3;
      continue;
    }
    const closing = html[at + 1] === '/';
    const name = nameAt(html, at + (closing ? 2 : 1));
    if (name === '') {
      at++;
      continue;
    }
    const end = tagEnd(html, at + 1);
    if (closing) {
      const index = open.lastIndexOf(name);
      if (index >= 0) open.length = index;
    } else if (rawText.has(name)) {
      at = afterRawText(html, name, end);
      if (at < 0) break;
      continue;
    } else if (!empty.has(name) && html[end - 2] !== '/') {
      const closes = implied.get(name);
      while (closes?.has(open.at(-1) ?? '')) open.pop();
      if (endsParagraph.has(name) && open.at(-1) === 'p') open.pop();
      open.push(name);
      deepest = Math.max(deepest, open.length);
    }
    at = end;
  }
  return deepest;
}

const words = (list: string) => new Set(list.split(' '));
const empty = words('area base br col embed hr img input keygen link meta param source track wbr');
const rawText = words('script style title textarea');
/** What an opening tag closes before it opens, when that is the innermost open element. */
const implied = new Map(
  Object.entries({
    p: 'p',
    li: 'li',
    dt: 'dt dd',
    dd: 'dt dd',
    tr: 'tr td th',
    td: 'td th thead',
    th: 'td th',
    option: 'option',
    optgroup: 'optgroup option',
    tbody: 'thead tbody tr td th',
    tfoot: 'thead tbody tr td th',
  }).map(([name, closed]) => [name, words(closed)]),
);
const endsParagraph = words(
  'address article aside blockquote div dl fieldset footer form h1 h2 h3 h4 h5 h6 header ol pre section table ul',
);

/** Longest name of an element that is told apart. */
const longestName = 24;

function nameAt(html: string, start: number): string {
  return /^[a-z][a-z0-9:-]*/i.exec(html.slice(start, start + longestName))?.[0].toLowerCase() ?? '';
}

/** After the tag's '>': one inside a quoted value is none. */
function tagEnd(html: string, start: number): number {
  for (let index = start; index < html.length; index++) {
    const sign = html[index];
    if (sign === '>') return index + 1;
    if (sign === '=' && (html[index + 1] === '"' || html[index + 1] === "'")) {
      const close = html.indexOf(html[index + 1] as string, index + 2);
      if (close < 0) return html.length;
      index = close;
    }
  }
  return html.length;
}

function afterRawText(html: string, name: string, start: number): number {
  for (let at = html.indexOf('</', start); at >= 0; at = html.indexOf('</', at + 2)) {
    if (nameAt(html, at + 2) === name) return at;
  }
  return -1;
}
