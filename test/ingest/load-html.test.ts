import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import { htmlDepth } from '../../src/ingest/html-depth.ts';
import { loadHtml } from '../../src/ingest/load-html.ts';
import { cpuTime, expectSoundBlocks } from '../support/blocks.ts';

const article = readFileSync(new URL('../fixtures/documents/article.html', import.meta.url), 'utf8');

function blocksOf(html: string): string[] {
  const loaded = loadHtml(html, 'x.html');
  expectSoundBlocks(loaded);
  expect(loaded.markup).toEqual([]);
  return loaded.blocks.map(({ kind, start, end }) => `${kind}: ${loaded.text.slice(start, end)}`);
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a page', () => {
  test('gives its article and what its head says', () => {
    const { blocks, text, title, author, publisher, url, published } = loadHtml(article, 'x.html');
    expect({ title, author, publisher, url, published }).toEqual({
      title: 'Talks in Paris Go On',
      author: 'Ann Writer',
      publisher: 'The Paper',
      url: 'https://paper.example/talks',
      published: '2026-01-06T10:00:00Z',
    });
    const slices = blocks.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
    expect(slices).toContain('heading: What was decided');
    expect(slices).toContain('item: A monitoring mechanism led by the United States.');
    expect(slices).toContain('item: France | 5,000 troops');
    expect(slices).toContain('paragraph: “We are ready,” said the minister & left the café.');
    for (const absent of ['alert(', 'Home', 'Subscribe', 'body {', 'advert']) expect(text).not.toContain(absent);
  });

  test('gives the same text every time', () => {
    expect(loadHtml(article, 'x.html')).toEqual(loadHtml(article, 'x.html'));
  });

  test('fetches nothing, runs nothing and says nothing', async () => {
    const said = vi.fn();
    for (const level of ['log', 'warn', 'error', 'info', 'debug'] as const)
      vi.spyOn(console, level).mockImplementation(said);
    let connections = 0;
    const server = createServer(() => connections++).listen(0);
    const { port } = server.address() as { port: number };
    const at = `http://127.0.0.1:${port}`;
    loadHtml(
      `<html><head><link rel=stylesheet href="${at}/a.css"><script>globalThis.ran = true</script><script src="${at}/b.js"></script>
       <script type="application/ld+json">{broken</script><base href="::"><meta property="og:url" content="http://"></head>
       <body onload="globalThis.ran = true"><img src="${at}/c.png" onerror="globalThis.ran = true"><iframe src="${at}/d"></iframe><p>Words.</p></body></html>`,
      'x.html',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    server.close();
    expect(connections).toBe(0);
    expect(globalThis).not.toHaveProperty('ran');
    expect(said).not.toHaveBeenCalled();
  });

  test('an address that is no web page is left out', () => {
    const html =
      '<html><head><link rel="canonical" href="javascript:alert(1)"></head><body><p>Words.</p></body></html>';
    expect(loadHtml(html, 'x.html')).not.toHaveProperty('url');
  });
});

describe('a fragment', () => {
  test('is read as a body', () => {
    expect(blocksOf('<p>One &eacute; two.</p><p>Three\n   four.</p>')).toEqual([
      'paragraph: One é two.',
      'paragraph: Three four.',
    ]);
    expect(blocksOf('plain words &amp; no tags')).toEqual(['paragraph: plain words & no tags']);
    expect(blocksOf('a < b, said he')).toEqual(['paragraph: a < b, said he']);
  });

  test('has its title from its first heading', () => {
    expect(loadHtml('<h2>On <b>talks</b></h2><p>Words.</p>', 'x.html').title).toBe('On talks');
  });

  test('parts blocks as a browser shows them', () => {
    expect(
      blocksOf(
        '<div>loose<p>inside</p>after</div><ul><li>one<li>two <p>deeper</p></ul><blockquote>said</blockquote><pre>a\n  b</pre>x<br>y<br><br>z<dl><dt>term<dd>meaning</dl>',
      ),
    ).toEqual([
      'paragraph: loose',
      'paragraph: inside',
      'paragraph: after',
      'item: one',
      'item: two',
      'item: deeper',
      'paragraph: said',
      'paragraph: a b',
      'paragraph: x y',
      'paragraph: z',
      'paragraph: term',
      'paragraph: meaning',
    ]);
  });

  test('joins the cells of a row, but not of a layout table', () => {
    expect(blocksOf('<table><tr><th>a<th>b<tr><td><p>1</p><td>2</table>')).toEqual(['item: a | b', 'item: 1 | 2']);
    expect(blocksOf('<table><tr><td><h2>Part</h2><p>One.</p><p>Two.</p></td></tr></table>')).toEqual([
      'heading: Part',
      'paragraph: One.',
      'paragraph: Two.',
    ]);
  });

  test('leaves out what is not the article, and tells debris', () => {
    expect(
      blocksOf(
        '<nav>Home</nav><script>x()</script><style>p{}</style><aside>ad</aside><form>in</form><p hidden>no</p><p>Yes.</p><p>Read more</p>',
      ),
    ).toEqual(['paragraph: Yes.', 'debris: Read more']);
  });
});

