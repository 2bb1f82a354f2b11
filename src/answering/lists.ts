import { readable } from '../text/readable.ts';
import { terms } from '../text/tokenize.ts';
import type { Block, Document, Span } from '../types.ts';

const NUMBER = 'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2}';
/** Questions that want several things. */
const ASKS_FOR_LIST = new RegExp(
  [
    '^\\W{0,3}(?:please )?(?:list|name|enumerate)\\b',
    `\\b(?:which|what|name|who)\\b.{0,20}\\b(?:${NUMBER})\\b`,
    '\\bwhat (?:are|were)\\b',
    '\\b(?:which|what)(?: \\p{L}+){0,3} \\p{L}+s (?:are|were|do|did|have|had|will|would|could|can|should|does)\\b',
    '\\binclud(?:e|es|ed|ing)\\b',
  ].join('|'),
  'iu',
);

/** Does the question want several things? */
export function asksForList(question: string): boolean {
  return ASKS_FOR_LIST.test(question.slice(0, 300));
}

/** A longer list is cut after an item, in UTF-16 units. */
const LONGEST = 2_000;

export interface List {
  /** From its lead-in to its last item. */
  whole: Span;
  items: Span;
}

/**
 * The list of the document that a sentence announces ("… across five areas:"). A sentence beside the announcement, and an item of the list,
 * give the list only when the announcement shares more of the question's words than they do. Null when there is no such list.
 */
export function listAround(document: Document, sentence: Span, question: string): List | null {
  const { blocks } = document;
  const at = blocks.findIndex(({ start, end }) => start <= sentence.start && sentence.end <= end);
  const block = blocks[at];
  if (block === undefined) return null;
  const first = block.kind === 'item' ? firstItem(blocks, at) : at + 1;
  const items = itemsFrom(blocks, first);
  const lead = leadIn(document, blocks[first - 1]);
  if (items.length === 0 || lead === null) return null;
  const isLead = sentence.start === lead.start;
  if (!isLead && shared(document, lead, question) <= shared(document, sentence, question)) return null;
  const span = spanOf(items);
  return { whole: { start: lead.start, end: span.end }, items: span };
}

/** The numbered list of which a sentence is one item: of steps, one alone doesn't tell how. Null when it is in none. */
export function stepsAround({ text, blocks }: Document, sentence: Span): Span | null {
  const at = blocks.findIndex(({ start, end }) => start <= sentence.start && sentence.end <= end);
  if (blocks[at]?.kind !== 'item' || !NUMBERED.test(text.slice(0, blocks[at].start).slice(-NUMBER_REACH))) return null;
  const items = itemsFrom(blocks, firstItem(blocks, at));
  return items.length > 1 && items.every(({ start, end }) => end - start <= LONGEST_STEP) ? spanOf(items) : null;
}

/** Asks the question for steps to take? */
export function asksForSteps(question: string): boolean {
  return /^\W{0,3}how (?:do|does|can|could|should|must|may|to)\b/iu.test(question);
}

const NUMBERED = /\p{N}[.)]\s+$/u;
const NUMBER_REACH = 8;
/** Of a longer item, in UTF-16 units, the sentence is told alone: it is a section. */
const LONGEST_STEP = 300;

function firstItem(blocks: readonly Block[], at: number): number {
  let first = at;
  while (blocks[first - 1]?.kind === 'item') first--;
  return first;
}

/** From the first item to the last that isn't too far. */
function spanOf(items: readonly Block[]): Span {
  const start = items[0]?.start ?? 0;
  return { start, end: items.findLast((item) => item.end - start <= LONGEST)?.end ?? items[0]?.end ?? start };
}

/** How many of the question's terms stand in a span. */
function shared(document: Document, span: Span, question: string): number {
  const found = new Set(terms(readable(document, span)));
  return new Set(terms(question).filter((term) => found.has(term))).size;
}

function itemsFrom(blocks: readonly Block[], first: number): Block[] {
  const after = blocks.slice(first);
  const stop = after.findIndex(({ kind }) => kind !== 'item');
  return stop === -1 ? after : after.slice(0, stop);
}

/** The sentence that announces a list: the last of the paragraph before it, when that ends with a colon. */
function leadIn(document: Document, block: Block | undefined): Span | null {
  if (block?.kind !== 'paragraph' || !readable(document, block).trimEnd().endsWith(':')) return null;
  return document.sentences.findLast(({ start, end }) => start >= block.start && end <= block.end) ?? null;
}
