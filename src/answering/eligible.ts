import { tokenize } from '../text/tokenize.ts';
import { canHold, kindAsked } from './answer-kind.ts';
import { type Candidate, rank, sentenceOf, sentenceText } from './candidates.ts';
import { isOfAnother } from './of-another.ts';

/** Where the best candidate is of another, one that answers must come this close: what is far behind is only what was left. */
const BESIDE_ANOTHER = 6;

/** The candidates that can answer: that can hold the kind of answer asked for, are no headings, and don't say of another what is asked. */
export function eligible(question: string, candidates: readonly Candidate[]): Candidate[] {
  const kind = kindAsked(question);
  const possible = candidates.filter((it) => canHold(kind, question, sentenceText(it)) && !isRunInHeading(it));
  const own = possible.filter((it) => !isOfAnother(question, it));
  const [best] = possible;
  if (best === undefined || best === own[0]) return own;
  return own.filter((it) => rank(best) - rank(it) <= BESIDE_ANOTHER);
}

/** Longest heading that runs into its paragraph, in words. */
const LONGEST_HEADING = 3;
/** A verb that is told by its form makes a sentence of a few words. */
const VERB = /\b(?:is|was|are|were|be|has|have|had|do|does|did|will|would|can|could|may|might|must|should)\b|ed\b/iu;

/** "Ships." before a paragraph's sentences names what they tell, and tells nothing. */
function isRunInHeading(candidate: Candidate): boolean {
  const { document, sentence } = candidate;
  const { start, end } = sentenceOf(candidate);
  const block = document.blocks.find((it) => it.start <= start && end <= it.end);
  const next = document.sentences[sentence + 1];
  if (block?.kind !== 'paragraph' || next === undefined || next.start >= block.end) return false;
  const words = sentenceText(candidate);
  const isFirst = /^(?:\p{N}+[.)]\s*)?$/u.test(document.text.slice(block.start, start));
  return (
    isFirst &&
    tokenize(words).length <= LONGEST_HEADING &&
    words.endsWith('.') &&
    !/\p{N}/u.test(words) &&
    !VERB.test(words)
  );
}
