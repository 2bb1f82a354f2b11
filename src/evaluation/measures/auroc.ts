import type { SetMeasure } from '../types.ts';

/** Area under the ROC curve: how often a positive outranks a negative, ties half (Mann and Whitney 1947). */
export function auroc(scores: readonly number[], labels: readonly boolean[]): number {
  const order = scores
    .map((score, index) => ({ score, label: labels[index] === true }))
    .sort((a, b) => a.score - b.score);
  let rankSum = 0;
  let positives = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tied = 0;
    for (; to < order.length && order[to]?.score === order[from]?.score; to++) tied += order[to]?.label ? 1 : 0;
    rankSum += (tied * (from + 1 + to)) / 2;
    positives += tied;
    from = to;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

export const aurocMeasure: SetMeasure = {
  name: 'auroc',
  title: 'AUROC',
  definition:
    'How often the confidence of a question that the documents answer is above that of one they don’t; 0.5 is chance.',
  from: 'Mann and Whitney 1947',
  better: 'higher',
  unit: 'share',
  over(judged) {
    const labels = judged.map(({ answerable }) => answerable);
    if (!labels.includes(true) || !labels.includes(false)) return null;
    return auroc(
      judged.map(({ confidence }) => confidence),
      labels,
    );
  },
};
