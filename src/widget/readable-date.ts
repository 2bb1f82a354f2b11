/** An ISO date in words of a language; any other as the document gives it. */
export function readableDate(published: string, language: string): string {
  const date = /^\d{4}-\d\d-\d\d/.test(published) ? new Date(published.slice(0, 10)) : null;
  if (!date || Number.isNaN(date.getTime())) return published;
  // British order for English: the day first, as most of the world has it.
  const locale = language === 'en' ? 'en-GB' : language;
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
