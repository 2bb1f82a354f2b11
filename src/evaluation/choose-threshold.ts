import type { Scored } from './types.ts';

/** An asking at which every threshold can be tried: what it would have answered is known. */
export interface Trialable {
  confidence: number;
  answerable: boolean;
  /** What it proposes is right; false where nothing can be. */
  right: boolean;
}

/** What a threshold gives. */
export interface Trial {
  threshold: number;
  /** Share of the answerable that is answered, and right. */
  right: number;
  /** Share of the rest that is declined. */
  declined: number;
}

export interface Chosen {
  threshold: number;
  trial: Trial;
  /** Every hundredth, in order. */
  trials: Trial[];
}

/** What a threshold gives; NaN for a side of which there is nothing. */
export function trialAt(askings: readonly Trialable[], threshold: number): Trial {
  const answerable = askings.filter((it) => it.answerable);
  const others = askings.filter((it) => !it.answerable);
  return {
    threshold,
    right: answerable.filter((it) => it.right && it.confidence >= threshold).length / answerable.length,
    declined: others.filter((it) => it.confidence < threshold).length / others.length,
  };
}

/** The sum hardly changes over a wide range, and its peak is chance: what is this close to the best is as good. */
const AS_GOOD = 0.005;

/**
 * The threshold that best balances the share answered right and the share declined rightly (Youden's index 1950, with right answers for
 * true positives), the one in force if it is as good; or, where at least `declined` must be, the lowest that does. Null where there is nothing of one of the two sides, or no
 * threshold declines so many.
 */
export function chooseThreshold(
  askings: readonly Trialable[],
  { declined = null, inForce = null }: { declined?: number | null; inForce?: number | null } = {},
): Chosen | null {
  if (!askings.some(({ answerable }) => answerable) || askings.every(({ answerable }) => answerable)) return null;
  const at = (threshold: number) => trialAt(askings, threshold);
  const trials = Array.from({ length: 99 }, (_, index) => at((index + 1) / 100));
  const threshold =
    declined !== null
      ? trials.find((trial) => trial.declined >= declined)?.threshold
      : inForce !== null && sumOf(at(inForce)) >= bestOf(trials) - AS_GOOD
        ? inForce
        : middleOfBest(trials);
  return threshold === undefined ? null : { threshold, trial: at(threshold), trials };
}

function sumOf({ right, declined }: Trial): number {
  return right + declined;
}

function bestOf(trials: readonly Trial[]): number {
  return Math.max(...trials.map(sumOf));
}

/** The middle of the longest stretch of thresholds that are as good as the best; of the first of equal ones. */
function middleOfBest(trials: readonly Trial[]): number {
  const best = bestOf(trials);
  let longest: Trial[] = [];
  let stretch: Trial[] = [];
  for (const trial of trials) {
    stretch = sumOf(trial) >= best - AS_GOOD ? [...stretch, trial] : [];
    if (stretch.length > longest.length) longest = stretch;
  }
  return Number((((longest[0]?.threshold ?? 0) + (longest.at(-1)?.threshold ?? 0)) / 2).toFixed(2));
}

/** Askings of a run that answered everything, as a threshold of 0 has it. */
export function trialable(scored: readonly Scored[]): Trialable[] {
  return scored.flatMap(({ confidence, expected, values }) => {
    if (confidence === null || expected === null) return [];
    const answerable = expected === 'answered';
    // Expected to be answered, but nothing is said of how: it can't be told right.
    if (answerable && values.right === undefined) return [];
    return { confidence, answerable, right: values.right === 1 };
  });
}
