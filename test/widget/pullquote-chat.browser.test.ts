import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';
import { serve } from '../support/server.ts';
import { ask, foreignPage, servePaced } from '../support/widget.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = 'When did the harbour open?';
const boats = 'How many boats?';
const element = `document.querySelector('pullquote-chat')`;

/** As a framework does that draws the page anew around it. */
const move = (page: Page) =>
  page.evaluate(`{
    const box = document.createElement('div');
    document.body.append(box);
    box.append(${element});
  }`);

/** The element in a page of another origin. */
async function placed(attributes = '', script = '') {
  let url = '';
  const address = await foreignPage(
    () => `<pullquote-chat ${attributes}></pullquote-chat><script src="${url}/widget.js"></script>`,
  );
  ({ url } = await serve({ config: { origins: [address] } }));
  const opened = await openPage(browser, { viewport: { width: 1000, height: 700 } });
  if (script) await opened.page.addInitScript(script);
  await opened.page.goto(address);
  return { ...opened, url };
}

describe.runIf(browserFound)('the element', () => {
  it('that is moved while an answer comes goes on', async () => {
    const server = await servePaced(await createFakeChatbot().ask(open));
    const { page, complaints } = await placed(`endpoint="${server.url}"`);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    await server.send(6);
    await page.locator('.arriving').waitFor();
    await move(page);
    await server.send();
    await page.locator('.evidence').waitFor();
    expect(server.asked.length).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('that is taken out stops asking, and has the question still when it is put in again', async () => {
    const server = await servePaced(await createFakeChatbot().ask(open));
    const { page } = await placed(`endpoint="${server.url}"`);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    await page.evaluate(`window.taken = ${element}; taken.remove()`);
    await expect.poll(() => server.left()).toBe(true);
    await page.evaluate('document.body.append(taken)');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(() => server.asked.length).toBe(2);
    await server.send();
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
  });

  it('whose attributes change while somebody types lets them type on', async () => {
    const { page } = await placed();
    await page.getByLabel('Your question').fill('How many');
    await page.evaluate(`${element}.setAttribute('title', 'Another name')`);
    await page.getByRole('heading', { name: 'Another name' }).waitFor();
    await page.keyboard.type(' boats?');
    expect(await page.getByLabel('Your question').inputValue()).toBe(boats);
  });

  it.each([
    ['has no room', `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }`],
    ['is forbidden', `Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no'); } })`],
    ['is switched off', `Object.defineProperty(window, 'sessionStorage', { value: null })`],
  ])('keeps talk and draft for the life of the page where the browser’s storage %s', async (_why, script) => {
    const { page, complaints } = await placed('', script);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.getByLabel('Your question').fill('half a quest');
    await move(page);
    await page.evaluate(`${element}.setAttribute('title', 'Another name')`);
    await page.getByRole('heading', { name: 'Another name' }).waitFor();
    expect(await page.locator('.short strong').allTextContents()).toEqual(['3 May']);
    expect(await page.getByLabel('Your question').inputValue()).toBe('half a quest');
    await page.getByText('New conversation').click();
    await ask(page, boats);
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.turn h2').allTextContents()).toEqual([boats]);
    expect(complaints).toEqual([]);
  });

  it('shows what was asked on the next page when the browser brings back this one', async () => {
    const { page } = await placed();
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    // No event tells a page what it has stored itself: so this is as if it had lain by meanwhile.
    await page.evaluate(`for (const [key, stored] of Object.entries({ ...sessionStorage })) {
      const talk = JSON.parse(stored);
      const [turn] = talk.turns;
      talk.turns.push({ ...turn, id: 'next', asked: turn.asked + 1, question: '${boats}' });
      sessionStorage.setItem(key, JSON.stringify(talk));
    }`);
    expect(await page.locator('.turn').count()).toBe(1);
    await page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`);
    expect(await page.locator('.turn h2').allTextContents()).toEqual([open, boats]);
  });

  it('prints the conversation, and nothing that is there to be pressed', async () => {
    const { page } = await placed('theme="dark"');
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.locator('.statement .mark').first().click();
    await page.locator('.source mark.chosen').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['.source', '.composer', '.actions button'])
      expect([gone, await page.locator(gone).first().isVisible()]).toEqual([gone, false]);
    for (const there of ['.short', '.statement', '.differ', '.evidence li', '.sure'])
      expect([there, await page.locator(there).first().isVisible()]).toEqual([there, true]);
    // Paper is white whatever the theme.
    const ink = await page.evaluate(`getComputedStyle(${element}.shadowRoot.querySelector('.short')).color`);
    expect(ink).toBe('rgb(29, 27, 24)');
  });
});
