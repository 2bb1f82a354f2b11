import { contradicts, showsSides } from './measures/disagreement.ts';
import { whatIsWrong } from './measures/right.ts';
import { understoodMeasure } from './measures/understood.ts';
import type { Example, QuestionMeasure, Result, Scored, Task } from './types.ts';

/** The tag of what was asked with its right documents left out. */
const LEFT_OUT = 'left out';

/** How one asking did, by every measure. */
export function scoreOf(task: Task, result: Result, measures: readonly QuestionMeasure[]): Scored {
  const { example, repeat, leftOut } = task;
  const { answer } = result;
  const values: Record<string, number | null> = {};
  for (const measure of measures) {
    const value = measure.of(example, result);
    if (value !== null) values[measure.name] = value;
  }
  return {
    id: example.id,
    repeat,
    leftOut,
    question: example.question,
    tags: leftOut ? [LEFT_OUT] : example.tags,
    expected: leftOut ? 'unanswered' : example.expected,
    kind: answer?.kind ?? 'failed',
    confidence: answer?.confidence ?? null,
    values,
    timings: answer?.timings ?? {},
    fault: faultOf(task, result),
    knownMiss: leftOut ? null : example.knownMiss,
  };
}

/** Why an asking is marked wrong, in a sentence; null when it is right or nothing was expected. */
function faultOf({ example, leftOut }: Task, result: Result): string | null {
  const { answer, failure, evidence } = result;
  if (answer === null) return `It failed: ${failure?.code}: ${failure?.message}`;
  const unlike = evidence.find(({ exact }) => !exact);
  if (unlike !== undefined) return `Quote ${unlike.number} is not what stands in its document.`;
  const expected = leftOut ? 'unanswered' : example.expected;
  const sure = `(confidence ${answer.confidence.toFixed(2)})`;
  if (expected === null) return null;
  if (expected === 'unanswered') {
    return answer.kind === 'unanswered' ? null : `It answers, though the documents don’t say ${sure}.`;
  }
  if (answer.kind === 'unanswered') return `It declines, though the documents say ${sure}.`;
  return whatIsWrong(answer, example) ?? wrongSides(example, result) ?? misunderstood(example, result);
}

function wrongSides(example: Example, result: Result): string | null {
  const { disagreement, sides } = example;
  if (disagreement === true && !showsSides(example, result)) {
    const expected = sides.map((side) => `“${side.join(' or ')}”`).join(' beside ');
    return `It does not show ${expected === '' ? 'what the documents say differently' : expected}.`;
  }
  return disagreement === false && contradicts(result) ? 'It shows two sides, though the documents agree.' : null;
}

function misunderstood(example: Example, result: Result): string | null {
  if (understoodMeasure.of(example, result) !== 0) return null;
  const { standalone } = example;
  const lacking = Array.isArray(standalone) ? `, not for ${standalone.map((words) => `“${words}”`).join(' and ')}` : '';
  return `It searched for “${result.answer?.standaloneQuestion}”${lacking}.`;
}
