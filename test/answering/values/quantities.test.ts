import { describe, expect, it } from 'vitest';
import { datesIn } from '../../../src/answering/values/dates.ts';
import { quantitiesIn } from '../../../src/answering/values/quantities.ts';

/** Each quantity of a text: its words, measure, value or range, and what it counts. */
function read(text: string): string[] {
  return quantitiesIn(text, datesIn(text)).map(
    ({ start, end, measure, value, range: [least, most], isApproximate, units }) => {
      const size = least === most ? String(value) : `${least}..${most}`;
      return [text.slice(start, end), measure, `${isApproximate ? '~' : ''}${size}`, ...units].join(' | ');
    },
  );
}

describe('quantitiesIn', () => {
  it.each([
    ['35 officials', ['35 | count | 35 | offici']],
    ['thirty-five officials', ['thirty-five | count | 35 | offici']],
    ['three hundred and twelve people', ['three hundred and twelve | count | 312 | peopl']],
    ['two thousand three hundred people', ['two thousand three hundred | count | 2300 | peopl']],
    ['a dozen villages', ['a dozen | count | 12 | villag']],
    ['half a million people', ['half a million | count | 500000 | peopl']],
    ['more than 30 countries', ['more than 30 | count | 30..Infinity | countri']],
    ['no more than 30 countries', ['no more than 30 | count | -Infinity..30 | countri']],
    ['at least 12 passengers', ['at least 12 | count | 12..Infinity | passeng']],
    ['up to 1,000 jobs', ['up to 1,000 | count | -Infinity..1000 | job']],
    ['nearly 4 million voters', ['nearly 4 million | count | ~4000000 | voter']],
    ['between 30 and 40 men', ['30 and 40 | count | 30..40 | men']],
    ['30 to 50 thousand men', ['30 to 50 thousand | count | 30000..50000 | men']],
    ['85 of their soldiers', ['85 | count | 85 | soldier']],
    ['75%', ['75% | share | 75']],
    ['75 per cent', ['75 per cent | share | 75']],
    ['three quarters of households', ['three quarters | share | ~75']],
    ['one in five people', ['one in five | share | ~20']],
    ['$1.2 million', ['$1.2 million | money | 1200000 | dollar']],
    ['1,200,000 dollars', ['1,200,000 dollars | money | 1200000 | dollar']],
    ['€1.5bn', ['€1.5bn | money | 1500000000 | euro']],
    ['a 15-year contract', ['15-year | duration | 5478.75']],
    ['fifteen years', ['fifteen years | duration | 5478.75']],
    ['by half in a study', ['half | share | ~50']],
    ['closed for a month', ['a month | duration | 30.4375']],
    ['lasted less than a minute', ['less than a minute | duration | -Infinity..0.0006944444444444445']],
    ['a day in the life', []],
    ['€90 a month', ['€90 | money | 90 | euro']],
    ['half an hour', ['half an hour | duration | 0.020833333333333332']],
    ['just under half a year', ['just under half a year | duration | ~182.625']],
    ['a quarter of a mile', ['a quarter of a mile | length | 402.336']],
    ['14.5 km', ['14.5 km | length | 14500']],
    ['nearly two miles', ['nearly two miles | length | ~3218.688']],
    ['winds of 90 km/h', ['90 km/h | speed | 90']],
    ['60 miles per hour', ['60 miles per hour | speed | 96.56064']],
    ['200 square kilometres', ['200 square kilometres | area | 200000000']],
    ['a 50-milligram tablet', ['50-milligram | mass | 0.05']],
    ['5 million tonnes of grain', ['5 million tonnes | mass | 5000000000000']],
    ['12m people', ['12m | count | 12000000 | peopl']],
    ['5 pounds', ['5 pounds | money | 5 | pound']],
    ['the third attempt', ['third | ordinal | 3 | attempt']],
  ])('reads %j', (text, quantities) => {
    expect(read(text)).toEqual(quantities);
  });

  it.each(['in February 2022', 'a man and a woman', 'no number here'])('finds none in %j', (text) => {
    expect(read(text)).toEqual([]);
  });
});
