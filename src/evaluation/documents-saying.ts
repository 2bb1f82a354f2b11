import { readable } from '../text/readable.ts';
import { terms } from '../text/tokenize.ts';
import type { Document } from '../types.ts';

/** Share of a question's terms that a block must have to be about it: what tells the same often uses other words. */
const ABOUT = 1 / 3;

/** Ids of the documents with a block that is about a question and holds its answer as whole words: where a right quote may come from. */
export function documentsSaying(answer: string, question: string, documents: readonly Document[]): string[] {
  const wanted = [...new Set(terms(question))];
  const isAbout = (text: string) => {
    const there = new Set(terms(text));
    return wanted.filter((term) => there.has(term)).length >= wanted.length * ABOUT;
  };
  const says = (document: Document) =>
    document.blocks.some((block) => {
      const text = readable(document, block).replace(/\s+/g, ' ');
      return holdsWords(text, answer) && isAbout(text);
    });
  return documents.filter(says).map(({ id }) => id);
}

/** "20" is not held by "2022", nor by "1,200" or "20.5". */
function holdsWords(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + words.length)];
    if (!/(?:[\p{L}\p{N}]|\p{N}[.,])$/u.test(before) && !/^(?:[\p{L}\p{N}]|[.,]\p{N})/u.test(after)) return true;
  }
  return false;
}
