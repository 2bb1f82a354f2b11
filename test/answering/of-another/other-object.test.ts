import { describe, expect, it } from 'vitest';
import { namesOtherObject } from '../../../src/answering/of-another/other-object.ts';

describe('a sentence about another place or body', () => {
  it('names it behind the same preposition', () => {
    const sentence = 'The dioxide in Station Road has fallen.';
    expect(namesOtherObject('By how much has the dioxide in Mill Lane fallen?', sentence, sentence)).toBe(true);
  });

  it.each([
    ['the same name', 'What fell in Station Road?', 'The level in Station Road fell.', ''],
    [
      'a part of the name',
      'Who spoke at the University of Leeds?',
      'Lee spoke at Leeds University.',
      'Leeds University',
    ],
    ['the name around it', 'Who met in Paris?', 'They met in the Elysee Palace.', 'Paris talks'],
    ['another preposition', 'Who came from Spain?', 'Lee lives in Italy.', ''],
    ['a question without a name', 'What fell in that road?', 'The level in Station Road fell.', ''],
  ])('is not one with %s', (_, question, sentence, around) =>
    expect(namesOtherObject(question, sentence, `${sentence} ${around}`)).toBe(false),
  );
});
