import { describe, expect, it } from 'vitest';
import { isPlace, namesIn } from '../../src/text/names.ts';

describe('namesIn', () => {
  it.each([
    ['We saw President Emmanuel Macron.', ['Emmanuel Macron: person']],
    ['After Secretary of State Marco Rubio adjusted his plans', ['Marco Rubio: person']],
    ['US envoy Steve Witkoff was there.', ['US: place', 'Steve Witkoff: person']],
    ['We met the Coalition of the Willing in Paris.', ['Coalition of the Willing: unknown', 'Paris: place']],
    ['By Ludwig van Beethoven and J. K. Rowling', ['Ludwig van Beethoven: unknown', 'J. K. Rowling: unknown']],
    ['At his Mar-a-Lago estate', ['Mar-a-Lago: unknown']],
    ['In the Donetsk region', ['Donetsk: place']],
    ['It is Russia’s plan, and NATO’s.', ['Russia: place', 'NATO: unknown']],
    ['They built Line 7 and the Boeing 737 in Spain.', ['Line 7: unknown', 'Boeing 737: unknown', 'Spain: place']],
    ['It was Monday 5 May, and Macron 3 times said so', ['Macron: unknown']],
    ['A US-led force under Russian control since February', []],
    ['nothing here', []],
  ])('%s', (text, expected) => {
    expect(namesIn(text).map(({ text: name, kind }) => `${name}: ${kind}`)).toEqual(expected);
  });

  it('says where each stands', () => {
    const text = 'What did Prime Minister Keir Starmer tell the United States?';
    const names = namesIn(text);
    expect(names.map(({ text: name, start }) => text.slice(start, start + name.length))).toEqual([
      'Keir Starmer',
      'United States',
    ]);
    expect(names.map(({ hasArticle }) => hasArticle)).toEqual([false, true]);
  });

  it('is not certain of a word that only begins a sentence', () => {
    expect(namesIn('Discussions went on.').map(({ isUncertain }) => isUncertain)).toEqual([true]);
    expect(namesIn('They say Macron left.').map(({ isUncertain }) => isUncertain)).toEqual([false]);
  });

  it('knows countries and well-known cities', () => {
    for (const name of ['Ukraine', 'united states', 'Paris', 'New York', 'U.S.']) expect(isPlace(name)).toBe(true);
    for (const name of ['Macron', 'Coalition', '']) expect(isPlace(name)).toBe(false);
  });
});
