import MiniSearch from 'minisearch';
import { fold, terms, tokenize } from '../text/tokenize.ts';

export interface KeywordIndex {
  /** BM25 of every row that shares a term with the question. */
  search(question: string): Map<number, number>;
  /** In how many rows a term stands: its rarity. */
  rowsWith(term: string): number;
  rows: number;
  /** The words of the texts, folded, that begin like a word and are at most so many letters shorter or longer. */
  wordsLike(word: string, most: number): Iterable<[string, WordCount]>;
}

/** A word as it is written where it first stands, and how often it stands anywhere. */
export interface WordCount {
  text: string;
  count: number;
}

/** BM25+ as MiniSearch has it, with the paper's letters (Lv and Zhai 2011): its defaults, which measured best here too. */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 };
/** Rows added between two turns of the event loop: about ten milliseconds of work. */
const BATCH = 50;

/** Keyword search over texts; a row is a text's number. */
export async function buildKeywordIndex(texts: readonly string[]): Promise<KeywordIndex> {
  const rowsWith = new Map<string, number>();
  const words = new Map<string, Map<string, WordCount>>();
  // The index is given terms, not text: a text is taken apart once, here.
  const index = new MiniSearch<{ id: number; terms: string }>({
    fields: ['terms'],
    tokenize: (joined) => joined.split(' '),
    processTerm: (term) => term,
    searchOptions: { bm25: BM25 },
  });
  for (const [id, text] of texts.entries()) {
    const tokens = tokenize(text);
    const matter = tokens.flatMap(({ term, isStopWord }) => (isStopWord ? [] : [term]));
    index.add({ id, terms: matter.join(' ') });
    for (const term of new Set(matter)) rowsWith.set(term, (rowsWith.get(term) ?? 0) + 1);
    for (const token of tokens) count(words, token.text);
    if (id % BATCH === BATCH - 1) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    search(question) {
      const asked = terms(question).join(' ');
      return new Map(asked === '' ? [] : index.search(asked).map(({ id, score }) => [id as number, score]));
    },
    rowsWith: (term) => rowsWith.get(term) ?? 0,
    rows: texts.length,
    *wordsLike(word, most) {
      for (let length = word.length - most; length <= word.length + most; length++) {
        yield* words.get(shapeOf(word, length)) ?? [];
      }
    },
  };
}

function count(words: Map<string, Map<string, WordCount>>, text: string): void {
  const word = fold(text);
  const shape = shapeOf(word, word.length);
  const alike = words.get(shape) ?? new Map<string, WordCount>();
  const known = alike.get(word);
  if (known === undefined) alike.set(word, { text: text.replace(/['’]s$/u, ''), count: 1 });
  else known.count += 1;
  words.set(shape, alike);
}

/** Words of one shape begin alike and are equally long. */
function shapeOf(word: string, length: number): string {
  return `${word.charAt(0)}${length}`;
}
