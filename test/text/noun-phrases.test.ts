import { describe, expect, it } from 'vitest';
import { nounPhrasesIn } from '../../src/text/noun-phrases.ts';

describe('nounPhrasesIn', () => {
  it.each([
    ['Who would lead the multinational force in Ukraine?', ['multinational force in Ukraine']],
    ['When would these guarantees take effect?', ['guarantees', 'effect']],
    ['What did Western allies agree on?', ['Western allies']],
    ['How many heads of state came?', ['heads of state']],
    ['Are Ukrainian officials cautious?', ['Ukrainian officials', 'cautious']],
    ['When was the Lindqvist Museum founded?', ['Lindqvist Museum']],
    ['The animal weighed about two tons.', ['animal', 'two tons']],
    ['Who is the newly elected president?', ['newly elected president']],
    ['Who attended the major meeting in Paris on Tuesday?', ['meeting in Paris', 'Tuesday']],
  ])('%s', (text, expected) => {
    const phrases = nounPhrasesIn(text).filter(({ isVerb }) => !isVerb);
    expect(phrases.map((it) => it.text)).toEqual(expect.arrayContaining(expected));
    for (const phrase of phrases) expect(text.slice(phrase.start).startsWith(phrase.text)).toBe(true);
  });

  it('tells one from several', () => {
    expect(nounPhrasesIn('the officials').map(({ isPlural }) => isPlural)).toEqual([true]);
    expect(nounPhrasesIn('the crisis').map(({ isPlural }) => isPlural)).toEqual([false]);
  });
});
