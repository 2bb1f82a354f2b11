/** 👍 and 👎 on an answer, and the window that asks what was wrong with it. */
import { randomBytes } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { Answer } from '../types.ts';
import type { SlackTurn, Threads } from './threads.ts';

/** What a person thought of an answer. A later one with the same id takes its place. */
export interface Opinion {
  version: 1;
  id: string;
  /** When it was given, ISO 8601. */
  at: string;
  rating: 'up' | 'down';
  note?: string;
  /** The answer is our own, not one that somebody sent us. */
  trust: 'given';
  /** The questions before, oldest first. */
  history: string[];
  /** The documents that were asked, when not all. */
  documents?: string[];
  answer: Answer;
}

/** Where opinions are kept. */
export interface Feedback {
  append(opinion: Opinion): Promise<void>;
}

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
): Promise<{ id: string; turn: SlackTurn; before: SlackTurn[] } | null> {
  const at = key.indexOf(':');
  const id = key.slice(0, at);
  if (!/^[0-9a-f]{32}$/.test(id)) return null;
  const turns = (await threads.read(id))?.turns ?? [];
  const place = turns.findIndex(({ asked }) => asked === key.slice(at + 1));
  const turn = turns[place];
  return turn ? { id, turn, before: turns.slice(0, place) } : null;
}

/** Keeps an opinion; one person's second on the same answer replaces the first. False if the answer was forgotten. */
export async function judge(
  { key, user, rating, note }: Judged,
  { threads, feedback, now = Date.now }: { threads: Threads; feedback: Feedback; now?: () => number },
): Promise<boolean> {
  const found = await turnOfKey(threads, key);
  if (found === null) return false;
  const { turn, before } = found;
  const id = turn.feedback[user] ?? randomBytes(ID_BYTES).toString('base64url');
  await feedback.append({
    version: 1,
    id,
    at: new Date(now()).toISOString(),
    rating,
    ...(note && { note }),
    trust: 'given',
    history: before.map(({ question }) => question),
    ...(turn.documents && { documents: turn.documents }),
    answer: turn.answer,
  });
  if (turn.feedback[user] === undefined) {
    const thread = await threads.read(found.id);
    const kept = thread?.turns.find(({ asked }) => asked === turn.asked);
    if (thread && kept) {
      kept.feedback[user] = id;
      await threads.write(found.id, thread);
    }
  }
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
