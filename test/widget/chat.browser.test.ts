import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConversations } from '../../src/conversations.ts';
import type { Answer } from '../../src/types.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { attack, budget, createFakeChatbot, harbour, reopenedQuote, roomQuote } from '../support/fake-chatbot.ts';
import { gate } from '../support/gate.ts';
import { serve } from '../support/server.ts';
import { ask, foreignPage, servePaced } from '../support/widget.ts';

let browser: Browser;
beforeAll(async () => {
  if (browserFound) browser = await launchBrowser();
});
afterAll(() => browser?.close());

const open = 'When did the harbour open?';

/** The answer that the fake gives, changed. */
const amended = (change: (answer: Answer) => Partial<Answer>) =>
  createFakeChatbot({ amend: (answer) => ({ ...answer, ...change(answer) }) });

describe.runIf(browserFound)('an answer', () => {
  it('has the short answer first, then the statements with marks, then the evidence', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, `${open} ${attack}`);
    const turn = page.locator('.turn');
    await turn.locator('.evidence').waitFor();
    expect(await turn.locator('h2').textContent()).toBe(`${open} ${attack}`);
    expect(await turn.locator('.short strong').textContent()).toBe('3 May');
    expect(await turn.locator('.statement .quoted').allTextContents()).toEqual([reopenedQuote, roomQuote]);
    expect(await turn.locator('.statement .mark').allTextContents()).toEqual(['1', '2']);
    expect(await turn.locator('.statement mark').allTextContents()).toEqual(['3 May']);
    // A quote that stands above as a statement is not repeated below.
    // Nor one that stands beside as a position.
    expect(await turn.locator('.evidence .quoted').count()).toBe(0);
    expect(await turn.locator('.positions .quoted').allTextContents()).toEqual([reopenedQuote, budget.text.slice(8)]);
    expect(await turn.locator('.evidence cite').allTextContents()).toEqual([harbour.title, harbour.title, 'Budget']);
    expect(await turn.locator('.evidence .about').first().textContent()).toBe(`${harbour.publisher} · 3 May 2026`);
    expect(await page.getByLabel('Your question').inputValue()).toBe('');
    expect(await page.evaluate('"hacked" in window')).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('shows positions side by side where documents differ, with their words, dates and the newest', async () => {
    const chatbot = amended(({ disagreements: [first] }) => ({
      disagreements: first ? [{ ...first, newest: 0 }] : [],
    }));
    const { url } = await serve({ chatbot });
    const { page, complaints } = await openPage(browser, { viewport: { width: 900, height: 900 } });
    await page.goto(url);
    await ask(page, open);
    const differ = page.locator('.differ');
    expect(await differ.locator('h3').textContent()).toBe('The documents differ');
    expect(await differ.locator('> .about').textContent()).toBe('what the harbour cost');
    expect(await differ.locator('.claim').allTextContents()).toEqual(['€12 million1', '€14 million3']);
    expect(await differ.locator('mark').allTextContents()).toEqual(['€12 million', '€14 million']);
    expect(await differ.locator('li .about').allTextContents()).toEqual([
      `${harbour.publisher} · 3 May 2026newest`,
      'Budget',
    ]);
    const [left, right] = await Promise.all([0, 1].map((index) => differ.locator('li').nth(index).boundingBox()));
    expect(left?.y).toBe(right?.y);
    expect(complaints).toEqual([]);
  });

  it('says that both can be true where one position only bounds the other', async () => {
    const chatbot = amended(({ disagreements }) => ({
      disagreements: disagreements.map((it) => ({ ...it, compatible: true })),
    }));
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    const differ = page.locator('.differ');
    expect(await differ.locator('h3').textContent()).toBe('The documents put it differently; both can be true');
  });

  it('says how many articles say so', async () => {
    // The first statement is a quote of its own; the last is put in other words, each half from another document.
    const chatbot = amended(({ statements }) => ({
      statements: [
        ...statements.map((it, index) => (index === 0 ? { ...it, citations: [1, 2, 3] } : it)),
        { text: 'It reopened, and it was dear.', citations: [1, 3] },
      ],
    }));
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.agree').allTextContents()).toEqual(['2 articles say so']);
  });

  it('says yes or no, what was searched, and what became of the chat model', async () => {
    const failure = { code: 'MODEL_FAILED', message: 'timed out' };
    const chatbot = amended(() => ({
      verdict: { value: 'yes', citation: 1 },
      standaloneQuestion: `Did the harbour open ${attack}?`,
      model: { id: 'openai:x', dropped: { quotes: 0, statements: 0 }, failure },
    }));
    const { url } = await serve({ chatbot });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.verdict').waitFor();
    expect(await page.locator('.verdict strong').textContent()).toBe('Yes');
    expect(await page.locator('.note').allTextContents()).toEqual([
      `Searched for “Did the harbour open ${attack}?”`,
      'The chat model could not answer. This is the built-in answer.',
    ]);
    expect(complaints).toEqual([]);
  });

  it('in a chat model’s words keeps them apart from the quotes, and says whose they are', async () => {
    const chatbot = amended(() => ({
      statements: [{ text: 'It opened in spring.', citations: [1, 3] }],
      disagreements: [],
      answerer: 'openai:x',
      model: { id: 'openai:x', dropped: { quotes: 0, statements: 0 } },
    }));
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.statement > p').first().textContent()).toBe('It opened in spring.13');
    expect(await page.locator('.evidence .quoted').count()).toBe(3);
    expect(await page.getByText('Put into words by openai:x').count()).toBe(1);
  });

  it('that is none shows the nearest passages', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, 'Who won the cup?');
    await expect.poll(() => page.locator('.evidence .quoted').allTextContents()).toEqual(['Nobody was hurt.']);
    expect(await page.locator('.unanswered').textContent()).toBe('The documents don’t say.');
    expect(await page.locator('.sure').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('never makes a link of an address that is not http(s)', async () => {
    const { url } = await serve({
      chatbot: amended(({ citations }) => ({
        citations: citations.map((it) => ({ ...it, link: 'javascript:alert(1)', original: 'javascript:alert(2)' })),
      })),
    });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.statement .mark').first().hover();
    await page.locator('.card').waitFor();
    const schemes = await page
      .locator('pullquote-chat')
      .evaluate((it) => [...(it.shadowRoot?.querySelectorAll('a') ?? [])].map((link) => new URL(link.href).protocol));
    expect(schemes.length).toBeGreaterThan(5);
    expect(new Set(schemes)).toEqual(new Set(['http:']));
    expect(complaints).toEqual([]);
  });

  it('of a server that is newer is shown as far as it can be understood', async () => {
    const { url } = await serve({ chatbot: amended(() => ({ version: 2 as unknown as 1 })) });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.answer .note').textContent()).toBe('This page is out of date. Please load it again.');
    expect(await page.locator('.evidence .quoted').count()).toBe(3);
    expect(complaints).toEqual([]);
  });
});

describe.runIf(browserFound)('a mark', () => {
  it('shows its quote, title, publisher and date on hover and on focus, and goes with Escape', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    const card = page.locator('.card');
    await page.locator('.statement .mark').first().hover();
    await card.waitFor();
    expect(await card.locator('.quoted').textContent()).toBe(reopenedQuote);
    expect(await card.locator('cite').textContent()).toBe(harbour.title);
    expect(await card.locator('.about').textContent()).toBe(`${harbour.publisher} · 3 May 2026`);
    // It can be pointed at itself, and leaves with the pointer.
    await card.hover();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await card.isVisible()).toBe(true);
    await page.mouse.move(5, 5);
    await card.waitFor({ state: 'hidden' });

    await page.getByLabel('Questions and answers').focus();
    await page.keyboard.press('Tab');
    await card.waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'hidden' });
    const described = page.locator('.statement .mark').first();
    const quote = await described.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${quote}"] .quoted`).textContent()).toBe(reopenedQuote);
    expect(complaints).toEqual([]);
  });

  it('shows its card to a finger first, and leads on from there', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser, {
      viewport: { width: 320, height: 640 },
      hasTouch: true,
      isMobile: true,
    });
    await page.goto(url);
    await ask(page, open);
    await page.locator('.statement .mark').first().tap();
    await page.locator('.card .quoted').waitFor();
    expect(await page.locator('.source').isVisible()).toBe(false);
    await page.locator('.card').getByText('Read it in place').tap();
    await page.locator('.source mark.chosen').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('opens the document at the very words, the other citations marked, and gives the focus back', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser, { viewport: { width: 1100, height: 800 } });
    await page.goto(url);
    await ask(page, open);
    const mark = page.locator('.statement .mark').first();
    await mark.click();
    const source = page.locator('.source');
    await source.locator('mark.chosen').first().waitFor();
    expect((await source.locator('mark.chosen').allTextContents()).join('')).toBe(reopenedQuote);
    expect(await source.locator('mark:not(.chosen)').allTextContents()).toEqual([roomQuote]);
    expect(await source.locator('h2').textContent()).toBe(harbour.title);
    expect(await source.getByText('Original').getAttribute('href')).toContain(
      'https://example.org/harbour?a=1&b=2#:~:',
    );
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.className')).toBe('chosen');
    // Through the other citations, over to the other document.
    await source.getByLabel('Next quote').click();
    await expect.poll(() => source.locator('mark.chosen').allTextContents()).toEqual([roomQuote]);
    await source.getByLabel('Next quote').click();
    await expect.poll(() => source.locator('h2').textContent()).toBe('Budget');
    await expect
      .poll(async () => (await source.locator('mark.chosen').allTextContents()).join(''))
      .toBe(budget.text.slice(8));
    // That was the last: the focus is on the way back.
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.ariaLabel')).toBe('Previous quote');
    expect(await source.getByLabel('Next quote').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await source.waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.textContent')).toBe('1');
    expect(await page.evaluate('"hacked" in window')).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('leads to the page of the document as well, with the same words highlighted', async () => {
    const { url } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    const opened = page.context().waitForEvent('page');
    await page
      .locator('.statement .mark')
      .first()
      .click({ modifiers: ['ControlOrMeta'] });
    const source = await opened;
    const shown = source.locator('#text mark.shown');
    await shown.first().waitFor();
    expect((await shown.allTextContents()).join('')).toBe(reopenedQuote);
    expect(complaints).toEqual([]);
  });

  it('can be tried again when its document does not come', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { apart: true });
    await page.clock.install();
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.route('**/api/documents/**', () => undefined);
    await page.locator('.statement .mark').first().click();
    await page.locator('.source').getByText('Opening the document…').waitFor();
    await page.clock.runFor(16_000);
    await page.locator('.source .problem').getByText('The document could not be opened.').waitFor();
    await page.unroute('**/api/documents/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.source mark.chosen').first().waitFor();
  });

  it('says so where the document has changed since, and where its words are gone', async () => {
    const chatbot = createFakeChatbot();
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    const { documents } = chatbot.corpus();
    const moved = {
      ...harbour,
      revision: 'c'.repeat(64),
      text: `New first line.\n${harbour.text}`,
      blocks: [],
      markup: [],
    };
    chatbot.corpus = () => ({ generation: '2-b', documents: new Map([...documents, [harbour.id, moved]]) });
    await page.locator('.statement .mark').first().click();
    const source = page.locator('.source');
    await expect.poll(() => source.locator('mark.chosen').allTextContents()).toEqual([reopenedQuote]);
    expect(await source.locator('.note').textContent()).toBe('This document has changed since the answer was given.');
    const other = { ...moved, text: 'Nothing of it is left.' };
    chatbot.corpus = () => ({ generation: '3-c', documents: new Map([[harbour.id, other]]) });
    await source.getByLabel('Next quote').click();
    await expect.poll(() => source.locator('.note').textContent()).toContain('The quoted words are no longer in it');
    // Set apart, so that it does not look as if it were in the document.
    expect(await source.locator('.apart blockquote').textContent()).toBe(roomQuote);
    expect(await source.locator('.text > :not(.apart)').allTextContents()).toEqual(['Nothing of it is left.']);
    await source.getByLabel('Next quote').click();
    await expect.poll(() => source.locator('.problem').textContent()).toBe('The document could not be opened.');
  });
});

