/** An answer found again by what is attached to it: its message may be there though nobody was told of it. */
import type { webApi } from '@slack/bolt';
import type { ReplyPlace } from './ledger.ts';

/** Slack's kind of what we attach to a message. */
export const METADATA = 'pullquote_answer';

/** The message that was posted for an event, after the message that asked; null if it got no further than that. */
export async function findReply(
  client: webApi.WebClient,
  { channel, thread, event, since }: { channel: string; thread: string; event: string; since: string },
): Promise<ReplyPlace | null> {
  const { messages = [] } = await client.conversations.replies({
    channel,
    ts: thread,
    oldest: since,
    inclusive: true,
    include_all_metadata: true,
    limit: 200,
  });
  const own = messages.find(({ metadata }) => {
    const payload = metadata?.event_payload as { event?: unknown } | undefined;
    return metadata?.event_type === METADATA && payload?.event === event;
  });
  return own?.ts === undefined ? null : { channel, ts: own.ts };
}
