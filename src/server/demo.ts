/**
 * A page of somebody else, for `serve --demo`: at another origin, with its own loud styles and a strict CSP, it takes the widget in
 * as any site would, by one line.
 */
import { readFileSync } from 'node:fs';
import express from 'express';
import type { Application } from './app.ts';
import { html, type Markup } from './html.ts';

export interface DemoOptions {
  /** Address of the server that answers; asked for with each page, as it may not be known before. */
  server: () => string;
  /** Questions offered, as the owner wrote them. */
  suggestions: string[];
}

const style = readFileSync(new URL('../../src/server/assets/demo.css', import.meta.url), 'utf8');

/** What a page has to allow for the widget, and nothing else: its script, and asking. */
function directivesFor(server: string): string[] {
  return [`script-src ${server}`, `connect-src ${server}`];
}

/** The application of the demo; `listen` serves it. */
export function createDemo({ server, suggestions }: DemoOptions): Application {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  app.use((_req, res, next) => {
    const policy = [
      "default-src 'none'",
      ...directivesFor(server()),
      "style-src 'self'",
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ];
    res.set({
      'content-security-policy': policy.join('; '),
      // Nothing is embedded either that does not say that it may be.
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    next();
  });
  app.get('/', (_req, res) => void res.type('html').send(demoPage(server(), suggestions)));
  app.get('/demo.css', (_req, res) => void res.type('css').send(style));
  return { app, closing: new AbortController() };
}

function demoPage(server: string, suggestions: string[]): string {
  const line = embedding(server, suggestions);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The Brask Tide</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo.css">
${line}
</head>
<body>
<header class="bar"><div>THE BRASK TIDE</div><div>Weather · Ferries · Letters</div></header>
<main class="page">
<h1>Ask our archive</h1>
<p>This is a page of a site that is not Pullquote’s: it comes from another origin, has its own loud styles, and lets no script in but one.
The bubble in the corner answers from the documents at <a href="${server}">${server}</a>.</p>
<p>All that was added to the page is this line:</p>
<pre>${line.text}</pre>
<p>Its Content-Security-Policy allows the widget with two directives, and forbids everything else:</p>
<pre>${directivesFor(server).join(';\n')}</pre>
<p>The server was told that this site may ask: <code>PULLQUOTE_ORIGINS</code> names its origin (<code>--demo</code> does that by itself).</p>
<button>A button of this page</button> <input placeholder="A field of this page" aria-label="A field of this page">
</main>
</body>
</html>
`.text;
}

/** The one line. */
function embedding(server: string, suggestions: string[]): Markup {
  const offered = suggestions.length > 0 ? html` data-suggestions="${suggestions.join('|')}"` : null;
  return html`<script src="${server}/widget.js" defer${offered}></script>`;
}
