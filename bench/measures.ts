/** The measures of the evaluation, which are these too. */
export { auroc } from '../src/evaluation/measures/auroc.ts';
export { expectedCalibrationError } from '../src/evaluation/measures/calibration-error.ts';
export { exactMatch } from '../src/evaluation/measures/exact-match.ts';
export { f1 } from '../src/evaluation/measures/f1.ts';
export { mean } from '../src/evaluation/measures/mean.ts';
export { percentile } from '../src/evaluation/measures/percentile.ts';

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
