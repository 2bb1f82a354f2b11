import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { donetsk, openReal } from '../support/real-engine.ts';
import { indexOf, seeds } from '../support/run-cli.ts';
import { serve } from '../support/server.ts';

let engine: Engine;
let browser: Browser;
beforeAll(async () => {
  if (!browserFound) return;
  engine = await openReal({ index: await indexOf(seeds) });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await engine?.close();
});

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
}

describe.runIf(browserFound)('the page, over the five articles', () => {
  it('answers, and each citation leads to its very words', async () => {
    const { url } = await serve({ chatbot: engine.chatbot });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, donetsk);
    const turn = page.locator('.turn');
    await expect.poll(() => turn.locator('.short strong').textContent(), { timeout: 20_000 }).toContain('75%');
    const quotes = await turn.locator('blockquote').allTextContents();
    expect(quotes.length).toBeGreaterThanOrEqual(2);
    const { citations } = await engine.chatbot.ask(donetsk);
    expect(quotes).toEqual(citations.map(({ quote }) => quote));

    const links = turn.getByText('Read it in place');
    expect(await links.count()).toBe(quotes.length);
    for (const [number, quote] of quotes.entries()) {
      expect(quote).toContain('75%');
      const opened = page.context().waitForEvent('page');
      await links.nth(number).click();
      const source = await opened;
      await source.waitForSelector('mark');
      const marks = await source.locator('#text mark').allTextContents();
      expect(marks.join('')).toBe(quote);
      await source.close();
    }
    expect(complaints).toEqual([]);
  });

  it('says that the documents do not answer', async () => {
    const { url } = await serve({ chatbot: engine.chatbot });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'Who wrote Hamlet?');
    const turn = page.locator('.turn');
    await expect.poll(() => turn.locator('.short').textContent(), { timeout: 20_000 }).toBe('The documents don’t say.');
    expect(await turn.locator('blockquote').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});