describe('depth', () => {
  test.each([
    ['<div><p>a</p></div>', 2],
    ['<p>a<p>b<p>c', 1],
    ['<ul><li>a<li>b</ul>', 2],
    ['<table><tr><td>a<td>b<tr><td>c<tr><td>d</table>', 3],
    ['<dl><dt>a<dd>b<dt>c</dl>', 2],
    ['<br><img><hr>', 0],
    ['<div title="<div><div>">a</div>', 1],
    ['<!-- <div><div> --><b>a', 1],
    ['<script>"<div><div>"</script><b>a', 1],
    ['</x><div></x><div>', 2],
  ])('of %s', (html, depth) => expect(htmlDepth(html, 100)).toBe(depth));

  test.each(['<div>', '<b>x', '</x><div>', '<a b="c">', '<DIV>'])('5 MB of %s are refused at once', (sign) => {
    const html = sign.repeat(Math.floor(5_000_000 / sign.length));
    const time = cpuTime(() =>
      expect(() => loadHtml(html, 'x.html')).toThrow(
        expect.objectContaining({ code: 'FILE_INVALID', message: '"x.html" nests its elements deeper than 500' }),
      ),
    );
    expect(time).toBeLessThan(5_000);
  });
});

test.each([
  '<',
  '<!--',
  '<p>x</p>',
  '</',
  '<a b="',
  '&',
  '<![CDATA[',
  ' ',
  '<br>',
  '<li>a',
  '<tr><td>a',
  '<span>a</span>',
])('300 kB of %s take bounded time and end in a document or a coded error', (sign) => {
  const time = cpuTime(() => {
    try {
      loadHtml(sign.repeat(Math.floor(300_000 / sign.length)), 'x.html');
    } catch (error) {
      expect(error).toBeInstanceOf(PullquoteError);
    }
  });
  expect(time).toBeLessThan(20_000);
});

test.each(['<', '&', '< ', '<p>x</p>', '<br>'])('5 MB of %j are refused at once', (sign) => {
  const html = sign.repeat(5_000_000 / sign.length);
  const time = cpuTime(() =>
    expect(() => loadHtml(html, 'x.html')).toThrow(expect.objectContaining({ code: 'FILE_INVALID' })),
  );
  expect(time).toBeLessThan(5_000);
});

describe('what a page conceals', () => {
  const secrets = [
    '<p style="display:none">SECRET one.</p>',
    '<p style="color: red; DISPLAY : None !important">SECRET two.</p>',
    '<div style="visibility:hidden"><p>SECRET three.</p></div>',
    '<p hidden>SECRET four.</p>',
    '<p aria-hidden="TRUE">SECRET five.</p>',
    '<template><p>SECRET six.</p></template>',
    '<p>Seen <span style="visibility: collapse">SECRET seven</span>and read.</p>',
  ].join('');
  const seen = '<p style="display:block;visibility:visible" aria-hidden="false">The bell weighs nine tonnes.</p>';
  const prose = `<p>${'The harbour reopened on the third of May after two years. '.repeat(20)}</p>`;

  test.each([
    ['a fragment', seen + secrets],
    ['a short page', `<html><body style="visibility:hidden"><article>${seen}${secrets}</article></body></html>`],
    [
      'a long article',
      `<html><body><article><h1>Harbour</h1>${prose}${seen}${secrets}${prose}</article></body></html>`,
    ],
    ['an article concealed at large', `<html><body>${seen}<article hidden>SECRET ${prose}</article></body></html>`],
  ])('is no text: %s', (_what, html) => {
    const { text } = loadHtml(html, 'x.html');
    expect(text).toContain('The bell weighs nine tonnes.');
    expect(text).not.toContain('SECRET');
  });

  test('is told in linear time', () => {
    const hostile = `<p style="${'display '.repeat(200_000)}">Words.</p><p style="${';:'.repeat(800_000)}">More.</p>`;
    expect(cpuTime(() => loadHtml(hostile, 'x.html'))).toBeLessThan(10_000);
  });
});
