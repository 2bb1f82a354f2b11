/** A document's text in blocks, with its citations marked. Nothing of what a citation covers is left out or added. */
import type { Block, Span } from '../types.ts';
import { element } from './element.ts';
import { isList } from './evidence.ts';

export interface MarkedSpan extends Span {
  /** Of the citation. */
  number: number;
  /** The one to look at; the others are marked lightly. */
  chosen: boolean;
}

interface Text {
  title: string;
  text: string;
  blocks: Block[];
  markup: Span[];
}

const touches = (one: Span, other: Span) => one.start < other.end && other.start < one.end;

/** What is no prose (menus, captions of scraping) is left out unless it is cited. */
export function markedText({ title, text, blocks, markup }: Text, marks: MarkedSpan[]): HTMLElement[] {
  const whole: Block = { kind: 'paragraph', start: 0, end: text.length };
  const all = blocks.length > 0 ? blocks : [whole];
  const heading = all.find(({ kind }) => kind !== 'debris');
  const shown: HTMLElement[] = [];
  let list: HTMLElement | null = null;
  let end = 0;
  for (const block of all) {
    // Line ends between two blocks are the layout's, but a citation may cover them.
    const gap: Span = { start: end, end: block.start };
    end = block.end;
    const cited = marks.some((mark) => touches(mark, block));
    const words = text.slice(block.start, block.end);
    if (!cited && (block.kind === 'debris' || (block === heading && words.trim() === title))) continue;
    const inside = [
      ...(marks.some((mark) => touches(mark, gap)) ? pieces(text, gap, markup, marks, true) : []),
      ...pieces(text, block, markup, marks),
    ];
    if (block.kind === 'item') {
      if (list === null) {
        list = element('ul');
        shown.push(list);
      }
      list.append(element('li', { dir: 'auto' }, ...inside));
      continue;
    }
    list = null;
    const name = block.kind === 'heading' ? 'h3' : 'p';
    const className = block.kind === 'debris' ? 'debris' : isList(words) ? 'listed' : '';
    shown.push(element(name, { dir: 'auto', className }, ...inside));
  }
  return shown;
}

/** A stretch of the text, cut wherever a mark or markup begins or ends. */
function pieces(text: string, span: Span, markup: Span[], marks: MarkedSpan[], isGap = false): (Node | string)[] {
  const here = marks.filter((mark) => touches(mark, span));
  const silent = markup.filter((it) => touches(it, span));
  const inside = [...here, ...silent].flatMap(({ start, end }) => [start, end]);
  const cuts = [...new Set([span.start, ...inside, span.end])]
    .filter((at) => at >= span.start && at <= span.end)
    .sort((one, other) => one - other);
  return cuts.slice(1).map((end, index) => {
    const part: Span = { start: cuts[index] ?? end, end };
    const words = text.slice(part.start, part.end);
    const isMarkup = silent.some((it) => touches(it, part));
    const className = isGap ? 'gap' : 'markup';
    const drawn = isMarkup || isGap ? element('span', { className }, words) : words;
    const covering = here.filter((mark) => touches(mark, part));
    const mark = covering.find(({ chosen }) => chosen) ?? covering[0];
    if (!mark) return drawn;
    const begins = mark.start === part.start && !isGap;
    return element(
      'mark',
      { className: mark.chosen ? 'chosen' : '', attributes: { 'data-number': begins ? String(mark.number) : null } },
      drawn,
    );
  });
}
