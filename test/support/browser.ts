/** A real Chromium, and pages on which nothing may go wrong unnoticed. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

/** What is waited for in a page comes when it comes, as `expect.poll` has it. */
const PATIENCE_MS = 60_000;

const executablePath = process.env.PULLQUOTE_TEST_CHROMIUM ?? '/usr/bin/chromium';

/** Tests are skipped, by name, where there is no browser. */
export const browserFound = existsSync(executablePath);

export async function launchBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    timeout: 2 * PATIENCE_MS,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}

/** A fresh page in a context of its own; `complaints` gathers console errors, exceptions and CSP violations. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const complaints: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  context.on('requestfailed', (request) => complaints.push(`${request.url()} ${request.failure()?.errorText}`));
  return { page: await context.newPage(), complaints };
}
