import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { PullquoteError } from '../src/errors.ts';
import { settings } from '../src/settings.ts';

function refusal(environment: Record<string, string>): PullquoteError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof PullquoteError) return error;
  }
  throw new Error(`accepted: ${JSON.stringify(environment)}`);
}

describe('readConfig', () => {
  it('needs no variable at all', () => {
    expect(readConfig({ HOME: '/root' })).toEqual({
      seeds: 'seeds',
      index: 'index',
      models: expect.stringMatching(/\/models$/),
      host: '127.0.0.1',
      port: 3000,
      publicUrl: null,
      origins: [],
      trustProxy: 0,
      rateLimit: 60,
      bodyLimit: 1_048_576,
      questionLimit: 1000,
      queue: 64,
      conversations: 1000,
      conversationTtl: 60,
      cache: 500,
      threshold: null,
      judge: null,
      judgeUrl: null,
      judgeKey: null,
      logLevel: 'info',
    });
  });

  it('reads every setting', () => {
    const config = readConfig({
      PULLQUOTE_SEEDS: '/srv/articles',
      PULLQUOTE_PORT: '0',
      PULLQUOTE_PUBLIC_URL: 'https://ask.example.org/',
      PULLQUOTE_ORIGINS: ' https://a.example, http://b.example:8080,https://a.example',
      PULLQUOTE_THRESHOLD: '0.35',
      PULLQUOTE_LOG_LEVEL: 'silent',
    });
    expect(config).toMatchObject({
      seeds: '/srv/articles',
      port: 0,
      publicUrl: 'https://ask.example.org',
      origins: ['https://a.example', 'http://b.example:8080'],
      threshold: 0.35,
      logLevel: 'silent',
    });
  });

  it('takes an empty variable as unset, as .env files write it', () => {
    expect(readConfig({ PULLQUOTE_PORT: '', PULLQUOTE_PUBLIC_URL: ' ' })).toEqual(readConfig({}));
  });

  it.each([
    ['PULLQUOTE_PORT', '12abc'],
    ['PULLQUOTE_PORT', '1e3'],
    ['PULLQUOTE_PORT', '-1'],
    ['PULLQUOTE_PORT', '0x50'],
    ['PULLQUOTE_PORT', '65536'],
    ['PULLQUOTE_PORT', '3000.0'],
    ['PULLQUOTE_PORT', 'NaN'],
    ['PULLQUOTE_RATE_LIMIT', 'Infinity'],
    ['PULLQUOTE_RATE_LIMIT', 'none'],
    ['PULLQUOTE_QUEUE', '0'],
    ['PULLQUOTE_BODY_LIMIT', '64kb'],
    ['PULLQUOTE_TRUST_PROXY', 'true'],
    ['PULLQUOTE_ORIGINS', '*'],
    ['PULLQUOTE_ORIGINS', 'null'],
    ['PULLQUOTE_ORIGINS', 'https://a.example/'],
    ['PULLQUOTE_ORIGINS', 'https://a.example,https://*.b.example'],
    ['PULLQUOTE_ORIGINS', 'a.example'],
    ['PULLQUOTE_PUBLIC_URL', 'ftp://a.example'],
    ['PULLQUOTE_PUBLIC_URL', 'https://a.example/path'],
    ['PULLQUOTE_PUBLIC_URL', 'ask'],
    ['PULLQUOTE_THRESHOLD', '1.1'],
    ['PULLQUOTE_THRESHOLD', '.5e0'],
    ['PULLQUOTE_LOG_LEVEL', 'verbose'],
    ['PULLQUOTE_HOST', 'http://localhost'],
  ])('refuses %s=%s, naming both and what is allowed', (variable, value) => {
    const error = refusal({ [variable]: value });
    expect(error.code).toBe('SETTING_INVALID');
    expect(error.message).toContain(`${variable}="${value}" must be `);
    expect(error.facts).toMatchObject({ variable, value });
  });

  it('refuses a setting that does not exist, and says which is meant', () => {
    expect(refusal({ PULLQUOTE_RATELIMIT: '5' }).message).toBe(
      'There is no setting PULLQUOTE_RATELIMIT; did you mean PULLQUOTE_RATE_LIMIT?',
    );
    expect(refusal({ PULLQUOTE_SEED: 'x' }).facts).toMatchObject({ closest: 'PULLQUOTE_SEEDS' });
  });

  it('leaves the variables of the test suite and of others alone', () => {
    const others = { PULLQUOTE_TEST_CHROMIUM: '/x', PORT: 'abc', PULLQUOTE_SERVICE_HOST: '10.0.0.1', PULLQUOTE_X: '1' };
    expect(readConfig(others)).toEqual(readConfig({}));
  });
});

describe('settings', () => {
  it('describes each variable once, with a default that is itself allowed', () => {
    expect(new Set(settings.map(({ variable }) => variable)).size).toBe(settings.length);
    for (const { variable, fallback, meaning } of settings) {
      expect(meaning.length).toBeGreaterThan(10);
      expect(readConfig({ [variable]: fallback ?? undefined })).toEqual(readConfig({}));
    }
  });
});
