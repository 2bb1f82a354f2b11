import { createHash } from 'node:crypto';
import { html, type Markup, markup } from '../../text/html.ts';
import { style } from './style.ts';

/** A page in one file: nothing is fetched, and no script runs but the one given here. */
export function reportPage(title: string, body: Markup, options: { style?: string; script?: string } = {}): string {
  const script = options.script ?? '';
  const allowed = script === '' ? "'none'" : `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${allowed}; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${markup(style + (options.style ?? ''))}</style>
</head>
<body>
${body}
${script === '' ? null : markup(`<script>${script}</script>`)}
</body>
</html>
`.toString();
}
