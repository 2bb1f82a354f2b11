/** What a message event means for the bot, before anything is looked up. */
import { mentions, mentionsPeople, questionText } from './question-text.ts';

/** Something was said. */
export interface Said {
  channel: string;
  /** Timestamp of the thread's first message, which the answer goes below. */
  thread: string;
  /** Timestamp of the message. */
  message: string;
  user: string;
  question: string;
  /** In a conversation with the bot alone. */
  direct: boolean;
  /** The message is a reply in a thread. */
  inThread: boolean;
}

export type Heard =
  /** Said to the bot. */
  | ({ kind: 'addressed' } & Said)
  /** Said where the bot may be listening; whether it is meant depends on the thread. `aside`: said to somebody else. */
  | ({ kind: 'overheard'; edited: boolean; aside: boolean } & Said)
  /** A message was deleted. */
  | { kind: 'withdrawn'; channel: string; message: string };

interface MessageFields {
  user?: string | undefined;
  bot_id?: string | undefined;
  text?: string | undefined;
  ts?: string | undefined;
  thread_ts?: string | undefined;
  subtype?: string | undefined;
}

/** The fields of `message` and `app_mention` events that matter here. */
export interface MessageEvent extends MessageFields {
  type: string;
  channel?: string | undefined;
  channel_type?: string | undefined;
  message?: MessageFields | undefined;
  previous_message?: MessageFields | undefined;
  deleted_ts?: string | undefined;
}

/** Kinds of message that a person writes; all others are joins, topics, bots and so on. */
const written = new Set([undefined, 'file_share', 'thread_broadcast']);

/** Null for what is not for a bot to answer: other bots, the bot itself, notices, edits that change no word. */
export function hear(event: MessageEvent, botUserId: string | null): Heard | null {
  const { channel } = event;
  if (channel === undefined) return null;
  if (event.subtype === 'message_deleted')
    return event.deleted_ts === undefined ? null : { kind: 'withdrawn', channel, message: event.deleted_ts };

  const edited = event.subtype === 'message_changed';
  const message = edited ? event.message : event;
  // With replies below, as soon as the bot has posted one, a deleted message stays as an empty stone.
  if (edited && message?.subtype === 'tombstone')
    return message.ts === undefined ? null : { kind: 'withdrawn', channel, message: message.ts };
  if (!message || !written.has(message.subtype) || message.bot_id !== undefined) return null;
  const { user, ts, text = '' } = message;
  if (user === undefined || user === botUserId || ts === undefined) return null;
  if (edited && event.previous_message?.text === text) return null;

  const direct = event.channel_type === 'im';
  const said: Said = {
    channel,
    thread: message.thread_ts ?? ts,
    message: ts,
    user,
    question: questionText(text, botUserId),
    direct,
    inThread: message.thread_ts !== undefined && message.thread_ts !== ts,
  };
  if (event.type === 'app_mention' || direct) return { kind: 'addressed', ...said };
  if (mentions(text, botUserId)) return edited ? { kind: 'addressed', ...said } : null; // an app_mention comes beside it
  return { kind: 'overheard', edited, aside: mentionsPeople(text), ...said };
}
