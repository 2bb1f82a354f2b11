import { describe, expect, it } from 'vitest';
import { bootstrapInterval, quantile } from '../../src/evaluation/bootstrap.ts';
import { intervalOf } from '../../src/evaluation/figures.ts';
import { mean } from '../../src/evaluation/measures/mean.ts';
import { seededRandom } from '../../src/evaluation/seeded-random.ts';

/** The interval over every possible draw, each counted: what chance comes near to. */
function exactInterval(values: readonly number[]): { low: number; high: number } {
  let draws: number[][] = [[]];
  for (let at = 0; at < values.length; at++) draws = draws.flatMap((draw) => values.map((value) => [...draw, value]));
  const means = draws.map(mean).sort((a, b) => a - b);
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

/** Of what was drawn, each as often as it was. */
const meanOf = (values: readonly number[]) => (times: Uint32Array) =>
  mean(values.flatMap((value, at) => Array<number>(times[at] ?? 0).fill(value)));

describe('the bootstrap interval', () => {
  it.each([[[0, 1, 1, 0, 1, 1]], [[1, 2, 4, 8, 16]], [[0.1, 0.9, 0.5, 0.4, 0.8, 0.2]]])(
    'of the mean of %j is that of every possible draw',
    (values) => {
      const exact = exactInterval(values);
      const found = bootstrapInterval(values.length, meanOf(values), 7);
      const width = exact.high - exact.low;
      expect(Math.abs((found?.low ?? 9) - exact.low)).toBeLessThan(width * 0.06);
      expect(Math.abs((found?.high ?? 9) - exact.high)).toBeLessThan(width * 0.06);
    },
  );

  it('of a share comes near to the normal one where there is much', () => {
    const values = Array.from({ length: 400 }, (_, at) => (at % 4 === 0 ? 0 : 1));
    const error = 1.96 * Math.sqrt((0.75 * 0.25) / 400);
    const { low, high } = bootstrapInterval(values.length, meanOf(values), 1) ?? { low: 0, high: 0 };
    expect(low).toBeCloseTo(0.75 - error, 1.7);
    expect(high).toBeCloseTo(0.75 + error, 1.7);
  });

  it('is the same for the same seed, and another for another', () => {
    const values = Array.from({ length: 50 }, (_, at) => Math.sin(at));
    expect(bootstrapInterval(values.length, meanOf(values), 3)).toEqual(
      bootstrapInterval(values.length, meanOf(values), 3),
    );
    expect(bootstrapInterval(values.length, meanOf(values), 3)).not.toEqual(
      bootstrapInterval(values.length, meanOf(values), 4),
    );
  });

  it('can’t be told of one group, or of a statistic that mostly can’t be', () => {
    expect(bootstrapInterval(1, meanOf([1]), 1)).toBeNull();
    expect(bootstrapInterval(3, () => null, 1)).toBeNull();
  });
});

it('is exact of a share that is all or nothing, of which chance would draw nothing else', () => {
  const of = (count: number, value: number, unit: 'share' | 'tokens' = 'share') =>
    intervalOf(
      Array.from({ length: count }, () => ({ sum: value, count: 1 })),
      unit,
      1,
    );
  // 0.95 of 58 or more right would show a miss in 95 of 100 samples: 0.95 to the power of 58 is 0.051.
  expect(of(58, 1)?.low).toBeCloseTo(0.95, 3);
  expect(of(58, 1)?.high).toBe(1);
  expect(of(58, 0)).toMatchObject({ low: 0, high: expect.closeTo(0.05, 3) as number });
  expect(of(1, 1)).toBeNull();
  expect(of(58, 1, 'tokens')).toEqual({ low: 1, high: 1 });
});

it('takes quantiles between neighbours (type 7 of Hyndman and Fan)', () => {
  expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
  expect(quantile([5], 0.9)).toBe(5);
});

it('draws repeatable numbers evenly from 0 to 1', () => {
  const random = seededRandom(42);
  const numbers = Array.from({ length: 10_000 }, random);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...numbers)).toBeLessThan(1);
  expect(mean(numbers)).toBeCloseTo(0.5, 1.8);
  const again = seededRandom(42);
  expect(Array.from({ length: 3 }, again)).toEqual(numbers.slice(0, 3));
});
