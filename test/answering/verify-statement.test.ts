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
    ['the number in digits', 'France may send 3,500 soldiers after a ceasefire, Macron said.', TROOPS],
    ['the people of the country', 'The Russian forces control 75% of the Donetsk region.', CONTROLS],
    ['a capital that is that of the place', 'Talks continue on Wednesday, said Zelensky.', NOT_FINAL],
    ['a negation that is theirs', 'The deal is not final, said Zelensky.', NOT_FINAL],
    ['a clause without the negation', 'Talks continue on Wednesday, Zelensky said.', NOT_FINAL],
    [
      'two quotes together',
      'Zelensky said talks continue on Wednesday; Macron said France may send soldiers.',
      NOT_FINAL,
      TROOPS,
    ],
    ['an opener', 'However, according to Zelensky, talks continue on Wednesday.', NOT_FINAL],
    [
      'a number at the start',
      'Thirty-five hundred soldiers may be sent by France after a ceasefire, said Macron.',
      TROOPS,
    ],
    ['a noun at the start', 'Soldiers may be sent by France after a ceasefire, said Macron.', TROOPS],
    ['typographic signs', 'President Zelensky’s talks continue on Wednesday, he said.', NOT_FINAL],
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
    ['another month', 'Macron said on 6 March 2026 that France may send soldiers.', 'the value 6 March 2026', TROOPS],
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
    ['a word of the question alone', 'The government said talks continue.', 'govern, which was only asked', NOT_FINAL],
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

describe('a statement that leaves out or turns round', () => {
  const about = (statement: string, ...quotes: string[]) =>
    excessOf(statement, { quotes, question: 'Does Zelofen kill patients?', material: quotes.join('\n') });

  test.each([
    ['no matter', '…', 'The harbour opened.'],
    ['a rule', '---', 'The harbour opened.'],
    ['a sign', '👍', 'The harbour opened.'],
    ['pronouns alone', 'It is so and it was them.', 'The harbour opened.'],
    ['the question’s words', 'Zelofen kills patients.', 'Zelofen causes drowsiness in some patients.'],
    ['a belief that nobody has', 'France sent tanks.', 'Nobody believes that France sent tanks.'],
    ['a falsehood', 'The army drove the trains.', 'It is false that the army drove the trains.'],
    ['a limit', 'All passengers may board.', 'Only passengers with season tickets may board.'],
    ['a limit, the all left out', 'Passengers may board.', 'Only passengers with season tickets may board.'],
    ['not all', 'No drivers went on strike.', 'Not all drivers went on strike.'],
    ['hearsay', 'The minister resigned.', 'The minister reportedly resigned.'],
    ['a question', 'The minister resigned.', 'It is unclear whether the minister resigned.'],
    ['a condition', 'The match takes place.', 'The match takes place unless it rains.'],
    ['a speaker in front', 'The bridge is safe.', 'According to the owner, the bridge is safe.'],
    ['a speaker behind', 'The bridge is safe.', 'The bridge is safe, said the owner.'],
    ['the opposite', 'Prices fell by 5%.', 'Prices rose by 5%.'],
    ['the other bound', 'The work took less than 30 days.', 'The work took more than 30 days.'],
    ['no bound', 'The work took 30 days.', 'The work took more than 30 days.'],
    ['the other end', 'The talks began before the vote.', 'The talks began after the vote.'],
    ['another currency', 'A ticket costs 50 dollars.', 'A ticket costs 50 euros.'],
    ['another unit', 'The journey takes 12 days.', 'The journey takes 12 hours.'],
    [
      'two quotes',
      'Carla Jennings defeated Peter Lang in 2019.',
      'Carla Jennings was elected in 2019.',
      'Anna Berg defeated Peter Lang in 2015.',
    ],
  ] as [string, string, ...string[]][])('%s', (_, statement, ...quotes) => {
    expect(about(statement, ...quotes)).not.toBeNull();
    for (const quote of quotes) expect(about(quote, quote)).toBeNull();
  });

  test('what its quote left behind in its sentence', () => {
    const sentences = ['Nobody believes that France sent tanks.'];
    const evidence = { quotes: ['France sent tanks.'], question, material };
    expect(excessOf('France sent tanks.', evidence)).toBeNull();
    expect(excessOf('France sent tanks.', { ...evidence, sentences })).not.toBeNull();
  });

  test('a name that the passages write with a capital, in small letters', () => {
    const quotes = ['The harbour was opened in May 2020 by the town.'];
    const read = 'The harbour was opened in May 2020 by the town. It is Napoleon who built it.';
    expect(excessOf('The harbour was opened in May 2020 by napoleon.', { quotes, question, material: read })).toBe(
      'the name napoleon',
    );
  });
});

describe('the text of a statement', () => {
  test.each([
    ['It is so [1].', 'It is so.'],
    ['It is so [1][2, 3] and so [4-6].', 'It is so and so.'],
    ['One\nline \u0007only\u202e', 'One line only'],
    ['  padded  ', 'padded'],
    ['# It is so (see [1]).', 'It is so.'],
    ['#It is so (see).', 'It is so.'],
    ['an array [x] stays', 'an array [x] stays'],
  ])('%j is shown as %j', (text, clean) => {
    expect(cleanStatement(text)).toBe(clean);
  });
});
