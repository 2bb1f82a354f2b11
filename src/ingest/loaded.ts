import type { Document } from '../types.ts';

/** What a loader makes of one file's text. `text` is what every offset refers to; blocks are in order, trimmed, apart. */
export type LoadedDocument = Pick<Document, 'title' | 'text' | 'blocks' | 'markup'> & Metadata;

/** What a file says about itself. */
export type Metadata = Pick<Document, 'author' | 'publisher' | 'url' | 'published'>;

const months = /\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)/i;

/**
 * ISO 8601 where the date can be told ('January 6, 2026' → '2026-01-06'), else the words as they stand: `Date.parse` makes a
 * date of nearly anything, so only a month's name beside a year of four digits is trusted.
 */
export function isoDate(value: string): string {
  const words = value.trim();
  if (/^\d{4}-\d\d/.test(words) || words.length > 60) return words;
  const time = Date.parse(words);
  if (Number.isNaN(time) || !months.test(words) || !/\b(?:1[5-9]|20)\d\d\b/.test(words)) return words;
  const date = new Date(time);
  if (/\d:\d\d/.test(words)) return /(?:GMT|UTC|Z|[+-]\d\d:?\d\d)\)?$/.test(words) ? date.toISOString() : words;
  const part = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${part(date.getMonth() + 1)}-${part(date.getDate())}`;
}
