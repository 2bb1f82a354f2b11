import { describe, expect, it } from 'vitest';
import { type WidgetTexts, widgetTexts } from '../../src/texts.ts';
import { sureness } from '../../src/widget/sureness.ts';

describe('how sure an answer is', () => {
  it.each([
    [0.876, 'en', '87% sure'],
    [0.29, 'en', '29% sure'],
    [0.99, 'en', '99% sure'],
    [0.9901, 'en', 'over 99% sure'],
    [1, 'en', 'over 99% sure'],
    [1, 'de', 'zu über 99\u00a0% sicher'],
    [0.5, 'de', 'zu 50\u00a0% sicher'],
  ])('%d is, rounded down (%s): %s', (confidence, language, words) => {
    expect(sureness(confidence, widgetTexts[language] as WidgetTexts, language)).toBe(words);
  });
});
