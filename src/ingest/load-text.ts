import { oneLine } from '../text/readable.ts';
import type { Block, BlockKind } from '../types.ts';
import { isDebris } from './debris.ts';
import { endsSentence, isTableRow, linesOf, type Run, runsOf, wrapWidth } from './lines.ts';
import type { LoadedDocument } from './loaded.ts';
import { headline, titleOf } from './title.ts';

/**
 * Plain text: the text stays as it is, its lines become blocks. Each line is a block, unless the document is wrapped
 * (`wrapWidth`): then the lines of a paragraph are one.
 */
export function loadText(text: string): LoadedDocument {
  const lines = linesOf(text);
  const runs = runsOf(text, lines, wrapWidth(text, lines));
  const kinds = kindsOf(text, runs);
  const blocks: Block[] = runs.map(({ start, end }, index) => ({ start, end, kind: kinds[index] as BlockKind }));
  return { title: titleAmong(text, blocks), text, blocks, markup: [] };
}

/** The headline; without one, the first paragraph's first line; '' if there is neither. */
export function titleAmong(
  text: string,
  blocks: Block[],
  words = (block: Block) => text.slice(block.start, block.end),
) {
  const firstBody = blocks.findIndex(isBody);
  const headings = blocks.filter((block) => block.kind === 'heading');
  const leading = headings.filter((heading) => firstBody < 0 || heading.start < (blocks[firstBody] as Block).start);
  const first = headings[0];
  const title = headline(
    leading.map((block) => oneLine(words(block))),
    first ? oneLine(words(first)) : null,
  );
  if (title !== null) return title;
  return firstBody < 0 ? '' : titleOf(words(blocks[firstBody] as Block));
}

function isBody({ kind }: { kind: BlockKind }): boolean {
  return kind === 'paragraph' || kind === 'item';
}

function kindsOf(text: string, runs: Run[]): BlockKind[] {
  const lines = runs.map(({ start, end }) => text.slice(start, end));
  const speakers = repeatedPrefixes(lines);
  const kinds = runs.map((run, index): BlockKind => {
    const line = lines[index] as string;
    if (!/[\p{L}\p{N}]/u.test(line)) return 'debris';
    if (run.bullet) return 'item';
    if (isDebris(line)) return 'debris';
    return isHeading(line) && !speakers.has(prefixOf(line) ?? '') ? 'heading' : 'paragraph';
  });
  settleCrowds(lines, runs, kinds);
  settleEnd(lines, kinds);
  return kinds;
}

/**
 * Three or more heading-like lines in a row are no headings. Above the first paragraph and of a few words they are a page's menu
 * (its longer lines stay headings); anywhere else they are verse, or a list without bullets, and can be quoted.
 */
function settleCrowds(lines: string[], runs: Run[], kinds: BlockKind[]): void {
  for (let start = 0; start < kinds.length; start++) {
    if (kinds[start] !== 'heading') continue;
    let end = start + 1;
    while (kinds[end] === 'heading' && (runs[end] as Run).adjacent) end++;
    if (end - start >= crowd) {
      const short = lines.slice(start, end).filter((line) => wordsIn(line) < crowd).length;
      const menu =
        short * 2 >= end - start && short < end - start && !kinds.slice(0, start).some((kind) => isBody({ kind }));
      for (let index = start; index < end; index++) {
        const isShort = wordsIn(lines[index] as string) < crowd;
        kinds[index] = !menu ? 'paragraph' : isShort ? 'debris' : 'heading';
      }
    }
    start = end - 1;
  }
}

const crowd = 3;
/** A heading-like line at the end with more words than this is a sentence that lost its stop, not a page's footer. */
const longestFooter = 8;

/** Headings that nothing follows: debris ("NEWS DESK") below an article, but words to quote where there is nothing else. */
function settleEnd(lines: string[], kinds: BlockKind[]): void {
  if (!kinds.some((kind) => isBody({ kind }))) {
    const title = kinds.indexOf('heading');
    const isTitled = title !== kinds.lastIndexOf('heading');
    kinds.forEach((kind, index) => {
      if (kind === 'heading' && !(isTitled && index === title)) kinds[index] = 'paragraph';
    });
    return;
  }
  for (let index = kinds.length - 1; kinds[index] === 'heading' || kinds[index] === 'debris'; index--) {
    if (kinds[index] === 'heading')
      kinds[index] = wordsIn(lines[index] as string) > longestFooter ? 'paragraph' : 'debris';
    if (kinds[index] === 'paragraph') return;
  }
}

const mostHeadingWords = 16;
const longestHeading = 120;
/** In scripts that write no spaces between words. */
const longestUnspacedHeading = 40;

/** Whether a line looks like a heading: short, begins like one, and does not end like a sentence. */
function isHeading(line: string): boolean {
  if (line.length > longestHeading || wordsIn(line) > mostHeadingWords || isTableRow(line)) return false;
  if (!/^["'“‘«„([¿¡]{0,2}[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(line) || !/\p{L}/u.test(line)) return false;
  if (/^\p{Lo}/u.test(line) && !line.includes(' ') && line.length > longestUnspacedHeading) return false;
  if (/[:;,，、：；-]$/.test(line)) return false;
  if (!endsSentence(line)) return true;
  return line.endsWith('.') && wordsIn(line) <= 8 && /^[\p{Lu}\p{N}\s.,'’—–-]+$/u.test(line) && /\p{Lu}{2}/u.test(line);
}

function wordsIn(line: string): number {
  return oneLine(line).split(' ').length;
}

/** What stands before ': ' if it can be a speaker's name (at most four words), else null. */
function prefixOf(line: string): string | null {
  const colon = line.slice(0, longestHeading).indexOf(':');
  const prefix = line.slice(0, Math.max(colon, 0));
  return colon > 0 && wordsIn(prefix) <= 4 ? prefix : null;
}

/** 'Q', 'A', and prefixes that stand before two lines or more: speakers of a dialogue. */
function repeatedPrefixes(lines: string[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set(['Q', 'A']);
  for (const line of lines) {
    const prefix = prefixOf(line);
    if (prefix !== null && seen.has(prefix)) repeated.add(prefix);
    if (prefix !== null) seen.add(prefix);
  }
  return repeated;
}
