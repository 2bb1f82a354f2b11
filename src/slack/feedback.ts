/** 👍 and 👎 on an answer, and the window that asks what was wrong with it. */
import { createHmac } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { FeedbackLog } from '../feedback/feedback-log.ts';
import { ratedAnswer } from '../feedback/rated-answer.ts';
import type { SlackTurn, Threads } from './threads.ts';

export interface Judged {
  /** What the button carries: `<thread id>:<message>`. */
  key: string;
  user: string;
  rating: 'up' | 'down';
  note?: string;
}

/** 144 bits, as everywhere. */
const ID_BYTES = 18;
const LONGEST_NOTE = 2_000;
export const NOTE_VIEW = 'pullquote_note';

/** The turn that a button belongs to, and those before it; null if it was forgotten. */
export async function turnOfKey(
  threads: Threads,
  key: string,
): Promise<{ turn: SlackTurn; before: SlackTurn[] } | null> {
  const at = key.indexOf(':');
  const id = key.slice(0, at);
  if (!/^[0-9a-f]{32}$/.test(id)) return null;
  const turns = (await threads.read(id))?.turns ?? [];
  const place = turns.findIndex(({ asked }) => asked === key.slice(at + 1));
  const turn = turns[place];
  return turn ? { turn, before: turns.slice(0, place) } : null;
}

/**
 * Keeps what a person thinks of an answer; their second opinion on it takes the place of the first. False if the answer was forgotten.
 *
 * @throws FEEDBACK_FULL, DISK_FULL, FEEDBACK_UNWRITABLE, BODY_TOO_LARGE
 */
export async function judge(
  { key, user, rating, note }: Judged,
  { threads, feedback, now = Date.now }: { threads: Threads; feedback: FeedbackLog; now?: () => number },
): Promise<boolean> {
  const found = await turnOfKey(threads, key);
  if (found === null) return false;
  const { turn, before } = found;
  await feedback.append({
    version: 1,
    // The same for one person and answer, and beyond guessing for whoever may change feedback over HTTP.
    id: createHmac('sha256', turn.feedbackKey).update(user).digest().subarray(0, ID_BYTES).toString('base64url'),
    at: new Date(now()).toISOString(),
    rating,
    ...(note && { note }),
    trust: 'given',
    history: before.map(({ question }) => question),
    ...(turn.documents && { documents: turn.documents }),
    answer: ratedAnswer.parse(turn.answer),
  });
  return true;
}

/** Asks for a few words, which nobody has to give. */
export function noteView(key: string): types.ModalView {
  return {
    type: 'modal',
    callback_id: NOTE_VIEW,
    private_metadata: key,
    title: { type: 'plain_text', text: 'What was wrong?' },
    submit: { type: 'plain_text', text: 'Send' },
    close: { type: 'plain_text', text: 'Skip' },
    blocks: [
      {
        type: 'input',
        block_id: 'note',
        optional: true,
        label: { type: 'plain_text', text: 'A few words help to make answers better' },
        element: { type: 'plain_text_input', action_id: 'note', multiline: true, max_length: LONGEST_NOTE },
      },
    ],
  };
}
