import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseThreshold, type Trialable, trialAt, trialable } from '../../src/evaluation/choose-threshold.ts';
import { scoredOf } from '../support/evaluation.ts';

const good = (confidence: number): Trialable => ({ confidence, answerable: true, right: true });
const mistaken = (confidence: number): Trialable => ({ confidence, answerable: true, right: false });
const without = (confidence: number): Trialable => ({ confidence, answerable: false, right: false });

describe('the threshold', () => {
  it('stands in the middle of where it parts the two best', () => {
    const chosen = chooseThreshold([good(0.8), good(0.9), without(0.2), without(0.4)]);
    expect(chosen).toMatchObject({ threshold: 0.6, trial: { right: 1, declined: 1 } });
    expect(chosen?.trials).toHaveLength(99);
  });

  it('is the one in force where no other is better', () => {
    const askings = [good(0.8), good(0.9), without(0.2), without(0.4)];
    expect(chooseThreshold(askings, { inForce: 0.45 })?.threshold).toBe(0.45);
    expect(chooseThreshold(askings, { inForce: 0.3 })?.threshold).toBe(0.6);
    // Where nothing parts the two, declining everything is no better than answering it.
    expect(chooseThreshold([good(0.9), without(0.95)], { inForce: 0.33 })?.threshold).toBe(0.33);
  });

  it('is not held back by an answer that would be wrong', () => {
    expect(chooseThreshold([good(0.8), mistaken(0.3), without(0.4)])?.threshold).toBeGreaterThan(0.4);
  });

  it('declines at least as much as it is told to, where it can', () => {
    const askings = [good(0.3), good(0.9), without(0.2), without(0.5)];
    expect(chooseThreshold(askings, { declined: 1 })).toMatchObject({
      threshold: 0.51,
      trial: { right: 0.5, declined: 1 },
    });
    expect(chooseThreshold([good(0.3), without(1)], { declined: 1 })).toBeNull();
  });

  it('needs questions of both kinds', () => {
    expect(chooseThreshold([good(0.3)])).toBeNull();
    expect(chooseThreshold([without(0.3)])).toBeNull();
  });

  it('is as good as any other, or nearly: against every hundredth', () => {
    const asking = fc.record({
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      answerable: fc.boolean(),
      right: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(asking, { minLength: 2, maxLength: 30 }), (askings) => {
        const chosen = chooseThreshold(askings);
        fc.pre(chosen !== null);
        const best = Math.max(...chosen.trials.map(({ right, declined }) => right + declined));
        expect(chosen.trial.right + chosen.trial.declined).toBeGreaterThanOrEqual(best - 0.0051);
        expect(trialAt(askings, chosen.threshold)).toEqual(chosen.trial);
      }),
    );
  });
});

it('is tried on what is known to be right or wrong, answerable or not', () => {
  const scored = [
    scoredOf({ values: { right: 1 }, confidence: 0.9 }),
    scoredOf({ expected: 'unanswered', values: { declined: 0 }, confidence: 0.4 }),
    scoredOf({ expected: 'answered', values: {} }),
    scoredOf({ expected: null }),
    scoredOf({ kind: 'failed', confidence: null }),
  ];
  expect(trialable(scored)).toEqual([good(0.9), without(0.4)]);
});
