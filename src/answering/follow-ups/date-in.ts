import type { ReadTurn } from './read-turn.ts';

const MONTH = '(?:January|February|March|April|May|June|July|August|September|October|November|December)';
const YEAR = '(?:1[5-9]|20)\\d\\d(?:[-–]\\d{2,4})?(?!\\d)';
/** "24 February 2022", "February 24, 2022", "February 2022", "2022", "1998–99". */
const DATE = new RegExp(
  `\\b(?:\\d{1,2} ${MONTH}(?:,? ${YEAR})?|${MONTH} \\d{1,2}(?:, ${YEAR})?|(?:${MONTH} )?${YEAR})`,
  'g',
);

/** The date or the year that was spoken of last. @param turns The latest first. */
export function dateIn(turns: readonly ReadTurn[], isYear: boolean): string | null {
  for (const { short, quotes, question } of turns) {
    for (const text of [short, ...quotes, question]) {
      const found = text.match(isYear ? new RegExp(`\\b${YEAR}`, 'g') : DATE)?.at(-1);
      if (found !== undefined) return found;
    }
  }
  return null;
}
