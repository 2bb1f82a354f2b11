/** An answer in a thread: a note that is replaced by it; in a conversation with the bot alone a status, and a stream. */
import { setTimeout as delay } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { findReply, METADATA } from './find-reply.ts';
import { escapeMarkdown } from './format/escape.ts';
import { type Message, note, plainMessage, richText, section, shortened, words } from './format/message.ts';
import { reading, readingStatus } from './format/texts.ts';
import type { ReplyPlace } from './ledger.ts';
import { createPace, type Reply, UPDATE_EVERY_MS } from './reply.ts';
import { isGone, isPassing, slackCode } from './slack-error.ts';

export interface ThreadReplyOptions {
  client: webApi.WebClient;
  team: string;
  channel: string;
  thread: string;
  /** Timestamp of the message that asks. */
  asked: string;
  user: string;
  /** Goes with the message, so that it is found again after a restart. */
  event: string;
  /** A conversation with the bot alone: with a status instead of a note, and streaming. */
  direct: boolean;
  /** A message of an earlier attempt, or the answer to what was asked before the question was edited. */
  place: ReplyPlace | null;
  /** Told as soon as there is a message, before anything else is done to it. */
  onPlaced: (place: ReplyPlace) => Promise<void>;
  logger: Logger;
  sleep?: (ms: number) => Promise<void>;
  now?: () => number;
}

/** What failed by Slack's own fault is tried so often, after so many milliseconds, and longer each time. */
const TRIES = 4;
const AGAIN_AFTER_MS = 1_000;

/** Answers to `chat.update` after which only a new message helps. */
const unchangeable = new Set(['cant_update_message', 'edit_window_closed']);
/** Answers that mean that the blocks are at fault: better words alone than nothing. */
const misshapen = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

export function createThreadReply(options: ThreadReplyOptions): Reply {
  const { client, team, channel, thread, asked, user, event, onPlaced, logger } = options;
  const sleep = options.sleep ?? delay;
  const pace = createPace(UPDATE_EVERY_MS, sleep, options.now ?? (() => performance.now()));
  let { place } = options;
  /** Does Slack show a status and a stream here? A message that is there already cannot become a stream. */
  let lively = options.direct && place === null;
  let stream: webApi.ChatStreamer | null = null;
  /** Statements that the stream has shown. */
  let streamed = 0;

  /** A post that failed may have been posted: then that message is ours. */
  async function post(message: Message): Promise<void> {
    try {
      await postOnce(message);
    } catch (error) {
      if (!isPassing(error)) throw error;
      await sleep(AGAIN_AFTER_MS);
      const posted = await findReply(client, { channel, thread, event, since: asked }).catch(() => null);
      if (posted === null) return postOnce(message);
      await took(posted.ts);
      await update(posted, message);
    }
  }

  async function postOnce(message: Message): Promise<void> {
    const { ts } = await client.chat.postMessage({
      channel,
      thread_ts: thread,
      ...message,
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: METADATA, event_payload: { event } },
    });
    if (ts !== undefined) await took(ts);
  }

  async function took(ts: string): Promise<void> {
    place = { channel, ts };
    await onPlaced(place);
  }

  /** Doing it twice changes nothing. */
  async function update(at: ReplyPlace, message: Message): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return void (await client.chat.update({ ...at, ...message }));
      } catch (error) {
        if (tries === TRIES || !isPassing(error)) throw error;
        await sleep(tries * AGAIN_AFTER_MS);
      }
    }
  }

  async function write(message: Message): Promise<void> {
    if (place === null) return post(message);
    try {
      await update(place, message);
    } catch (error) {
      const code = slackCode(error) ?? '';
      if (code === 'streaming_state_conflict') {
        // A process that was killed left it streaming.
        await client.chat.stopStream({ ...place }).catch(() => undefined);
        await update(place, message);
      } else if (unchangeable.has(code)) await post(message);
      else throw error;
    }
  }

  /** Nobody waits for an answer whose thread is gone, and nothing is wrong. */
  async function quietly(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => {
      if (!isGone(error)) throw error;
      logger.info({ channel, code: slackCode(error) }, 'the place of an answer is gone');
    });
  }

  /** Progress is a courtesy: the answer itself comes all the same. */
  async function courteously(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => logger.debug({ channel, err: error }, 'progress was not shown'));
  }

  async function append(statements: readonly string[]): Promise<void> {
    const fresh = statements.slice(streamed).map((text) => `${escapeMarkdown(text)}\n\n`);
    if (fresh.length === 0) return;
    stream ??= client.chatStream({
      channel,
      thread_ts: thread,
      recipient_team_id: team,
      recipient_user_id: user,
      buffer_size: 1,
    });
    const begun = stream.ts !== undefined;
    await stream.append({ markdown_text: fresh.join('') });
    streamed = statements.length;
    if (!begun && stream.ts !== undefined) await took(stream.ts);
  }

  return {
    async reading() {
      if (lively) {
        try {
          await client.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, status: readingStatus });
          return;
        } catch (error) {
          // Not for every workspace, nor for ever.
          if (slackCode(error) === null) throw error;
          lively = false;
        }
      }
      await quietly(() => write(reading));
    },
    progress(statements) {
      pace.soon(() =>
        courteously(async () => {
          if (!lively) return write(partly(statements));
          await append(statements).catch(async (error: unknown) => {
            // Streaming is not for every plan and place.
            if (slackCode(error) === null || stream?.ts !== undefined) throw error;
            lively = false;
            await write(partly(statements));
          });
        }),
      );
    },
    async show(message) {
      await pace.settled();
      if (stream?.ts !== undefined) await courteously(async () => stream?.stop());
      await quietly(() =>
        write(message).catch((error: unknown) => {
          if (!misshapen.has(slackCode(error) ?? '')) throw error;
          logger.error({ channel, code: slackCode(error) }, 'Slack refused the blocks of an answer');
          return write({ ...plainMessage(''), text: message.text, blocks: [] });
        }),
      );
    },
    async withdraw() {
      await pace.settled();
      if (stream?.ts !== undefined) await courteously(async () => stream?.stop());
      const { ts } = place ?? {};
      if (ts !== undefined) await quietly(() => client.chat.delete({ channel, ts }));
      else if (lively)
        await courteously(() =>
          client.assistant.threads.setStatus({ channel_id: channel, thread_ts: thread, status: '' }),
        );
    },
    ts: () => place?.ts ?? null,
  };
}

/** The statements so far, in a message that goes on. */
function partly(statements: readonly string[]): Message {
  const shown = statements.slice(0, 10).map((text) => richText(section(words(shortened(text, 900)))));
  return { text: reading.text, blocks: [...shown, note('Reading on…')] };
}
