import type { Scored, Summary } from '../types.ts';

/**
 * JUnit XML as pipelines read it (the schema of Jenkins' xunit plugin): a test case an asking that something was expected of. A known miss is
 * skipped, so that it does not fail a build.
 */
export function junitReport({ scored, run }: Summary): string {
  const cases = scored.filter(({ expected, kind }) => expected !== null || kind === 'failed');
  const failed = cases.filter((one) => outcomeOf(one) === 'failure').length;
  const errors = cases.filter((one) => outcomeOf(one) === 'error').length;
  const skipped = cases.filter((one) => outcomeOf(one) === 'skipped').length;
  const seconds = cases.reduce((sum, one) => sum + secondsOf(one), 0);
  const counts = attributes({ tests: cases.length, failures: failed, errors, skipped, time: seconds.toFixed(3) });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${counts}>`,
    `  <testsuite${attributes({ name: run.questions.file })}${counts}>`,
    ...cases.map((one) => testCase(one, run.questions.file)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

function outcomeOf({ kind, fault, knownMiss }: Scored): Outcome {
  if (kind === 'failed') return 'error';
  if (fault === null) return 'passed';
  return knownMiss === null ? 'failure' : 'skipped';
}

function testCase(one: Scored, suite: string): string {
  const { id, question, repeat, leftOut, fault, knownMiss } = one;
  const name = `${id}${repeat > 1 ? ` (${repeat})` : ''}${leftOut ? ' (left out)' : ''}: ${question}`;
  const open = `    <testcase${attributes({ classname: suite, name, time: secondsOf(one).toFixed(3) })}`;
  const outcome = outcomeOf(one);
  if (outcome === 'passed') return `${open}/>`;
  const message = outcome === 'skipped' ? `known miss: ${knownMiss} ${fault}` : (fault ?? '');
  return `${open}>\n      <${outcome}${attributes({ message })}/>\n    </testcase>`;
}

function secondsOf({ timings }: Scored): number {
  return (timings.total ?? 0) / 1_000;
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

/** XML 1.0 has no place for control characters and lone surrogates at all, not even escaped. */
function escaped(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
