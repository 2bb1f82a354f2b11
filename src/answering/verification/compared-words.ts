/** The words by which a statement is held against its quotes. */
import { splitSentences } from '../../text/sentences.ts';
import { terms } from '../../text/tokenize.ts';
import { isSameName } from '../names.ts';

/** Scripts that don't put spaces between words: their words are compared letter by letter. */
export const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The words of matter of a text, stemmed. */
export function termsOf(text: string): string[] {
  return terms(text).flatMap((term) => (UNSPACED.test(term) ? Array.from(term) : [term]));
}

/** Letters by which two words of the same root begin: "deploy" and "deployment" have one stem, "negotiator" and "negotiation" not. */
const ROOT = 6;

/** Have two stems the same root? "invad(e)" and "invas(ion)" differ by the letter that Latin changes. */
export function isSameWord(a: string, b: string): boolean {
  if (isSameName(a, b) || (a.length >= ROOT && b.length >= ROOT && a.slice(0, ROOT) === b.slice(0, ROOT))) return true;
  return (
    a.length === b.length &&
    a.length > 4 &&
    a.slice(0, -1) === b.slice(0, -1) &&
    /ds|sd/.test(a.slice(-1) + b.slice(-1))
  );
}

export function sentencesOf(text: string): string[] {
  return splitSentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));
}
