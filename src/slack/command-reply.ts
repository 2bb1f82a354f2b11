/** An answer to a slash command: only who asked sees it, through the address that Slack gave with the command. */
import { setTimeout as delay } from 'node:timers/promises';
import { PullquoteError } from '../errors.ts';
import type { Message } from './format/message.ts';
import { reading } from './format/texts.ts';
import type { Reply } from './reply.ts';

/** Tries to post, and the longest wait that Slack may ask for between two, in seconds. */
const TRIES = 4;
const LONGEST_WAIT_S = 60;

/**
 * Posts to a response address, which Slack takes five times within half an hour. Bolt's `respond` does not honour Retry-After.
 *
 * @throws SLACK_UNREACHABLE
 */
export async function respondAt(
  url: string,
  body: object,
  sleep: (ms: number) => Promise<void> = delay,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    }).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    if (!(response instanceof Error)) {
      await response.body?.cancel();
      // 404 and 410: the half hour is over, or the channel is gone; nobody waits any more.
      if (response.ok || response.status === 404 || response.status === 410) return;
    }
    if (tries === TRIES) {
      const reason = response instanceof Error ? response.message : `status ${response.status}`;
      throw new PullquoteError('SLACK_UNREACHABLE', `Slack takes no response to a command: ${reason}`);
    }
    const asked = response instanceof Error ? Number.NaN : Number(response.headers.get('retry-after') ?? Number.NaN);
    await sleep(Math.min(Number.isNaN(asked) ? tries : asked, LONGEST_WAIT_S) * 1_000);
  }
}

export function createCommandReply(url: string): Reply {
  let shown = false;
  const put = async (message: Message) => {
    await respondAt(url, { response_type: 'ephemeral', replace_original: shown, ...message });
    shown = true;
  };
  return {
    reading: () => put(reading),
    progress: () => {}, // five posts are soon used up
    show: put,
    withdraw: async () => {},
    ts: () => null,
  };
}
