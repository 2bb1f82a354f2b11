import { DOMParser } from 'linkedom';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Trial } from '../../src/evaluation/choose-threshold.ts';
import { compare } from '../../src/evaluation/compare.ts';
import { askingBody } from '../../src/evaluation/report/asking-body.ts';
import { calibrationText } from '../../src/evaluation/report/calibration-report.ts';
import { differenceIn, intervalIn, percent } from '../../src/evaluation/report/format.ts';
import { junitReport } from '../../src/evaluation/report/junit.ts';
import { markdownReport } from '../../src/evaluation/report/markdown.ts';
import { comparisonTable, figuresTable } from '../../src/evaluation/report/table.ts';
import { summarize } from '../../src/evaluation/summarize.ts';
import type { Summary } from '../../src/evaluation/types.ts';
import { answerOf, exampleOf, resultOf, runSettings, scoredOf } from '../support/evaluation.ts';

const hostile = 'Who | is <b>& "that"\u0000\u001b[31m @everyone #1 ``` [x](http://evil) \ud800?';
const scored = [
  scoredOf({ id: 'a', values: { right: 1 } }),
  scoredOf({ id: 'b', question: hostile, values: { right: 0 }, fault: 'It declines.' }),
  scoredOf({
    id: 'c',
    expected: 'unanswered',
    values: { declined: 0 },
    fault: 'It answers.',
    knownMiss: 'almost said',
  }),
  scoredOf({ id: 'd', kind: 'failed', fault: 'It failed: MODEL_FAILED: broken', confidence: null, timings: {} }),
  scoredOf({ id: 'e', expected: null }),
];
const empty = summarize({ run: runSettings, tasks: [], results: [], judgements: [], prices: null });
const summary: Summary = {
  ...empty,
  scored,
  counts: { askings: 5, questions: 5, answerable: 3, unanswerable: 1, failed: 1 },
  figures: {
    right: { value: 0.5, low: 0, high: 1, count: 2 },
    inputTokens: { value: 1234.5, low: 1000, high: 1500, count: 2 },
  },
  latency: { total: { p50: 5, p95: 50_000 } },
};

describe('JUnit XML', () => {
  it('has a case for each that something was expected of, known misses skipped', () => {
    const xml = junitReport(summary);
    const suite = new DOMParser().parseFromString(xml, 'text/xml').querySelector('testsuite');
    expect(['tests', 'failures', 'errors', 'skipped'].map((name) => suite?.getAttribute(name))).toEqual([
      '4',
      '1',
      '1',
      '1',
    ]);
    const cases = [...(suite?.querySelectorAll('testcase') ?? [])];
    expect(cases.map((it) => it.firstElementChild?.tagName ?? 'passed')).toEqual([
      'passed',
      'failure',
      'skipped',
      'error',
    ]);
    expect(cases[2]?.firstElementChild?.getAttribute('message')).toBe('known miss: almost said It answers.');
  });

  it('holds no character that XML has no place for', () => {
    const xml = junitReport(summary);
    expect(xml).toContain('Who | is &#60;b&#62;&#38; &#34;that&#34;\ufffd\ufffd[31m');
    expect(xml).not.toMatch(/[^\P{Cc}\n]|\p{Cs}/u);
  });
});

describe('the Markdown', () => {
  const tree = (text: string) => fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

  it('is a table and lists, whatever a question holds', () => {
    const text = markdownReport(summary, null);
    const { children } = tree(text);
    const table = children.find(({ type }) => type === 'table');
    expect(table).toMatchObject({ children: { length: 3 } });
    expect(JSON.stringify(children)).not.toContain('"type":"link"');
    expect(text).not.toMatch(/@everyone|<b>/);
    expect(text).toContain('1 could not be asked.');
    expect(text).toContain('3 questions marked wrong');
  });

  it('fits into a comment, however long and however many the questions are', () => {
    const many = Array.from({ length: 500 }, (_, at) =>
      scoredOf({
        id: `q${at}`,
        question: '[👩‍🚀|*'.repeat(250),
        fault: `The answer lacks “${'<x>'.repeat(300)}”.`,
        values: { right: 0 },
      }),
    );
    const lost = { ...summary, scored: many };
    const won = { ...summary, scored: many.map((one) => ({ ...one, fault: null })) };
    const markdown = markdownReport(lost, compare(won, lost));
    expect(markdown.length).toBeLessThan(65_536); // GitHub's limit
    expect(markdown).toMatch(/… and 4\d\d more/);
    expect(markdown).not.toMatch(/\p{Cs}/u);
  });

  it('says what changed against a baseline', () => {
    const better = {
      ...summary,
      scored: scored.map((one) => (one.id === 'b' ? { ...one, values: { right: 1 }, fault: null } : one)),
    };
    const text = markdownReport(better, compare(summary, better));
    expect(text).toMatch(/\| Answered right \| 50\.0% \| 0\.0–100\.0% \| 2 \| \+50\.0 pp \|/);
    expect(text).toContain('<summary>Won</summary>');
    expect(text).not.toContain('Lost');
  });
});

