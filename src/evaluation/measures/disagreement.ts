import type { Disagreement } from '../../types.ts';
import type { Example, QuestionMeasure, Result } from '../types.ts';
import { says } from './says.ts';

/** Does the answer show the sides that are expected? */
export function showsSides({ sides, compatible }: Pick<Example, 'sides' | 'compatible'>, { answer }: Result): boolean {
  return (
    answer?.disagreements.some(
      (shown) =>
        (compatible === null || shown.compatible === compatible) &&
        matches(
          sides,
          shown.positions.map(({ text }) => text),
        ),
    ) ?? false
  );
}

/** Does it show what cannot both be true? */
export function contradicts({ answer }: Result): boolean {
  return answer?.disagreements.some(({ compatible }: Disagreement) => !compatible) ?? false;
}

/** Has each side a position of its own? */
function matches(sides: readonly string[][], positions: readonly string[]): boolean {
  const [side, ...others] = sides;
  if (side === undefined) return true;
  return positions.some(
    (text, at) => side.some((words) => says(text, words)) && matches(others, positions.toSpliced(at, 1)),
  );
}

export const disagreementFoundMeasure: QuestionMeasure = {
  name: 'disagreementFound',
  title: 'Disagreement found',
  definition:
    'Of the questions on which the documents differ: the answer shows both sides (the expected ones, where they are given), also where both can be true (“more than 30” and “35”).',
  from: 'recall',
  better: 'higher',
  unit: 'share',
  of(example, result) {
    return example.disagreement !== true || result.leftOut ? null : showsSides(example, result) ? 1 : 0;
  },
};

export const disagreementInventedMeasure: QuestionMeasure = {
  name: 'disagreementInvented',
  title: 'Disagreement invented',
  definition:
    'Of the questions on which the documents agree: the answer shows two sides all the same that cannot both be true.',
  from: 'false positive rate',
  better: 'lower',
  unit: 'share',
  of({ disagreement }, result) {
    return disagreement !== false || result.leftOut ? null : contradicts(result) ? 1 : 0;
  },
};
