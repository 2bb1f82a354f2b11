import { beforeAll, describe, expect, it } from 'vitest';
import { createKnownWords } from '../../src/inference/known-words.ts';
import { readModelManifest } from '../../src/inference/model-files.ts';
import { createWordPiece } from '../../src/inference/wordpiece.ts';

let isKnownWord: (word: string) => boolean;

beforeAll(async () => {
  isKnownWord = createKnownWords(await createWordPiece('models', await readModelManifest('models')));
});

describe('a word that can be English', () => {
  it.each([
    ['of the vocabulary', ['hospital', 'wrote', 'paris']],
    ['with an ending', ['councillors', 'unhelpful', 'dislocations', 'resignations']],
    ['with a beginning', ['uncemented', 'nonstop', 'premarket']],
    ['of two words', ['firehouse', 'breaststroke', 'switchgear']],
  ])('is one %s', (_, words) => {
    expect(words.filter((word) => !isKnownWord(word))).toEqual([]);
  });

  it('is no typing error, in how few pieces it may be', () => {
    const wrong = [
      'operaton',
      'misson',
      'surgion',
      'goverment',
      'recieved',
      'hospitel',
      'wihtdraw',
      'secratary',
      'critcal',
      'donetks',
    ];
    expect(wrong.filter((word) => isKnownWord(word))).toEqual([]);
  });

  it('is not nothing', () => {
    expect(isKnownWord('')).toBe(false);
    expect(isKnownWord('s')).toBe(true);
  });
});
