import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/axe.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { createFakeChatbot, harbour, reopenedQuote } from '../support/fake-chatbot.ts';
import { gate } from '../support/gate.ts';
import { serve } from '../support/server.ts';
import { ask, foreignPage, overflow, strictPolicy } from '../support/widget.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = 'When did the harbour open?';

/** A stranger's page with the script line, and the server that it may ask. */
async function embedded(attributes = '', before = '', chatbot = createFakeChatbot()) {
  // The server has to know the origin, and the page the server.
  let url = '';
  const address = await foreignPage(
    () => `${before}<script src="${url}/widget.js" ${attributes}></script>`,
    () => strictPolicy(url),
  );
  ({ url } = await serve({ chatbot, config: { origins: [address] } }));
  return { chatbot, url, address };
}

/** The name of the focused element, in the widget or on the page. */
const focused = (page: Page) =>
  page.evaluate<string>(`(() => {
    const it = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
    return it.getAttribute('aria-label') ?? it.textContent;
  })()`);

describe.runIf(browserFound)('one script line on a page of another origin, under a strict policy', () => {
  it('makes a bubble that asks, and opens the document at the very words', async () => {
    const { address, chatbot } = await embedded(
      'data-title="Ask the Quay" data-documents="news/harbour &amp; sea" data-suggestions="When did the harbour open? | Who won?"',
    );
    const { page, complaints } = await openPage(browser);
    await page.goto(address);
    await page.getByRole('button', { name: 'Ask a question' }).click();
    expect(await page.getByRole('dialog', { name: 'Ask the Quay' }).isVisible()).toBe(true);
    await page.getByRole('button', { name: open }).click();
    await page.locator('.evidence').waitFor();
    expect(chatbot.asked[0]?.options.documents).toEqual([harbour.id]);
    await page.locator('.statement .mark').first().click();
    await page.locator('.source mark.chosen').first().waitFor();
    expect((await page.locator('.source mark.chosen').allTextContents()).join('')).toBe(reopenedQuote);
    await page.getByLabel('Good answer').click();
    await page.locator('.told', { hasText: 'Thank you.' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('looks the same whatever the page’s styles do', async () => {
    const { address } = await embedded();
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.getByRole('button', { name: 'Ask a question' }).click();
    const look = () =>
      page.evaluate(`(() => {
        const it = document.querySelector('pullquote-chat').shadowRoot.querySelector('.greeting');
        const { font, color, textAlign, textTransform, letterSpacing, wordSpacing } = getComputedStyle(it);
        return [font, color, textAlign, textTransform, letterSpacing, wordSpacing, it.getBoundingClientRect().width];
      })()`);
    const before = await look();
    await page.evaluate(`const sheet = new CSSStyleSheet();
      sheet.replaceSync('html { font-size: 7px } * { --ink: red; --paper: red; --serif: cursive; all: unset; display: block; font: 30px cursive; color: red; text-align: right; text-transform: uppercase; letter-spacing: 1em; word-spacing: 2em }');
      document.adoptedStyleSheets = [sheet];`);
    expect(await look()).toEqual(before);
  });

  it('is styled by variables and parts', async () => {
    const { address } = await embedded('data-theme="dark" data-position="left"');
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.evaluate(`const sheet = new CSSStyleSheet();
      sheet.replaceSync('pullquote-chat { --pullquote-ink: rgb(1, 2, 3) } pullquote-chat::part(launcher) { border-radius: 3px }');
      document.adoptedStyleSheets = [sheet];`);
    const launcher = page.locator('.launcher');
    const style = (selector: string, property: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector('pullquote-chat').shadowRoot.querySelector('${selector}')).${property}`,
      );
    expect(await style('.launcher', 'backgroundColor')).toBe('rgb(1, 2, 3)');
    expect(await style('.launcher', 'borderRadius')).toBe('3px');
    expect((await launcher.boundingBox())?.x).toBeLessThan(100);
    await launcher.click();
    expect((await page.getByRole('dialog').boundingBox())?.x).toBeLessThan(100);
    expect(await style('.chat', 'backgroundColor')).toBe('rgb(22, 21, 19)');
  });

  it('makes no second bubble when loaded twice, and none beside an element of the page’s own', async () => {
    const { address, url } = await embedded('', '');
    const { page, complaints } = await openPage(browser);
    await page.goto(address);
    await page.locator('.launcher').waitFor();
    await page
      .evaluate(`new Promise((resolve) => {
      const script = document.createElement('script');
      script.onload = resolve;
      try { script.src = '${url}/widget.js'; } catch { resolve(); }
      document.head.append(script);
    })`)
      .catch(() => undefined);
    expect(await page.locator('pullquote-chat').count()).toBe(1);
    const inline = await embedded('', '<pullquote-chat></pullquote-chat>');
    await page.goto(inline.address);
    await page.getByLabel('Your question').waitFor();
    expect(await page.locator('.launcher').count()).toBe(0);
    expect(complaints.filter((it) => !it.includes('TrustedScriptURL'))).toEqual([]);
  });

  it('is refused by a server that does not know the page, in words', async () => {
    const { url } = await serve();
    const address = await foreignPage(
      () => `<script src="${url}/widget.js"></script>`,
      () => strictPolicy(url),
    );
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await ask(page, open);
    // A browser does not tell a page that it was refused from a server that is not there.
    await page.locator('.problem', { hasText: 'The server cannot be reached.' }).waitFor();
    expect(await page.locator('.problem').textContent()).toContain('Your question is still here.');
  });

  it('stays open, and keeps the talk, on the next page of the tab', async () => {
    const { address } = await embedded();
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.goto('about:blank');
    await page.goto(address);
    await page.locator('.evidence').waitFor();
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    // The page is the visitor's: the window does not take the focus.
    expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY');
    const other = await page.context().newPage();
    await other.goto(address);
    await other.locator('.launcher').waitFor();
    expect(await other.getByRole('dialog').isVisible()).toBe(false);
    expect(await other.locator('.turn').count()).toBe(0);
  });

  it('keeps the talk for every tab of the browser where the owner says so', async () => {
    const { address } = await embedded('data-persist="browser"');
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.getByRole('button', { name: 'Ask a question' }).click();
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    const other = await page.context().newPage();
    await other.goto(address);
    await other.locator('.launcher').click();
    await other.locator('.evidence').waitFor();
    // What is asked in one is there in the other, whose draft stays its own.
    await page.getByLabel('Your question').fill('a draft');
    await ask(other, 'How many boats?');
    await other.locator('.evidence').nth(1).waitFor();
    await page.locator('.evidence').nth(1).waitFor();
    expect(await page.getByLabel('Your question').inputValue()).toBe('a draft');
    await ask(page, 'What did it cost?');
    await other.locator('.evidence').nth(2).waitFor();
    expect(await other.getByLabel('Your question').inputValue()).toBe('');
  });

  it('names an endpoint that is none in the console, and goes on', async () => {
    const { address } = await embedded('data-endpoint="http://"');
    const { page, complaints } = await openPage(browser);
    await page.goto(address);
    await page.locator('.launcher').click();
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect(complaints).toEqual(['pullquote: endpoint="http://" is no http(s) address']);
  });

  it('makes no bubble where the owner says so, for elements that come later', async () => {
    const { address } = await embedded('data-bubble="no"');
    const { page } = await openPage(browser);
    await page.goto(address);
    expect(await page.locator('pullquote-chat').count()).toBe(0);
    await page.evaluate(`document.querySelector('main').append(document.createElement('pullquote-chat'))`);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
  });

  it('closed while an answer comes shows when it is there', async () => {
    const { held, release } = gate();
    const { address } = await embedded('', '', createFakeChatbot({ held: () => held }));
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.locator('.launcher').click();
    await ask(page, open);
    await page.getByText('Reading the documents…').first().waitFor();
    await page.locator('.launcher').click();
    release();
    await page.getByRole('button', { name: 'Something new in the conversation' }).click();
    await page.locator('.evidence').waitFor();
    await page.locator('.launcher').click();
    await page.getByRole('button', { name: 'Ask a question' }).waitFor();
    expect(await page.locator('.news').count()).toBe(0);
  });

  it('closed by the page takes no focus from it', async () => {
    const { address } = await embedded('', '<input aria-label="A field of the page">');
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.locator('.launcher').click();
    await page.getByLabel('A field of the page').focus();
    await page.evaluate(`document.querySelector('pullquote-chat').open = false`);
    expect(await focused(page)).toBe('A field of the page');
  });

  it('keeps nothing where the owner says so, but for the life of the page', async () => {
    const { address } = await embedded('data-persist="none"');
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.locator('.launcher').click();
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.evaluate(`document.querySelector('pullquote-chat').setAttribute('language', 'de')`);
    await page.getByLabel('Ihre Frage').waitFor();
    expect(await page.locator('.evidence').count()).toBe(1);
    expect(await page.evaluate(`Object.keys({ ...sessionStorage, ...localStorage })`)).toEqual(['pullquote:open']);
    await page.reload();
    await page.locator('.launcher').waitFor();
    expect(await page.locator('.turn').count()).toBe(0);
  });
});

describe.runIf(browserFound)('for everyone', () => {
  it('everything can be done by keyboard alone, and the focus is never lost', async () => {
    const { address } = await embedded();
    const { page, complaints } = await openPage(browser);
    await page.goto(address);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Ask a question');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('Your question');
    await page.keyboard.type(`${open}`);
    await page.keyboard.press('Enter');
    await page.locator('.evidence').waitFor();
    expect(await focused(page)).toBe('Your question');
    // Back into the log: up to the first mark.
    const way: string[] = [];
    for (let step = 0; step < 20 && !way.at(-1)?.startsWith('Questions'); step++) {
      await page.keyboard.press('Shift+Tab');
      way.push(await focused(page));
    }
    expect(way.slice(0, 3)).toEqual(['Bad answer', 'Good answer', 'Copy']);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatch(/^Source 1: The harbour/);
    await page.locator('.card').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.source mark.chosen').first().waitFor();
    expect(await focused(page)).toContain('reopened on 3 May');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toMatch(/^Source 1: The harbour/);
    // No card comes back with the focus: the next one closes the window.
    expect(await page.locator('.card').isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused(page)).toBe('Ask a question');
    expect(complaints).toEqual([]);
  });

  it('a phone has it on all of the screen, and nothing sticks out at 320 pixels', async () => {
    const { address } = await embedded();
    const { page, complaints } = await openPage(browser, {
      viewport: { width: 320, height: 568 },
      hasTouch: true,
      isMobile: true,
      colorScheme: 'dark',
    });
    await page.goto(address);
    await page.getByRole('button', { name: 'Ask a question' }).tap();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 320, height: 568 });
    // The keyboard would cover the greeting: it waits until the box is touched.
    expect(await focused(page)).not.toBe('Your question');
    await ask(page, `When did the harbour open ${'x'.repeat(200)}?`);
    await page.locator('.evidence').waitFor();
    expect(await overflow(page)).toBe(0);
    const wider = await page.locator('.log').evaluate((it) => it.scrollWidth - it.clientWidth);
    expect(wider).toBe(0);
    await page.locator('.evidence a').first().tap();
    await page.locator('.source mark.chosen').first().waitFor();
    expect(await page.locator('.scroller').evaluate((it) => it.scrollWidth - it.clientWidth)).toBe(0);
    // What the document covers cannot be reached.
    expect(await page.locator('.talk').evaluate((it) => it.inert)).toBe(true);
    await page.getByRole('button', { name: 'Back to the answer' }).tap();
    expect(await page.locator('.talk').evaluate((it) => it.inert)).toBe(false);
    await dialog.getByRole('button', { name: 'Close' }).tap();
    await dialog.waitFor({ state: 'hidden' });
    expect(complaints).toEqual([]);
  });

  it('a window made wider has the page beside it again, and a narrow one covers it', async () => {
    const { address } = await embedded();
    const { page } = await openPage(browser, { viewport: { width: 400, height: 700 } });
    await page.goto(address);
    await page.locator('.launcher').click();
    const modal = () => page.getByRole('dialog').evaluate((it) => it.matches(':modal'));
    expect(await modal()).toBe(true);
    await page.setViewportSize({ width: 1000, height: 700 });
    await expect.poll(modal).toBe(false);
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await page.setViewportSize({ width: 400, height: 700 });
    await expect.poll(modal).toBe(true);
    expect(await page.locator('.launcher').getAttribute('aria-expanded')).toBe('true');
  });

  it('with the reader’s own colours, edges and the focus can still be seen', async () => {
    const { address } = await embedded();
    const { page } = await openPage(browser, { forcedColors: 'active' });
    await page.goto(address);
    const style = (selector: string, property: string) =>
      page.evaluate(
        `getComputedStyle(document.querySelector('pullquote-chat').shadowRoot.querySelector('${selector}')).${property}`,
      );
    expect(await style('.launcher', 'borderTopStyle')).toBe('solid');
    await page.locator('.launcher').click();
    expect(await style('.line', 'outlineStyle')).toBe('solid');
    expect(await style('.send', 'borderTopStyle')).toBe('solid');
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect(await style('.statement .mark', 'borderTopStyle')).toBe('solid');
    const theirs = await page.evaluate(`{
      const it = document.body.appendChild(document.createElement('p'));
      it.style.cssText = 'forced-color-adjust: none; background: Mark; color: MarkText';
      const { backgroundColor, color } = getComputedStyle(it);
      [backgroundColor, color];
    }`);
    const lookOf = async (mark: string) => [await style(mark, 'backgroundColor'), await style(mark, 'color')];
    expect(await lookOf('.quoted mark')).toEqual(theirs);
    await page.locator('.statement .mark').first().click();
    await page.locator('.source mark.chosen').first().waitFor();
    expect(await lookOf('.source mark.chosen')).toEqual(theirs);
  });

  it('is not printed along with the page', async () => {
    const { address } = await embedded();
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.locator('.launcher').click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    expect(await page.locator('.launcher').isVisible()).toBe(false);
    expect(await page.getByText('Of the stranger.').isVisible()).toBe(true);
  });

  it('no ring is drawn around the log when a finger’s question takes the focus there', async () => {
    const { address } = await embedded();
    const { page } = await openPage(browser, { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true });
    await page.goto(address);
    await page.locator('.launcher').tap();
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect(await focused(page)).toContain('Questions and answers');
    const ring = await page.evaluate(
      `getComputedStyle(document.querySelector('pullquote-chat').shadowRoot.querySelector('.log')).outlineStyle`,
    );
    expect(ring).toBe('none');
  });

  it('a page at 400 % still shows log and box', async () => {
    const { address } = await embedded();
    const { page } = await openPage(browser, { viewport: { width: 320, height: 256 } });
    await page.goto(address);
    await page.locator('.launcher').click();
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect((await page.locator('.log').boundingBox())?.height).toBeGreaterThan(100);
    expect(await page.getByLabel('Your question').isVisible()).toBe(true);
    expect(await page.getByText('New conversation').isVisible()).toBe(true);
    expect(await overflow(page)).toBe(0);
  });

  it('a page from right to left is mirrored, and says what it says in another language', async () => {
    const { address } = await embedded('data-language="de"');
    const { page } = await openPage(browser, { viewport: { width: 1000, height: 700 } });
    await page.goto(address);
    await page.evaluate(`document.documentElement.dir = 'rtl'`);
    expect((await page.locator('.launcher').boundingBox())?.x).toBeLessThan(100);
    await page.getByRole('button', { name: 'Eine Frage stellen' }).click();
    expect(await page.locator('.greeting').textContent()).toBe('Was möchten Sie wissen?');
    expect(await page.locator('.root').getAttribute('lang')).toBe('de');
    await page.getByLabel('Ihre Frage').fill(open);
    await page.keyboard.press('Enter');
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.evidence .about').first().textContent()).toContain('3. Mai 2026');
    expect(await overflow(page)).toBe(0);
    // On the left, where a sentence from left to right begins.
    const [note, log] = await Promise.all(
      ['.evidence .about', '.log'].map((it) => page.locator(it).first().boundingBox()),
    );
    expect(note?.x).toBeLessThan((log?.x ?? 0) + (log?.width ?? 0) / 2);
    // English quotes stay English: from left to right.
    expect(
      await page
        .locator('.statement blockquote')
        .first()
        .evaluate((it) => it.matches(':dir(ltr)')),
    ).toBe(true);
  });

  it('who wants less motion gets none', async () => {
    const { address } = await embedded();
    const { page } = await openPage(browser, { reducedMotion: 'reduce' });
    await page.goto(address);
    await page.locator('.launcher').click();
    expect(await page.getByRole('dialog').evaluate((it) => it.getAnimations().length)).toBe(0);
  });

  it.each(['light', 'dark'] as const)(
    'axe-core finds nothing serious in the %s: closed, open, answered, unanswered, beside a document',
    async (colorScheme) => {
      const { address, url } = await embedded('data-suggestions="When did the harbour open?"');
      const { page } = await openPage(browser, {
        colorScheme,
        reducedMotion: 'reduce',
        viewport: { width: 1200, height: 900 },
      });
      await page.goto(address);
      await page.locator('.launcher').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.locator('.launcher').click();
      expect(await seriousFindings(page)).toEqual([]);
      await ask(page, open);
      await page.locator('.evidence').waitFor();
      await page.getByLabel('Bad answer').click();
      await page.locator('.note-form').waitFor();
      await ask(page, 'Who won the cup?');
      await page.locator('.unanswered').waitFor();
      await page.locator('.statement .mark').first().hover();
      await page.locator('.card').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.locator('.statement .mark').first().click();
      await page.locator('.source mark.chosen').first().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.goto(url);
      await page.getByLabel('Your question').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    },
  );
});
