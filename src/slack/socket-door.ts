/** The way in without a public address: a socket that this side opens, and opens again whenever it closes. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Logger as BoltLogger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { PullquoteError } from '../errors.ts';
import { asSlackError, isRefusal } from './slack-error.ts';

export interface SocketDoor {
  receiver: Receiver;
  /** Resolves once Slack has said hello. Throws SLACK_DENIED, SLACK_UNREACHABLE. */
  open(): Promise<void>;
  /** No event comes any more. */
  close(): Promise<void>;
}

export interface SocketDoorOptions {
  appToken: string;
  /** Base of the Web API. */
  apiUrl: string;
  boltLogger: BoltLogger;
  logger: Logger;
  /** Told when Slack will not have us any more. */
  onLost: (error: PullquoteError) => void;
  sleep?: (ms: number) => Promise<void>;
}

/** First and longest wait between two tries to connect, in milliseconds. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;
/** Milliseconds for Slack to answer a ping; a question may hold the event loop for a moment. */
const PONG_MS = 15_000;
/** Milliseconds for the farewell. */
const FAREWELL_MS = 1_000;

/**
 * Reconnecting is our own: the client's ends the process by an unhandled rejection when the network is away for a while, and waits as
 * long as for a ping before it tries at all.
 */
export function createSocketDoor(options: SocketDoorOptions): SocketDoor {
  const { appToken, apiUrl, boltLogger, logger, onLost, sleep = delay } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger: boltLogger,
    autoReconnectEnabled: false,
    clientPingTimeout: PONG_MS,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, timeout: 10_000 } },
  });
  const { client } = receiver;
  let closed = false;
  let connecting = true;

  client.on('disconnected', () => {
    if (!closed && !connecting) void reconnect();
  });

  async function reconnect(): Promise<void> {
    connecting = true;
    logger.info('the connection to Slack is lost; connecting again');
    for (let wait = FIRST_WAIT_MS; !closed; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        await client.start();
        if (closed) return void client.disconnect();
        logger.info('connected to Slack again');
        break;
      } catch (error) {
        if (isRefusal(error)) return onLost(asSlackError(error, 'PULLQUOTE_SLACK_APP_TOKEN'));
        logger.warn({ err: error, wait }, 'Slack cannot be reached');
        await sleep(wait);
      }
    }
    connecting = false;
  }

  return {
    receiver,
    async open() {
      await client.start().catch((error: unknown) => {
        throw asSlackError(error, 'PULLQUOTE_SLACK_APP_TOKEN');
      });
      connecting = false;
    },
    async close() {
      closed = true;
      await Promise.race([client.disconnect(), delay(FAREWELL_MS)]);
    },
  };
}
