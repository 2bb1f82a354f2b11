import { describe, expect, it } from 'vitest';
import { errorOf, getWith, serve } from '../support/server.ts';

const question = { question: 'When did the harbour open?' };

describe('origins', () => {
  const good = 'https://good.example.com';
  it.each([
    ['null'],
    ['https://evil.example'],
    ['http://good.example.com'],
    ['https://good.example.com.evil.example'],
    ['https://evilgood.example.com'],
    ['https://good.example.com:8443'],
    ['https://good.example.com/'],
    ['https://GOOD.example.com'],
    ['*'],
  ])('refuses %s, without a word to share', async (origin) => {
    const { post, url } = await serve({ config: { origins: [good] } });
    const response = await post(question, { origin });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const error = await errorOf(response);
    expect(error).toMatchObject({ status: 403, code: 'ORIGIN_DENIED' });
    expect(error.message).toContain(origin);
    const preflight = await fetch(`${url}/api/chat`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(403);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('shares with the allowed ones by name, never with all', async () => {
    const { post, url } = await serve({ config: { origins: [good, 'https://other.example'] } });
    const response = await post(question, { origin: good });
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(good);
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    expect(response.headers.get('vary')).toContain('Origin');
    const preflight = await fetch(`${url}/api/chat`, {
      method: 'OPTIONS',
      headers: {
        origin: good,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(good);
  });

  it('lets our own pages ask, by the own host and by the public URL', async () => {
    const { post, url } = await serve({ config: { publicUrl: 'https://ask.example.org' } });
    for (const origin of [url, 'https://ask.example.org']) expect((await post(question, { origin })).status).toBe(200);
    expect((await post(question, { origin: 'https://example.org' })).status).toBe(403);
  });

  it('answers on loopback to no other name, so that none can be pointed at it', async () => {
    const { url, port } = await serve({ config: { publicUrl: 'https://ask.example.org' } });
    const documents = `${url}/api/documents`;
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'ask.example.org'])
      expect([host, await getWith(documents, { host })]).toEqual([host, 200]);
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      'localhost.evil.example',
      'ask.example.org.evil.example',
    ])
      expect([host, await getWith(documents, { host })]).toEqual([host, 403]);
    expect(await getWith(`${url}/healthz`, { host: 'evil.example' })).toBe(200);
  });
});

describe('headers', () => {
  it('are strict on every route', async () => {
    const { url } = await serve();
    for (const path of ['/', '/api/documents', '/sources/budget', '/assets/source.js', '/healthz', '/no-such']) {
      const { headers } = await fetch(url + path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|upgrade-insecure|\*/);
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    }
  });

  it('let the allowed origins frame the pages', async () => {
    const { url } = await serve({ config: { origins: ['https://good.example.com'] } });
    const { headers } = await fetch(url);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self' https://good.example.com");
    expect(headers.get('x-frame-options')).toBeNull();
  });
});

describe('the rate limit', () => {
  /** Statuses of so many requests, each under another forwarded address. */
  async function statuses(config: { rateLimit: number; trustProxy: number }, forwarded: string[]): Promise<number[]> {
    const { url } = await serve({ config });
    const found: number[] = [];
    for (const address of forwarded)
      found.push((await fetch(`${url}/api/documents`, { headers: { 'x-forwarded-for': address } })).status);
    return found;
  }

  it('is not lifted by addresses that a client invents', async () => {
    const forwarded = Array.from({ length: 20 }, (_, n) => `203.0.113.${n}`);
    const found = await statuses({ rateLimit: 5, trustProxy: 0 }, forwarded);
    expect(found.filter((status) => status === 200)).toHaveLength(5);
    expect(found.filter((status) => status === 429)).toHaveLength(15);
  });

  it('counts the address that the trusted proxy saw, not what the client wrote before it', async () => {
    const spoofed = Array.from({ length: 4 }, (_, n) => `10.0.0.${n}, 203.0.113.7`);
    expect(await statuses({ rateLimit: 2, trustProxy: 1 }, spoofed)).toEqual([200, 200, 429, 429]);
  });

  it('counts an IPv6 /56 as one client and two IPv4 addresses written as IPv6 as two', async () => {
    const oneClient = ['2001:db8:0:1::1', '2001:db8:0:2::1', '2001:db8:0:ff::1'];
    expect(await statuses({ rateLimit: 1, trustProxy: 1 }, oneClient)).toEqual([200, 429, 429]);
    const two = ['::ffff:192.0.2.1', '::ffff:198.51.100.1', '::ffff:192.0.2.1'];
    expect(await statuses({ rateLimit: 1, trustProxy: 1 }, two)).toEqual([200, 200, 429]);
  });

  it('says when to come back, to other origins too', async () => {
    const origin = 'https://good.example.com';
    const { post, url } = await serve({ config: { rateLimit: 1, origins: [origin] } });
    await post(question);
    const refused = await post(question, { origin });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-policy')).toContain('q=1');
    expect(refused.headers.get('access-control-expose-headers')).toContain('retry-after');
    expect(await errorOf(refused)).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    for (const path of ['/', '/healthz', '/readyz', '/assets/source.js'])
      expect((await fetch(url + path)).status).toBe(200);
  });

  it('counts pages of documents and questions together', async () => {
    const { post, url } = await serve({ config: { rateLimit: 2 } });
    expect((await fetch(`${url}/sources/budget`)).status).toBe(200);
    expect((await post(question)).status).toBe(200);
    expect(await errorOf(await fetch(`${url}/sources/budget`))).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
  });

  it('of 0 is none', async () => {
    expect(new Set(await statuses({ rateLimit: 0, trustProxy: 0 }, Array(80).fill('203.0.113.1')))).toEqual(
      new Set([200]),
    );
  });
});
