import { beforeAll, describe, expect, test } from 'vitest';
import { buildKeywordIndex, type KeywordIndex } from '../../src/retrieval/keyword-index.ts';

const texts = [
  /*  0 */ 'The harbour reopened in May after two years of repairs.',
  /*  1 */ 'The council spent 14 million euros on the harbour, and the harbour has room for 40 boats.',
  /*  2 */ 'Boats may not enter the old port before sunrise.',
  /*  3 */ 'Ukraine’s president met Nicolás Maduro in Paris.',
  /*  4 */ 'Russia controls 75% of the Donetsk region.',
  /*  5 */ 'The U.S. envoy spoke of Donetsk and Luhansk, and of a ceasefire that would hold for years in every region.',
  /*  6 */ 'Schools closed on Monday because of snow.',
  /*  7 */ 'Snow fell on Tuesday. Snow fell on Wednesday. More snow is to come.',
  /*  8 */ 'The negotiators negotiated.',
  /*  9 */ 'A negotiation about 12,000 prisoners began.',
  /* 10 */ 'What is it that they have done to us?',
  /* 11 */ '👍',
];

let index: KeywordIndex;
beforeAll(async () => {
  index = await buildKeywordIndex(texts);
});

/** Rows, best first. */
function rowsFor(question: string): number[] {
  return [...index.search(question)].sort(([, a], [, b]) => b - a).map(([row]) => row);
}

describe('keyword search', () => {
  test.each([
    ['the rarer word counts for more', 'region Luhansk', [5, 4]],
    ['a word that stands there more often counts for more', 'snow', [7, 6]],
    ['of two rows with the word once the shorter is better', 'Donetsk', [4, 5]],
    ['more of the words are better than fewer', 'harbour boats', [1]],
    ['forms of a word are one', 'negotiating', [8, 9]],
    ['a possessive is its word', 'Ukraine', [3]],
    ['accents do not matter', 'nicolas MADURO', [3]],
    ['thousands are read with and without their comma', '12000', [9]],
    ['an acronym is read with and without its stops', 'US envoy', [5]],
  ])('%s: %s', (_, question, expected) => {
    expect(rowsFor(question).slice(0, expected.length)).toEqual(expected);
  });

  test('finds nothing for words that carry grammar only, signs or nothing', () => {
    for (const question of ['', ' ', 'What is it that they have?', '?!', '👍', '\ud83d'])
      expect(rowsFor(question)).toEqual([]);
  });

  test('finds nothing for what no row is about', () => {
    expect(rowsFor('photosynthesis')).toEqual([]);
  });

  test('gives no row a score that is not above nothing', () => {
    for (const score of index.search('harbour boats Donetsk snow').values()) {
      expect(score).toBeGreaterThan(0);
      expect(Number.isFinite(score)).toBe(true);
    }
  });

  test('is the same whatever the order of the words', () => {
    expect(index.search('boats in the harbour')).toEqual(index.search('harbour, boats'));
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'takes %s for a word like others',
    async (word) => {
      expect(rowsFor(word)).toEqual([]);
      const other = await buildKeywordIndex(['one', `the ${word} stands here`]);
      expect([...other.search(word).keys()]).toEqual([1]);
    },
  );
});

describe('a word that no row has', () => {
  test('finds nothing: spelling is mended before', () => {
    expect(rowsFor('Donetks')).toEqual([]);
  });
});

describe('the words of the texts', () => {
  test('are found by how they begin and how long they are, counted, and kept as they are first written', async () => {
    const some = await buildKeywordIndex(['Ukraine’s harbour.', 'The HARBOUR of Ukraine, the harbours, a boat.']);
    expect(new Map(some.wordsLike('ukrain', 1))).toEqual(new Map([['ukraine', { text: 'Ukraine', count: 2 }]]));
    const harbours = new Map(some.wordsLike('harbour', 1));
    expect(harbours.get('harbour')).toEqual({ text: 'harbour', count: 2 });
    expect(harbours.get('harbours')?.count).toBe(1);
    expect([...some.wordsLike('harbour', 0)].map(([word]) => word)).toEqual(['harbour']);
  });
});

describe('rarity', () => {
  test('is the number of rows that have the term, however often each', () => {
    expect(index.rows).toBe(texts.length);
    expect(index.rowsWith('snow')).toBe(2);
    expect(index.rowsWith('harbour')).toBe(2);
    expect(index.rowsWith('donetsk')).toBe(2);
    expect(index.rowsWith('negoti')).toBe(2);
    expect(index.rowsWith('photosynthesi')).toBe(0);
    expect(index.rowsWith('constructor')).toBe(0);
  });
});

test('an index of nothing finds nothing', async () => {
  const nothing = await buildKeywordIndex([]);
  expect(nothing.rows).toBe(0);
  expect(nothing.search('harbour').size).toBe(0);
});

test('building lets other work go on in between', async () => {
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 0);
  const many = await buildKeywordIndex(
    Array.from({ length: 5_000 }, (_, row) => `word${row} and some other words beside it`),
  );
  clearInterval(timer);
  expect(turns).toBeGreaterThanOrEqual(5);
  expect([...many.search('word4999').keys()]).toEqual([4_999]);
});
