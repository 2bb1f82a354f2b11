import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listFiles, loadDocument, readBytes } from '../../src/ingest/documents.ts';
import type { Document } from '../../src/types.ts';
import { seriousFindings } from '../support/axe.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { attack, createFakeChatbot, harbour, reopenedQuote, roomQuote } from '../support/fake-chatbot.ts';
import { root, seeds, temporaryFolder } from '../support/run-cli.ts';
import { serve } from '../support/server.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const path = `/sources/${harbour.id.split('/').map(encodeURIComponent).join('/')}`;
const revision = harbour.revision.slice(0, 12);

/** `start-end` of words of the harbour article. */
function at(words: string): string {
  const start = harbour.text.indexOf(words);
  return `${start}-${start + words.length}`;
}

const joined = (page: Page, selector: string) =>
  page.$$eval(selector, (marks) => marks.map((mark) => mark.textContent).join(''));
const marked = (page: Page) => joined(page, '#text mark');
const shown = (page: Page) => joined(page, '#text mark.shown');

/** Selects words as a drag of the mouse would: from text node to text node. */
function select(page: Page, words: string): Promise<void> {
  return page.evaluate(`{
    const text = document.getElementById('text');
    const start = text.textContent.indexOf(${JSON.stringify(words)});
    const place = (at) => {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && at > walker.currentNode.length) at -= walker.currentNode.length;
      return [walker.currentNode, at];
    };
    getSelection().setBaseAndExtent(...place(start), ...place(start + ${words.length}));
  }`);
}

/** What the page highlights of spans named by its address, and what it makes of the same spans when they are selected. */
const tried = (page: Page, spans: [start: number, end: number][]) =>
  page.evaluate<
    { highlighted: string; whole: boolean; selected: { start: number; end: number } | null }[]
  >(`(async () => {
    const { spanOfSelection } = await import('/assets/spans.js');
    const text = document.getElementById('text');
    const before = text.textContent;
    const place = (at) => {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && at > walker.currentNode.length) at -= walker.currentNode.length;
      return [walker.currentNode, at];
    };
    const tried = [];
    for (const [start, end] of ${JSON.stringify(spans)}) {
      const changed = new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
      const hash = '#' + start + '-' + end;
      if (location.hash !== hash) {
        location.hash = hash;
        await changed;
      }
      getSelection().setBaseAndExtent(...place(start), ...place(end));
      tried.push({
        highlighted: [...text.querySelectorAll('mark.shown')].map((mark) => mark.textContent).join(''),
        whole: text.textContent === before,
        selected: spanOfSelection(text, getSelection()),
      });
    }
    return tried;
  })()`);

/** The documents of a folder as ingest reads them. */
async function loaded(folder: string): Promise<Document[]> {
  const { files } = await listFiles(folder);
  const read = files.map(async (file) => ({ ...loadDocument(file, await readBytes(folder, file)), sentences: [] }));
  const settled = await Promise.allSettled(read);
  return settled.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
}

const copyButton = 'Copy link to these words';

