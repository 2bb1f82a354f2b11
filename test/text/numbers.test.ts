import { describe, expect, test } from 'vitest';
import { numbersIn } from '../../src/text/numbers.ts';

/** "35", "75%", "€12": value and unit. */
const shown = (text: string) =>
  numbersIn(text).map(({ value, unit }) => (unit === '%' ? `${value}%` : `${unit}${value}`));

describe('the numbers of a text', () => {
  test.each([
    ['75% of it', ['75%']],
    ['about 75 per cent, or 75 percent', ['75%', '75%']],
    ['thirty-five boats', ['35']],
    ['Thirty five boats', ['35']],
    ['two hundred and five', ['205']],
    ['twelve thousand three hundred', ['12300']],
    ['a hundred and one nights', ['101']],
    ['two dozen eggs', ['24']],
    ['12,000,000 and 12 million and 12m', ['12000000', '12000000', '12000000']],
    ['€12.5 million', ['€12500000']],
    ['£5bn', ['£5000000000']],
    ['$3.3 million', ['$3300000']],
    ['5 m long', ['5']],
    ['6 January 2026', ['6', '2026']],
    ['2026-01-06', ['2026', '1', '6']],
    ['at 9:30', ['9', '30']],
    ['the fifth point, the 5th point', ['5', '5']],
    ['a 15-year plan', ['15']],
    ['nineteen ninety', ['19', '90']],
    ['the nineteenth century', ['19']],
    ['three billion dollars, 12.50 pounds', ['$3000000000', '£12.5']],
    ['-5 degrees, minus 5, (−5)', ['-5', '-5', '-5']],
    ['COVID-19 in 2020-21, 3-1', ['19', '2020', '21', '3', '1']],
    ['five or six', ['5', '6']],
    ['1.2.3', ['1.2.3']],
    ['one of them', []],
    ['the first of many', []],
    ['hundreds of people', []],
    ['none', []],
  ])('%j are %j', (text, numbers) => {
    expect(shown(text)).toEqual(numbers);
  });
});
