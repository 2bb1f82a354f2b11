import type { KeywordIndex, WordCount } from '../retrieval/keyword-index.ts';
import { editDistance } from '../text/edit-distance.ts';
import { fold, tokenize } from '../text/tokenize.ts';

/** Shorter words are left alone: too many others are near them. In letters. */
const SHORTEST = 4;
/** Words of one question that are looked at; who needs more has not typed a question. */
const MOST = 12;
/** From this length on two edits may separate a word from the one that was meant: "radiance" is no "reliance". */
const LONG = 9;

/**
 * The question with its misspelt words replaced by those of the documents: a word that neither stands in them nor is known English, and
 * that begins like one of theirs and differs by an edit (two in a long word). The most frequent of the nearest is taken. A name, by its
 * capital, becomes no other word than a name.
 */
export function mendSpelling(question: string, keywords: KeywordIndex, isKnown: (word: string) => boolean): string {
  let mended = '';
  let position = 0;
  let sought = 0;
  for (const { text, start, term, isStopWord } of tokenize(question)) {
    const word = fold(text);
    const possessive = /['’]s$/u.exec(text)?.[0] ?? '';
    const isContraction = possessive === '' && /['’]/u.test(text);
    if (isStopWord || isContraction || word.length < SHORTEST || /\d/.test(word)) continue;
    if (keywords.rowsWith(term) > 0 || isKnown(word)) continue;
    if (++sought > MOST) break;
    const isName = start > question.search(/\S/u) && /^\p{Lu}/u.test(text);
    const meant = nearest(word, keywords, isName);
    if (meant === null) continue;
    mended += question.slice(position, start) + meant + possessive;
    position = start + text.length;
  }
  return mended + question.slice(position);
}

function nearest(word: string, keywords: KeywordIndex, isName: boolean): string | null {
  const most = word.length >= LONG ? 2 : 1;
  let best: (WordCount & { distance: number }) | undefined;
  for (const [other, { text, count }] of keywords.wordsLike(word, most)) {
    if (other.length < SHORTEST || (isName && !/^\p{Lu}/u.test(text))) continue;
    const distance = editDistance(word, other, best?.distance ?? most);
    if (distance > (best?.distance ?? most) || (distance === best?.distance && count <= best.count)) continue;
    best = { text, count, distance };
  }
  return best?.text ?? null;
}
