/** The value below which this share of the values lie (nearest rank, from below); NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const order = [...values].sort((a, b) => a - b);
  return order[Math.min(order.length - 1, Math.floor(order.length * share))] ?? Number.NaN;
}
