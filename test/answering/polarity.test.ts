import { describe, expect, it } from 'vitest';
import { clauseAround, matter, negationsIn } from '../../src/answering/polarity.ts';

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
