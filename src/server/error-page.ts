/** An error for people: a plain page. */
import { pageTexts } from '../texts.ts';
import { html } from './html.ts';
import { page } from './page.ts';

export function errorPage(
  status: number,
  { code, message, requestId }: { code: string; message: string; requestId: string },
  { nameplate, language }: { nameplate: string | null; language: string },
): string {
  const { notFound, failed, askInstead } = pageTexts(language);
  const title = status === 404 ? notFound : failed;
  return page({
    title,
    language,
    styles: ['page.css'],
    scripts: [],
    body: html`<header class="masthead"><a class="nameplate" href="/">${nameplate ?? 'Pullquote'}</a></header>
<main class="column">
<h1>${title}</h1>
<p lang="en">${message}.</p>
<p class="quiet">${code} · ${requestId}</p>
<p><a href="/">${askInstead}</a></p>
</main>`,
  });
}
