import type { Turn } from '../types.ts';

/** Turns that a follow-up may look back to, and as much of each answer, in UTF-16 units. */
const TURNS = 3;
const LONGEST_ANSWER = 600;

/** The last turns of a conversation as a prompt has them, oldest first. */
export function formatConversation(history: readonly Turn[]): string {
  const turns = history.slice(-TURNS).map(({ question, answer }) => {
    const said = answer.kind === 'answered' ? answer.text.replaceAll(/\s*\[\d+\]/g, '') : 'The documents don’t say.';
    return `Question: ${question}\nAnswer: ${said.slice(0, LONGEST_ANSWER)}`;
  });
  return turns.join('\n') || '(none)';
}
