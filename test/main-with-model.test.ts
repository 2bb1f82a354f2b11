import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Answer } from '../src/types.ts';
import { type Role, startFakeModel } from './support/fake-models.ts';
import { bestSentence, honest, replyOf } from './support/model-roles.ts';
import { donetsk } from './support/real-engine.ts';
import { askServer, indexOf, runCli, seeds, startServer, temporaryFolder } from './support/run-cli.ts';
import { KEY } from './support/written.ts';

let index: string;
beforeAll(async () => {
  index = await indexOf(seeds);
});

const reworded: Role = (asked) => {
  if (asked.system.includes('can be reached')) return { text: 'ready' };
  const quotes = [bestSentence(asked) ?? { passage: 0, quote: '' }];
  const statements = [
    { text: 'About 75% of the Donetsk region is under Russian control.', quotes },
    { text: 'It was 80% in 2025.', quotes },
  ];
  return { text: replyOf(asked, statements, '75%') };
};

const environment = (url: string) => ({
  PULLQUOTE_MODEL: 'openai:fake-1',
  PULLQUOTE_MODEL_BASE_URL: url,
  OPENAI_API_KEY: KEY,
});

describe('pullquote with a chat model', () => {
  it('asks it, shows its sentences with their quotes, and who wrote', async () => {
    const fake = await startFakeModel('openai', reworded);
    const { code, stdout, stderr } = await runCli(['ask', donetsk, '--index', index], { env: environment(fake.url) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^75%\n\nAbout 75% of the Donetsk region is under Russian control\. \[1\]\[2\]\n\n\[1\] “/);
    expect(stdout).toContain(
      'Written by openai:fake-1; every sentence rests on the quotes beside it; 1 sentence of its answer could not be verified, and is not shown.\n',
    );
    expect(fake.keys).toEqual([`Bearer ${KEY}`]);
  });

  it('says when it failed, and gives the quotes', async () => {
    const fake = await startFakeModel('openai', () => ({ status: 401, error: { message: KEY } }));
    const { code, stdout, stderr } = await runCli(['ask', donetsk, '--index', index], { env: environment(fake.url) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(
      'The built-in quotes answer: CHAT_MODEL_KEY_REFUSED: openai:fake-1 refused the key: HTTP 401 (server_error).',
    );
    expect(stdout).toContain('75%');
    expect(stdout).not.toContain(KEY);
  });

  it('serves with it, without it while it is away, and with it again', async () => {
    const fake = await startFakeModel('openai', honest);
    const port = Number(new URL(fake.url).port);
    const { url, child, ended } = await startServer(index, { env: { ...environment(fake.url), PULLQUOTE_CACHE: '0' } });
    const ask = async () => (await askServer(url, donetsk)).body as Answer;
    expect((await ask()).answerer).toMatch(/^openai:fake-1#/);
    await fake.close();
    expect(await ask()).toMatchObject({
      kind: 'answered',
      answerer: 'extractive',
      model: { failure: { code: 'CHAT_MODEL_UNREACHABLE' } },
    });
    await startFakeModel('openai', honest, port);
    expect((await ask()).answerer).toMatch(/^openai:fake-1#/);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it('leaves it alone once it has had its tokens of the day, and says so', async () => {
    const fake = await startFakeModel('openai', honest);
    const env = { ...environment(fake.url), PULLQUOTE_CACHE: '0', PULLQUOTE_MODEL_DAILY_TOKENS: '1000' };
    const { url, child, ended } = await startServer(index, { env });
    const ask = async () => (await askServer(url, donetsk)).body as Answer;
    const cost = 366; // what the fake says of each reply
    for (let spent = 0; spent < 1_000; spent += cost) expect((await ask()).answerer).toMatch(/^openai:fake-1#/);
    const asked = fake.asked.length;
    expect(await ask()).toMatchObject({
      kind: 'answered',
      answerer: 'extractive',
      model: { failure: { code: 'CHAT_MODEL_BUDGET_SPENT' } },
    });
    expect(fake.asked).toHaveLength(asked);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('pullquote_chat_model_failures_total{code="CHAT_MODEL_BUDGET_SPENT"} 1');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  it.each([
    [{ PULLQUOTE_MODEL: 'nobody:x' }, 2, 'CHAT_MODEL_UNSUPPORTED'],
    [{ PULLQUOTE_MODEL: 'openai:x' }, 2, 'CHAT_MODEL_KEY_MISSING'],
    [{ PULLQUOTE_MODEL: 'groq:x', GROQ_API_KEY: KEY }, 5, 'CHAT_MODEL_PACKAGE_MISSING'],
    [{ PULLQUOTE_MODEL: 'openai:x', OPENAI_API_KEY: KEY, PULLQUOTE_PROMPTS: '/nonexistent' }, 2, 'PROMPT_MISSING'],
  ])('does not start with %j', async (env, exit, name) => {
    const { code, stdout, stderr } = await runCli(['ask', donetsk, '--index', index], { env });
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^pullquote: ${name}: [^\\n]+\\n$`));
    expect(stderr).not.toContain(KEY);
  });

  it('tells nobody else, whatever the environment says', async () => {
    let told = 0;
    const collector = createServer((req, res) => {
      told += 1;
      req.resume();
      res.end('{}');
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void collector.close());
    const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    const fake = await startFakeModel('openai', reworded);
    const env = {
      ...environment(fake.url),
      LANGSMITH_TRACING: 'true',
      LANGSMITH_ENDPOINT: endpoint,
      LANGSMITH_API_KEY: 'ls-key',
      LANGCHAIN_VERBOSE: 'true',
      OPENAI_LOG: 'debug',
    };
    const { code, stdout, stderr } = await runCli(['ask', donetsk, '--index', index], { env });
    expect({ code, stderr, told }).toEqual({ code: 0, stderr: '', told: 0 });
    expect(stdout).toContain('Written by openai:fake-1');
    expect(stdout).not.toContain('You answer questions');
  });
});

describe('the doctor', () => {
  const doctor = (env: Record<string, string>) => runCli(['doctor', '--index', index], { env });

  it('tries the chat model', async () => {
    const fake = await startFakeModel('openai', reworded);
    const { code, stdout } = await doctor(environment(fake.url));
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ chat model: openai:fake-1 replied in \d\.\d s; prompts [\da-f]{8}\n/);
    expect(fake.asked).toHaveLength(1);
  });

  it.each([
    [{ status: 401 }, 'CHAT_MODEL_KEY_REFUSED', /correct the key/],
    [{ status: 404 }, 'CHAT_MODEL_NOT_FOUND', /correct the model’s name/],
    [{ status: 429 }, 'CHAT_MODEL_RATE_LIMITED', /limits or the balance/],
    [{ status: 500 }, 'CHAT_MODEL_FAILED', /status page/],
    [{ text: '' }, 'CHAT_MODEL_OUTPUT_INVALID', /no chat model/],
    [{ waitMs: 9_000 }, 'CHAT_MODEL_TIMEOUT', /raise PULLQUOTE_MODEL_TIMEOUT/],
  ])('says in words what is wrong with %j', async (played, name, advice) => {
    const fake = await startFakeModel('openai', () => played);
    const { code, stdout, stderr } = await doctor({ ...environment(fake.url), PULLQUOTE_MODEL_TIMEOUT: '3' });
    expect({ code, stderr }).toEqual({ code: 5, stderr: '' });
    expect(stdout).toMatch(new RegExp(`✗ chat model: ${name}: openai:fake-1 [^\\n]+\\n  → `));
    expect(stdout).toMatch(advice);
    expect(stdout).not.toContain(KEY);
  });

  it('says that nobody answers, that a package is missing, that a prompt is wrong', async () => {
    const closed = await startFakeModel('openai', honest);
    await closed.close();
    const away = await doctor(environment(closed.url));
    expect(away.stdout).toMatch(/✗ chat model: CHAT_MODEL_UNREACHABLE: .*ECONNREFUSED\n {2}→ start the model’s server/);
    const missing = await doctor({ PULLQUOTE_MODEL: 'groq:x', PULLQUOTE_MODEL_KEY: KEY });
    expect(missing.stdout).toMatch(
      /CHAT_MODEL_PACKAGE_MISSING: .*npm install @langchain\/groq\n {2}→ install the package/,
    );
    const prompts = join(await temporaryFolder(), 'none');
    const lost = await doctor({ ...environment(closed.url), PULLQUOTE_PROMPTS: prompts });
    expect(lost.stdout).toMatch(/✗ chat model: PROMPT_MISSING: .*\n {2}→ restore the prompts folder/);
  });

  it('has nothing to say where no chat model is set', async () => {
    expect((await doctor({})).stdout).not.toContain('chat model');
  });
});