describe('the tables', () => {
  it('are aligned', () => {
    const [count, , head, right, tokens] = figuresTable(summary).split('\n');
    expect(count).toBe('5 questions, asked 5 times, 1 failed');
    expect(head).toMatch(/figure {2}95% interval$/);
    expect(right).toMatch(/^Answered right \(right\) +50\.0% +0\.0–100\.0% {2}of 2$/);
    expect(tokens).toMatch(/^Tokens in \(inputTokens\) +1235 +1000–1500 {2}of 2$/);
  });

  it('say what moved', () => {
    const text = comparisonTable(compare(summary, summary));
    expect(text).toMatch(/^5 askings compared\n\nmade with the same settings\n/);
    expect(text).toMatch(/Answered right \(right\) +50\.0% +50\.0% +±0 +±0 +within chance/);
    expect(text).toMatch(/won: 0\n\nlost: 0\n$/);
  });

  it('are written as a person reads them', () => {
    expect(percent(0.7111)).toBe('71.1%');
    expect(intervalIn('share', { low: 0.5, high: 0.75 })).toBe('50.0–75.0%');
    expect(intervalIn('share', { low: null, high: null })).toBe('');
    expect(differenceIn('share', -0.051)).toBe('−5.1 pp');
    expect(differenceIn('share', 0.0001)).toBe('±0');
  });
});

it('a question in the report shows the verdict, and both sides of what the documents differ on', () => {
  const quotes = { a: 'It has more than 30 boats.', b: 'It has 35 boats.' };
  const side = (text: string, number: number) => ({ text, citations: [number], documents: 1, dates: [] });
  const disagreements = [
    { about: 'boats', positions: [side('more than 30', 1), side('35', 2)], compatible: true, newest: 1 },
  ];
  const answer = answerOf(quotes, { verdict: { value: 'yes', citation: 1 }, disagreements });
  const one = {
    example: exampleOf({ disagreement: true }),
    result: resultOf(answer),
    scored: scoredOf(),
    judgement: null,
  };
  const { document } = new DOMParser().parseFromString(
    `<body>${String(askingBody(one, { baseUrl: null }))}</body>`,
    'text/html',
  ).defaultView;
  expect(document.querySelector('.short')?.textContent).toBe('Yes');
  const told = document.querySelector('dl')?.textContent;
  expect(told).toContain('Expectedboth sides of what the documents differ on');
  expect(told).toContain('The documents differ“more than 30” [1] – “35” [2] (newest); both can be true');
});

it('a calibration says what to set, that nothing need be, or that nothing would help', () => {
  const trial = (threshold: number, right: number, declined: number) => ({ threshold, right, declined });
  const told = (chosen: Trial, current: Trial, count = 30) =>
    calibrationText({
      chosen: { threshold: chosen.threshold, trial: chosen, trials: [] },
      current,
      answerable: count,
      unanswerable: 30,
      file: 'q.jsonl',
    });
  expect(told(trial(0.4, 0.9, 0.9), trial(0.33, 0.5, 0.9))).toMatch(
    /\nSet it with PULLQUOTE_THRESHOLD=0\.4 in the environment or in \.env\.\n$/,
  );
  expect(told(trial(0.4, 0.9, 0.9), trial(0.33, 0.5, 0.9), 29)).toMatch(
    / Of so few questions the choice is mostly chance/,
  );
  expect(told(trial(0.33, 0.9, 0.9), trial(0.33, 0.9, 0.9))).toMatch(
    /\nThe threshold in force, 0\.33, is as good as any/,
  );
  expect(told(trial(0.97, 0, 1), trial(0.33, 0, 0))).toMatch(/\nNo threshold does better than declining everything/);
});
