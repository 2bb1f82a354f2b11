import type { DateValue } from './dates.ts';
import type { Quantity } from './quantities.ts';

/**
 * What two values say of one another. `compatible`: both can be true, but they are told differently (a bound and a number that keeps it).
 * `incomparable`: they are of different kinds, so nothing follows.
 */
export type Comparison = 'same' | 'compatible' | 'different' | 'incomparable';

export function compareValues(a: DateValue | Quantity, b: DateValue | Quantity): Comparison {
  if (a.kind === 'date' && b.kind === 'date') return compareDates(a, b);
  if (a.kind === 'quantity' && b.kind === 'quantity') return compareQuantities(a, b);
  return 'incomparable';
}

/** Dates agree when all that both give is equal; a year inside the other's decade or range is equal too, two ranges must be the same. */
export function compareDates(a: DateValue, b: DateValue): Comparison {
  let shared = 0;
  if (a.years !== null && b.years !== null) {
    if (!areSameYears(a, b)) return 'different';
    shared++;
  }
  for (const field of ['month', 'day', 'weekday', 'minute'] as const) {
    if (a[field] === null || b[field] === null) continue;
    if (a[field] !== b[field]) return 'different';
    shared++;
  }
  return shared === 0 ? 'incomparable' : 'same';
}

function areSameYears(a: DateValue, b: DateValue): boolean {
  const [from, to] = a.years ?? [0, 0];
  const [otherFrom, otherTo] = b.years ?? [0, 0];
  if (from === otherFrom && to === otherTo) return true;
  const isInside = (from <= otherFrom && otherTo <= to) || (otherFrom <= from && to <= otherTo);
  return isInside && !(a.isRange && b.isRange);
}

/** "About 30" and 31 are one; the share by which an approximation may be off. */
const ABOUT = 0.05;
/** What is told in another unit is rounded there: "two miles" are 3 km, "24 weeks" six months. The share by which that may be off. */
const CONVERSION = 0.1;
/** And the share by which a unit may be off that is no multiple of the other, as months are none of days. */
const INCOMMENSURABLE = 0.02;

function compareQuantities(a: Quantity, b: Quantity): Comparison {
  if (a.measure !== b.measure) {
    const isBare = (it: Quantity) => it.measure === 'count' && it.units.length === 0;
    if (!isBare(a) && !isBare(b)) return 'incomparable';
    return a.amount === b.amount ? 'same' : compareNumbers(asWritten(a), asWritten(b));
  }
  if (a.measure === 'money' && a.units[0] !== b.units[0]) {
    // another amount in another currency may be a conversion
    return a.value === b.value ? 'different' : 'incomparable';
  }
  return compareNumbers(a, b);
}

type Measured = Pick<Quantity, 'measure' | 'value' | 'step' | 'range' | 'isApproximate'>;

function asWritten(it: Quantity): Measured {
  const factor = it.value === 0 ? 1 : it.amount / it.value;
  return { ...it, value: it.amount, step: it.step * factor, range: [it.range[0] * factor, it.range[1] * factor] };
}

function compareNumbers(a: Measured, b: Measured): Comparison {
  const [aIsExact, bIsExact] = [isPoint(a), isPoint(b)];
  if (aIsExact && bIsExact) return isNear(a, b) ? 'same' : 'different';
  if (a.range[0] === b.range[0] && a.range[1] === b.range[1]) return 'same';
  if (isBounded(a) && isBounded(b) && !aIsExact && !bIsExact) return 'different'; // "30 to 40" and "35 to 45"
  return a.range[0] <= b.range[1] && b.range[0] <= a.range[1] ? 'compatible' : 'different';
}

function isPoint({ range }: Measured): boolean {
  return range[0] === range[1];
}

function isBounded({ range }: Measured): boolean {
  return Number.isFinite(range[0]) && Number.isFinite(range[1]);
}

/** What has several units. */
const CONVERTED: ReadonlySet<Quantity['measure']> = new Set([
  'duration',
  'length',
  'area',
  'volume',
  'mass',
  'speed',
  'power',
]);

/** Equal, or one is the other rounded, or about the other. */
function isNear(a: Measured, b: Measured): boolean {
  const gap = Math.abs(a.value - b.value);
  const size = Math.max(Math.abs(a.value), Math.abs(b.value));
  if (gap <= size * 1e-9) return true;
  if (a.measure === 'ordinal') return false;
  const [coarse, fine] = [Math.max(a.step, b.step), Math.min(a.step, b.step)];
  if (CONVERTED.has(a.measure) && a.step !== b.step)
    return (
      gap <= size * (a.isApproximate || b.isApproximate ? ABOUT : INCOMMENSURABLE) ||
      (gap <= coarse / 2 && gap <= size * CONVERSION)
    );
  if (a.isApproximate || b.isApproximate) return gap <= size * ABOUT;
  return coarse > fine && gap <= coarse / 2 && gap <= size * ABOUT;
}
