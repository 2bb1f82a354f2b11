import type { SetMeasure } from '../types.ts';

/** Area under the ROC curve: how often a positive outranks a negative, ties half (Mann and Whitney 1947). `times`: how often each counts. */
export function auroc(scores: readonly number[], labels: readonly boolean[], times?: ArrayLike<number>): number {
  const order = scores
    .map((score, index) => ({ score, label: labels[index] === true, times: times?.[index] ?? 1 }))
    .sort((a, b) => a.score - b.score);
  let outranked = 0;
  let [positives, negatives] = [0, 0];
  for (let at = 0; at < order.length; ) {
    const score = order[at]?.score;
    let [tiedPositives, tiedNegatives] = [0, 0];
    for (let one = order[at]; one !== undefined && one.score === score; one = order[++at]) {
      if (one.label) tiedPositives += one.times;
      else tiedNegatives += one.times;
    }
    outranked += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
  }
  return outranked / (positives * negatives);
}

export const aurocMeasure: SetMeasure = {
  name: 'auroc',
  title: 'AUROC',
  definition:
    'Does the confidence tell what the documents answer from what they don’t? Take one question of each kind: how often is it higher for the first (the area under the ROC curve). 50% is chance, 100% never errs.',
  from: 'Mann and Whitney 1947',
  better: 'higher',
  unit: 'share',
  over(judged, times) {
    const value = auroc(
      judged.map(({ confidence }) => confidence),
      judged.map(({ answerable }) => answerable),
      times,
    );
    return Number.isNaN(value) ? null : value; // without one of the two sides it is 0 / 0
  },
};
