import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { serve } from '../support/server.ts';
import { ask } from '../support/widget.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = 'When did the harbour open?';

describe.runIf(browserFound)('what goes wrong is told in a sentence, with a way on, and nothing typed is lost:', () => {
  it('a server that is busy, and then gone, and then back', async () => {
    const fault = new PullquoteError('BUSY', '64 questions are being answered');
    const first = await serve({ chatbot: createFakeChatbot({ fault }) });
    const { page } = await openPage(browser);
    await page.goto(first.url);
    await ask(page, open);
    const problem = page.locator('.problem');
    await expect
      .poll(() => problem.textContent())
      .toBe('Very many people are asking just now. Your question is still here.');
    await first.close(0);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(() => problem.textContent()).toContain('The server cannot be reached.');
    await serve({ listening: { port: first.port } });
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
    expect(await problem.count()).toBe(0);
  });

  it('too many questions, with the time to wait', async () => {
    const { url } = await serve({ config: { rateLimit: 1 } });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await ask(page, 'How many boats?');
    await expect
      .poll(() => page.locator('.problem').textContent())
      .toMatch(/^Those were many questions in a short time. Try again in \d+ seconds. Your question is still here.$/);
    await page.reload();
    expect(await page.locator('.turn h2').allTextContents()).toEqual([open, 'How many boats?']);
    expect(await page.locator('.problem').textContent()).toContain('Those were many questions');
  });

  it('a question that is too long, to be changed', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser);
    await page.goto(url);
    const long = `${open} ${'a '.repeat(600)}`.trim();
    await ask(page, long);
    await expect.poll(() => page.locator('.problem').textContent()).toContain('The question is too long.');
    expect(await page.getByRole('button', { name: 'Ask again' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Change the question' }).click();
    expect(await page.getByLabel('Your question').inputValue()).toBe(long);
    expect(await page.locator('.turn').count()).toBe(0);
  });

  it('a fault of the server’s, with the reference under which its log has more', async () => {
    const { url } = await serve({ chatbot: createFakeChatbot({ fault: new Error('a secret path') }) });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await expect
      .poll(() => page.locator('.problem').textContent())
      .toMatch(/^Something went wrong on the server. Your question is still here. Reference: [\w-]+$/);
  });

  it('a fault after the stream has begun', async () => {
    const fault = new PullquoteError('NOT_READY', 'The index is not loaded yet');
    const { url } = await serve({ chatbot: createFakeChatbot({ fault, delayMs: 100 }), config: { headAfterMs: 1 } });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await expect.poll(() => page.locator('.problem').textContent()).toContain('The server is not ready yet.');
  });

  it('a page whose script is too old for the server', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser);
    await page.route('**/api/chat', (route) =>
      route.continue({ headers: { ...route.request().headers(), 'pullquote-protocol': '0' } }),
    );
    await page.goto(url);
    await ask(page, open);
    await expect
      .poll(() => page.locator('.problem').textContent())
      .toContain('This page is out of date. Please load it again.');
  });

  it('no connection at all', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { apart: true });
    await page.goto(url);
    await page.context().setOffline(true);
    await ask(page, open);
    await expect
      .poll(() => page.locator('.problem').textContent())
      .toContain('There is no connection to the internet.');
    expect(await page.locator('[aria-live=polite]').textContent()).toContain('There is no connection to the internet.');
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await page.locator('.evidence').waitFor();
  });

  it('a browser that stores nothing, or has stored nonsense', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.evaluate(`for (const key of Object.keys(sessionStorage).filter((it) => it.endsWith('/'))) {
      const talk = JSON.parse(sessionStorage.getItem(key));
      talk.turns[0].answer.citations = 7;
      sessionStorage.setItem(key, JSON.stringify(talk));
    }`);
    await page.reload();
    await page.getByRole('button', { name: 'Ask again' }).waitFor();
    expect(await page.locator('.problem').textContent()).toContain('The answer could not be shown.');
    expect(await page.locator('.turn h2').textContent()).toBe(open);
    await page.evaluate(
      `for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, '{"version":1,"turns":[null]')`,
    );
    await page.reload();
    await page.locator('.greeting').waitFor();
    await page.addInitScript(
      `Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('forbidden'); } })`,
    );
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect(complaints).toEqual([]);
  });
});
