import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConversations } from '../../src/conversations.ts';
import { PullquoteError } from '../../src/errors.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { attack, budget, createFakeChatbot, harbour, reopenedQuote, roomQuote } from '../support/fake-chatbot.ts';
import { serve } from '../support/server.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
}

const marked = (page: Page) => page.$$eval('#text mark', (marks) => marks.map((mark) => mark.textContent).join(''));

const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** Keeps a picture for whoever asks for one. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PULLQUOTE_TEST_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

describe.runIf(browserFound)('the chat page', () => {
  it('answers, and leads to the quoted words in their document', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await picture(page, 'chat-empty');
    await ask(page, `When did the harbour open? ${attack}`);
    const turn = page.locator('.turn');
    await expect.poll(() => turn.locator('.short strong').textContent()).toBe('3 May');
    expect(await turn.locator('h2').textContent()).toBe(`When did the harbour open? ${attack}`);
    expect(await turn.locator('.statements .marker').allTextContents()).toEqual(['[1]', '[2]']);
    expect(await turn.locator('blockquote').allTextContents()).toEqual([
      reopenedQuote,
      roomQuote,
      budget.text.slice(8),
    ]);
    expect(await turn.locator('.origin').first().textContent()).toContain(harbour.title);
    expect(await turn.locator('h3').first().textContent()).toBe('The documents differ: what the harbour cost');
    expect(await page.getByLabel('Your question').inputValue()).toBe('');
    // A javascript: address in a document never becomes a link.
    const schemes = await page.$$eval('a', (links) => links.map((link) => new URL(link.href).protocol));
    expect(new Set(schemes)).toEqual(new Set(['http:', 'https:']));
    await picture(page, 'chat-answer');

    const opened = page.context().waitForEvent('page');
    await turn.locator('.statements .marker').first().click();
    const source = await opened;
    await source.waitForSelector('mark');
    expect(await marked(source)).toBe(reopenedQuote);
    expect(await source.evaluate('"hacked" in window')).toBe(false);
    expect(await page.evaluate('"hacked" in window')).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('names the section that a quote stands in', async () => {
    const chatbot = createFakeChatbot();
    const sectioned: typeof chatbot.ask = async (question, options) => {
      const answer = await chatbot.ask(question, options);
      return { ...answer, citations: answer.citations.map((citation) => ({ ...citation, section: '<i>The quay' })) };
    };
    const { url } = await serve({ chatbot: { ...chatbot, ask: sectioned } });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'When did the harbour open?');
    const origin = page.locator('.turn .origin').first();
    await expect.poll(() => origin.textContent()).toContain(`${harbour.title} · <i>The quay · ${harbour.publisher}`);
  });

  it('shows the nearest passages of a question that the documents do not answer', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'Who won the cup?');
    await expect.poll(() => page.locator('.turn blockquote').allTextContents()).toEqual(['Nobody was hurt.']);
    expect(await page.locator('.turn .short').textContent()).toBe('The documents don’t say.');
    await picture(page, 'chat-unanswered');
    expect(complaints).toEqual([]);
  });

  it('goes on with the conversation, over a reload too, until a new one is begun', async () => {
    const chatbot = createFakeChatbot();
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'When did the harbour open?');
    await expect.poll(() => page.locator('.turn .short').count()).toBe(1);
    await page.reload();
    expect(await page.locator('.turn .short strong').allTextContents()).toEqual(['3 May']);
    await ask(page, 'What did it cost?');
    await expect.poll(() => page.locator('.turn .short').count()).toBe(2);
    expect(await page.locator('.turn .note').textContent()).toBe('Searched for: What did it cost? (the harbour)');
    expect(chatbot.asked[1]?.options.history).toHaveLength(1);
    await page.getByText('Start a new conversation').click();
    expect(await page.locator('.turn').count()).toBe(0);
    await ask(page, 'How many boats?');
    await expect.poll(() => chatbot.asked.length).toBe(3);
    expect(chatbot.asked[2]?.options.history).toBeUndefined();
  });

  it('asks once more where the conversation has expired', async () => {
    let now = 1;
    const { url } = await serve({ conversations: createConversations({ limit: 5, ttl: 1, now: () => now }) });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'When did the harbour open?');
    await expect.poll(() => page.locator('.turn .short').count()).toBe(1);
    now += 61_000;
    await ask(page, 'How many boats?');
    await expect.poll(() => page.locator('.turn .note').textContent()).toContain('conversation has expired');
  });

  it('tells what went wrong and loses nothing of what was typed', async () => {
    const fault = new PullquoteError('BUSY', '64 questions are being answered');
    const { url, close } = await serve({ chatbot: createFakeChatbot({ fault }) });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'Is the harbour open?');
    const alert = page.getByRole('alert');
    await expect.poll(() => alert.textContent()).toBe('64 questions are being answered. Your question is still here.');
    expect(await page.getByLabel('Your question').inputValue()).toBe('Is the harbour open?');
    expect(await page.locator('.turn').count()).toBe(0);
    await picture(page, 'chat-problem');
    await close(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => alert.textContent()).toContain('The server cannot be reached');
    expect(await page.getByLabel('Your question').inputValue()).toBe('Is the harbour open?');
  });

  it('fits a phone of 320 pixels, in the dark', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser, {
      viewport: { width: 320, height: 640 },
      colorScheme: 'dark',
    });
    await page.goto(url);
    await picture(page, 'chat-phone-empty');
    await ask(page, `When did the harbour open ${'x'.repeat(200)}?`);
    await page.waitForSelector('.turn .short');
    expect(await overflow(page)).toBe(0);
    await picture(page, 'chat-phone');
    await page.goto(`${url}/sources/news/harbour%20%26%20sea#0-40`);
    await page.waitForSelector('mark');
    expect(await overflow(page)).toBe(0);
    await picture(page, 'source-phone');
    expect(complaints).toEqual([]);
  });
});
