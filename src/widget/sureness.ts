import type { WidgetTexts } from '../texts.ts';

/** A probability (0 to 1) in words, rounded down: nothing is ever wholly sure. */
export function sureness(confidence: number, texts: WidgetTexts, language: string): string {
  const inPercent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  if (confidence > 0.99) return texts.sureOver(inPercent.format(0.99));
  // 0.29 · 100 is a little less than 29.
  return texts.sure(inPercent.format(Math.floor(confidence * 100 + 1e-9) / 100));
}
