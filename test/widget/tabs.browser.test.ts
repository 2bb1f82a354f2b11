import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { gate } from '../support/gate.ts';
import { serve } from '../support/server.ts';
import { ask, foreignPage } from '../support/widget.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = 'When did the harbour open?';
const boats = 'How many boats?';

/** Two tabs of one browser with the same talk. While the second `isDeaf`, what it would hear of the first is kept as `late`. */
async function twoTabs(chatbot = createFakeChatbot()): Promise<[Page, Page]> {
  let url = '';
  const address = await foreignPage(
    () => `<pullquote-chat persist="browser"></pullquote-chat><script src="${url}/widget.js"></script>`,
  );
  ({ url } = await serve({ chatbot, config: { origins: [address] } }));
  const { page } = await openPage(browser, { viewport: { width: 1100, height: 800 } });
  const other = await page.context().newPage();
  // Before the widget listens.
  await other.addInitScript(`window.late = [];
    addEventListener('storage', (event) => {
      if (!window.isDeaf) return;
      event.stopImmediatePropagation();
      late.push(event);
    });`);
  for (const tab of [page, other]) {
    await tab.goto(address);
    await tab.getByLabel('Your question').waitFor();
  }
  return [page, other];
}

const questionsOf = (page: Page) => page.locator('.turn h2').allTextContents();

describe.runIf(browserFound)('two tabs with the same conversation', () => {
  it('keep both questions and both answers when they ask at once, over a reload too', async () => {
    const { held, release } = gate();
    const [one, other] = await twoTabs(createFakeChatbot({ held: () => held }));
    await Promise.all([ask(one, open), ask(other, boats)]);
    // What the other one asks is not taken for stopped.
    for (const tab of [one, other]) await tab.getByText('Asked in another tab.').waitFor();
    release();
    for (const tab of [one, other]) {
      await expect.poll(() => tab.locator('.evidence').count()).toBe(2);
      expect((await questionsOf(tab)).sort()).toEqual([boats, open]);
      expect(await tab.locator('.problem').count()).toBe(0);
    }
    expect(await questionsOf(one)).toEqual(await questionsOf(other));
    await one.reload();
    await expect.poll(() => one.locator('.evidence').count()).toBe(2);
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
    await note.waitFor();
    expect(await note.inputValue()).toBe('half a no');
  });

  /** The first answer is there, the second under way in the other tab. */
  async function oneAnswered() {
    const { held, release } = gate();
    const chatbot = createFakeChatbot({ held: (question) => (question === boats ? held : null) });
    const [one, other] = await twoTabs(chatbot);
    await ask(one, open);
    await one.locator('.evidence').waitFor();
    await ask(other, boats);
    await expect.poll(() => questionsOf(one)).toEqual([open, boats]);
    return { one, other, release };
  }

  it('begin afresh together, and what was under way in one is the new beginning', async () => {
    const { one, other, release } = await oneAnswered();
    await one.getByText('New conversation').click();
    await expect.poll(() => questionsOf(other)).toEqual([boats]);
    release();
    await other.locator('.evidence').waitFor();
    await expect.poll(() => questionsOf(one)).toEqual([boats]);
    await one.reload();
    await one.locator('.evidence').waitFor();
    expect(await questionsOf(one)).toEqual([boats]);
  });

  it('keep an answer that comes before the news that the other one has begun afresh', async () => {
    const { one, other, release } = await oneAnswered();
    await other.evaluate('window.isDeaf = true');
    await one.getByText('New conversation').click();
    await expect
      .poll(() => other.evaluate<string>('localStorage[Object.keys(localStorage)[0]]'))
      .toContain('"turns":[]');
    release();
    await expect.poll(() => other.locator('.evidence').count()).toBe(1);
    expect(await questionsOf(other)).toEqual([boats]);
    await other.evaluate('isDeaf = false; late.forEach((it) => dispatchEvent(new StorageEvent("storage", it)))');
    await expect.poll(() => questionsOf(one)).toEqual([boats]);
    await one.locator('.evidence').waitFor();
    expect(await questionsOf(other)).toEqual([boats]);
  });

  it('do not bring back what one has taken away when the other writes what it still knows', async () => {
    const [one, other] = await twoTabs();
    await ask(one, open);
    await expect.poll(() => other.locator('.evidence').count()).toBe(1);
    const before = await other.evaluate<[string, string]>('Object.entries({ ...localStorage })[0]');
    await one.getByText('New conversation').click();
    await expect.poll(() => questionsOf(other)).toEqual([]);
    await other.evaluate(`localStorage.setItem(...${JSON.stringify(before)})`);
    // One writes it once more.
    await expect.poll(() => other.evaluate<string>('Object.values({ ...localStorage })[0]')).toContain('"turns":[]');
    for (const tab of [one, other]) expect(await questionsOf(tab)).toEqual([]);
  });

  it('see what the other one was asking as interrupted once that is closed', async () => {
    const { held, release } = gate();
    const [one, other] = await twoTabs(createFakeChatbot({ held: () => held }));
    await ask(other, boats);
    await one.getByText('Asked in another tab.').waitFor();
    await other.close({ runBeforeUnload: true });
    await one.locator('.problem').getByText('The page was left before the answer was there.').waitFor();
    release();
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
