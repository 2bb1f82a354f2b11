const fullDate = /^(\d{4}-\d\d-\d\d)(?:$|[T ])/;

/**
 * A full ISO date in words of a language (BCP 47), its time left out; anything else as the document gives it, a day that no calendar has
 * (2026-02-31) too.
 */
export function readableDate(published: string, language: string, month: 'long' | 'short' = 'long'): string {
  const day = fullDate.exec(published)?.[1];
  const date = new Date(day ?? Number.NaN);
  // A browser takes 31 February for a day in March.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) return published;
  // British order for English: the day first, as most of the world has it.
  const locale = language === 'en' ? 'en-GB' : language;
  return date.toLocaleDateString(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });
}
