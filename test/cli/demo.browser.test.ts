import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/types.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { donetsk } from '../support/real-engine.ts';
import { askServer, indexOf, seeds, startCli, temporaryFolder } from '../support/run-cli.ts';

let browser: Browser;
let index: string;
beforeAll(async () => {
  if (!browserFound) return;
  index = await indexOf(seeds);
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe.runIf(browserFound)('pullquote serve --demo', () => {
  it('shows the widget on a page of another origin, which answers, opens the quote in its place and takes a thumb', async () => {
    const feedback = await temporaryFolder();
    const started = startCli(['serve', '--port', '0', '--demo', '--index', index], {
      env: { PULLQUOTE_LOG_LEVEL: 'silent', PULLQUOTE_SUGGESTIONS: donetsk, PULLQUOTE_FEEDBACK: feedback },
    });
    const [, url = ''] = await started.until(/ documents at (http:\S+) /);
    const [, demo = ''] = await started.until(/^A page of another origin with the widget is at (http:\S+)$/m);
    expect(new URL(demo).origin).not.toBe(new URL(url).origin);
    const policy = (await fetch(demo)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');

    const { citations } = (await askServer(url, donetsk)).body as Answer;

    for (const address of [demo, demo.replace('127.0.0.1', 'localhost')]) {
      const { page, complaints } = await openPage(browser);
      await page.goto(address);
      await page.getByRole('button', { name: 'Ask a question' }).click();
      // The owner's suggestion.
      await page.getByRole('button', { name: donetsk }).click();
      await expect.poll(() => page.locator('pullquote-chat').getByText('75%').count()).toBeGreaterThan(0);
      const [, second] = citations;
      await page
        .locator('pullquote-chat .evidence')
        .getByText(second?.document.title ?? '')
        .click();
      const marks = page.locator('pullquote-chat .source mark.chosen');
      await expect.poll(async () => (await marks.allTextContents()).join('')).toBe(second?.quote);
      await page.getByRole('button', { name: 'Back to the answer' }).click();
      await page.getByRole('button', { name: 'Good answer' }).click();
      await expect.poll(() => page.getByText('Thank you.').count()).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
    }
    const exported = await startCli(['feedback', 'export', '--folder', feedback]).ended;
    const examples = exported.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(examples).toMatchObject([
      { question: donetsk, expect: { kind: 'answered', words: [['75%']] }, feedback: { rating: 'up', trust: 'given' } },
      { question: donetsk },
    ]);
    started.child.kill('SIGTERM');
    expect(await started.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('says where the demo’s port is taken', async () => {
    const other = startCli(['serve', '--port', '0', '--index', index], { env: { PULLQUOTE_LOG_LEVEL: 'silent' } });
    const [, url = ''] = await other.until(/ documents at (http:\S+) /);
    const taken = Number(new URL(url).port);
    const { code, stderr } = await startCli(['serve', '--port', String(taken - 1), '--demo', '--index', index]).ended;
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining(`Port ${taken} at "127.0.0.1"`) });
    other.child.kill('SIGTERM');
    await other.ended;
  });
});
