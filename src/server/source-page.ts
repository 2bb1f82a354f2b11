/**
 * `GET /sources/:id`: a document to read. `#start-end` is highlighted by `assets/source.js`.
 *
 * The text nodes of `#text`, one after the other, are `document.text` character by character, because offsets refer to all of it:
 * what is no prose (menus, front matter) is out of sight until it is asked for or marked, bullets and markup are dimmed; nothing is left out.
 */

import { readableDate } from '../text/readable-date.ts';
import { webAddress } from '../text/web-address.ts';
import { type PageTexts, pageTexts } from '../texts.ts';
import type { Block, Document, Span } from '../types.ts';
import { html, type Markup } from './html.ts';
import { page } from './page.ts';

export interface SourcePageOptions {
  /** The name at the top; null for ours. */
  nameplate: string | null;
  /** Of the interface. The document's own is not known, and said to be so (`lang=""`). */
  language: string;
}

export function sourcePage(document: Document, { nameplate, language }: SourcePageOptions): string {
  const texts = pageTexts(language);
  const { original: _original, by: _by, ...scriptTexts } = texts;
  const titleBlock = document.blocks.find(({ kind }) => kind !== 'debris') ?? null;
  const ownTitle =
    titleBlock !== null && document.text.slice(titleBlock.start, titleBlock.end).trim() === document.title;
  return page({
    title: document.title,
    language,
    styles: ['page.css', 'source.css'],
    scripts: ['source.js'],
    body: html`<header class="masthead"><a class="nameplate" href="/">${nameplate ?? 'Pullquote'}</a>
<span class="buttons"><button id="everything" type="button" hidden>${texts.everything}</button>
<button id="print" type="button" hidden>${texts.print}</button></span></header>
<main class="column">
<header class="about">
${document.publisher ? html`<p class="publisher" lang="">${document.publisher}</p>` : null}
${ownTitle ? null : html`<h1 lang="" dir="auto">${document.title}</h1>`}
${byline(document, texts, language)}
</header>
<p id="notice" role="status"></p>
<article id="text" lang="" dir="auto" data-revision="${document.revision}">${body(document, ownTitle ? titleBlock : null)}</article>
<div id="tools" data-texts="${JSON.stringify(scriptTexts)}"></div>
</main>`,
  });
}

function byline({ author, published, url }: Document, texts: PageTexts, language: string): Markup | null {
  const original = webAddress(url ?? '');
  if (!author && !published && !original) return null;
  return html`<p class="byline">
${author ? html`<span>${texts.by(author)}</span>` : null}
${published ? html`<time datetime="${published}">${readableDate(published, language)}</time>` : null}
${original ? html`<a href="${original}" rel="noopener noreferrer">${texts.original(new URL(original).hostname)}</a>` : null}
</p>`;
}

/** The blocks; what stands between two goes into the later one, so that no character falls outside. Nothing may be added. */
function body(document: Document, title: Block | null): Markup[] {
  const { text, blocks } = document;
  const words = wordsOf(document);
  const pieces: Markup[] = [];
  let items: Markup[] = [];
  // What stands before the first block and is none: front matter.
  const ahead = text.slice(0, blocks[0]?.start ?? 0);
  let at = ahead.slice(0, lastLine(ahead)).trim() ? lastLine(ahead) : 0;
  if (at > 0) pieces.push(html`<div class="markup apart">${text.slice(0, at)}</div>`);
  for (const block of blocks) {
    const inside = html`${between(text.slice(at, block.start))}${words(block)}`;
    at = block.end;
    if (block.kind === 'item') {
      items.push(html`<li>${inside}</li>`);
      continue;
    }
    closeList();
    if (block === title) pieces.push(html`<h1>${inside}</h1>`);
    else if (block.kind === 'heading') pieces.push(html`<h2>${inside}</h2>`);
    else pieces.push(block.kind === 'debris' ? html`<p class="debris apart">${inside}</p>` : html`<p>${inside}</p>`);
  }
  closeList();
  pieces.push(...between(text.slice(at)));
  return pieces;

  function closeList(): void {
    if (items.length > 0) pieces.push(html`<ul>${items}</ul>`);
    items = [];
  }
}

/** Where the last line begins. */
const lastLine = (text: string): number => Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;

/** Line ends, which the layout replaces, and what leads the block's own line: a bullet, a `## `. */
function between(gap: string): Markup[] {
  const line = lastLine(gap);
  const before = gap.slice(0, line);
  const lead = gap.slice(line);
  return [
    ...(before ? [html`<span class="${before.trim() ? 'markup' : 'gap'}">${before}</span>`] : []),
    ...(lead ? [html`<span class="${lead.trim() ? 'lead' : 'gap'}">${lead}</span>`] : []),
  ];
}

/** Spans of the text in order, each with its markup set apart; `markup` is walked once over all of them. */
function wordsOf({ text, markup }: Document): (span: Span) => Markup[] {
  let next = 0;
  return ({ start, end }) => {
    const pieces: Markup[] = [];
    let at = start;
    for (; next < markup.length; next++) {
      const { start: from = 0, end: to = 0 } = markup[next] ?? {};
      if (from >= end) break;
      const [open, close] = [Math.max(from, at), Math.min(to, end)];
      if (open < close) {
        pieces.push(html`${text.slice(at, open)}<span class="markup">${text.slice(open, close)}</span>`);
        at = close;
      }
      if (to > end) break;
    }
    return [...pieces, html`${text.slice(at, end)}`];
  };
}
