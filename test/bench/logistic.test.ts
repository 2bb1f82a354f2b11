import { describe, expect, it } from 'vitest';
import { fitLogistic, probability } from '../../bench/logistic.ts';

describe('fitLogistic', () => {
  it('finds the model that made the labels', () => {
    const rows = Array.from({ length: 4000 }, (_, index) => [
      ((index * 37) % 200) / 50 - 2,
      ((index * 91) % 100) / 50 - 1,
    ]);
    const truth = { bias: 0.5, weights: [2, -1] };
    // Each row twice, weighted by how likely either label is: no chance in it.
    const model = fitLogistic(
      [...rows, ...rows],
      [...rows.map(() => 1), ...rows.map(() => 0)],
      [...rows.map((row) => probability(truth, row)), ...rows.map((row) => 1 - probability(truth, row))],
    );
    expect(model.bias).toBeCloseTo(0.5, 1);
    expect(model.weights[0]).toBeCloseTo(2, 1);
    expect(model.weights[1]).toBeCloseTo(-1, 1);
  });
});
