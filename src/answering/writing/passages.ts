import { oneLine, readable, sectionOf } from '../../text/readable.ts';
import type { Document, Hit, Span } from '../../types.ts';

/** A stretch of a document that a chat model is shown, under its number. */
export interface Passage extends Span {
  /** From 1. */
  number: number;
  document: Document;
}

/** More passages than this drown the one that answers. */
const MOST_PASSAGES = 12;

/**
 * The best hits as passages, best first, as many as the tokens allow but one at least. Chunks that overlap or touch are one passage,
 * so that a quote may run from one into the next.
 */
export function choosePassages(
  hits: readonly Hit[],
  documents: ReadonlyMap<string, Document>,
  mostTokens: number,
): Passage[] {
  const passages: Passage[] = [];
  let tokens = 0;
  for (const { chunk } of hits) {
    const document = documents.get(chunk.documentId);
    if (document === undefined) continue;
    tokens += estimateTokens(document.text.slice(chunk.start, chunk.end)) + HEAD_TOKENS;
    if (passages.length > 0 && tokens > mostTokens) break;
    const beside = passages.find((it) => it.document === document && touches(document.text, it, chunk));
    if (beside !== undefined) {
      beside.start = Math.min(beside.start, chunk.start);
      beside.end = Math.max(beside.end, chunk.end);
    } else if (passages.length < MOST_PASSAGES) {
      passages.push({ number: passages.length + 1, document, start: chunk.start, end: chunk.end });
    }
  }
  return passages;
}

/** What stands around a passage, in tokens. */
const HEAD_TOKENS = 40;

/**
 * Tokens of a text, rather too many than too few: common tokenizers make one of four or five bytes of English, of about three of other
 * languages. (The real tokenizers are downloads, and each provider has its own.)
 */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3.5);
}

function touches(text: string, a: Span, b: Span): boolean {
  const [first, second] = a.start <= b.start ? [a, b] : [b, a];
  return second.start <= first.end || text.slice(first.end, second.start).trim() === '';
}

/** Signs that nobody sees: a text can hide instructions in them, and quotes are located without. */
const UNSEEN = /\p{Cf}|[^\P{Cc}\n\t]/gu;

/** Longest title or other label of a passage, in UTF-16 units: what stands around a passage is not counted. */
const LONGEST_LABEL = 200;

/** What others wrote, between lines that carry a sign which they can't know, so that it can't pose as the end of itself. */
export function fenced(fence: string, name: string, about: Record<string, string | undefined>, text: string): string {
  const labels = Object.entries(about).flatMap(([label, value]) =>
    value === undefined
      ? []
      : [` ${label}=${JSON.stringify(oneLine(value.replace(UNSEEN, '')).slice(0, LONGEST_LABEL))}`],
  );
  const words = text.replace(UNSEEN, '').replaceAll(fence, '');
  return `<${name}-${fence}${labels.join('')}>\n${words}\n</${name}-${fence}>`;
}

/** The passages as the prompt has them. */
export function formatPassages(passages: readonly Passage[], fence: string): string {
  return passages.map((passage) => formatPassage(passage, fence)).join('\n');
}

function formatPassage({ number, document, start, end }: Passage, fence: string): string {
  const { title, publisher, published } = document;
  const section = sectionOf(document, start) ?? undefined;
  const about = { number: String(number), title, publisher, published, section };
  return fenced(fence, 'passage', about, readable(document, { start, end }).trim());
}
