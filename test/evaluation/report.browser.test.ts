import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tasksOf } from '../../src/evaluation/choose-examples.ts';
import { chooseThreshold } from '../../src/evaluation/choose-threshold.ts';
import { compare } from '../../src/evaluation/compare.ts';
import { calibrationReport } from '../../src/evaluation/report/calibration-report.ts';
import { runTasks } from '../../src/evaluation/run.ts';
import { summarize } from '../../src/evaluation/summarize.ts';
import { writeReports } from '../../src/evaluation/write-reports.ts';
import { browserFound, launchBrowser, openPage } from '../support/browser.ts';
import { askerOf, exampleOf, runSettings } from '../support/evaluation.ts';
import { attack, createFakeChatbot } from '../support/fake-chatbot.ts';
import { temporaryFolder } from '../support/run-cli.ts';

let browser: Browser;
let address: string;
let folder: string;

const examples = [
  exampleOf({ id: 'right', words: [['3 May']], tags: ['plain', attack] }),
  exampleOf({
    id: 'wrong',
    question: `When did the harbour open? ${attack}`,
    words: [[`4 May ${attack}`]],
    tags: ['plain'],
    line: 2,
  }),
  exampleOf({ id: 'declined', question: 'Who is the king?', expected: 'unanswered', tags: ['off-topic'], line: 3 }),
  exampleOf({ id: 'refused', question: 'Was anybody hurt?', words: [['Nobody']], knownMiss: 'too short', line: 4 }),
  exampleOf({ id: 'unmarked', question: 'How many boats?', expected: null, history: ['And before?'], line: 5 }),
];

beforeAll(async () => {
  if (!browserFound) return;
  folder = await temporaryFolder();
  const chatbot = createFakeChatbot();
  const tasks = tasksOf(examples, { repeat: 1, leaveOut: false, documents: [] });
  const asked = await runTasks(tasks, askerOf(chatbot), { concurrency: 1, done: new Map(), keep: async () => {} });
  // As the engine of this process tells it: what the calibration is drawn from.
  const results = asked.map((result) => {
    const [quote] = result.answer?.citations ?? [];
    if (quote === undefined) return result;
    const first = { documentId: quote.document.id, start: quote.start, text: quote.quote };
    return { ...result, ranking: { documents: [first.documentId], first, nearest: [first] } };
  });
  const judgements = [
    { id: 'right', repeat: 1, correct: true, supported: true, reason: `Fine ${attack}`, failure: null, usage: null },
  ];
  const run = { ...runSettings, judge: 'openai:m', questions: { file: `q${attack}.jsonl`, revision: 'a'.repeat(64) } };
  const summary = summarize({ run, tasks, results, judgements, prices: null });
  const comparison = compare(summary, summary);
  await writeReports(folder, {
    summary,
    tasks,
    results,
    judgements,
    comparison,
    baseUrl: 'http://127.0.0.1:3000',
    started: '2026-11-22T12:00:00.000Z',
  });
  address = pathToFileURL(join(folder, 'report.html')).href;
  browser = await launchBrowser();
});

afterAll(() => browser?.close());

describe.skipIf(!browserFound)('the report', () => {
  it('is read without a script, and filtered by state, kind and tag', async () => {
    const { page, complaints } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(address);
    const shown = () => page.locator('.question:visible .asked').allTextContents();
    expect(await page.locator('.told').textContent()).toBe(
      'Of 3 questions that the documents answer, 1 were answered right. Of 1 that they don’t, 1 were declined.',
    );
    expect(await shown()).toHaveLength(5);
    await page.locator('label[for=state-wrong]').click();
    expect(await shown()).toEqual([examples[1]?.question]);
    await page.locator('label[for=state-known]').click();
    expect(await shown()).toEqual(['Was anybody hurt?']);
    await page.locator('label[for=state-all]').click();
    await page.locator('label[for=kind-unanswered]').click();
    expect(await shown()).toEqual(['Who is the king?', 'Was anybody hurt?']);
    await page.locator('label[for=kind-any]').click();
    await page.locator('.filters label', { hasText: 'plain' }).click();
    expect(await shown()).toHaveLength(2);
    expect(await page.locator('#search').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('shows a question’s quotes where they stand, what was expected and why it was marked wrong', async () => {
    const { page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(address);
    const wrong = page.locator('.question.wrong');
    expect(await wrong.locator('.fault').textContent()).toContain('The answer lacks “4 May');
    await wrong.locator('summary').click();
    const quote = wrong.locator('blockquote').first();
    expect(await quote.locator('mark').textContent()).toMatch(
      /^The harbour 🚢 reopened on 3 May\s+after two years & cost €12 million\.$/,
    );
    expect(await quote.textContent()).toContain('It has room for 40 boats.');
    expect(await quote.locator('a').getAttribute('href')).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sources\/news\//);
    expect(await wrong.locator('dl').textContent()).toContain('Expected“4 May');
    const right = page.locator('.question.right').first();
    await right.locator('summary').click();
    expect(await right.locator('.short').textContent()).toBe('3 May');
    expect(await right.locator('dl').textContent()).toContain('correct, supported by its quotes');
  });

  it('runs nothing that a document, a question or a file name brings', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(address);
    for (const summary of await page.locator('.question summary').all()) await summary.click();
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img, iframe').count()).toBe(0);
    expect(await page.title()).toContain('<script>');
    expect(complaints).toEqual([]);
  });

  it('is searched where scripts run', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(address);
    await page.locator('#search').fill('KING who');
    expect(await page.locator('.question:visible .asked').allTextContents()).toEqual(['Who is the king?']);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)(
    'fits a narrow page, %s, and its charts are drawings with words',
    async (colorScheme) => {
      const { page, complaints } = await openPage(browser, { viewport: { width: 320, height: 700 }, colorScheme });
      await page.goto(address);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
      const charts = page.locator('figure svg[role=img]');
      expect(await charts.count()).toBe(4);
      for (const chart of await charts.all())
        expect((await chart.getAttribute('aria-label'))?.length).toBeGreaterThan(10);
      expect(complaints).toEqual([]);
    },
  );

  it('is filtered by keyboard', async () => {
    const { page } = await openPage(browser, { javaScriptEnabled: false });
    await page.goto(address);
    await page.locator('#state-all').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.question:visible').count()).toBe(1);
  });

  it('of a calibration shows the curve', async () => {
    const chosen = chooseThreshold([
      { confidence: 0.8, answerable: true, right: true },
      { confidence: 0.2, answerable: false, right: false },
    ]);
    if (chosen === null) throw new Error('no threshold');
    const file = join(folder, 'calibration.html');
    await writeFile(
      file,
      calibrationReport({
        chosen,
        current: { threshold: 0.62, right: 1, declined: 1 },
        answerable: 1,
        unanswerable: 1,
        file: 'q.jsonl',
      }),
    );
    const { page, complaints } = await openPage(browser, { viewport: { width: 320, height: 700 } });
    await page.goto(pathToFileURL(file).href);
    expect(await page.locator('svg path[fill=none], svg g[fill=none] path').count()).toBeGreaterThan(1);
    expect(await page.locator('main').textContent()).toContain(
      'Set it with PULLQUOTE_THRESHOLD=0.51 in the environment or in .env. Of so few questions the choice is mostly chance',
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(complaints).toEqual([]);
  });
});
