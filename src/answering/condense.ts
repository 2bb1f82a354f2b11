import type { Turn } from '../types.ts';
import { carryTopicOver } from './follow-ups/carry-topic-over.ts';
import { completeFragment } from './follow-ups/complete-fragment.ts';
import { entitiesOf } from './follow-ups/entities-of.ts';
import { replaceDemonstratives } from './follow-ups/replace-demonstratives.ts';
import { replacePronouns } from './follow-ups/replace-pronouns.ts';

/** Longest question that is made, in UTF-16 units; where it would be longer, the question stays as asked. */
const LONGEST = 400;
/** A completed fragment may hold a pronoun still; what has not come to rest by then never will. */
const STEPS = 5;
/** A turn that asked nothing: "Hello!", "Thanks a lot." */
const SMALL_TALK =
  /^\W*(?:(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|thanks|thank you|thx|cheers|ok|okay|alright|great|cool|nice|perfect|interesting|wow|sorry|bye|goodbye|i see|got it|understood|very|so much|a lot|much|good|there)\b\W*)+$/i;

/**
 * A follow-up as a question that stands alone: its pronouns, demonstratives and gaps are filled from the earlier questions and what answered
 * them. By rule, for English; what it makes may be shown as "Searched for: …". A question that stands alone, or that can't be resolved with
 * some certainty, is returned as it is, byte for byte; so is the question that it has made itself.
 *
 * @param history Earlier turns, oldest first. Their standalone questions are read, so a chain of follow-ups keeps its topic.
 */
export function condense(question: string, history: readonly Turn[]): string {
  const asked = history.filter(({ question: said }) => !SMALL_TALK.test(said));
  if (asked.length === 0 || SMALL_TALK.test(question)) return question;
  let condensed = question;
  for (let step = 0; step < STEPS; step++) {
    if (condensed.length > LONGEST) return question;
    const next = completeFragment(condensed, asked) ?? resolve(condensed, asked);
    if (next === condensed) return condensed;
    condensed = next;
  }
  return question;
}

function resolve(question: string, history: readonly Turn[]): string {
  const entities = entitiesOf(history);
  const resolved = replacePronouns(replaceDemonstratives(question, history), entities);
  return resolved === question ? carryTopicOver(question, entities, history) : resolved;
}
