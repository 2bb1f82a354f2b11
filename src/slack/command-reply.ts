/** An answer to a slash command: only who asked sees it, through the address that Slack gave with the command. */
import { setTimeout as delay } from 'node:timers/promises';
import { PullquoteError } from '../errors.ts';
import type { Message } from './format/message.ts';
import { readingFor } from './format/texts.ts';
import type { Reply } from './reply.ts';

/** Tries to post, and the longest wait that Slack may ask for between two, in seconds. */
const TRIES = 4;
const LONGEST_WAIT_S = 60;

/**
 * Posts to a response address, which Slack takes five times within half an hour. Bolt's `respond` does not honour Retry-After.
 *
 * @throws SLACK_UNREACHABLE, SLACK_DENIED for what Slack will not take however often it is sent
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
      if (response.status < 500 && response.status !== 429)
        throw new PullquoteError('SLACK_DENIED', `Slack refuses the response to a command: status ${response.status}`);
    }
    if (tries === TRIES) {
      const reason = response instanceof Error ? response.message : `status ${response.status}`;
      throw new PullquoteError('SLACK_UNREACHABLE', `Slack takes no response to a command: ${reason}`);
    }
    const asked = response instanceof Error ? Number.NaN : Number(response.headers.get('retry-after') ?? Number.NaN);
    await sleep(Math.min(Number.isNaN(asked) ? tries : asked, LONGEST_WAIT_S) * 1_000);
  }
}

/** What is posted to a command's address stays: Slack replaces nothing there (https://github.com/slackapi/bolt-js/issues/2287). */
export function createCommandReply(url: string, question: string, resumed: boolean): Reply {
  const put = (message: Message) => respondAt(url, { response_type: 'ephemeral', ...message });
  return {
    reading: async () => (resumed ? undefined : put(readingFor(question))), // an earlier process has said so
    progress: () => {}, // five posts are soon used up
    show: (message) =>
      put(message).catch((error: unknown) => {
        if (!(error instanceof PullquoteError && error.code === 'SLACK_DENIED')) throw error;
        return put({ text: message.text, blocks: [] }); // better words alone than nothing
      }),
    withdraw: async () => {},
    ts: () => null,
  };
}
