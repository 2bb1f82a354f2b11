import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/text/secret.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { errorOf, eventStream, serve } from '../support/server.ts';

const key = 'metrics-sentinel-key';

describe('GET /metrics', () => {
  it('is what Prometheus reads, with requests by route and not by path', async () => {
    const { url, post } = await serve();
    await post({ question: 'When did the harbour open?' });
    await fetch(`${url}/sources/budget`);
    await fetch(`${url}/${'x'.repeat(500)}`);
    await fetch(`${url}/api/chat`, { method: 'PROPFIND' });
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const text = await response.text();
    const count = (method: string, route: string, status: number) =>
      `pullquote_http_request_seconds_count{method="${method}",route="${route}",status="${status}"} 1`;
    expect(text).toContain(count('POST', '/api/chat', 200));
    expect(text).toContain(count('GET', '/sources/*id', 200));
    expect(text).toContain(count('GET', 'other', 404));
    expect(text).toContain(count('other', '/api/chat', 405));
    expect(text).toContain('pullquote_answers_total{surface="web",kind="answered",answerer="extractive"} 1');
    expect(text).not.toContain('harbour');
    expect(text).not.toContain('xxx');
  });

  it('tells a client that left as 499', async () => {
    const { url, post } = await serve({ chatbot: createFakeChatbot({ delayMs: 60_000 }), config: { headAfterMs: 0 } });
    const leaving = new AbortController();
    const response = await post({ question: '?' }, eventStream, { signal: leaving.signal });
    expect(response.status).toBe(200);
    leaving.abort();
    const left = 'pullquote_http_request_seconds_count{method="POST",route="/api/chat",status="499"} 1';
    await expect.poll(async () => (await fetch(`${url}/metrics`)).text()).toContain(left);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'pullquote_failed_questions_total{surface="web",code="ABORTED"} 1',
    );
  });

  it.each([{ host: '0.0.0.0' }, { publicUrl: 'https://ask.example.org' }, { trustProxy: 1 }])(
    'is not for others who may reach the server: %o',
    async (config) => {
      const { url } = await serve({ config });
      const { status, code } = await errorOf(await fetch(`${url}/metrics`));
      expect({ status, code }).toEqual({ status: 401, code: 'METRICS_DENIED' });
    },
  );

  it('is for whoever has the key, wherever the server listens', async () => {
    const { url, log } = await serve({ config: { host: '0.0.0.0', metricsKey: new Secret(key) } });
    const ask = (authorization?: string) =>
      fetch(`${url}/metrics`, authorization === undefined ? {} : { headers: { authorization } });
    for (const wrong of [
      undefined,
      '',
      'Bearer',
      `Bearer ${key}x`,
      `Bearer ${key.slice(0, -1)}`,
      `Basic ${key}`,
      key,
    ]) {
      const response = await ask(wrong);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect((await errorOf(response)).code).toBe('METRICS_DENIED');
    }
    const response = await ask(`Bearer ${key}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('pullquote_documents 2');
    expect(log.join('')).not.toContain(key);
  });
});
