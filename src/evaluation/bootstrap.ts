import { seededRandom } from './seeded-random.ts';

/** Draws of a bootstrap, and the share of them that an interval holds. */
const RESAMPLES = 2_000;
const LEVEL = 0.95;

export interface Interval {
  low: number;
  high: number;
}

/**
 * The percentile bootstrap interval (Efron 1979; Efron and Tibshirani 1993, chapter 13) of a statistic over groups. Whole groups are drawn, with
 * replacement: askings of one question hang together, so a question is drawn with all of them. Null where fewer than two groups, or
 * where the statistic can't be told of more than half of the draws.
 */
export function bootstrapInterval<Group>(
  groups: readonly Group[],
  statistic: (drawn: readonly Group[]) => number | null,
  seed: number,
): Interval | null {
  if (groups.length < 2) return null;
  const random = seededRandom(seed);
  const values: number[] = [];
  const drawn = [...groups];
  for (let resample = 0; resample < RESAMPLES; resample++) {
    for (let at = 0; at < groups.length; at++) drawn[at] = groups[Math.floor(random() * groups.length)] as Group;
    const value = statistic(drawn);
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
