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
    await page.locator('.evidence').waitFor();
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

  it('shows where documents differ, what is settled with a no, and what a follow-up was searched as', async () => {
    const { url } = await serve({ chatbot: engine.chatbot });
    const { page, complaints } = await openPage(browser, { viewport: { width: 1000, height: 900 } });
    await page.goto(url);
    const last = page.locator('.turn').last();
    const asked = async (question: string) => {
      const before = await page.locator('.turn').count();
      await ask(page, question);
      await page.locator('.turn').nth(before).locator('.evidence').waitFor();
    };

    await asked('How many countries took part in the Paris talks?');
    await expect.poll(() => last.locator('.differ h3').textContent()).toContain('both can be true');
    const claims = (await last.locator('.claim strong').allTextContents()).join(' | ');
    expect(claims).toMatch(/35/);
    expect(claims).toMatch(/more than 30/i);

    await asked('What would the US do in the event of a renewed Russian attack?');
    expect(await last.locator('.differ').count()).toBe(1);
    const words = await last.locator('.positions .quoted mark').allTextContents();
    expect(words.length).toBeGreaterThanOrEqual(2);
    expect(words).toEqual(await last.locator('.claim strong').allTextContents());

    await asked('Will the USA provide soldiers?');
    expect(await last.locator('.verdict strong').textContent()).toBe('No');
    expect(await last.locator('.verdict .mark').count()).toBe(1);

    await page.getByText('New conversation').click();
    await asked(donetsk);
    await asked('And Luhansk?');
    expect(await last.locator('.note').first().textContent()).toMatch(/^Searched for “.*Luhansk.*”$/);
    expect(complaints).toEqual([]);
  });

  it('says that the documents do not answer', async () => {
    const { url } = await serve({ chatbot: engine.chatbot });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'Who wrote Hamlet?');
    await page.locator('.unanswered').waitFor();
    expect(await page.locator('.evidence .quoted').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});
