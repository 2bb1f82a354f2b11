/** Logistic regression, fitted by Newton's method (iteratively reweighted least squares; Bishop 2006, section 4.3.3), lightly ridged. */
export interface LogisticModel {
  bias: number;
  weights: number[];
}

const RIDGE = 1;
const STEPS = 30;

export function fitLogistic(rows: number[][], labels: number[], importance: number[]): LogisticModel {
  const width = rows[0]?.length ?? 0;
  const means = column(width, (j) => average(rows.map((row) => row[j] ?? 0)));
  const scales = column(
    width,
    (j) => Math.sqrt(average(rows.map((row) => ((row[j] ?? 0) - (means[j] ?? 0)) ** 2))) || 1,
  );
  const scaled = rows.map((row) => [1, ...row.map((value, j) => (value - (means[j] ?? 0)) / (scales[j] ?? 1))]);
  let beta = column(width + 1, () => 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = beta.map((value, j) => (j === 0 ? 0 : -RIDGE * value));
    const hessian = beta.map((_, j) => beta.map((__, k) => (j === k && j > 0 ? RIDGE : 0)));
    for (const [i, row] of scaled.entries()) {
      const p = sigmoid(row.reduce((sum, value, j) => sum + value * (beta[j] ?? 0), 0));
      const weight = importance[i] ?? 1;
      for (const [j, value] of row.entries()) {
        gradient[j] = (gradient[j] ?? 0) + weight * ((labels[i] ?? 0) - p) * value;
        const line = hessian[j] as number[];
        for (const [k, other] of row.entries()) line[k] = (line[k] ?? 0) + weight * p * (1 - p) * value * other;
      }
    }
    const change = solve(hessian, gradient);
    beta = beta.map((value, j) => value + (change[j] ?? 0));
    if (Math.max(...change.map(Math.abs)) < 1e-9) break;
  }
  const weights = column(width, (j) => (beta[j + 1] ?? 0) / (scales[j] ?? 1));
  return { bias: (beta[0] ?? 0) - weights.reduce((sum, weight, j) => sum + weight * (means[j] ?? 0), 0), weights };
}

export function probability({ bias, weights }: LogisticModel, row: number[]): number {
  return sigmoid(row.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), bias));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function column(length: number, at: (index: number) => number): number[] {
  return Array.from({ length }, (_, index) => at(index));
}

function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], vector: number[]): number[] {
  const rows = matrix.map((line, i) => [...line, vector[i] ?? 0]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let i = pivot + 1; i < size; i++)
      if (Math.abs(rows[i]?.[pivot] ?? 0) > Math.abs(rows[best]?.[pivot] ?? 0)) best = i;
    [rows[pivot], rows[best]] = [rows[best] as number[], rows[pivot] as number[]];
    for (let i = 0; i < size; i++) {
      if (i === pivot) continue;
      const factor = (rows[i]?.[pivot] ?? 0) / (rows[pivot]?.[pivot] ?? 1);
      for (let j = pivot; j <= size; j++)
        (rows[i] as number[])[j] = (rows[i]?.[j] ?? 0) - factor * (rows[pivot]?.[j] ?? 0);
    }
  }
  return rows.map((line, i) => (line[size] ?? 0) / (line[i] ?? 1));
}
