import type { Judged, ReliabilityBin, SetMeasure } from '../types.ts';

const BINS = 10;

/** The bin of a confidence, from 0. */
function binOf(confidence: number): number {
  return Math.min(BINS - 1, Math.floor(confidence * BINS));
}

/** Expected calibration error over ten equal bins (Naeini, Cooper, Hauskrecht 2015). */
export function expectedCalibrationError(confidences: readonly number[], labels: readonly boolean[]): number {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, right: 0 }));
  for (const [index, confidence] of confidences.entries()) {
    const bin = bins[binOf(confidence)];
    if (bin === undefined) continue;
    bin.confidence += confidence;
    bin.right += labels[index] === true ? 1 : 0;
  }
  return bins.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / confidences.length;
}

/** Those of which it is known whether they are right. Of the unanswerable it always is: without any answerable they would tell nothing. */
function knownOf(judged: readonly Judged[]): Judged[] {
  const known = judged.filter(({ right }) => right !== null);
  const isOneSided = judged.some(({ answerable }) => answerable) && known.every(({ answerable }) => !answerable);
  return isOneSided ? [] : known;
}

/** The bins of the reliability diagram (Niculescu-Mizil and Caruana 2005), the empty ones left out. */
export function reliabilityBins(judged: readonly Judged[]): ReliabilityBin[] {
  const known = knownOf(judged);
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
  over(judged) {
    const known = knownOf(judged);
    if (known.length === 0) return null;
    return expectedCalibrationError(
      known.map(({ confidence }) => confidence),
      known.map(({ right }) => right === true),
    );
  },
};
