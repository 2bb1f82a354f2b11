import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asPullquoteError } from '../../src/errors.ts';
import { openWidgetFile } from '../../src/server/widget-file.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { serve } from '../support/server.ts';

const script = `(() => { /* “pull quote” */ ${'console.debug("x");'.repeat(200)} })();`;
const hash = createHash('sha256').update(script).digest('hex').slice(0, 16);

/** A server of nothing but a widget file. */
async function serveFile(content: string | null): Promise<{ url: string; address: string }> {
  const file = join(await temporaryFolder(), 'widget.js');
  if (content !== null) await writeFile(file, content);
  const widget = openWidgetFile(file);
  const app = express();
  app.get('/widget.js', widget.newest);
  app.get(/^\/widget\.[0-9a-f]{16}\.js$/, widget.byHash);
  app.use(((error, _req, res, _next) => {
    const { status, code, message } = asPullquoteError(error);
    res.status(status).json({ code, message });
  }) satisfies express.ErrorRequestHandler);
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, address: widget.address };
}

/** As it comes over the wire: `fetch` would unpack it, and asks for what is new on its own. */
function raw(url: string, accept: string, etag?: string) {
  return new Promise<{ status?: number; encoding?: string; body: Buffer }>((resolve, reject) => {
    const headers = { 'accept-encoding': accept, ...(etag !== undefined && { 'if-none-match': etag }) };
    get(url, { headers }, (res) => {
      const { statusCode: status, headers: told } = res;
      const encoding = told['content-encoding'];
      buffer(res).then((body) => resolve({ ...(status && { status }), ...(encoding && { encoding }), body }), reject);
    }).once('error', reject);
  });
}

describe('the widget file', () => {
  it('comes under its plain name, to be revalidated', async () => {
    const { url, address } = await serveFile(script);
    const response = await fetch(`${url}/widget.js`);
    expect(await response.text()).toBe(script);
    expect(address).toBe(`/widget.${hash}.js`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
      'content-location': address,
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      vary: 'Accept-Encoding',
    });
    const etag = `"${hash}-br"`;
    expect(response.headers.get('etag')).toMatch(new RegExp(`^"${hash}-(br|gzip|identity)"$`));
    expect(await raw(`${url}/widget.js`, 'br, gzip', etag)).toMatchObject({ status: 304, body: Buffer.alloc(0) });
    expect(await raw(`${url}/widget.js`, 'br, gzip', '"0000000000000000-br"')).toMatchObject({ status: 200 });
    // Packed otherwise, it is another representation.
    expect(await raw(`${url}/widget.js`, 'gzip', etag)).toMatchObject({ status: 200 });
  });

  it('comes under the name of its content, to be kept for a year', async () => {
    const { url, address } = await serveFile(script);
    const response = await fetch(url + address);
    expect(await response.text()).toBe(script);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it('is what an older name leads to, so that no page is left without', async () => {
    const { url } = await serveFile(script);
    const response = await fetch(`${url}/widget.0123456789abcdef.js`, { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/widget.js');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
  ])('is packed for a browser that accepts %s', async (accept, expected, unpack) => {
    const { url } = await serveFile(script);
    const { encoding, body } = await raw(`${url}/widget.js`, accept);
    expect(encoding).toBe(expected);
    expect(unpack(body).toString()).toBe(script);
  });

  it('says what to do where it has not been built', async () => {
    const { url, address } = await serveFile(null);
    expect(address).toBe('/widget.js');
    const response = await fetch(`${url}/widget.js`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      code: 'NOT_READY',
      message: 'The widget has not been built; `npm run build` makes it',
    });
  });

  it('is for pages of every origin, though only the allowed ones may ask', async () => {
    const { url } = await serve();
    const origin = 'https://stranger.example';
    const response = await fetch(`${url}/widget.js`, { headers: { origin } });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(`${url}/api/documents`, { headers: { origin } })).status).toBe(403);
    expect((await fetch(`${url}/widget.js`, { method: 'POST' })).status).toBe(405);
  });
});

describe('the version handshake', () => {
  const ask = (url: string, protocol?: string) =>
    fetch(`${url}/api/chat`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(protocol !== undefined && { 'pullquote-protocol': protocol }),
      },
      body: '{"question":"Is the harbour open?"}',
    });

  it('says the version in every answer and every error', async () => {
    const { url } = await serve();
    for (const response of [await ask(url), await ask(url, '1'), await ask(url, '2'), await fetch(`${url}/api/none`)])
      expect(response.headers.get('pullquote-protocol')).toBe('1');
  });

  it('serves a widget of the same version, and a client that names none', async () => {
    const { url } = await serve();
    expect((await ask(url)).status).toBe(200);
    expect((await ask(url, '1')).status).toBe(200);
  });

  it.each(['2', '0', '', '1.0', 'one'])('refuses the version "%s" by name', async (version) => {
    const { url } = await serve();
    const response = await ask(url, version);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: {
        code: 'PROTOCOL_UNSUPPORTED',
        message: expect.stringContaining(`"${version}" is not spoken here, only 1`),
      },
    });
  });

  it('may be spoken by, and read from, pages of the allowed origins', async () => {
    const origin = 'https://www.example.org';
    const { url } = await serve({ config: { origins: [origin] } });
    const preflight = await fetch(`${url}/api/feedback`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,pullquote-protocol',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('pullquote-protocol');
    const response = await fetch(`${url}/api/documents`, { headers: { origin } });
    expect(response.headers.get('access-control-expose-headers')).toContain('pullquote-protocol');
  });
});
