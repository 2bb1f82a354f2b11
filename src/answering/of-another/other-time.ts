const YEAR = String.raw`(?<![\p{N}.,€$£])(?:1[0-9]|20)\d\d(?![\p{N}%]|[.,]\p{N})`;
const YEARS = new RegExp(YEAR, 'gu');
/** Years that bound a time speak of others too: "since 2015", "from 2019 to 2023", "in the 1990s". */
const BOUND = new RegExp(
  `\\b(?:since|from|between|until|till|through|by|before|after|to)\\s(?:\\p{L}+\\s)?${YEAR}|${YEAR}s|${YEAR}\\s?[–-]\\s?${YEAR}`,
  'u',
);
/** "May" and "March" with a capital, and not as a question's or sentence's first word, are months. */
const MONTH = /(?<=\S\s)(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/gu;

/**
 * Does a sentence speak of another time than the one that is asked about: does it name a year (or a month), and nothing around it the asked one?
 * `around` is what else may name it: its passage, its document's title and date.
 */
export function isOfAnotherTime(question: string, sentence: string, around: string): boolean {
  if (BOUND.test(sentence)) return false;
  return (
    isAnother(yearsIn(question), yearsIn(sentence), yearsIn(around)) ||
    isAnother(monthsIn(question), monthsIn(sentence), monthsIn(around))
  );
}

function isAnother(asked: string[], said: string[], around: string[]): boolean {
  return asked.length > 0 && said.length > 0 && !asked.some((it) => said.includes(it) || around.includes(it));
}

function yearsIn(text: string): string[] {
  return text.match(YEARS) ?? [];
}
function monthsIn(text: string): string[] {
  return (text.match(MONTH) ?? []).map((it) => it.toLowerCase());
}
