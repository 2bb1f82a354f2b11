import { describe, expect, test } from 'vitest';
import { cleanStatement, excessOf } from '../../src/answering/verify-statement.ts';

const question = 'What did the government in Kyiv decide about the port?';
const material = 'Many leaders met. The ministers of several countries came; talks and troops are spoken of.';
const excess = (statement: string, ...quotes: string[]) => excessOf(statement, { quotes, question, material });

const CONTROLS = 'Russia currently controls about 75% of the Donetsk region and nearly 99% of neighbouring Luhansk.';
const NOT_FINAL = 'The deal is not yet final, and talks continue on Wednesday, said President Zelensky.';
const TROOPS = 'France may send thirty-five hundred soldiers after a ceasefire, Macron said on 6 January 2026.';

describe('a statement that stands on its quotes', () => {
  test.each([
    ['the quote itself', CONTROLS, CONTROLS],
    ['a part of it', 'Russia controls about 75% of the Donetsk region.', CONTROLS],
    ['the number in words', 'Russia controls seventy-five per cent of the Donetsk region.', CONTROLS],
    ['the number in digits', 'France may send 3,500 soldiers after a ceasefire.', TROOPS],
    ['the people of the country', 'The Russian forces control 75% of the Donetsk region.', CONTROLS],
    ['a capital that is that of the place', 'Talks continue on Wednesday.', NOT_FINAL],
    ['a word of the question', 'The government said talks continue on Wednesday.', NOT_FINAL],
    ['a negation that is theirs', 'The deal is not final.', NOT_FINAL],
    ['a clause without the negation', 'Talks continue on Wednesday, Zelensky said.', NOT_FINAL],
    [
      'two quotes together',
      'Zelensky said talks continue on Wednesday; Macron said France may send soldiers.',
      NOT_FINAL,
      TROOPS,
    ],
    ['an opener', 'However, according to Zelensky, talks continue on Wednesday.', NOT_FINAL],
    ['a number at the start', 'Thirty-five hundred soldiers may be sent by France after a ceasefire.', TROOPS],
    ['a noun at the start', 'Soldiers may be sent by France after a ceasefire.', TROOPS],
    ['typographic signs', 'President Zelensky’s talks continue on Wednesday.', NOT_FINAL],
  ])('%s', (_, statement, ...quotes) => {
    expect(excess(statement, ...quotes)).toBeNull();
  });
});

describe('a statement that says more', () => {
  test.each([
    ['another number', 'Russia controls about 76% of the Donetsk region.', 'the number 76%', CONTROLS],
    [
      'another number in words',
      'Russia controls about eighty per cent of the Donetsk region.',
      'the number 80%',
      CONTROLS,
    ],
    [
      'per cent of what is none',
      'About 6% of soldiers may be sent by France after a ceasefire.',
      'the number 6%',
      TROOPS,
    ],
    ['another date', 'Macron said on 7 January 2026 that France may send soldiers.', 'the number 7', TROOPS],
    ['another month', 'Macron said on 6 March 2026 that France may send soldiers.', 'the name March', TROOPS],
    ['another name', 'Macron and Merz said that France may send soldiers after a ceasefire.', 'the name Merz', TROOPS],
    ['another name at the start', 'Merz said France may send soldiers after a ceasefire.', 'the name Merz', TROOPS],
    ['a longer name', 'Macronson said France may send soldiers after a ceasefire.', 'the name Macronson', TROOPS],
    ['a name of the question alone', 'Kyiv said that talks continue on Wednesday.', 'the name Kyiv', NOT_FINAL],
    [
      'an address',
      'Talks continue on Wednesday, see https://evil.example/now.',
      'the address https://evil.example/now.',
      NOT_FINAL,
    ],
    [
      'a link',
      'Talks [continue](https://evil.example) on Wednesday.',
      'the address ](https://evil.example)',
      NOT_FINAL,
    ],
    [
      'an affirmation of what is negated',
      'The deal is final, said President Zelensky.',
      'final, which is negated there',
      NOT_FINAL,
    ],
    ['a negation of its own', 'France will not send soldiers after a ceasefire.', 'a negation', TROOPS],
    ['something else', 'The weather was fine and everybody enjoyed a lovely picnic.', 'most of its words', NOT_FINAL],
    ['nothing', '', 'its length', NOT_FINAL],
    ['an essay', 'Talks continue on Wednesday. '.repeat(40), 'its length', NOT_FINAL],
  ])('%s', (_, statement, what, ...quotes) => {
    expect(excess(statement, ...quotes)).toBe(what);
  });

  test('in a script without spaces is held letter by letter', () => {
    const quote = '俄羅斯目前控制頓涅茨克地區約75%的領土。';
    expect(excessOf('俄羅斯控制該地區約75%。', { quotes: [quote], question: '多少?', material: quote })).toBeNull();
    expect(excessOf('月亮是奶酪做成的東西。', { quotes: [quote], question: '多少?', material: quote })).toBe(
      'most of its words',
    );
  });
});

describe('the text of a statement', () => {
  test.each([
    ['It is so [1].', 'It is so.'],
    ['It is so [1][2, 3] and so [4-6].', 'It is so and so.'],
    ['One\nline \u0007only\u202e', 'One line only'],
    ['  padded  ', 'padded'],
    ['an array [x] stays', 'an array [x] stays'],
  ])('%j is shown as %j', (text, clean) => {
    expect(cleanStatement(text)).toBe(clean);
  });
});
