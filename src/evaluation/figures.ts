import { bootstrapInterval } from './bootstrap.ts';
import { mean } from './measures/mean.ts';
import type { Figure, Judged, Scored, SetMeasure } from './types.ts';

/** Askings of one question belong together: chance draws questions, not askings. */
export function byQuestion(scored: readonly Scored[]): Scored[][] {
  return [...grouped(scored, ({ id }) => id).values()];
}

export function grouped<Value>(values: readonly Value[], nameOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const group = groups.get(nameOf(value));
    if (group === undefined) groups.set(nameOf(value), [value]);
    else group.push(value);
  }
  return groups;
}

/** The values of a measure that apply. */
export function valuesOf(scored: readonly Scored[], name: string): number[] {
  return scored.flatMap(({ values }) => values[name] ?? []);
}

/** What there is to judge the confidence by. */
export function judgedOf(scored: readonly Scored[]): Judged[] {
  return scored.flatMap(({ confidence, expected, values }) => {
    if (confidence === null || expected === null) return [];
    if (expected === 'unanswered') return { confidence, answerable: false, right: false };
    const held = values['sentence@1'];
    return { confidence, answerable: true, right: held === undefined || held === null ? null : held === 1 };
  });
}

/** Sum and count of a group's values: all that a mean needs, however often the group is drawn. */
export interface Tally {
  sum: number;
  count: number;
}

export function tallyOf(values: readonly number[]): Tally {
  return { sum: values.reduce((sum, value) => sum + value, 0), count: values.length };
}

export function meanOfTallies(tallies: readonly Tally[]): number | null {
  let sum = 0;
  let count = 0;
  for (const tally of tallies) {
    sum += tally.sum;
    count += tally.count;
  }
  return count === 0 ? null : sum / count;
}

/** The mean of a measure of single askings, with its interval; null where it applies to none. */
export function meanFigure(scored: readonly Scored[], name: string, seed: number): Figure | null {
  const values = valuesOf(scored, name);
  if (values.length === 0) return null;
  const tallies = byQuestion(scored)
    .map((group) => tallyOf(valuesOf(group, name)))
    .filter(({ count }) => count > 0);
  const interval = bootstrapInterval(tallies, meanOfTallies, seed);
  return { value: mean(values), low: interval?.low ?? null, high: interval?.high ?? null, count: values.length };
}

/** A measure of the whole set, with its interval; null where it can't be told. */
export function setFigure(scored: readonly Scored[], measure: SetMeasure, seed: number): Figure | null {
  const judged = judgedOf(scored);
  const value = measure.over(judged);
  if (value === null) return null;
  const groups = byQuestion(scored)
    .map(judgedOf)
    .filter((group) => group.length > 0);
  const interval = bootstrapInterval(groups, (drawn) => measure.over(drawn.flat()), seed);
  return { value, low: interval?.low ?? null, high: interval?.high ?? null, count: judged.length };
}
