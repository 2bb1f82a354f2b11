import { Tokenizer } from '@huggingface/tokenizers';
import type { Span } from '../types.ts';
import { type ModelManifest, readModelFile } from './model-files.ts';

/** A piece of a word: its id in the vocabulary and the span of the whole word that it comes from. */
export interface Piece extends Span {
  id: number;
}

export type WordPiece = (text: string) => Piece[];

export const CLS = 101;
export const SEP = 102;

/**
 * BERT's words: runs without white space, each punctuation mark and each CJK ideograph a word by itself. (The ASCII symbols `$+<=>^`|~`
 * count as punctuation.) U+FEFF is not white space to it, and invisible characters inside a word are left for the normalizer to drop.
 */
const IDEOGRAPH =
  '\\u4E00-\\u9FFF\\u3400-\\u4DBF\\u{20000}-\\u{2A6DF}\\u{2A700}-\\u{2CEAF}\\uF900-\\uFAFF\\u{2F800}-\\u{2FA1F}';
const PUNCTUATION = '!-\\/:-@\\[-`\\{-~\\p{P}';
const SPACE = ' \\t\\n\\r\\p{Zs}\\p{Zl}\\p{Zp}';
const WORD = new RegExp(`[${PUNCTUATION}${IDEOGRAPH}]|[^${SPACE}${PUNCTUATION}${IDEOGRAPH}]+`, 'gu');

/** Words repeat: the ids of this many are remembered. */
const REMEMBERED = 50_000;

/**
 * The tokenizer that both models use, with offsets: the library gives none, so each word is encoded by itself and its pieces carry the
 * word's span. Equal to encoding the whole text (test/inference/wordpiece.test.ts holds it to an independent implementation).
 */
export async function createWordPiece(folder: string, manifest: ModelManifest): Promise<WordPiece> {
  const [vocabulary, config] = await Promise.all(
    manifest.tokenizer.map(async (file) => JSON.parse((await readModelFile(folder, file)).toString('utf8')) as object),
  );
  const tokenizer = new Tokenizer(vocabulary ?? {}, config ?? {});
  const remembered = new Map<string, number[]>();

  function encode(word: string): number[] {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    if (remembered.size >= REMEMBERED) remembered.clear();
    const { ids } = tokenizer.encode(word, { add_special_tokens: false });
    remembered.set(word, ids);
    return ids;
  }

  return (text) => {
    const pieces: Piece[] = [];
    for (const { 0: word, index } of text.matchAll(WORD)) {
      for (const id of encode(word)) pieces.push({ id, start: index, end: index + word.length });
    }
    return pieces;
  };
}
