import { bootstrapInterval, type Interval, LEVEL } from './bootstrap.ts';
import { mean } from './measures/mean.ts';
import type { Figure, Judged, MeasureCard, Scored, SetMeasure } from './types.ts';

/** Askings of one question belong together: chance draws questions, not askings. */
function byQuestion(scored: readonly Scored[]): Scored[][] {
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

/** `times`: how often each counts; once by default. */
export function meanOfTallies(tallies: readonly Tally[], times?: ArrayLike<number>): number | null {
  let sum = 0;
  let count = 0;
  for (const [at, tally] of tallies.entries()) {
    const weight = times?.[at] ?? 1;
    sum += weight * tally.sum;
    count += weight * tally.count;
  }
  return count === 0 ? null : sum / count;
}

/**
 * The interval of a mean. Of a share that is 0 or 1 throughout, the bootstrap draws nothing else and would be sure of it: there it is what a
 * share may be that shows itself so in 5 of 100 samples (exactly; the "rule of three" of Hanley and Lippman-Hand 1983 comes near to it).
 */
export function intervalOf(tallies: readonly Tally[], unit: MeasureCard['unit'], seed: number): Interval | null {
  const value = meanOfTallies(tallies);
  if (unit === 'share' && tallies.length > 1 && (value === 0 || value === 1)) {
    const least = (1 - LEVEL) ** (1 / tallies.length);
    return value === 1 ? { low: least, high: 1 } : { low: 0, high: 1 - least };
  }
  return bootstrapInterval(tallies.length, (times) => meanOfTallies(tallies, times), seed);
}

/** The mean of a measure of single askings, with its interval; null where it applies to none. */
export function meanFigure(
  scored: readonly Scored[],
  { name, unit }: Pick<MeasureCard, 'name' | 'unit'>,
  seed: number,
): Figure | null {
  const values = valuesOf(scored, name);
  if (values.length === 0) return null;
  const tallies = byQuestion(scored)
    .map((group) => tallyOf(valuesOf(group, name)))
    .filter(({ count }) => count > 0);
  return figureOf(mean(values), intervalOf(tallies, unit, seed), values.length);
}

/** A measure of the whole set, with its interval; null where it can't be told. */
export function setFigure(scored: readonly Scored[], measure: SetMeasure, seed: number): Figure | null {
  const judged = judgedOf(scored);
  const value = measure.over(judged);
  if (value === null) return null;
  const groups = byQuestion(scored)
    .map(judgedOf)
    .filter((group) => group.length > 0);
  const { drawn } = drawableOf(groups);
  const interval = bootstrapInterval(groups.length, (times) => measure.over(...drawn(times)), seed);
  return figureOf(value, interval, judged.length);
}

export function figureOf(value: number, interval: Interval | null, count: number): Figure {
  return { value, low: interval?.low ?? null, high: interval?.high ?? null, count };
}

/** What is judged of each question, so that questions can be drawn over and over. */
export function drawableOf(groups: readonly Judged[][]) {
  // In the order in which it is to be sorted: what is sorted already, is sorted soon.
  const all = groups
    .flatMap((group, at) => group.map((one) => ({ one, at })))
    .sort((a, b) => a.one.confidence - b.one.confidence);
  const judged = all.map(({ one }) => one);
  const places = Uint32Array.from(all, ({ at }) => at);
  return { drawn: (times: Uint32Array): [Judged[], Uint32Array] => [judged, places.map((at) => times[at] ?? 0)] };
}
