/** `GET /`: a page on which a person can ask. What happens on it is in `assets/chat.js`. */
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
  /** Of the interface (BCP 47); null for the browser's. */
  language: string | null;
}

export function chatPage(chatbot: Chatbot, _options: ChatPageOptions): string {
  return page({
    title: 'Pullquote',
    styles: ['page.css', 'chat.css'],
    scripts: ['chat.js'],
    body: html`<header class="masthead"><a class="nameplate" href="/">Pullquote</a>
<p class="motto">Ask your articles. Get answers in their own words.</p></header>
<main class="column">
${opening(documentsNow(chatbot))}
<section id="log" role="log" aria-live="polite" aria-label="Questions and answers"></section>
<noscript><p>Asking on this page needs JavaScript; <code>POST /api/chat</code> does not.</p></noscript>
<form id="ask" autocomplete="off">
<p id="problem" role="alert"></p>
<div class="line">
<label class="unseen" for="question">Your question</label>
<textarea id="question" name="question" rows="1" dir="auto" required placeholder="Ask a question" enterkeyhint="send" autofocus></textarea>
<button type="submit">Ask</button>
</div>
<button id="afresh" class="plain" type="button" hidden>Start a new conversation</button>
</form>
</main>`,
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

function opening(documents: Document[]): Markup {
  if (documents.length === 0) return html`<section class="opening"><h1>No documents yet</h1></section>`;
  const more = documents.length - shownDocuments;
  return html`<section class="opening">
<h1>What would you like to know?</h1>
<p>Every answer is quoted from ${documents.length === 1 ? 'this document' : `these ${documents.length} documents`}:</p>
<ul>
${documents.slice(0, shownDocuments).map(entry)}
${more > 0 ? html`<li class="quiet">and ${more} more</li>` : null}
</ul>
</section>`;
}

function entry({ id, title, publisher }: Document): Markup {
  const path = id.split('/').map(encodeURIComponent).join('/');
  const by = publisher ? html` <span class="quiet">${publisher}</span>` : null;
  return html`<li><a href="/sources/${path}" target="_blank" rel="noopener" dir="auto">${title}</a>${by}</li>`;
}
