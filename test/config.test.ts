import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { keepPromptsPrivate, readConfig } from '../src/config.ts';
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
      title: null,
      greeting: null,
      suggestions: [],
      language: null,
      metricsKey: null,
      feedback: 'feedback',
      feedbackLimit: 67_108_864,
      trustProxy: 0,
      rateLimit: 60,
      bodyLimit: 1_048_576,
      questionLimit: 1000,
      queue: 64,
      conversations: 1000,
      conversationTtl: 60,
      cache: 500,
      slackBotToken: [],
      slackAppToken: null,
      slackSigningSecret: null,
      slackTeams: [],
      slackChannels: [],
      slackUsers: [],
      slackDocuments: '',
      slackFolder: 'slack',
      slackApi: 'https://slack.com/api/',
      threshold: null,
      chatModel: null,
      chatModelUrl: null,
      chatModelKey: null,
      chatModelTimeout: 30,
      chatModelTokens: 3000,
      chatModelDailyTokens: null,
      prompts: expect.stringMatching(/\/prompts$/),
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
      PULLQUOTE_SUGGESTIONS: 'Who, then? | When?||When?',
      PULLQUOTE_LANGUAGE: 'de-AT',
      PULLQUOTE_LOG_LEVEL: 'silent',
    });
    expect(config).toMatchObject({
      seeds: '/srv/articles',
      port: 0,
      publicUrl: 'https://ask.example.org',
      origins: ['https://a.example', 'http://b.example:8080'],
      threshold: 0.35,
      suggestions: ['Who, then?', 'When?'],
      language: 'de-AT',
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
    ['PULLQUOTE_SUGGESTIONS', 'a|b|c|d|e|f|g|h|i'],
    ['PULLQUOTE_LANGUAGE', 'English'],
    ['PULLQUOTE_LANGUAGE', 'e'],
    ['PULLQUOTE_FEEDBACK_LIMIT', '64MB'],
  ])('refuses %s=%s, naming both and what is allowed', (variable, value) => {
    const error = refusal({ [variable]: value });
    expect(error.code).toBe('SETTING_INVALID');
    expect(error.message).toContain(`${variable}="${value}" must be `);
    expect(error.facts).toMatchObject({ variable, value });
  });

  it.each([
    ['PULLQUOTE_SLACK_BOT_TOKEN', 'xoxp-secret-word'],
    ['PULLQUOTE_SLACK_APP_TOKEN', 'xoxb-secret-word'],
    ['PULLQUOTE_SLACK_SIGNING_SECRET', 'secret-word'],
  ])('refuses a wrong %s without showing it', (variable, value) => {
    const error = refusal({ [variable]: value });
    expect(error.message).toMatch(new RegExp(`^${variable} must be `));
    expect(JSON.stringify([error.message, error.facts])).not.toContain('secret-word');
  });

  it.each([
    ['PULLQUOTE_SLACK_TEAMS', 'my-team'],
    ['PULLQUOTE_SLACK_CHANNELS', '#general'],
    ['PULLQUOTE_SLACK_CHANNELS', 'C0123ABCD, @ann'],
    ['PULLQUOTE_SLACK_USERS', '@ann'],
    ['PULLQUOTE_SLACK_DOCUMENTS', 'general=press/*'],
    ['PULLQUOTE_SLACK_DOCUMENTS', 'C0123ABCD='],
    ['PULLQUOTE_SLACK_DOCUMENTS', 'C0123ABCD'],
    ['PULLQUOTE_SLACK_API', 'slack.com'],
  ])('refuses the Slack setting %s=%s', (variable, value) => {
    expect(refusal({ [variable]: value }).message).toContain(`${variable}="${value}" must be `);
  });

  it.each(['C0123ABCD=press/*,budget; dm=press/a b; *=faq', 'C0123ABCD = a;', '*=*'])(
    'takes the scopes %s',
    (value) => {
      expect(readConfig({ PULLQUOTE_SLACK_DOCUMENTS: value }).slackDocuments).toBe(value);
    },
  );

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

describe('the chat model', () => {
  const key = 'sk-sentinel-123';

  it('is none unless it is named', () => {
    expect(readConfig({})).toMatchObject({
      chatModel: null,
      chatModelUrl: null,
      chatModelKey: null,
      chatModelTimeout: 30,
    });
    expect(readConfig({ OPENAI_API_KEY: key }).chatModelKey).toBeNull();
  });

  it.each([
    [{ PULLQUOTE_MODEL: 'openai:gpt-4.1-mini', OPENAI_API_KEY: key }],
    [{ PULLQUOTE_MODEL: 'anthropic:claude-sonnet-4-5', ANTHROPIC_API_KEY: key }],
    [{ PULLQUOTE_MODEL: 'anthropic:x', ANTHROPIC_API_KEY: 'another', PULLQUOTE_MODEL_KEY: key }],
    [{ PULLQUOTE_MODEL: 'cohere:x', PULLQUOTE_MODEL_KEY: ` ${key} ` }],
  ])('takes its key from %j', (environment) => {
    expect(readConfig(environment as Record<string, string>).chatModelKey?.reveal()).toBe(key);
  });

  it('has no other provider’s key', () => {
    expect(readConfig({ PULLQUOTE_MODEL: 'ollama:llama3.1', OPENAI_API_KEY: key }).chatModelKey).toBeNull();
    expect(readConfig({ PULLQUOTE_MODEL: 'toString:x' }).chatModelKey).toBeNull();
  });

  it.each([
    ['PULLQUOTE_MODEL', 'gpt-4.1'],
    ['PULLQUOTE_MODEL', 'openai:'],
    ['PULLQUOTE_MODEL', 'openai:a b'],
    ['PULLQUOTE_MODEL_BASE_URL', 'localhost:8080'],
    ['PULLQUOTE_MODEL_BASE_URL', 'file:///etc'],
    ['PULLQUOTE_MODEL_TIMEOUT', '0'],
    ['PULLQUOTE_MODEL_TOKENS', '10'],
  ])('%s=%j is refused by name', (variable, value) => {
    expect(() => readConfig({ [variable]: value })).toThrow(
      expect.objectContaining({ code: 'SETTING_INVALID', message: expect.stringContaining(`${variable}=`) as string }),
    );
  });

  it('takes no address with a user and password, and does not repeat them', () => {
    const refused = refusal({ PULLQUOTE_MODEL_BASE_URL: 'http://ann:hush@127.0.0.1:8080/v1' });
    expect(refused.code).toBe('SETTING_INVALID');
    expect(refused.message).toContain('PULLQUOTE_MODEL_BASE_URL');
    expect(inspect(refused, { depth: 9 })).not.toContain('hush');
  });

  it('has a key that no message and no look at the settings shows', () => {
    const config = readConfig({ PULLQUOTE_MODEL_KEY: key });
    expect(inspect(config, { depth: 9, showHidden: true }) + JSON.stringify(config)).not.toContain(key);
    const refused = refusal({ PULLQUOTE_MODEL_KEY: `${key} with a space` });
    expect(refused.code).toBe('SETTING_INVALID');
    expect(inspect(refused, { depth: 9 })).not.toContain(key);
  });

  it('is kept between us: nothing tells others of prompts', () => {
    process.env.LANGSMITH_TRACING = 'true';
    process.env.LANGCHAIN_VERBOSE = 'true';
    keepPromptsPrivate();
    expect(process.env).not.toHaveProperty('LANGSMITH_TRACING');
    expect(process.env).not.toHaveProperty('LANGCHAIN_VERBOSE');
  });
});
