import type { Span } from '../types.ts';
import { graphemeStart, isSpace, trimSpan, wholeGraphemesWithin } from './unicode.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Intl.Segmenter is quadratic on Node 20 (each segment copies the input), so it sees a long paragraph by windows of this many units. */
const WINDOW = 4_000;
/** Nobody reads a longer sentence, and neither model does: what has no end is cut at a space, in UTF-16 units. */
export const LONGEST_SENTENCE = 800;
/** A quotation of several sentences stays whole up to this length, in UTF-16 units, so that who speaks stays with the words. */
const LONGEST_QUOTATION = 400;

/**
 * The sentences of one paragraph, in order: trimmed spans of the text, inside the paragraph, never inside a grapheme, together all
 * its words. Boundaries are Unicode's (UAX #29, Intl.Segmenter), mended where abbreviations, initials and quotations mislead it.
 */
export function splitSentences(text: string, paragraph: Span): Span[] {
  const sentences: Span[] = [];
  for (const piece of segments(text, paragraph)) {
    const previous = sentences.at(-1);
    const isOpen = previous !== undefined && piece.start - previous.start < LONGEST_SENTENCE;
    if (isOpen && belongsTo(text.slice(previous.start, piece.start), text.slice(piece.start, piece.end))) {
      previous.end = piece.end;
    } else {
      sentences.push(piece);
    }
  }
  return sentences
    .flatMap((sentence) => cutLong(text, trimSpan(text, sentence)))
    .filter(({ start, end }) => start < end)
    .map((sentence) => wholeGraphemesWithin(text, sentence, paragraph)); // a mark may cling to a space that was trimmed
}

/** Unicode's segments, whatever the paragraph's length: a window's last segment may be cut, so the next window starts with it. */
function* segments(text: string, paragraph: Span): Generator<Span> {
  let from = paragraph.start;
  while (from < paragraph.end) {
    const isLast = from + WINDOW >= paragraph.end; // its end is the paragraph's, even where a grapheme reaches beyond it
    const to = isLast ? paragraph.end : graphemeStart(text, from + WINDOW);
    const found = Array.from(segmenter.segment(text.slice(from, to)), ({ index, segment }) => ({
      start: from + index,
      end: from + index + segment.length,
    }));
    if (to < paragraph.end && found.length > 1) found.pop();
    for (const segment of found) yield* splitAtMissedEnds(text, segment);
    from = found.at(-1)?.end ?? paragraph.end;
  }
}

/**
 * The end of a sentence that Unicode misses: at a full stop it ends none when the next letter is small, whatever stands between (UAX #29, SB8).
 * "… partnerships. 35,064 households", "… on Monday. £5 a day", "… by 4%. 12 people", "… in 2019. 30 were", "… fell. iPhone sales".
 */
