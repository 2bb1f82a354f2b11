import { describe, expect, it } from 'vitest';
import { datesIn } from '../../../src/answering/values/dates.ts';

/** Each date of a text: its words, and what it gives. */
function read(text: string): string[] {
  return datesIn(text).map(({ start, end, years, month, day, weekday, minute }) => {
    const given = Object.entries({ years: years?.join('..'), month, day, weekday, minute }).filter(
      ([, it]) => it != null,
    );
    return `${text.slice(start, end)}: ${given.map(([name, it]) => `${name} ${it}`).join(', ')}`;
  });
}

describe('datesIn', () => {
  it.each([
    ['on 24 February 2022', ['24 February 2022: years 2022..2022, month 2, day 24']],
    ['on Feb. 24, 2022', ['Feb. 24, 2022: years 2022..2022, month 2, day 24']],
    ['on the 24th of February', ['24th of February: month 2, day 24']],
    ['in February 2022', ['February 2022: years 2022..2022, month 2']],
    ['on 2022-02-24', ['2022-02-24: years 2022..2022, month 2, day 24']],
    ['on Tuesday, 6 January', ['Tuesday, 6 January: month 1, day 6, weekday 2']],
    ['in May', ['May: month 5']],
    ['in the 1990s', ['1990s: years 1990..1999']],
    ['in the 19th century', ['19th century: years 1800..1900']],
    ['in the nineteenth century', ['nineteenth century: years 1800..1900']],
    ['in 44 BC', ['44 BC: years -44..-44']],
    ['in AD 79', ['AD 79: years 79..79']],
    ['the seasons 1990–95', ['1990–95: years 1990..1995']],
    ['from 1990 to 1995', ['1990 to 1995: years 1990..1995']],
    ['between 1990 and 1995', ['1990 and 1995: years 1990..1995']],
    ['at 3:30 pm', ['3:30 pm: minute 930']],
    ['in 1931 after 12 years', ['1931: years 1931..1931']],
  ])('reads %j', (text, dates) => {
    expect(read(text)).toEqual(dates);
  });

  it.each([
    'it may be so',
    'they march on',
    '1500 people came',
    '12,000 homes',
    '2,022 votes',
    '110 mph',
    '35 countries',
  ])('finds none in %j', (text) => {
    expect(read(text)).toEqual([]);
  });
});
