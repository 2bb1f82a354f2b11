import MiniSearch from 'minisearch';
import { fold, terms, tokenize } from '../text/tokenize.ts';

export interface KeywordIndex {
  /** BM25 of every row that shares a term with the question. */
  search(question: string): Map<number, number>;
  /** In how many rows a term stands: its rarity. */
  rowsWith(term: string): number;
  rows: number;
  /** Every word of the texts, folded, with how often it stands there and how it is written where it first does. */
  words: ReadonlyMap<string, WordCount>;
}

export interface WordCount {
  text: string;
  count: number;
}

/** BM25+ as MiniSearch has it, with the paper's letters (Lv and Zhai 2011): its defaults, which measured best here too. */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 };
/** Rows added between two turns of the event loop. */
const BATCH = 500;

/** Keyword search over texts; a row is a text's number. */
export async function buildKeywordIndex(texts: readonly string[]): Promise<KeywordIndex> {
  const rowsWith = new Map<string, number>();
  const words = new Map<string, WordCount>();
  const index = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: terms,
    processTerm: (term) => term,
    searchOptions: {
      bm25: BM25,
    },
  });
  for (const [id, text] of texts.entries()) {
    index.add({ id, text });
    const tokens = tokenize(text);
    for (const term of new Set(tokens.map((token) => token.term))) rowsWith.set(term, (rowsWith.get(term) ?? 0) + 1);
    for (const token of tokens) {
      const word = fold(token.text);
      const known = words.get(word);
      if (known === undefined) words.set(word, { text: token.text.replace(/['’]s$/u, ''), count: 1 });
      else known.count += 1;
    }
    if (id % BATCH === BATCH - 1) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    search: (question) => new Map(index.search(question).map(({ id, score }) => [id as number, score])),
    rowsWith: (term) => rowsWith.get(term) ?? 0,
    rows: texts.length,
    words,
  };
}
