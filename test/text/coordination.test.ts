import { describe, expect, it } from 'vitest';
import { coordinationIn } from '../../src/text/coordination.ts';

describe('coordinationIn', () => {
  it.each([
    ['sent by Steve Witkoff and Jared Kushner', 'Steve Witkoff and Jared Kushner'],
    ['Macron, Zelensky and British Prime Minister Keir Starmer signed it', 'Macron, Zelensky and Keir Starmer'],
    ['in Paris on Tuesday, where Macron spoke', null],
    ['Macron and others', null],
  ])('%s', (text, expected) => {
    expect(coordinationIn(text)?.text ?? null).toBe(expected);
  });
});
