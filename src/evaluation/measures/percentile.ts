import { quantile } from '../bootstrap.ts';

/** The value below which this share of the values lie, linear between neighbours (Hyndman and Fan 1996, type 7); NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    share,
  );
}
