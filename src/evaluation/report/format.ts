import type { Figure, MeasureCard } from '../types.ts';

/** 0.7111 → "71.1%". */
export function percent(value: number): string {
  return `${(value * 100).toFixed(1)}%`;
}

/** A value in its measure's unit. */
export function valueIn(unit: MeasureCard['unit'], value: number): string {
  if (unit === 'share') return percent(value);
  return unit === 'money' ? value.toPrecision(3) : String(Math.round(value));
}

/** The 95 % interval as "58.0–82.2%"; empty where there is none. */
export function intervalIn(unit: MeasureCard['unit'], { low, high }: Pick<Figure, 'low' | 'high'>): string {
  if (low === null || high === null) return '';
  const [from, to] = [valueIn(unit, low), valueIn(unit, high)];
  return from === to ? to : `${unit === 'share' ? from.slice(0, -1) : from}–${to}`;
}

/** A difference with its sign, shares in percentage points. */
export function differenceIn(unit: MeasureCard['unit'], value: number): string {
  const size = unit === 'share' ? `${(Math.abs(value) * 100).toFixed(1)} pp` : valueIn(unit, Math.abs(value));
  return Number.parseFloat(size) === 0 ? '±0' : `${value > 0 ? '+' : '−'}${size}`;
}

/** The interval of a difference: "−5.1 pp to +0.2 pp". */
export function differenceRange(unit: MeasureCard['unit'], { low, high }: { low: number; high: number }): string {
  const [from, to] = [differenceIn(unit, low), differenceIn(unit, high)];
  return from === to ? from : `${from} to ${to}`;
}

/** Milliseconds as a person says them. */
export function milliseconds(value: number): string {
  if (value < 10) return `${value.toFixed(1)} ms`;
  return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
}

/** "1 question", "2 questions". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
