/** The frame of every page. */
import { html, type Markup } from './html.ts';

export interface Page {
  title: string;
  /** Of the interface (BCP 47). */
  language: string;
  /** Files of `assets/`. */
  styles: string[];
  /** Modules of `assets/`; what begins with `/` is a script at that address. */
  scripts: string[];
  body: Markup;
}

/** An opening quotation mark, drawn in place so that no browser goes looking for /favicon.ico. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='6' fill='%238c2f1b'/%3E%3Cpath d='M14 9c-4 1-7 4-7 9v6h7v-7h-3c0-3 1-4 3-5zm11 0c-4 1-7 4-7 9v6h7v-7h-3c0-3 1-4 3-5z' fill='%23fff'/%3E%3C/svg%3E";

/** An on-screen keyboard takes its room from the page (where the browser lets us say so), rather than lying over the box that is typed in. */
const viewport = 'width=device-width, initial-scale=1, interactive-widget=resizes-content';

export function page({ title, language, styles, scripts, body }: Page): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="${viewport}">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${icon}">
${styles.map((file) => html`<link rel="stylesheet" href="/assets/${file}">\n`)}
${scripts.map((file) => html`${script(file)}\n`)}
</head>
<body>
${body}
</body>
</html>
`.text;
}

function script(file: string): Markup {
  return file.startsWith('/')
    ? html`<script defer src="${file}"></script>`
    : html`<script type="module" src="/assets/${file}"></script>`;
}