describe.runIf(browserFound)('the page of a document', () => {
  it('holds the text character by character', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url + path);
    expect(await page.locator('#text').evaluate((element) => element.textContent)).toBe(harbour.text);
    expect(await page.evaluate('"hacked" in window')).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('highlights the span in the address, across blocks, and the next one when it changes', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    const across = harbour.text.slice(harbour.text.indexOf('40 boats'), harbour.text.indexOf('far too'));
    for (const words of [reopenedQuote, '🚢', across, attack, harbour.text]) {
      await page.goto(`${url}${path}#${at(words)}`);
      await page.waitForSelector('mark');
      await expect.poll(() => shown(page)).toBe(words);
      expect(await page.locator('#text').evaluate((element) => element.textContent)).toBe(harbour.text);
    }
    expect(complaints).toEqual([]);
  });

  it('marks all quotes of an answer, shows the first that is named, and leads from one to the next', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(`${url}${path}#${at(roomQuote)},${at('Nobody was hurt.')},${at(reopenedQuote)}@${revision}`);
    await expect.poll(() => shown(page)).toBe(roomQuote);
    expect(await marked(page)).toBe(`${reopenedQuote}${roomQuote}Nobody was hurt.`);
    const quotes = page.getByRole('group', { name: 'Quotes of the answer' });
    expect(await quotes.textContent()).toContain('Quote 2 of 3');
    await page.getByRole('button', { name: 'Next quote' }).click();
    expect(await shown(page)).toBe('Nobody was hurt.');
    await page.getByRole('button', { name: 'Next quote' }).press('Enter');
    expect(await shown(page)).toBe(reopenedQuote);
    await page.getByRole('button', { name: 'Previous quote' }).click();
    expect(await shown(page)).toBe('Nobody was hurt.');
    expect(await quotes.textContent()).toContain('Quote 3 of 3');
    expect(await page.locator('#text').evaluate((element) => element.textContent)).toBe(harbour.text);
    // A single quote needs no way to the next.
    await page.goto(`${url}${path}#${at(roomQuote)}`);
    await expect.poll(() => marked(page)).toBe(roomQuote);
    expect(await quotes.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('marks quotes that overlap', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser);
    await page.goto(`${url}${path}#${at('reopened on 3 May')},${at(reopenedQuote)}`);
    await expect.poll(() => shown(page)).toBe('reopened on 3 May');
    expect(await page.locator('#text').evaluate((element) => element.textContent)).toBe(harbour.text);
  });

  it('brings the highlighted words to the middle and the focus to them', async () => {
    const long = { ...harbour, id: 'long', title: 'Long', markup: [], blocks: [] as typeof harbour.blocks };
    long.text = `${'A line of the article.\n'.repeat(400)}The end of it.`;
    const chatbot = createFakeChatbot();
    chatbot.corpus = () => ({ generation: '1-a', documents: new Map([['long', long]]) });
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser, { viewport: { width: 800, height: 600 } });
    const start = 23 * 200;
    await page.goto(`${url}/sources/long#${start}-${start + 22}`);
    const middle = async () => Math.abs(((await page.locator('mark').boundingBox())?.y ?? 0) - 300);
    await expect.poll(middle).toBeLessThan(60);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('MARK');
  });

  it('highlights nothing for an address that names no span of the text', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    const none = ['#top', '#5', '#1-2-3', '#-1-4', '#1.5-3', '#0x1-9', '#,', '#1-4,', '#1-4@xyz', ''];
    // From one that does.
    await page.goto(`${url}${path}#${at(roomQuote)}`);
    await expect.poll(() => marked(page)).toBe(roomQuote);
    for (const hash of none) {
      const shown = await page.evaluate(`new Promise((resolve) => {
        addEventListener('hashchange', () => {
          const { length } = document.querySelectorAll('mark');
          resolve([length, document.getElementById('notice').textContent]);
        }, { once: true });
        location.hash = ${JSON.stringify(hash)};
      })`);
      expect([hash, shown]).toEqual([hash, [0, '']]);
    }
    await page.goto('about:blank');
    await page.goto(`${url}${path}#1-4@xyz`);
    expect(await page.locator('mark').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('says so where the place that the address names is not there, and shows the others', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser);
    const notice = page.locator('#notice');
    for (const [hash, words] of [
      ['9-3', ''],
      ['0-99999999', ''],
      [`${at(roomQuote)},7-99999999@${revision}`, roomQuote],
    ]) {
      await page.goto('about:blank');
      await page.goto(`${url}${path}#${hash}`);
      await expect.poll(() => notice.textContent()).toBe('The place that the link names is not in this document.');
      expect(await marked(page)).toBe(words);
    }
    await page.goto(`${url}${path}#${at(roomQuote)}`);
    await expect.poll(() => notice.textContent()).toBe('');
  });

  it('leaves front matter and menus out of sight, until asked for or marked, with every offset in place', async () => {
    const text = '---\ntitle: Tides\n---\n\nMenu | Log in\n\nThe tide is **high**.\n';
    const span = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
    const tides: Document = {
      ...harbour,
      id: 'tides',
      format: 'markdown',
      title: 'Tides',
      published: '2026-02-31',
      text,
      blocks: [
        { kind: 'debris', ...span('Menu | Log in') },
        { kind: 'paragraph', ...span('The tide is **high**.') },
      ],
      markup: [],
    };
    const chatbot = createFakeChatbot();
    chatbot.corpus = () => ({ generation: '1-a', documents: new Map([[tides.id, tides]]) });
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser);
    const seen = () => page.locator('#text').innerText();
    await page.goto(`${url}/sources/tides`);
    expect(await page.locator('#text').evaluate((it) => it.textContent)).toBe(text);
    expect((await seen()).trim()).toBe('The tide is **high**.');
    // No calendar has that day: it is shown as the document gives it.
    expect(await page.locator('.byline time').textContent()).toBe('2026-02-31');
    await page.getByRole('button', { name: 'Show everything' }).click();
    expect(await seen()).toContain('title: Tides');
    expect(await seen()).toContain('Menu | Log in');
    await page.getByRole('button', { name: 'Show the article alone' }).click();
    expect(await seen()).not.toContain('Menu');
    await page.goto('about:blank');
    const { start, end } = span('title: Tides');
    await page.goto(`${url}/sources/tides#${start}-${end}`);
    await expect.poll(() => shown(page)).toBe('title: Tides');
    expect(await page.locator('#text mark').isVisible()).toBe(true);
    expect(await seen()).not.toContain('Menu');
  });

  it('highlights nothing, and says why, where the document has changed since the link was made', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser);
    await page.goto(`${url}${path}#${at(roomQuote)}@0123456789ab`);
    await expect.poll(() => page.locator('#notice').textContent()).toContain('has changed since the link was made');
    expect(await page.locator('mark').count()).toBe(0);
    await page.goto(`${url}${path}#${at(roomQuote)}@${harbour.revision}`);
    await expect.poll(() => shown(page)).toBe(roomQuote);
    expect(await page.locator('#notice').textContent()).toBe('');
  });

  it('makes a link to any words that are selected, which leads back to them', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(url + path);
    const copy = page.getByRole('button', { name: copyButton });
    expect(await copy.isVisible()).toBe(false);
    const across = harbour.text.slice(harbour.text.indexOf('40 boats'), harbour.text.indexOf('far too') + 3);
    for (const [words, selected] of [
      [reopenedQuote, reopenedQuote],
      ['🚢', ' 🚢 '],
      [across, across],
      ['Nobody was hurt.', ' on the wall.\r\n\r\nNobody was hurt.\r\n'.slice(13)],
    ] as const) {
      await select(page, selected);
      await copy.click();
      await expect.poll(() => page.getByRole('status').filter({ hasText: 'The link is copied.' }).count()).toBe(1);
      const link = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(link).toBe(`${url}${path}#${at(words)}@${revision}`);
      // The words stay selected, so that they can be copied, too.
      expect(await page.evaluate<string>('getSelection().toString()')).not.toBe('');
      const other = await page.context().newPage();
      await other.goto(link);
      await expect.poll(() => shown(other)).toBe(words);
      await other.close();
    }
    await page.evaluate('getSelection().removeAllRanges()');
    await expect.poll(() => copy.isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('makes the link, too, where the press of a finger takes the selection away', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(url + path);
    await select(page, roomQuote);
    const copy = page.getByRole('button', { name: copyButton });
    await copy.waitFor();
    await page.evaluate(`document.querySelector('.copy').addEventListener('pointerdown', () => {
      getSelection().removeAllRanges();
    })`);
    await copy.click({ delay: 100 });
    await expect.poll(() => page.getByRole('status').filter({ hasText: 'The link is copied.' }).count()).toBe(1);
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${url}${path}#${at(roomQuote)}@${revision}`);
    // Pressed elsewhere, it goes.
    await page.getByText('What people say').click();
    await expect.poll(() => copy.isVisible()).toBe(false);
  });

  it('offers no link to what is selected outside the text, and cuts what reaches beyond it', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(url + path);
    const copy = page.getByRole('button', { name: copyButton });
    const told = page.evaluate('new Promise((resolve) => document.addEventListener("selectionchange", resolve))');
    await page.evaluate('getSelection().selectAllChildren(document.querySelector(".about"))');
    await told;
    expect(await copy.isVisible()).toBe(false);
    await page.evaluate('getSelection().selectAllChildren(document.body)');
    await copy.click();
    await expect.poll(() => page.getByRole('status').filter({ hasText: 'copied' }).count()).toBe(1);
    const link = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(link).toContain(`#0-${harbour.text.trimEnd().length}@`);
  });

  it('shows the link where the browser does not let it be copied', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser);
    await page.addInitScript(`
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;`);
    await page.goto(url + path);
    await select(page, roomQuote);
    await page.getByRole('button', { name: copyButton }).click();
    const address = page.getByLabel('The browser does not let this page copy.');
    await expect.poll(() => address.inputValue()).toBe(`${url}${path}#${at(roomQuote)}@${revision}`);
  });

  it('copies without a clipboard to speak of, as on a page without TLS', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.addInitScript(`{
      const { clipboard } = navigator;
      window.readBack = () => clipboard.readText();
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    }`);
    await page.goto(url + path);
    await select(page, roomQuote);
    await page.getByRole('button', { name: copyButton }).click();
    await expect.poll(() => page.getByRole('status').filter({ hasText: 'copied' }).count()).toBe(1);
    expect(await page.evaluate('readBack()')).toBe(`${url}${path}#${at(roomQuote)}@${revision}`);
  });

  it('highlights, and makes links to, any stretch of the five articles, of HTML and of Markdown', async () => {
    const markdown = await temporaryFolder();
    for (const name of ['README.md', 'DESIGN.md']) await cp(join(root, name), join(markdown, name));
    const folders = [seeds, join(root, 'test/fixtures/documents'), markdown];
    const documents = (await Promise.all(folders.map(loaded))).flat();
    expect(documents.map(({ format }) => format).sort()).toEqual([
      'html',
      'markdown',
      'markdown',
      ...Array(6).fill('text'),
    ]);
    const chatbot = createFakeChatbot();
    chatbot.corpus = () => ({ generation: '1-a', documents: new Map(documents.map((it) => [it.id, it])) });
    const { url } = await serve({ chatbot });
    const { page, complaints } = await openPage(browser);
    for (const { id, text } of documents) {
      await page.goto(`${url}/sources/${id.split('/').map(encodeURIComponent).join('/')}`);
      expect(await page.locator('#text').evaluate((it) => it.textContent)).toBe(text);
      const span = fc
        .tuple(fc.nat(text.length), fc.nat(text.length))
        .filter(([one, other]) => one !== other)
        .map(([one, other]): [number, number] => [Math.min(one, other), Math.max(one, other)]);
      // Eight in one go: what takes long is the way to the browser and back.
      await fc.assert(
        fc.asyncProperty(fc.array(span, { minLength: 8, maxLength: 8 }), async (spans) => {
          const all = await tried(page, spans);
          for (const [index, { highlighted, whole, selected }] of all.entries()) {
            const [start, end] = spans[index] ?? [0, 0];
            const words = text.slice(start, end);
            // What is nothing but the space between paragraphs takes no room.
            expect(highlighted).toBe(words.trim() === '' && highlighted === '' ? '' : words);
            expect(whole).toBe(true);
            const from = start + words.length - words.trimStart().length;
            expect(selected).toEqual(words.trim() === '' ? null : { start: from, end: from + words.trim().length });
          }
          expect(all).toHaveLength(8);
        }),
        { numRuns: 1 },
      );
    }
    expect(complaints).toEqual([]);
  });

  it('can be read without JavaScript', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(`${url}${path}#${at(roomQuote)}`);
    expect(await page.getByText('Nobody was hurt.').isVisible()).toBe(true);
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
  });

  it('prints the article with its quote, and none of what is there to be pressed', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { colorScheme: 'dark' });
    await page.goto(`${url}${path}#${at(roomQuote)},${at(reopenedQuote)}`);
    await expect.poll(() => shown(page)).toBe(roomQuote);
    const print = page.getByRole('button', { name: 'Print' });
    expect(await print.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const hidden of [print, page.locator('.masthead'), page.locator('#tools'), page.locator('.debris')])
      expect(await hidden.isVisible()).toBe(false);
    expect(await page.getByText(roomQuote).isVisible()).toBe(true);
    const colours = await page.evaluate(
      '[getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.querySelector("mark.shown")).backgroundColor]',
    );
    expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(255, 233, 163)']);
  });

  it('speaks the language of the browser, or the owner’s', async () => {
    const { url } = await serve({ config: { title: 'Das <Blatt>' } });
    const { page } = await openPage(browser, { locale: 'de-CH' });
    await page.goto(url + path);
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    expect(await page.locator('#text').getAttribute('lang')).toBe('');
    expect(await page.locator('time').textContent()).toBe('3. Mai 2026');
    expect(await page.locator('.nameplate').textContent()).toBe('Das <Blatt>');
    await select(page, roomQuote);
    await expect
      .poll(() => page.getByRole('button', { name: 'Link zu diesen Worten kopieren' }).isVisible())
      .toBe(true);
    const english = await serve({ config: { language: 'en' } });
    await page.goto(english.url + path);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
  });

  it('runs each paragraph in its own direction', async () => {
    const words = 'אבגד הוזח\n\nLatin words.';
    const blocks = [
      { kind: 'paragraph' as const, start: 0, end: 9 },
      { kind: 'paragraph' as const, start: 11, end: words.length },
    ];
    const chatbot = createFakeChatbot();
    const both = { ...harbour, id: 'both', title: 'Both', text: words, blocks, markup: [] };
    chatbot.corpus = () => ({ generation: '1-a', documents: new Map([['both', both]]) });
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser, { viewport: { width: 700, height: 600 } });
    await page.goto(`${url}/sources/both#0-4,11-16`);
    const [hebrew, latin] = await Promise.all([
      page.locator('mark.shown').boundingBox(),
      page.locator('mark:not(.shown)').boundingBox(),
    ]);
    expect(hebrew?.x).toBeGreaterThan(400);
    expect(latin?.x).toBeLessThan(100);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe finds serious, in %s', async (colorScheme) => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser, { colorScheme });
    await page.goto(`${url}${path}#${at(roomQuote)},${at(reopenedQuote)}`);
    await expect.poll(() => shown(page)).toBe(roomQuote);
    await select(page, 'Nobody was hurt.');
    await page.getByRole('button', { name: copyButton }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(`${url}/sources/budget#8-20@0123456789ab`);
    expect(await seriousFindings(page)).toEqual([]);
    await page.goto(`${url}/sources/none`);
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });

  it('fits a phone of 320 pixels, twice as large, too', async () => {
    const { url } = await serve();
    for (const width of [320, 640]) {
      const { page, complaints } = await openPage(browser, { viewport: { width, height: 640 }, colorScheme: 'dark' });
      await page.goto(`${url}${path}#${at(roomQuote)},${at(reopenedQuote)}`);
      await expect.poll(() => shown(page)).toBe(roomQuote);
      if (width === 640) await page.evaluate('document.documentElement.style.fontSize = "200%"');
      await select(page, roomQuote);
      await page.getByRole('button', { name: copyButton }).waitFor();
      const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      expect(await page.evaluate(overflow)).toBe(0);
      expect(complaints).toEqual([]);
    }
  });
});
