import { describe, expect, it } from 'vitest';
import { readableDate } from '../../src/text/readable-date.ts';

describe('readableDate', () => {
  it.each([
    ['2026-05-03', 'en', '3 May 2026'],
    ['2026-01-05T23:30:00-08:00', 'en', '5 January 2026'],
    ['2026-01-05 08:00', 'de', '5. Januar 2026'],
    ['2024-02-29', 'en', '29 February 2024'],
  ])('puts %s into words (%s)', (published, language, words) => {
    expect(readableDate(published, language)).toBe(words);
  });

  it('can be short', () => {
    expect(readableDate('2026-01-05', 'en', 'short')).toBe('5 Jan 2026');
  });

  it.each(['2026-02-31', '2025-02-29', '2026-13-01', '2026-00-10', '2026-05-0333', '2026', '2026-05', 'spring', ''])(
    'leaves %j as the document gives it',
    (published) => {
      expect(readableDate(published, 'en')).toBe(published);
    },
  );
});