describe.runIf(browserFound)('a conversation', () => {
  it('goes on over a reload, drafts and ratings included, until a new one is begun', async () => {
    const chatbot = createFakeChatbot();
    const { url } = await serve({ chatbot });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.getByLabel('Good answer').click();
    await page.locator('.told', { hasText: 'Thank you.' }).waitFor();
    await page.getByLabel('Your question').fill('half a quest');
    await page.reload();
    expect(await page.locator('.short strong').allTextContents()).toEqual(['3 May']);
    expect(await page.getByLabel('Good answer').getAttribute('aria-pressed')).toBe('true');
    expect(await page.getByLabel('Your question').inputValue()).toBe('half a quest');
    await ask(page, 'What did it cost?');
    await expect.poll(() => page.locator('.evidence').count()).toBe(2);
    expect(chatbot.asked[1]?.options.history).toHaveLength(1);
    await page.getByText('New conversation').click();
    expect(await page.locator('.turn').count()).toBe(0);
    await ask(page, 'How many boats?');
    await expect.poll(() => chatbot.asked.length).toBe(3);
    expect(chatbot.asked[2]?.options.history).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  it('is asked on its own where it has expired, and says so', async () => {
    let now = 1;
    const { url } = await serve({ conversations: createConversations({ limit: 5, ttl: 1, now: () => now }) });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    now += 61_000;
    await ask(page, 'How many boats?');
    await expect.poll(() => page.locator('.turn').last().locator('.note').textContent()).toContain('has expired');
    expect(await page.locator('.evidence').count()).toBe(2);
  });

  it('begins with what the owner suggests, and with nothing else', async () => {
    const { url } = await serve({ config: { suggestions: [open, attack], greeting: `Hello ${attack}` } });
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    expect(await page.locator('.greeting').textContent()).toBe(`Hello ${attack}`);
    expect(await page.locator('.suggestions button').allTextContents()).toEqual([open, attack]);
    await page.locator('.suggestions button').first().click();
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.suggestions').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
    const plain = await serve();
    await page.goto(plain.url);
    expect(await page.locator('.suggestions').count()).toBe(0);
  });

  it('can be judged, with a note, and the judgement taken back', async () => {
    const { url, feedbackFolder } = await serve();
    const { page, complaints } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    const kept = async () => {
      const lines = (await readFile(join(feedbackFolder, 'feedback.jsonl'), 'utf8')).trim().split('\n');
      return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    };
    await page.getByLabel('Bad answer').click();
    await page.locator('.told', { hasText: 'Thank you.' }).waitFor();
    expect(await page.getByLabel('Bad answer').getAttribute('aria-pressed')).toBe('true');
    await page.getByLabel('What was good or bad about it?').fill(`It costs more ${attack}`);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.told', { hasText: 'Thank you for the note.' }).waitFor();
    const [first, second] = await kept();
    expect(first).toMatchObject({ rating: 'down' });
    expect(second).toMatchObject({ rating: 'down', note: `It costs more ${attack}`, id: first?.id });
    await page.getByLabel('Bad answer').click();
    await expect.poll(() => page.getByLabel('Bad answer').getAttribute('aria-pressed')).toBe('false');
    expect((await kept())[2]).toMatchObject({ rating: null, id: first?.id });
    expect(complaints).toEqual([]);
  });

  it('keeps the focus as notes are sent and changed, and sends none along with another judgement', async () => {
    const { url, feedbackFolder } = await serve();
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    const last = async () =>
      JSON.parse((await readFile(join(feedbackFolder, 'feedback.jsonl'), 'utf8')).trim().split('\n').at(-1) ?? '');
    const focused = () => page.evaluate('document.activeElement.shadowRoot.activeElement?.textContent');
    const note = page.getByLabel('What was good or bad about it?');
    await page.getByLabel('Bad answer').click();
    await note.fill('Too dear');
    await page.getByRole('button', { name: 'Send' }).click();
    const change = page.getByRole('button', { name: 'Change the note' });
    await change.waitFor();
    expect(await focused()).toBe('Change the note');
    await page.keyboard.press('Enter');
    expect(await note.inputValue()).toBe('Too dear');
    await note.fill('Far too dear');
    await page.getByRole('button', { name: 'Send' }).click();
    await change.waitFor();
    expect(await last()).toMatchObject({ rating: 'down', note: 'Far too dear' });
    await page.getByLabel('Good answer').click();
    await expect.poll(() => page.getByLabel('Good answer').getAttribute('aria-pressed')).toBe('true');
    expect(await last()).toMatchObject({ rating: 'up' });
    expect(await last()).not.toHaveProperty('note');
    // It is not lost: who means it still can send it.
    expect(await note.inputValue()).toBe('Far too dear');
  });

  it('keeps what was pressed last, and a note with it, however slow the server is', async () => {
    const { url, feedbackFolder } = await serve();
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    const { held, release } = gate();
    await page.route('**/api/feedback', async (route) => {
      await held;
      await route.continue();
    });
    const [good, bad] = [page.getByLabel('Good answer'), page.getByLabel('Bad answer')];
    // Twice by habit is once.
    await good.dblclick();
    await bad.click();
    release();
    await expect.poll(() => bad.getAttribute('aria-pressed')).toBe('true');
    expect(await good.getAttribute('aria-pressed')).toBe('false');
    await page.getByLabel('What was good or bad about it?').fill('Too dear');
    await good.click();
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.told', { hasText: 'Thank you for the note.' }).waitFor();
    const lines = (await readFile(join(feedbackFolder, 'feedback.jsonl'), 'utf8')).trim().split('\n');
    const kept = lines.map((line) => JSON.parse(line) as { id: string; rating: string; note?: string });
    expect(kept.map(({ rating }) => rating)).toEqual(['up', 'down', 'up', 'up']);
    expect(kept.at(-1)?.note).toBe('Too dear');
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
  });

  it('shows that a judgement is on its way, and gives up after a while', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { apart: true });
    await page.clock.install();
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.route('**/api/feedback', () => undefined);
    const thumb = page.getByLabel('Good answer');
    await thumb.click();
    await expect.poll(() => thumb.getAttribute('aria-busy')).toBe('true');
    await page.clock.runFor(16_000);
    await page.locator('.told', { hasText: 'Your feedback could not be kept.' }).waitFor();
    expect(await thumb.getAttribute('aria-busy')).toBeNull();
    await page.unroute('**/api/feedback');
    await thumb.click();
    await page.locator('.told', { hasText: 'Thank you.' }).waitFor();
  });

  it('cleared by mistake can be brought back', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    await page.getByText('New conversation').click();
    expect(await page.locator('.turn').count()).toBe(0);
    await page.getByText('Bring the conversation back').click();
    expect(await page.locator('.short strong').textContent()).toBe('3 May');
    await page.reload();
    expect(await page.locator('.evidence').count()).toBe(1);
    await page.getByText('New conversation').click();
    await ask(page, 'How many boats?');
    await page.locator('.evidence').waitFor();
    expect(await page.getByText('Bring the conversation back').isVisible()).toBe(false);
  });

  it('hides no answer behind a very long question', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { viewport: { width: 400, height: 700 } });
    await page.goto(url);
    await ask(page, `${open} ${'It was closed for years. '.repeat(30)}`);
    await page.locator('.evidence').waitFor();
    const height = async () => (await page.locator('.turn h2').boundingBox())?.height ?? 0;
    const cut = await height();
    expect(cut).toBeLessThan(220);
    await page.getByRole('button', { name: 'Show the whole question' }).click();
    expect(await height()).toBeGreaterThan(cut * 2);
    await page.getByRole('button', { name: 'Show less' }).click();
    expect(await height()).toBe(cut);
    await ask(page, open);
    await page.locator('.evidence').nth(1).waitFor();
    expect(await page.getByRole('button', { name: 'Show the whole question' }).count()).toBe(1);
  });

  it('keeps each fact about a document in its own direction, and says none twice', async () => {
    const chatbot = amended(({ citations }) => ({
      citations: citations.map((it) => ({ ...it, section: harbour.title })),
    }));
    const { url } = await serve({ chatbot });
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.evidence .about').first().locator('bdi').allTextContents()).toEqual([
      harbour.publisher,
      '3 May 2026',
    ]);
  });

  it('says it when a judgement could not be kept, and keeps the note in its box', async () => {
    const { url, close } = await serve();
    const { page } = await openPage(browser);
    await page.goto(url);
    await ask(page, open);
    await page.getByLabel('Good answer').click();
    const note = page.getByLabel('What was good or bad about it?');
    await note.fill('Very good');
    await close(0);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.told', { hasText: 'Your feedback could not be kept.' }).waitFor();
    expect(await note.inputValue()).toBe('Very good');
  });

  it('can be copied, with the sources as text', async () => {
    const { url } = await serve();
    const { page } = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(url);
    await ask(page, open);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied.replaceAll('\r', '')).toContain(`[1] “${reopenedQuote.replaceAll('\r', '')}”`);
    expect(copied).toContain(`${harbour.title}, ${harbour.publisher}, 3 May 2026`);
    expect(copied).toMatch(new RegExp(`${url}/sources/news/harbour%20%26%20sea#\\d+-\\d+@a{12}`));
  });
});

