/**
 * `npm run screenshots`: pictures of every state of the widget and the pages, light and dark, desktop and phone, in `screenshots/`.
 * To be looked at with a critical eye; nothing is compared. The server and the widget are real, the answers are staged.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PullquoteError } from '../src/errors.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import { serve } from './support/server.ts';
import { createStagedChatbot, questions } from './support/staged-chatbot.ts';
import { ask, foreignPage, servePaced } from './support/widget.ts';

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));
const suggestions = [questions.corroborated, questions.disagreement, questions.verdict];

const devices: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1240, height: 860 } },
  phone: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

let browser: Browser;
beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

for (const [device, viewport] of Object.entries(devices))
  for (const colorScheme of ['light', 'dark'] as const)
    it(`${device}, ${colorScheme}`, async () => {
      const options = { ...viewport, colorScheme };
      const isPhone = device === 'phone';
      const shoot = async (page: Page, name: string) => {
        // Cards, transitions and the on-demand scroll have come to rest.
        await page.waitForTimeout(350);
        await page.screenshot({ path: `${folder}${name}-${device}-${colorScheme}.png` });
      };

      /* The chat page. */
      const own = await serve({ chatbot: createStagedChatbot(), config: { title: 'Tideford Desk', suggestions } });
      const { page, complaints } = await openPage(browser, options);
      await page.goto(own.url);
      await shoot(page, 'page-greeting');
      for (const [name, question] of Object.entries(questions)) {
        await ask(page, question);
        await page.locator('.actions').waitFor();
        await shoot(page, `page-${name}`);
        if (name === 'corroborated') {
          const mark = page.locator('.statement .mark').nth(1);
          if (isPhone) await mark.tap();
          else await mark.hover();
          await page.locator('.card').waitFor();
          await shoot(page, 'page-card');
          await page.locator('.card').getByText('Read it in place').click();
          await page.locator('.source mark').first().waitFor();
          await shoot(page, 'page-source');
          await page.keyboard.press('Escape');
          await page.getByLabel('Good answer').click();
          await page.locator('.note-form').waitFor();
          await shoot(page, 'page-feedback');
        }
        await page.getByText('New conversation').click();
      }
      const { citations } = await createStagedChatbot().ask(questions.corroborated);
      await page.goto(own.url + citations[0]?.link);
      await page.locator('mark').first().waitFor();
      await shoot(page, 'document');

      /* The bubble, on another site. */
      let script = '';
      const site = await foreignPage(
        () =>
          `<p>${'The tide was out and the boats lay on their sides. '.repeat(40)}</p><script src="${script}" data-title="Ask the Courier" data-suggestions="${suggestions.join('|')}"></script>`,
      );
      const shared = await serve({ chatbot: createStagedChatbot(), config: { origins: [site] } });
      script = `${shared.url}/widget.js`;
      await page.goto(site);
      await page.locator('.launcher').waitFor();
      await shoot(page, 'bubble-closed');
      await page.locator('.launcher').click();
      await shoot(page, 'bubble-greeting');
      for (const name of ['corroborated', 'disagreement', 'unanswered'] as const) {
        await ask(page, questions[name]);
        await page.locator('.actions').last().waitFor();
        await shoot(page, `bubble-${name}`);
        if (name === 'disagreement') {
          await page.locator('.claim .mark').last().click();
          await page.locator('.source mark').first().waitFor();
          await shoot(page, 'bubble-source');
          await page.keyboard.press('Escape');
        }
        await page.getByText('New conversation').click();
      }
      expect(complaints).toEqual([]);

      /* Waiting, coming, and what goes wrong. */
      const paced = await servePaced(await createStagedChatbot().ask(questions.model));
      const inline = await foreignPage(
        () => `<pullquote-chat endpoint="${paced.url}"></pullquote-chat><script src="${script}"></script>`,
      );
      await page.goto(inline);
      await ask(page, questions.model);
      await expect.poll(() => paced.asked.length).toBe(1);
      await shoot(page, 'inline-reading');
      await paced.send(8);
      await page.locator('.arriving').waitFor();
      await shoot(page, 'inline-arriving');
      paced.cut();
      await page.locator('.problem').waitFor();
      await shoot(page, 'inline-lost');
      const fault = new PullquoteError('BUSY', 'busy');
      const busy = await serve({ chatbot: { ...createStagedChatbot(), ask: () => Promise.reject(fault) } });
      await page.goto(busy.url);
      await ask(page, questions.corroborated);
      await page.locator('.problem').waitFor();
      await shoot(page, 'page-busy');
    });
