import { seededRandom } from './seeded-random.ts';

/** Draws of a bootstrap, and the share of them that an interval holds. */
const RESAMPLES = 2_000;
export const LEVEL = 0.95;

export interface Interval {
  low: number;
  high: number;
}

/**
 * The percentile bootstrap interval (Efron 1979; Efron and Tibshirani 1993, chapter 13) of a statistic over `count` groups, told how often each was
 * drawn. Whole groups are drawn, with replacement: askings of one question hang together, so a question is drawn with all of them. Null where
 * fewer than two groups, or where the statistic can't be told of more than half of the draws.
 */
export function bootstrapInterval(
  count: number,
  statistic: (times: Uint32Array) => number | null,
  seed: number,
): Interval | null {
  if (count < 2) return null;
  const random = seededRandom(seed);
  const values: number[] = [];
  const times = new Uint32Array(count);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    times.fill(0);
    for (let drawn = 0; drawn < count; drawn++) {
      const at = Math.floor(random() * count);
      times[at] = (times[at] ?? 0) + 1;
    }
    const value = statistic(times);
    if (value !== null) values.push(value);
  }
  if (values.length < RESAMPLES / 2) return null;
  values.sort((a, b) => a - b);
  return { low: quantile(values, (1 - LEVEL) / 2), high: quantile(values, (1 + LEVEL) / 2) };
}

/** Of sorted values, linear between neighbours (Hyndman and Fan 1996, type 7). */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
