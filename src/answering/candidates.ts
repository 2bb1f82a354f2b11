import { throwIfAborted } from '../errors.ts';
import { passageOf, readable } from '../text/readable.ts';
import { wholeGraphemes, widenToWords } from '../text/unicode.ts';
import type { Chunk, Document, Hit, Reader, Reading, Span } from '../types.ts';
import { answerWords, isSameAnswer } from './same-answer.ts';

/** A sentence at which the reader points. */
export interface Candidate {
  document: Document;
  /** Its number in `document.sentences`. */
  sentence: number;
  hit: Hit;
  /** The words in it that answer: a span of the document. */
  answer: Span;
  /** How much the reader prefers the answer to "not here"; after a second reading the mean of all. */
  margin: number;
}

/** Chunks read. Eight are no better than four, at twice the time. */
export const CHUNKS_READ = 4;
/**
 * What the search's opinion counts beside the reader's margin: rank = margin + 6 · fused score. On XQuAD (612 questions, 120 paragraphs)
 * weights of 4 to 8 give the answer's sentence first in 0.855 of cases, 0 in 0.81.
 */
const SCORE_WEIGHT = 6;
/**
 * When the second sentence comes this close to the first, both are read again with narrower surroundings, and the margins averaged:
 * the answer's sentence first 0.856 → 0.866, its document 0.969 → 0.974, F1 0.661 → 0.673, for about three more short readings
 * (XQuAD, as above; 6 to 15 differ little).
 */
const CLOSE = 12;
/** Sentences on either side in the second readings. */
const SURROUNDINGS = [1, 2];

/** The order of candidates, larger is better. */
export function rank({ margin, hit }: Candidate): number {
  return margin + SCORE_WEIGHT * hit.score;
}

/** The span of a candidate's sentence. */
export function sentenceOf({ document, sentence }: Candidate): Span {
  return document.sentences[sentence] as Span;
}

/** The words of a candidate's sentence, markup left out. */
export function sentenceText(candidate: Candidate): string {
  return readable(candidate.document, sentenceOf(candidate));
}

/** Reads the question beside chunks; for each sentence the best it got, best first. */
export async function readCandidates(
  reader: Reader,
  question: string,
  hits: readonly Hit[],
  documents: ReadonlyMap<string, Document>,
  signal?: AbortSignal,
): Promise<Candidate[]> {
  const best = new Map<string, Candidate>();
  for (const hit of hits) {
    const document = documents.get(hit.chunk.documentId);
    if (document === undefined) continue;
    throwIfAborted(signal);
    const readings = await readSentences(reader, question, document, hit.chunk);
    for (const [index, reading] of readings.entries()) {
      if (reading === null) continue;
      const sentence = hit.chunk.first + index;
      const candidate = {
        document,
        sentence,
        hit,
        answer: wordsOf(document, sentence, reading),
        margin: reading.margin,
      };
      const key = `${document.id}#${sentence}`;
      const before = best.get(key);
      if (before === undefined || rank(candidate) > rank(before)) best.set(key, candidate);
    }
  }
  return [...best.values()].sort(byRank);
}

/** Reads the first two again, with narrower surroundings, when they are close. Returns the candidates in their new order. */
export async function readAgain(
  reader: Reader,
  question: string,
  candidates: readonly Candidate[],
  signal?: AbortSignal,
): Promise<Candidate[]> {
  const [first, second, ...others] = candidates;
  if (first === undefined || second === undefined || rank(first) - rank(second) >= CLOSE) return [...candidates];
  if (isSameAnswer(answerWords(first), answerWords(second))) return [...candidates];
  const again: Candidate[] = [];
  for (const candidate of [first, second]) {
    throwIfAborted(signal);
    again.push(await readNarrower(reader, question, candidate));
  }
  return [...again, ...others].sort(byRank);
}

function byRank(a: Candidate, b: Candidate): number {
  return rank(b) - rank(a);
}

/** The mean of the margins; the words of the reading that was surest. */
async function readNarrower(reader: Reader, question: string, candidate: Candidate): Promise<Candidate> {
  const { document, sentence } = candidate;
  const last = document.sentences.length - 1;
  let { answer } = candidate;
  const margins = [candidate.margin];
  let before = -1;
  for (const distance of SURROUNDINGS) {
    const run = { first: Math.max(0, sentence - distance), last: Math.min(last, sentence + distance) };
    if (run.last - run.first === before) continue; // a short document: the same again
    before = run.last - run.first;
    const reading = (await readSentences(reader, question, document, run, sentence))[0];
    if (reading == null) continue;
    if (reading.margin > Math.max(...margins)) answer = wordsOf(document, sentence, reading);
    margins.push(reading.margin);
  }
  return { ...candidate, answer, margin: margins.reduce((sum, margin) => sum + margin, 0) / margins.length };
}

/** The best reading in each sentence of a run (or in the one asked for), as spans of the document. */
async function readSentences(
  reader: Reader,
  question: string,
  document: Document,
  run: Pick<Chunk, 'first' | 'last'>,
  only?: number,
): Promise<(Reading | null)[]> {
  const sentences = document.sentences.slice(run.first, run.last + 1);
  const start = sentences[0]?.start ?? 0;
  const end = sentences.at(-1)?.end ?? start;
  const regions = only === undefined ? sentences : sentences.slice(only - run.first, only - run.first + 1);
  const { text, offset } = passageOf(document, { start, end });
  const shift = start - offset;
  const within = regions.map((region) => ({ start: region.start - shift, end: region.end - shift }));
  const readings = await reader.read(question, text, within);
  return readings.map((reading) => reading && { ...reading, start: reading.start + shift, end: reading.end + shift });
}

/** The reader's span in whole words and graphemes, inside its sentence. */
function wordsOf({ text, sentences }: Document, sentence: number, reading: Reading): Span {
  const limits = sentences[sentence] ?? reading;
  return wholeGraphemes(text, widenToWords(text, reading, limits));
}
