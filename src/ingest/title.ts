import { oneLine } from '../text/readable.ts';

/** Longest title that is made of a paragraph, in characters. */
const longestTitle = 120;

/**
 * The headline among the headings before a document's first paragraph, or else its first heading: a kicker ('WORLD') above a
 * headline is none. Null without headings.
 */
export function headline(leading: string[], first: string | null): string | null {
  const [kicker, next] = leading;
  if (kicker === undefined) return first;
  const capitals = (text: string) => text === text.toUpperCase();
  const isKicker = next !== undefined && kicker.split(' ').length <= 2 && capitals(kicker) && !capitals(next);
  return isKicker ? next : kicker;
}

/** The first line of a paragraph as a title: cut after a whole word at 120 characters, with an ellipsis. */
export function titleOf(paragraph: string): string {
  const line = oneLine(paragraph.trim().split(/[\n\r]/, 1)[0] ?? '');
  if (line.length <= longestTitle) return line;
  const space = line.lastIndexOf(' ', longestTitle - 1);
  const cut = space > 0 ? line.slice(0, space) : line.slice(0, longestTitle - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut}…`;
}
