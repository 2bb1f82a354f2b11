import { describe, expect, it } from 'vitest';
import { clauseAround, isLeftOpen, matter, negationsIn } from '../../../src/answering/differing/polarity.ts';

describe('negationsIn', () => {
  it.each([
    ['The minister did not resign on Friday.', ['not']],
    ['The company has never paid the fine.', ['never']],
    ['The government ruled out sending troops.', ['ruled']],
    ['She said that the plan was not dead.', ['not']],
    ['They didn’t come.', ['didn’t']],
    ['The minister resigned on Friday.', []],
    ['No more than 30 people came.', []],
    ['Not only the minister resigned.', []],
    ['The law that was not passed is back.', []],
    ['The match will go on if it does not rain.', []],
    ['He ruled for twenty years.', []],
  ])('%j turns at %j', (sentence, words) => {
    expect(negationsIn(sentence).map(({ start, end }) => sentence.slice(start, end))).toEqual(words);
  });
});

describe('clauseAround', () => {
  it('takes the clause that denies', () => {
    const sentence = 'However, the pledge was not in the final text, officials said.';
    const [negation] = negationsIn(sentence);
    const { start, end } = clauseAround(sentence, negation ?? { start: 0, end: 0 });
    expect(sentence.slice(start, end)).toBe('was not in the final text');
  });
});

describe('matter', () => {
  it('knows countries by their names and adjectives, and leaves negations out', () => {
    expect(matter('The United States never answered the Russian attack.')).toEqual(
      matter('The US answered an attack by Russia.'),
    );
  });
});

describe('isLeftOpen', () => {
  const open = (sentence: string, words: string) => {
    const start = sentence.indexOf(words);
    return isLeftOpen(sentence, { start, end: start + words.length });
  };

  it.each([
    ['Nobody believes that the firm bought tanks.', 'tanks'],
    ['We do not accept cheques or vouchers.', 'cheques'],
    ['You cannot export several notes at once.', 'several'],
    ['If the tests succeed, the ferry might be built by 2028.', '2028'],
    ['It was said that the council would dismiss 60 people; the mayor called this untrue.', '60'],
    ['Some claim that hips last forty years, but no study has shown it.', 'forty years'],
  ])('%j leaves %j open', (sentence, words) => expect(open(sentence, words)).toBe(true));

  it.each([
    ['The firm bought tanks.', 'tanks'],
    ['No shares were bought.', 'No'],
    ['No more than 25 people came.', '25'],
    ['The line was not opened, but the helpline was in 2022.', '2022'],
    ['A number that is not prime is called composite.', 'composite'],
    ['If your wound leaks, call the helpline on 144.', '144'],
    ['The mayor said that the path will cost 2 million.', '2 million'],
  ])('%j tells %j', (sentence, words) => expect(open(sentence, words)).toBe(false));
});
