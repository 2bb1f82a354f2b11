import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitLogistic, probability } from '../../bench/logistic.ts';
import { auroc, exactMatch, expectedCalibrationError, f1, mean, percentile } from '../../bench/measures.ts';

describe('auroc', () => {
  it('is how often a positive outranks a negative, ties half: as counted pair by pair', () => {
    const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(scored, (some) => {
        const positives = some.filter(([, label]) => label);
        const negatives = some.filter(([, label]) => !label);
        fc.pre(positives.length > 0 && negatives.length > 0);
        const pairs = positives.flatMap(([a]) => negatives.map(([b]) => (a > b ? 1 : a === b ? 0.5 : 0)));
        expect(
          auroc(
            some.map(([score]) => score),
            some.map(([, label]) => label),
          ),
        ).toBeCloseTo(mean(pairs), 10);
      }),
    );
  });
});

describe('expectedCalibrationError', () => {
  it('is nothing when a tenth of what is held for a tenth is so', () => {
    const labels = Array.from({ length: 100 }, (_, index) => index % 10 === 0);
    expect(
      expectedCalibrationError(
        labels.map(() => 0.1),
        labels,
      ),
    ).toBeCloseTo(0, 10);
  });

  it('is the distance between what is claimed and what is so', () => {
    expect(expectedCalibrationError([0.9, 0.9], [true, false])).toBeCloseTo(0.4, 10);
    expect(expectedCalibrationError([1, 0], [true, false])).toBe(0);
  });
});

describe('the measures of SQuAD', () => {
  it.each([
    ['the Eiffel Tower', 'Eiffel tower!', 1, 1],
    ['75%', '75', 1, 1],
    ['about 75 percent', '75', 0, 0.5],
    ['Paris', 'London', 0, 0],
    ['', 'London', 0, 0],
  ])('give %j for %j: exact match %d, F1 %d', (answer, reference, em, shared) => {
    expect(exactMatch(answer, reference)).toBe(em);
    expect(f1(answer, reference)).toBeCloseTo(shared, 10);
  });
});

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

it('takes the percentile from the sorted values', () => {
  expect(percentile([5, 1, 3, 2, 4], 0.5)).toBe(3);
  expect(percentile([1, 2], 1)).toBe(2);
});
