import { describe, expect, it } from 'vitest';
import { isName, isSameName } from '../../../src/answering/values/names.ts';

describe('isSameName', () => {
  it.each([
    ['Volodymyr Zelensky', 'Zelenskyy'],
    ['President Zelensky', 'Zelensky'],
    ['Judge Margaret Ellison', 'Ellison, a retired judge'],
    ['the European Medicines Agency', 'EMA'],
    ['JAXA', 'the Japan Aerospace Exploration Agency'],
    ['J. Smith', 'John Smith'],
    ['the University of Chicago', 'Chicago University'],
  ])('%j and %j are one', (a, b) => {
    expect([isSameName(a, b), isSameName(b, a)]).toEqual([true, true]);
  });

  it.each([
    ['Karen Holm', 'Lars Brandt'],
    ['John Smith', 'Jane Smith'],
    ['Carolina Panthers', 'Carolina Hurricanes'],
    ['Boeing 747', 'Boeing 737'],
    ['Lisbon', 'Oslo'],
    ['NASA', 'the Japan Aerospace Exploration Agency'],
    ['A bridge', 'Amazon rainforest'],
  ])('%j and %j are two', (a, b) => {
    expect([isSameName(a, b), isSameName(b, a)]).toEqual([false, false]);
  });
});

describe('isName', () => {
  it('takes a capital for a name, unless every word may have it there', () => {
    expect(isName('the architect Karen Holm', false)).toBe(true);
    expect(isName('heavy rain', false)).toBe(false);
    expect(isName('Heavy rain', true)).toBe(false);
  });
});
