import type { WordPiece } from './wordpiece.ts';

/** What English words are made with, behind and before: a form of the word, or another word, of a longer stem. Longest first. */
const FORMS = /(?:ingly|edly|ings?|ers?|ors?|ly|est|ier|iest|ies|ied|ed|es|s|y)$/;
const ENDINGS =
  /(?:ization|isation|ations?|ships?|fully|ments?|ness(?:es)?|ities|ity|able|ible|less|like|wards?|wise|hood|ions?|ists?|isms?|i[zs](?:es?|ed|ing|ers?)|ify|ified|ally|al|ic|ous|ive|ful|ish|en)$/;
const BEGINNINGS =
  /^(?:un|re|non|pre|over|under|mis|dis|inter|anti|multi|semi|sub|super|trans|out|counter|cyber|bio|eco)/;
/** In letters: shorter halves are found in every typing error. */
const SHORTEST = { form: 3, stem: 5, half: 4 };

/**
 * Can a word be English? One that the tokenizer's vocabulary has, or makes with a common beginning or ending, or as two words in one
 * ("govern" + "ment", "fire" + "house"). Typing errors are none of these.
 */
export function createKnownWords(pieces: WordPiece): (word: string) => boolean {
  const isWhole = (word: string) => word.length >= SHORTEST.form && pieces(word).length === 1;

  function isDerived(word: string): boolean {
    return isMadeWith(FORMS, SHORTEST.form, word) || isMadeWith(ENDINGS, SHORTEST.stem, word);
  }

  function isMadeWith(endings: RegExp, shortest: number, word: string): boolean {
    const stem = word.replace(endings, '');
    if (stem === word || stem.length < shortest) return false;
    const bases = [stem, `${stem}e`, stem.replace(/i$/, 'y'), stem.replace(/(.)\1$/, '$1')];
    return bases.some(isWhole) || isMadeWith(FORMS, shortest, stem) || isMadeWith(ENDINGS, SHORTEST.stem, stem);
  }

  function isCompound(word: string): boolean {
    for (let at = SHORTEST.half; at <= word.length - SHORTEST.half; at++) {
      if (isWhole(word.slice(0, at)) && (isWhole(word.slice(at)) || isDerived(word.slice(at)))) return true;
    }
    return false;
  }

  return (word) => {
    const bare = word.replace(BEGINNINGS, '');
    return (
      pieces(word).length === 1 ||
      isDerived(word) ||
      isCompound(word) ||
      (bare !== word && bare.length >= SHORTEST.half && (isWhole(bare) || isDerived(bare)))
    );
  };
}
