/** A real Chromium, and pages on which nothing may go wrong unnoticed. */
import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
  type Request,
  type WebError,
} from 'playwright-core';
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

/** By browser and options: what takes a third of a short test's time is made once a file. */
const contexts = new Map<Browser, Map<string, Promise<BrowserContext>>>();

function contextOf(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const known = contexts.get(browser) ?? new Map<string, Promise<BrowserContext>>();
  contexts.set(browser, known);
  const key = JSON.stringify(options);
  const context = known.get(key) ?? browser.newContext(options);
  known.set(key, context);
  return context;
}

/**
 * A fresh page; `complaints` gathers console errors, exceptions and CSP violations. Each test's server is an origin, and so has a storage, of
 * its own; a test that changes the clock or the network has to be `apart`.
 */
export async function openPage(
  browser: Browser,
  { apart = false, ...options }: BrowserContextOptions & { apart?: boolean } = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await (apart ? browser.newContext(options) : contextOf(browser, options));
  const complaints: string[] = [];
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  };
  const onError = (error: WebError) => void complaints.push(String(error.error()));
  const onFailed = (request: Request) => void complaints.push(`${request.url()} ${request.failure()?.errorText}`);
  context.on('console', onConsole).on('weberror', onError).on('requestfailed', onFailed);
  onTestFinished(async () => {
    context.off('console', onConsole).off('weberror', onError).off('requestfailed', onFailed);
    await (apart ? context.close() : Promise.all(context.pages().map((page) => page.close())));
  });
  return { page: await context.newPage(), complaints };
}
