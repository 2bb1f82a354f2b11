import { describe, expect, test } from 'vitest';
import { isSameName, namesIn } from '../../src/answering/names.ts';
import { tokenize } from '../../src/text/tokenize.ts';

describe('the names of a text', () => {
  test.each([
    ['He fought in World War I.', ['World', 'War', 'I']],
    ['In May I met Berg.', ['May', 'Berg']],
    ['However, talks go on. According to Berg, they end.', ['Berg']],
    ['A heading\nAccording to Berg', ['Berg']],
  ])('%j: %j', (text, names) => {
    const found = namesIn(text, ({ text: word }) => ['He', 'In', 'A'].includes(word)).map((it) => it.text);
    expect(found).toEqual(names);
  });
});

describe('a country and its people', () => {
  const isSame = (a: string, b: string) => {
    const [one = '', other = ''] = [a, b].map((word) => tokenize(word)[0]?.term);
    return isSameName(one, other) && isSameName(other, one);
  };

  test.each([
    ['France', 'French'],
    ['Britain', 'British'],
    ['Denmark', 'Danish'],
    ['US', 'American'],
    ['Ukraine', 'Ukrainian'],
    ['Canada', 'Canadian'],
  ])('%s and %s are one name', (country, people) => {
    expect(isSame(country, people)).toBe(true);
  });

  test.each([
    ['France', 'Finnish'],
    ['US', 'UK'],
    ['Austria', 'Australian'],
    ['Iran', 'Iraqi'],
  ])('%s and %s are two', (country, people) => {
    expect(isSame(country, people)).toBe(false);
  });
});
