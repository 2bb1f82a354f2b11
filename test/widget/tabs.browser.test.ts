import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { serve } from '../support/server.ts';
import { ask, foreignPage } from '../support/widget.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = 'When did the harbour open?';
const boats = 'How many boats?';

/** Two tabs of one browser with the same talk. */
async function twoTabs(delayMs = 0): Promise<[Page, Page]> {
  let url = '';
  const address = await foreignPage(
    () => `<pullquote-chat persist="browser"></pullquote-chat><script src="${url}/widget.js"></script>`,
  );
  ({ url } = await serve({ chatbot: createFakeChatbot({ delayMs }), config: { origins: [address] } }));
  const { page } = await openPage(browser, { viewport: { width: 1100, height: 800 } });
  const other = await page.context().newPage();
  for (const tab of [page, other]) {
    await tab.goto(address);
    await tab.getByLabel('Your question').waitFor();
  }
  return [page, other];
}

const questionsOf = (page: Page) => page.locator('.turn h2').allTextContents();

describe.runIf(browserFound)('two tabs with the same conversation', () => {
  it('keep both questions and both answers when they ask at once, over a reload too', async () => {
    const [one, other] = await twoTabs(1_000);
    await Promise.all([ask(one, open), ask(other, boats)]);
    // What the other one asks is not taken for stopped.
    await one.getByText('Asked in another tab.').waitFor();
    for (const tab of [one, other]) {
      await expect.poll(() => tab.locator('.evidence').count()).toBe(2);
      expect((await questionsOf(tab)).sort()).toEqual([boats, open]);
      expect(await tab.locator('.problem').count()).toBe(0);
    }
    expect(await questionsOf(one)).toEqual(await questionsOf(other));
    await one.reload();
    expect(await one.locator('.evidence').count()).toBe(2);
  });

  it('leave each other’s open document, note and place alone', async () => {
    const [one, other] = await twoTabs();
    await ask(one, open);
    await one.locator('.evidence').waitFor();
    await one.getByLabel('Bad answer').click();
    await one.getByLabel('What was good or bad about it?').fill('half a no');
    await one.locator('.statement .mark').first().click();
    await one.locator('.source mark.chosen').first().waitFor();
    await ask(other, boats);
    await expect.poll(() => one.locator('.evidence').count()).toBe(2);
    expect(await one.locator('.source').isVisible()).toBe(true);
    const note = one.getByLabel('What was good or bad about it?').first();
    expect(await note.inputValue()).toBe('half a no');
    // A judgement of the other tab is taken over, and the note stays.
    await other.getByLabel('Good answer').first().click();
    await expect.poll(() => one.getByLabel('Good answer').first().getAttribute('aria-pressed')).toBe('true');
    expect(await note.inputValue()).toBe('half a no');
    await one.reload();
    expect(await note.inputValue()).toBe('half a no');
  });

  it('begin afresh together, and what was under way in one is the new beginning', async () => {
    const [one, other] = await twoTabs(1_000);
    await ask(one, open);
    await one.locator('.evidence').waitFor();
    await ask(other, boats);
    await expect.poll(() => questionsOf(one)).toEqual([open, boats]);
    await one.getByText('New conversation').click();
    await expect.poll(() => questionsOf(other)).toEqual([boats]);
    await other.locator('.evidence').waitFor();
    await expect.poll(() => questionsOf(one)).toEqual([boats]);
    await one.reload();
    await one.locator('.evidence').waitFor();
    expect(await questionsOf(one)).toEqual([boats]);
  });

  it('see what the other one was asking as interrupted once that is closed', async () => {
    const [one, other] = await twoTabs(3_000);
    await ask(other, boats);
    await one.getByText('Asked in another tab.').waitFor();
    await other.close({ runBeforeUnload: true });
    await one.locator('.problem').getByText('The page was left before the answer was there.').waitFor();
    await one.getByRole('button', { name: 'Ask again' }).click();
    await one.locator('.evidence').waitFor();
  });
});

describe.runIf(browserFound)('two elements on one page', () => {
  it('have a conversation each, by their id or their place', async () => {
    let url = '';
    const address = await foreignPage(
      () => `<pullquote-chat></pullquote-chat><pullquote-chat></pullquote-chat><pullquote-chat id="sport"></pullquote-chat>
<script src="${url}/widget.js"></script>`,
    );
    ({ url } = await serve({ config: { origins: [address] } }));
    const { page } = await openPage(browser);
    await page.goto(address);
    for (const [index, question] of [open, boats, 'What did it cost?'].entries()) {
      const chat = page.locator('pullquote-chat').nth(index);
      await chat.getByLabel('Your question').fill(question);
      await chat.getByLabel('Your question').press('Enter');
      await chat.locator('.evidence').waitFor();
    }
    await page.reload();
    expect(await questionsOf(page)).toEqual([open, boats, 'What did it cost?']);
  });
});
