import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import { sourcePage } from '../../src/server/source-page.ts';
import type { Document } from '../../src/types.ts';
import { attack, budget, createFakeChatbot, harbour } from '../support/fake-chatbot.ts';
import { errorOf, getWith, serve } from '../support/server.ts';

const encoded = harbour.id.split('/').map(encodeURIComponent).join('/');

describe('GET /api/documents', () => {
  it('lists what answers now, without the texts', async () => {
    const { url } = await serve();
    const reply = (await (await fetch(`${url}/api/documents`)).json()) as { documents: object[] };
    expect(reply).toEqual({
      generation: '1-0123456789abcdef',
      documents: [
        {
          id: harbour.id,
          title: harbour.title,
          author: harbour.author,
          publisher: harbour.publisher,
          url: harbour.url,
          published: harbour.published,
          revision: harbour.revision,
          format: 'text',
          characters: harbour.text.length,
        },
        {
          id: 'budget',
          title: 'Budget',
          url: budget.url,
          revision: budget.revision,
          format: 'markdown',
          characters: budget.text.length,
        },
      ],
    });
  });

  it.each([encoded, encodeURIComponent(harbour.id)])('gives the text of /%s', async (path) => {
    const { url } = await serve();
    const response = await fetch(`${url}/api/documents/${path}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ id: harbour.id, text: harbour.text });
    const etag = response.headers.get('etag') ?? '';
    expect(await getWith(response.url, { 'if-none-match': etag })).toBe(304);
  });

  it('does not know others', async () => {
    const { url } = await serve();
    for (const [path, named] of [
      ['no/such', 'no/such'],
      ['__proto__', '__proto__'],
      ['..%2F..%2Fetc%2Fpasswd', '../../etc/passwd'],
      [`${encoded}/`, harbour.id],
    ]) {
      const error = await errorOf(await fetch(`${url}/api/documents/${path}`));
      expect(error).toMatchObject({ status: 404, code: 'DOCUMENT_UNKNOWN' });
      expect(error.message).toContain(named);
    }
  });
});

describe('routes', () => {
  it('say what is not there, what is not done and what is not spelled right', async () => {
    const { url } = await serve();
    expect(await errorOf(await fetch(`${url}/api/nothing`))).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
    expect(await errorOf(await fetch(`${url}/api/documents/%E0%A4%A`))).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    expect(await errorOf(await fetch(`${url}/assets/none.js`))).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
    expect(await errorOf(await fetch(`${url}/assets/../app.ts`))).toMatchObject({ status: 404 });
    expect(await errorOf(await fetch(`${url}/assets/%2e%2e%2fapp.ts`))).toMatchObject({ status: 404 });
    for (const path of ['/', '/healthz', '/api/documents', '/sources/budget', '/assets/chat.css']) {
      const response = await fetch(url + path, { method: 'POST' });
      expect(response.headers.get('allow')).toBe('GET, HEAD');
      expect(await errorOf(response)).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    }
  });

  it('answer HEAD like GET, without a body', async () => {
    const { url } = await serve();
    for (const path of ['/', '/healthz', '/readyz', '/api/documents', '/sources/budget', '/assets/chat.css']) {
      const [head, got] = await Promise.all([fetch(url + path, { method: 'HEAD' }), fetch(url + path)]);
      expect([path, head.status, head.headers.get('content-type')]).toEqual([
        path,
        200,
        got.headers.get('content-type'),
      ]);
      expect(await head.text()).toBe('');
    }
  });

  it('tell the living from the ready', async () => {
    const ready = await serve();
    expect(await (await fetch(`${ready.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${ready.url}/readyz`)).json()).toEqual({
      status: 'ready',
      generation: '1-0123456789abcdef',
    });
    const degraded = await serve({
      status: () => ({ ready: true, generation: '7-a', warnings: ['/srv/index/8-b was changed'] }),
    });
    const response = await fetch(`${degraded.url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'degraded', generation: '7-a' });
    const chatbot = createFakeChatbot();
    chatbot.corpus = () => {
      throw new PullquoteError('NOT_READY', 'The index is being built');
    };
    const building = await serve({
      chatbot,
      status: () => ({ ready: false, generation: null, warnings: ['/srv/index is being built'] }),
    });
    expect((await fetch(`${building.url}/healthz`)).status).toBe(200);
    expect((await fetch(building.url)).status).toBe(200);
    expect(await errorOf(await fetch(`${building.url}/readyz`))).toEqual({
      status: 503,
      code: 'NOT_READY',
      message: 'The index is not loaded yet',
    });
    for (const path of ['/api/documents', '/sources/budget'])
      expect(await errorOf(await fetch(building.url + path))).toEqual({
        status: 503,
        code: 'NOT_READY',
        message: 'The index is being built',
      });
  });
});

/** The text of the page's container; linkedom keeps every character, and decodes references. */
function textOf(page: string): string {
  return parseHTML(page).document.getElementById('text')?.textContent ?? '';
}

describe('GET /sources/:id', () => {
  it('is a page that holds every character of the document, and no markup of its own making', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/sources/${encoded}`);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    expect(textOf(page)).toBe(harbour.text);
    expect(page).not.toContain(attack);
    expect(page).not.toContain('\r');
    const { document } = parseHTML(page);
    expect(document.querySelector('h1')?.textContent).toBe(harbour.title);
    expect(document.querySelectorAll('#text h2')).toHaveLength(2);
    expect(document.querySelectorAll('#text li')).toHaveLength(2);
    expect(document.querySelector('#text .debris')?.textContent).toBe('Menu | Log in');
    expect(document.querySelector('time')?.textContent).toBe('3 May 2026');
    const original = document.querySelector('.byline a');
    expect(original?.getAttribute('href')).toBe(harbour.url);
    expect(original?.getAttribute('rel')).toBe('noopener noreferrer');
  });

  it('links to http(s) only, and shows a title once that the text begins with', async () => {
    const { url } = await serve();
    const page = await (await fetch(`${url}/sources/budget`)).text();
    expect(page).not.toContain('javascript:');
    expect(page.match(/<h1/g)).toHaveLength(1);
    expect(textOf(page)).toBe(budget.text);
    expect(parseHTML(page).document.querySelectorAll('#text .markup')).toHaveLength(2);
  });

  it('is a page, too, when there is no such document', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/sources/${encodeURIComponent(attack)}`, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
    const page = await response.text();
    expect(page).toContain('DOCUMENT_UNKNOWN');
    expect(page).not.toContain('<script>');
  });

  it.each([
    ['\n\nfirst line break', [{ kind: 'paragraph' as const, start: 2, end: 18 }], []],
    ['', [], []],
    ['no blocks\r\rat all\r', [], []],
    ['  * a\n  * b\n\nc', [5, 11, 14].map((end) => ({ kind: 'item' as const, start: end - 1, end })), []],
    [
      '**a\n\nb** c',
      [
        { kind: 'paragraph' as const, start: 0, end: 3 },
        { kind: 'paragraph' as const, start: 5, end: 10 },
      ],
      [
        { start: 0, end: 2 },
        { start: 2, end: 8 },
      ],
    ],
  ])('keeps %j whole', (text, blocks, markup) => {
    const document: Document = {
      id: 'a',
      revision: '',
      format: 'text',
      title: 'T',
      text,
      blocks,
      markup,
      sentences: [],
    };
    expect(textOf(sourcePage(document, { nameplate: null, language: 'en' }))).toBe(text);
  });
});
