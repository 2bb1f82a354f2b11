/** An error for people: a plain page. */
import { html } from './html.ts';
import { page } from './page.ts';

export function errorPage(
  status: number,
  { code, message, requestId }: { code: string; message: string; requestId: string },
) {
  return page({
    title: status === 404 ? 'Not found' : 'That did not work',
    styles: ['page.css'],
    scripts: [],
    body: html`<main class="column">
<h1>${status === 404 ? 'Not found' : 'That did not work'}</h1>
<p>${message}.</p>
<p class="quiet">${code} · ${requestId}</p>
<p><a href="/">Ask a question</a></p>
</main>`,
  });
}
