import type { Chunk, Document, Span } from '../types.ts';

/** The reader was trained on passages of 25 to 95 words, and reads longer ones worse (shared notes on answering). In words. */
const FEWEST_WORDS = 60;
const MOST_WORDS = 110;

/**
 * A document's chunks: runs of its sentences of about 60 to 110 words, each beginning with the last sentence of the one before, never
 * across a heading or debris. A longer sentence is a chunk by itself; a short section is a short chunk; a run's last chunk reaches
 * back for more sentences rather than stay short.
 */
export function chunkDocument(document: Pick<Document, 'id' | 'text' | 'blocks' | 'sentences'>): Chunk[] {
  const lengths = document.sentences.map((sentence) => countWords(document.text, sentence));
  return runs(document).flatMap(([from, to]) =>
    chunkRun(lengths, from, to).map(({ first, last }) => {
      const start = document.sentences[first]?.start ?? 0;
      const end = document.sentences[last]?.end ?? start;
      return { id: `${document.id}#${start}-${end}`, documentId: document.id, start, end, first, last };
    }),
  );
}

/** Sentence numbers `[from, to)` of stretches that no heading or debris interrupts. */
function runs({ blocks, sentences }: Pick<Document, 'blocks' | 'sentences'>): [number, number][] {
  const walls = blocks.filter(({ kind }) => kind === 'heading' || kind === 'debris');
  const found: [number, number][] = [];
  let wall = 0;
  for (const [index, { start }] of sentences.entries()) {
    const before = wall;
    while ((walls[wall]?.start ?? Infinity) < start) wall++;
    const run = found.at(-1);
    if (run === undefined || wall !== before) found.push([index, index + 1]);
    else run[1] = index + 1;
  }
  return found;
}

/** Sentence numbers, both included, of the chunks of one run. */
function chunkRun(lengths: number[], from: number, to: number): { first: number; last: number }[] {
  const chunks: { first: number; last: number }[] = [];
  const words = (index: number) => lengths[index] ?? 0;
  let first = from;
  for (;;) {
    let last = first;
    let total = words(first);
    while (last + 1 < to && total + words(last + 1) <= MOST_WORDS) total += words(++last);
    if (last + 1 >= to) {
      while (chunks.length > 0 && first > from && total < FEWEST_WORDS && total + words(first - 1) <= MOST_WORDS)
        total += words(--first);
      chunks.push({ first, last });
      return chunks;
    }
    chunks.push({ first, last });
    const overlaps = last > first && words(last) + words(last + 1) <= MOST_WORDS;
    first = overlaps ? last : last + 1;
  }
}

function countWords(text: string, { start, end }: Span): number {
  return text.slice(start, end).match(/\S+/g)?.length ?? 0;
}