describe.runIf(browserFound)('while an answer comes', () => {
  async function paced() {
    const chatbot = createFakeChatbot();
    const server = await servePaced(await chatbot.ask(open));
    const { url } = await serve();
    const inline = `<pullquote-chat endpoint="${server.url}"></pullquote-chat>`;
    const page = await foreignPage(() => `${inline}<script src="${url}/widget.js"></script>`);
    return { server, address: page };
  }

  it('it is shown as it arrives, with its marks, and said in whole sentences', async () => {
    const { server, address } = await paced();
    const { page, complaints } = await openPage(browser);
    await page.goto(address);
    await ask(page, open);
    await page.getByText('Reading the documents…').first().waitFor();
    await expect.poll(() => server.asked.length).toBe(1);
    // start, metadata, text-start, a citation in two parts, and the first statement.
    await server.send(6);
    await expect.poll(() => page.locator('.arriving').textContent()).toContain('The harbour 🚢 reopened on 3 May');
    expect(await page.locator('.arriving .mark').allTextContents()).toEqual(['1']);
    await page.locator('.arriving .mark').hover();
    await page.locator('.card .quoted').waitFor();
    const said = page.locator('[aria-live=polite]');
    await expect.poll(() => said.textContent()).toContain('The harbour 🚢 reopened on 3 May');
    expect(await said.textContent()).not.toContain('[1]');
    expect(await page.locator('.log').getAttribute('aria-live')).toBe('off');
    await server.send();
    await page.locator('.evidence').waitFor();
    await expect.poll(() => said.textContent()).toContain('Answer complete, with 3 quotes.');
    expect((await said.textContent())?.split('It has room for 40 boats.').length).toBe(2);
    expect(complaints).toEqual([]);
  });

  it('a [1] that its document has stays text', async () => {
    const chatbot = createFakeChatbot();
    const answer = await chatbot.ask(open);
    const quote = 'As shown [1] and again [1]';
    const [first] = answer.citations;
    if (!first) throw new Error('no citation');
    const told = { ...answer, statements: [{ text: quote, citations: [1] }], text: `${quote} [1]` };
    const server = await servePaced({ ...told, citations: [{ ...first, quote }], disagreements: [] });
    const { url } = await serve();
    const address = await foreignPage(
      () => `<pullquote-chat endpoint="${server.url}"></pullquote-chat><script src="${url}/widget.js"></script>`,
    );
    const { page } = await openPage(browser);
    await page.goto(address);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    await server.send(6);
    await expect.poll(() => page.locator('.arriving').textContent()).toBe(`${quote}1`);
    expect(await page.locator('.arriving .mark').count()).toBe(1);
  });

  it('one that is none is never said in another language than the reader’s', async () => {
    const server = await servePaced(await createFakeChatbot().ask('Who won the cup?'));
    const { url } = await serve();
    const address = await foreignPage(
      () =>
        `<pullquote-chat language="de" endpoint="${server.url}"></pullquote-chat><script src="${url}/widget.js"></script>`,
    );
    const { page } = await openPage(browser);
    await page.goto(address);
    await page.getByLabel('Ihre Frage').fill('Wer gewann?');
    await page.keyboard.press('Enter');
    await expect.poll(() => server.asked.length).toBe(1);
    await server.send(5);
    await page.locator('.turn .reading').waitFor();
    expect(await page.locator('.turn').textContent()).not.toContain('The documents');
    await server.send();
    await page.locator('.unanswered').waitFor();
    expect(await page.locator('[aria-live=polite]').textContent()).not.toContain('The documents');
  });

  it('it survives a change of the element’s attributes, which is drawn afterwards', async () => {
    const { server, address } = await paced();
    const { page } = await openPage(browser);
    await page.goto(address);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    await page.evaluate(`document.querySelector('pullquote-chat').setAttribute('title', 'Another name')`);
    await server.send();
    await page.locator('.evidence').waitFor();
    await expect.poll(() => page.locator('.head h2').textContent()).toBe('Another name');
    expect(await page.locator('.evidence').count()).toBe(1);
    expect(server.asked.length).toBe(1);
  });

  it('it stays in view as it grows, unless the reader has scrolled away', async () => {
    const { server, address } = await paced();
    const { page } = await openPage(browser, { viewport: { width: 400, height: 500 } });
    await page.goto(address);
    const log = page.locator('.log');
    const below = async () => {
      const [inner, outer] = await Promise.all([page.locator('.turn').last().boundingBox(), log.boundingBox()]);
      return Math.round((inner?.y ?? 0) - (outer?.y ?? 0));
    };
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    await server.send();
    await page.locator('.evidence').waitFor();
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(2);
    await server.send();
    await page.locator('.evidence').nth(1).waitFor();
    // The question stands at the top of the log, and the answer below it.
    expect(await below()).toBeLessThan(30);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(3);
    await log.evaluate((it) => {
      it.scrollTop = 0;
    });
    await server.send();
    await page.locator('.evidence').nth(2).waitFor();
    expect(await log.evaluate((it) => it.scrollTop)).toBe(0);
  });

  it('it can be stopped, typed beside, and asked again', async () => {
    const { server, address } = await paced();
    const { page } = await openPage(browser);
    await page.goto(address);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    // The next question waits in the box.
    await ask(page, 'And how many boats?');
    expect(server.asked.length).toBe(1);
    expect(await page.getByLabel('Your question').inputValue()).toBe('And how many boats?');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('.problem').getByText('Stopped.').waitFor();
    await expect.poll(() => server.left()).toBe(true);
    expect(await page.locator('.turn h2').textContent()).toBe(open);
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(() => server.asked.length).toBe(2);
    await server.send();
    await page.locator('.evidence').waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
    expect(await page.getByLabel('Your question').inputValue()).toBe('And how many boats?');
  });

  it('a page that is left and loaded again still has the question', async () => {
    const { server, address } = await paced();
    const { page } = await openPage(browser);
    await page.goto(address);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    await page.reload();
    await page.locator('.problem').getByText('The page was left before the answer was there.').waitFor();
    await page.getByRole('button', { name: 'Change the question' }).click();
    expect(await page.getByLabel('Your question').inputValue()).toBe(open);
    expect(await page.locator('.turn').count()).toBe(0);
  });

  it('a stream that breaks off says so, and offers to ask again', async () => {
    const { server, address } = await paced();
    const { page } = await openPage(browser);
    await page.goto(address);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    await server.send(6);
    await page.locator('.arriving').waitFor();
    server.cut();
    await page.locator('.problem', { hasText: 'The connection broke off before the answer was complete.' }).waitFor();
    // What had come is still to be read.
    expect(await page.locator('.arriving').textContent()).toContain('The harbour 🚢 reopened on 3 May');
    await page.getByRole('button', { name: 'Ask again' }).click();
    await expect.poll(() => server.asked.length).toBe(2);
    await server.send();
    await page.locator('.evidence').waitFor();
  });

  it('a slow one says that it takes long', async () => {
    const { server, address } = await paced();
    const { page } = await openPage(browser, { apart: true });
    await page.clock.install();
    await page.goto(address);
    await ask(page, open);
    await expect.poll(() => server.asked.length).toBe(1);
    await page.clock.runFor(9_000);
    await page.locator('.turn').getByText('This is taking longer than usual.').waitFor();
    await page.clock.runFor(60_000);
    await page.locator('.problem').getByText('The connection broke off').waitFor();
  });
});
