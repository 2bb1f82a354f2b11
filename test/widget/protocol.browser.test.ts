import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { reopenedQuote } from '../support/fake-chatbot.ts';
import { serve } from '../support/server.ts';
import { ask } from '../support/widget.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const shortAnswer = 'pullquote-chat .short';

describe.runIf(browserFound)('a widget that a browser kept', () => {
  it('works with a server that says more than it knows of', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    // What the real server sends, with what a later one of the same version may add.
    await page.route('**/api/chat', async (route) => {
      const response = await route.fetch();
      const body = (await response.text())
        .replace(
          'data: {"type":"text-start"',
          'data: {"type":"data-weather","data":{"rain":true}}\n\ndata: {"type":"text-start"',
        )
        .replace('"kind":"answered"', '"kind":"answered","mood":["good"],"attachments":{"a":1}')
        .replace(
          'data: {"type":"finish"',
          ': a comment\n\nevent: later\nid: 7\ndata: {"type":"new-thing"}\n\ndata: {"type":"finish"',
        );
      for (const added of ['data-weather', 'mood', 'new-thing']) expect(body).toContain(added);
      await route.fulfill({ response, body });
    });
    await page.goto(url);
    await ask(page, 'When did the harbour open?');
    await expect.poll(() => page.locator(shortAnswer).first().textContent()).toContain('3 May');
    expect(await page.locator('pullquote-chat').getByText(reopenedQuote.slice(20, 40)).count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });

  it('says that the page must be loaded again where the server does not speak its version, and keeps the question', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser);
    await page.route('**/api/chat', (route) =>
      route.continue({ headers: { ...route.request().headers(), 'pullquote-protocol': '0' } }),
    );
    await page.goto(url);
    await ask(page, 'When did the harbour open?');
    await expect
      .poll(() => page.getByText('This page is out of date. Please load it again.').count())
      .toBeGreaterThan(0);
    expect(await page.locator('pullquote-chat').getByText('When did the harbour open?').count()).toBeGreaterThan(0);
  });
});
