/** `GET /`: a page on which a person can ask. The conversation is the widget's; the page has the names of the documents. */
import { type PageTexts, pageTexts } from '../texts.ts';
import type { Chatbot, Document } from '../types.ts';
import { html, type Markup } from './html.ts';
import { page } from './page.ts';

/** Documents named on the page. */
const shownDocuments = 12;

export interface ChatPageOptions {
  /** Address of the widget's script. */
  widget: string;
  /** The name at the top, and the first words; null for the widget's own. */
  title: string | null;
  greeting: string | null;
  /** Questions offered at the start, as the owner wrote them. */
  suggestions: string[];
  /** Of the interface (BCP 47). */
  language: string;
}

export function chatPage(
  chatbot: Chatbot,
  { widget, title, greeting, suggestions, language }: ChatPageOptions,
): string {
  const texts = pageTexts(language);
  const greeted = greeting === null ? null : html` greeting="${greeting}"`;
  return page({
    title: title ?? 'Pullquote',
    language,
    styles: ['page.css', 'chat.css'],
    scripts: [widget],
    body: html`<header class="masthead"><h1><a class="nameplate" href="/">${title ?? 'Pullquote'}</a></h1>
<p class="motto">${texts.motto}</p></header>
<main><pullquote-chat language="${language}" suggestions="${suggestions.join(' | ')}"${greeted}>
<noscript><p>${texts.needsScript}</p></noscript>
${documentsBelow(documentsNow(chatbot), texts)}
</pullquote-chat></main>`,
  });
}

/** The page is there before the index is, to say so when asked. */
function documentsNow(chatbot: Chatbot): Document[] {
  try {
    return [...chatbot.corpus().documents.values()];
  } catch {
    return [];
  }
}

/** In the element's own content, so that it can be read before the widget is there. */
function documentsBelow(documents: Document[], texts: PageTexts): Markup {
  if (documents.length === 0) return html`<div class="documents"><p>${texts.noDocuments}</p></div>`;
  const more = documents.length - shownDocuments;
  return html`<div class="documents">
<p>${texts.quotedFrom(documents.length)}</p>
<ul>
${documents.slice(0, shownDocuments).map(entry)}
${more > 0 ? html`<li class="quiet">${texts.more(more)}</li>` : null}
</ul>
</div>`;
}

function entry({ id, title, publisher }: Document): Markup {
  const path = id.split('/').map(encodeURIComponent).join('/');
  const by = publisher ? html` <span class="quiet">${publisher}</span>` : null;
  return html`<li><a href="/sources/${path}" target="_blank" rel="noopener" dir="auto">${title}</a>${by}</li>`;
}
