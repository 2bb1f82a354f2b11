import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { donetsk, openReal } from '../support/real-engine.ts';
import { indexOf, seeds } from '../support/run-cli.ts';
import { serve } from '../support/server.ts';
import { ask } from '../support/widget.ts';

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

describe.runIf(browserFound)('the widget, over the five articles', () => {
  it('answers, and each citation leads to its very words, beside the answer and on a page', async () => {
    const { url } = await serve({ chatbot: engine.chatbot });
    const { page, complaints } = await openPage(browser, { viewport: { width: 1200, height: 900 } });
    await page.goto(url);
    await ask(page, donetsk);
    await page.locator('.evidence').waitFor({ timeout: 20_000 });
    expect(await page.locator('.short strong').textContent()).toContain('75%');
    const { citations } = await engine.chatbot.ask(donetsk);
    expect(citations.length).toBeGreaterThanOrEqual(2);
    expect(await page.locator('.evidence cite').allTextContents()).toEqual(
      citations.map(({ document }) => document.title),
    );
    expect(await page.locator('.agree').first().textContent()).toMatch(/^\d articles say so$/);

    const links = page.locator('.evidence cite a');
    for (const [index, { quote, document }] of citations.entries()) {
      await links.nth(index).click();
      const source = page.locator('.source');
      await expect.poll(() => source.locator('h2').textContent()).toBe(document.title);
      await expect.poll(async () => (await source.locator('mark.chosen').allTextContents()).join('')).toBe(quote);
      expect(
        await source
          .locator('mark.chosen')
          .first()
          .evaluate((it) => it.getBoundingClientRect().top),
      ).toBeGreaterThan(0);

      const opened = page.context().waitForEvent('page');
      await source.getByText('Open as a page').click();
      const own = await opened;
      await own.locator('#text mark.shown').first().waitFor();
      expect((await own.locator('#text mark.shown').allTextContents()).join('')).toBe(quote);
      await own.close();
    }
    expect(complaints).toEqual([]);
  });

  it('says that the documents do not answer', async () => {
    const { url } = await serve({ chatbot: engine.chatbot });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'Who wrote Hamlet?');
    await page.locator('.unanswered').waitFor({ timeout: 20_000 });
    expect(await page.locator('.evidence .quoted').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});
