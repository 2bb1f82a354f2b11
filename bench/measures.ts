/** Area under the ROC curve: how often a positive outranks a negative, ties half (Mann and Whitney 1947). */
export function auroc(scores: readonly number[], labels: readonly boolean[]): number {
  const order = scores
    .map((score, index) => ({ score, label: labels[index] === true }))
    .sort((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.score === order[from]?.score) to++;
    const rank = (from + 1 + to) / 2;
    rankSum += order.slice(from, to).filter(({ label }) => label).length * rank;
    from = to;
  }
  const positives = order.filter(({ label }) => label).length;
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Expected calibration error over ten equal bins (Naeini, Cooper, Hauskrecht 2015). */
export function expectedCalibrationError(confidences: readonly number[], labels: readonly boolean[]): number {
  const bins = Array.from({ length: 10 }, () => ({ confidence: 0, right: 0 }));
  for (const [index, confidence] of confidences.entries()) {
    const bin = bins[Math.min(9, Math.floor(confidence * 10))];
    if (bin === undefined) continue;
    bin.confidence += confidence;
    bin.right += labels[index] === true ? 1 : 0;
  }
  return bins.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0) / confidences.length;
}

/** SQuAD's normalisation: lower case, no punctuation, no articles (Rajpurkar et al. 2016). */
function normalizeAnswer(text: string): string[] {
  return text
    .toLowerCase()
    .replace(/[!-/:-@[-`{-~]/g, '')
    .replace(/\b(?:a|an|the)\b/g, ' ')
    .split(/\s+/)
    .filter(Boolean);
}

/** SQuAD's F1: the words that two answers share. */
export function f1(answer: string, reference: string): number {
  const left = normalizeAnswer(answer);
  const right = normalizeAnswer(reference);
  const rest = [...right];
  let shared = 0;
  for (const word of left) {
    const at = rest.indexOf(word);
    if (at === -1) continue;
    rest.splice(at, 1);
    shared += 1;
  }
  return shared === 0 ? 0 : (2 * shared) / (left.length + right.length);
}

export function exactMatch(answer: string, reference: string): number {
  return normalizeAnswer(answer).join(' ') === normalizeAnswer(reference).join(' ') ? 1 : 0;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which this share of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const order = [...values].sort((a, b) => a - b);
  return order[Math.min(order.length - 1, Math.floor(order.length * share))] ?? Number.NaN;
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
