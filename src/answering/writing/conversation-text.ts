import { oneLine } from '../../text/readable.ts';
import type { Turn } from '../../types.ts';

/** Turns that a follow-up may look back to, and as much of each answer, in UTF-16 units. */
const TURNS = 3;
const LONGEST_ANSWER = 600;

/** The last turns of a conversation as a prompt has them, oldest first, a line each: nothing in them can begin another. */
export function formatConversation(history: readonly Turn[]): string {
  const turns = history.slice(-TURNS).map(({ question, answer }) => {
    const said = answer.kind === 'answered' ? answer.text.replaceAll(/\s*\[\d+\]/g, '') : 'The documents don’t say.';
    return `Question: ${oneLine(question)}\nAnswer: ${oneLine(said).slice(0, LONGEST_ANSWER)}`;
  });
  return turns.join('\n') || '(none)';
}
