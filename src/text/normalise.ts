import type { Span } from '../types.ts';

/** A text in the form in which two spellings of the same words are equal, with the way back. */
export interface Normalised {
  text: string;
  /** The stretch of the original that a stretch of `text` stands for. */
  original(span: Span): Span;
}

const ALIKE: readonly [RegExp, string][] = [
  [/[‘’‚‛′`´]/gu, "'"],
  [/[“”„‟″«»]/gu, '"'],
  [/[‐‑‒–—―−]/gu, '-'],
  [/…/gu, '...'],
];
/** A letter with its marks, or a run of white space, or anything else. */
const PIECE = /[\s\u0085]+|\P{M}\p{M}*|\p{M}/gu;
/** Signs that have no shape of their own: soft hyphens, zero-width spaces, marks of direction, tags. */
const UNSEEN = /\p{Cf}/gu;

/**
 * White space becomes one space, typographic quotation marks, dashes and the ellipsis become typewritten, accents are composed (NFC),
 * invisible signs go. Words, digits and capitals stay as they are.
 */
export function normalise(text: string): Normalised {
  let normal = '';
  const starts: number[] = [];
  const ends: number[] = [];
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const form = normalForm(piece);
    // Two runs of white space with something invisible between are one.
    if (form === ' ' && normal.endsWith(' ')) {
      ends[ends.length - 1] = index + piece.length;
      continue;
    }
    for (let unit = 0; unit < form.length; unit++) {
      starts.push(index);
      ends.push(index + piece.length);
    }
    normal += form;
  }
  return {
    text: normal,
    original: ({ start, end }) => ({ start: starts[start] ?? text.length, end: ends[end - 1] ?? starts[start] ?? 0 }),
  };
}

function normalForm(piece: string): string {
  if (piece.trim() === '' || piece === '\u0085') return piece.replace(UNSEEN, '') === '' ? '' : ' ';
  let form = piece.replace(UNSEEN, '').normalize('NFC');
  for (const [pattern, plain] of ALIKE) form = form.replace(pattern, plain);
  return form;
}
