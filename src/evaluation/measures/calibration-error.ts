import type { Judged, ReliabilityBin, SetMeasure } from '../types.ts';

const BINS = 10;

/** The bin of a confidence, from 0. */
function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.floor(confidence * BINS));
}

/** Expected calibration error over ten equal bins (Naeini, Cooper, Hauskrecht 2015); NaN of nothing. `times`: how often each counts. */
export function expectedCalibrationError(
  confidences: readonly number[],
  labels: readonly boolean[],
  times?: ArrayLike<number>,
): number {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0 }));
  let count = 0;
  for (const [index, confidence] of confidences.entries()) {
    const bin = bins[binOf(confidence)];
    if (bin === undefined) continue;
    const weight = times?.[index] ?? 1;
    bin.confidence += weight * confidence;
    bin.right += labels[index] === true ? weight : 0;
    count += weight;
  }
  return bins.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / count;
}

/**
 * Is it known which are right? Of the unanswerable it always is: they alone would tell nothing, where there are answerable ones too of which it is not
 * known.
 */
function isTold(judged: readonly Judged[], times?: ArrayLike<number>): boolean {
  const has = (wanted: (one: Judged) => boolean) => judged.some((one, at) => wanted(one) && (times?.[at] ?? 1) > 0);
  return has(({ right, answerable }) => right !== null && answerable) || !has(({ answerable }) => answerable);
}

/** The bins of the reliability diagram (Niculescu-Mizil and Caruana 2005), the empty ones left out. */
export function reliabilityBins(judged: readonly Judged[]): ReliabilityBin[] {
  const known = isTold(judged) ? judged.filter(({ right }) => right !== null) : [];
  return Array.from({ length: BINS }, (_, number) => number).flatMap((number) => {
    const own = known.filter(({ confidence }) => binOf(confidence) === number);
    if (own.length === 0) return [];
    return {
      from: number / BINS,
      to: (number + 1) / BINS,
      count: own.length,
      confidence: own.reduce((sum, { confidence }) => sum + confidence, 0) / own.length,
      right: own.filter(({ right }) => right).length / own.length,
    };
  });
}

export const calibrationErrorMeasure: SetMeasure = {
  name: 'calibrationError',
  title: 'Calibration error',
  definition:
    'How far the confidence is from the truth: of what is held for 80% likely, the first quote should hold the answer in 80 of 100 cases, shown or not.',
  from: 'Naeini, Cooper, Hauskrecht 2015, ten equal bins',
  better: 'lower',
  unit: 'share',
  over(judged, times) {
    if (!isTold(judged, times)) return null;
    const error = expectedCalibrationError(
      judged.map(({ confidence }) => confidence),
      judged.map(({ right }) => right === true),
      judged.map(({ right }, at) => (right === null ? 0 : (times?.[at] ?? 1))),
    );
    return Number.isNaN(error) ? null : error;
  },
};