const MISSED_END =
  /(?:(?<![\p{L}\p{N}.])(?:(\p{Ll}{3,}|\p{Lu}\p{Ll}{4,})|(?:1\d|20)\d\d)|%)[)\]"”’]?\.["”’)\]]{0,2}\s+(?=["“‘'(]?[$£€¥]?\d|\p{Ll}\p{Lu})/gu;

function* splitAtMissedEnds(text: string, { start, end }: Span): Generator<Span> {
  let from = start;
  for (const { 0: match, 1: word = '', index } of text.slice(start, end).matchAll(MISSED_END)) {
    const lower = word.toLowerCase();
    if (BEFORE_A_NAME.has(lower) || ABBREVIATIONS.has(lower) || NUMBERED.has(lower)) continue;
    yield { start: from, end: start + index + match.length };
    from = start + index + match.length;
  }
  yield { start: from, end };
}

/** Never the end of a sentence: what follows belongs to it (titles, months, "e.g.", "v.", …). */
const BEFORE_A_NAME =
  words(`mr mrs ms mx dr prof gen lt col capt cmdr adm sgt maj rep sen gov hon rev st ste mt ft fr sr no nos fig figs eq
  sec ch vs v e.g i.e cf viz approx ca pub p pp vol ed eds jan feb mar apr jun jul aug sep sept oct nov dec mme mlle sra messrs supt insp
  pres amb atty brig cpl pvt`);
/** May end a sentence, and then what follows starts like one. */
const ABBREVIATIONS =
  words(`al etc inc corp co ltd llc plc dept univ assn bros est jr esq ph.d m.d b.a m.a a.m p.m u.s u.k u.n e.u d.c
  mon tue tues wed thu thur thurs fri sat sun min max ave blvd rd no avg gov`);
/** Stand before a number, and may be no words by themselves. */
const NUMBERED = words(
  `chap chaps art arts para paras sect sects ext tel ref refs ver vols temp alt app reg tab cat circ cols`,
);
/** Words with which sentences start far more often than names do. */
const STARTERS =
  words(`the a an he she it they we i you his her its their our my your this that these those but and or however in on at as
  when while if after before then there here for from with by not so because since although though what who where why how which nobody
  everyone some many most all both each please yet still now later today yesterday such according during under over until once despite`);

function words(list: string): Set<string> {
  return new Set(list.split(/\s+/));
}

/** The last word before a full stop, with the stops inside it: "Lt", "U.S", "e.g". */
const LAST_WORD = /(?:^|[\s("“‘[—–-])((?:\p{L}{1,12}\.){0,6}\p{L}{1,12})\.$/u;

/** Does what follows continue the sentence so far? */
function belongsTo(sentence: string, next: string): boolean {
  const before = sentence.slice(-80).trimEnd();
  const after = next.slice(0, 80).trimStart();
  if (after === '') return true;
  if (/^[\s\d()[\].•–*-]{1,6}$/.test(sentence) && /\d[.)]$/.test(before)) return true; // "1." of a list
  if (/^\p{Ll}/u.test(after) && !/^\p{Ll}\p{Lu}/u.test(after)) return true; // "p.m. on Tuesday", but "iPhone sales …"
  if (/^[)\]”’»]/u.test(after)) return true;
  if (sentence.length + next.length <= LONGEST_QUOTATION && isQuotationOpen(sentence)) return true;
  const word = LAST_WORD.exec(before)?.[1];
  if (word === undefined) return false;
  const lower = word.toLowerCase();
  if (BEFORE_A_NAME.has(lower) && !(lower === 'no' && !/^\d/.test(after))) return true;
  const isInitial = /^\p{Lu}$/u.test(word) && word !== 'I';
  if (isInitial) return !startsSentence(after);
  const isAcronym = /^(?:\p{L}\.)+\p{L}$/u.test(word);
  return (isAcronym || ABBREVIATIONS.has(lower)) && !startsSentence(after);
}

function startsSentence(text: string): boolean {
  const word = /^["“‘'([]{0,3}(\p{L}+)/u.exec(text)?.[1];
  return word === undefined ? !/^\d/.test(text) : STARTERS.has(word.toLowerCase());
}

/** More curly quotation marks opened than closed. (Straight ones can't be told apart, and inches look like them.) */
function isQuotationOpen(text: string): boolean {
  return text.lastIndexOf('“') > text.lastIndexOf('”');
}

/** Cuts at the last space before the limit, else at a grapheme. */
function cutLong(text: string, { start, end }: Span): Span[] {
  const pieces: Span[] = [];
  let from = start;
  while (end - from > LONGEST_SENTENCE) {
    let at = from + LONGEST_SENTENCE;
    while (at > from + LONGEST_SENTENCE / 2 && !isSpace(text, at)) at--;
    if (!isSpace(text, at)) at = graphemeStart(text, from + LONGEST_SENTENCE);
    if (at <= from) break; // one endless grapheme: left whole
    pieces.push(trimSpan(text, { start: from, end: at }));
    from = at;
  }
  pieces.push(trimSpan(text, { start: from, end }));
  return pieces;
}
