import { describe, expect, it } from 'vitest';
import { type Comparison, compareValues } from '../../../src/answering/values/compare-values.ts';
import { datesIn } from '../../../src/answering/values/dates.ts';
import { quantitiesIn } from '../../../src/answering/values/quantities.ts';
import { fc, property } from '../../support/property.ts';

function valueIn(text: string) {
  const dates = datesIn(text);
  const value = dates[0] ?? quantitiesIn(text, dates)[0];
  if (value === undefined) throw new Error(`no value in ${text}`);
  return value;
}

const compare = (a: string, b: string): Comparison => compareValues(valueIn(a), valueIn(b));

describe('compareValues', () => {
  it.each<[string, string, Comparison]>([
    ['35 countries', 'thirty-five countries', 'same'],
    ['35 countries', '36 countries', 'different'],
    ['more than 30 countries', '35 countries', 'compatible'],
    ['more than 30 countries', 'over 30 countries', 'same'],
    ['more than 30 countries', '27 countries', 'different'],
    ['up to 1,000 jobs', '900 jobs', 'compatible'],
    ['at least 50 million euros', '62 million euros', 'compatible'],
    ['nearly 99%', '99%', 'same'],
    ['about 60,000 homes', '95,000 homes', 'different'],
    ['12 million people', '12,345,678 people', 'same'],
    ['3.5 million people', '3.6 million people', 'different'],
    ['75%', 'three quarters', 'same'],
    ['half', '50 per cent', 'same'],
    ['75%', '75 people', 'incomparable'],
    ['30 to 40 men', '35 men', 'compatible'],
    ['30 to 40 men', '35 to 45 men', 'different'],
    ['$1.2 million', '1,200,000 dollars', 'same'],
    ['$5 million', '€5 million', 'different'],
    ['$5 million', '€4.6 million', 'incomparable'],
    ['a 15-year deal', 'fifteen years', 'same'],
    ['eighteen months', 'one and a half years', 'same'],
    ['six weeks', 'three months', 'different'],
    ['six months', '24 weeks', 'same'],
    ['for a month', 'for four weeks', 'same'],
    ['about a minute', '40 seconds', 'different'],
    ['less than a minute', '40 seconds', 'compatible'],
    ['half an hour', '30 minutes', 'same'],
    ['just under half an hour', '26 minutes', 'different'],
    ['14.5 km', 'nine miles', 'same'],
    ['about 3 km', 'nearly two miles', 'same'],
    ['14.5 km', '14.6 km', 'different'],
    ['3 km', 'three miles', 'different'],
    ['50 mg', '50 milligrams', 'same'],
    ['12 km', '40 metres', 'different'],
    ['12 km', '12 kg', 'incomparable'],
    ['90 km/h', '90 km', 'incomparable'],
    ['February 2022', '24 February 2022', 'same'],
    ['14 March', 'March 16', 'different'],
    ['the 1990s', 'in 1994', 'same'],
    ['the 1990s', 'in 2001', 'different'],
    ['from 1990 to 1995', 'from 1990 to 1997', 'different'],
    ['on Tuesday', '24 February', 'incomparable'],
    ['44 BC', 'AD 44', 'different'],
    ['the third time', 'the fourth time', 'different'],
  ])('%j and %j: %s', (a, b, expected) => {
    expect([compare(a, b), compare(b, a)]).toEqual([expected, expected]);
  });

  const spelt = fc.integer({ min: 1, max: 999_999 }).map((value) => ({
    value,
    ways: [String(value), value.toLocaleString('en'), ...(value < 10_000 ? [inWords(value)] : [])],
  }));
  property.prop([spelt, fc.constantFrom(' people', ' per cent', ' euros', ' years')])(
    'a number agrees with itself in every spelling, and differs from the next',
    ({ value, ways }, unit) => {
      for (const a of ways) {
        for (const b of ways) expect(compare(`exactly ${a}${unit}`, `exactly ${b}${unit}`)).toBe('same');
      }
      if (value % 100 !== 0 && (value + 1) % 100 !== 0) {
        expect(compare(`exactly ${ways[1]}${unit}`, `exactly ${(value + 1).toLocaleString('en')}${unit}`)).toBe(
          'different',
        );
      }
    },
  );

  const day = fc.date({ min: new Date('1100-01-01'), max: new Date('2099-12-28'), noInvalidDate: true }).map(spellings);
  property.prop([day])('a day agrees with itself in every spelling and precision', (ways) => {
    for (const a of ways) for (const b of ways) expect(compare(`on ${a}`, `on ${b}`)).toBe('same');
  });

  const bound = fc.constantFrom('', 'about ', 'more than ', 'at most ', 'nearly ', 'at least ');
  const any = fc.tuple(
    bound,
    fc.integer({ min: 1, max: 5_000 }),
    fc.constantFrom(' people', '%', ' years', ' months', ' dollars', ' euros', ' km', ' miles', ''),
  );
  property.prop([any, any])('which of two comes first never matters', (left, right) => {
    const [a, b] = [left.join(''), right.join('')];
    expect(compare(`it was ${a}`, `it was ${b}`)).toBe(compare(`it was ${b}`, `it was ${a}`));
  });
});

function spellings(date: Date): string[] {
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2000, month, 1)),
  );
  const iso = `${year}-${String(month + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return [
    `${day} ${name} ${year}`,
    `${name} ${day}, ${year}`,
    iso,
    `${name} ${year}`,
    `the ${day}th of ${name} ${year}`,
  ];
}

const SMALL =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen`.split(/\s+/);
const TENS = 'zero ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');

/** English words of a number below ten thousand, made apart from the code under test. */
function inWords(value: number): string {
  if (value < 20) return SMALL[value] ?? '';
  if (value < 100) return `${TENS[Math.floor(value / 10)]}${value % 10 === 0 ? '' : `-${SMALL[value % 10]}`}`;
  const [scale, word] = value < 1_000 ? [100, 'hundred'] : [1_000, 'thousand'];
  const rest = value % scale;
  return `${inWords(Math.floor(value / scale))} ${word}${rest === 0 ? '' : ` ${rest < 100 ? 'and ' : ''}${inWords(rest)}`}`;
}
