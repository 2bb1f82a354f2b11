/** The Slack bot: workspaces, a way in, what it remembers, and what it listens to. */
import { App, type Receiver, type webApi } from '@slack/bolt';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { PullquoteError } from '../errors.ts';
import type { FeedbackLog } from '../feedback/feedback-log.ts';
import type { Chatbot } from '../types.ts';
import type { AllowLists, DocumentScopes } from './access.ts';
import { createAsker } from './asker.ts';
import { boltLogger } from './bolt-logger.ts';
import { answerButtons } from './buttons.ts';
import { createHttpDoor } from './http-door.ts';
import { createIntake, type Intake, type IntakeContext } from './intake.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { listen } from './listeners.ts';
import { asSlackError, isRefusal } from './slack-error.ts';
import { createSocketDoor } from './socket-door.ts';
import { openThreads, type Threads } from './threads.ts';
import { awaitTurn, unwritable } from './turn.ts';
import { signIn, type Workspace, workspaceOf } from './workspaces.ts';

/** How Slack reaches the bot. */
export type WayIn = { kind: 'socket'; appToken: string } | { kind: 'http'; signingSecret: string };

export interface SlackBotOptions {
  chatbot: Chatbot;
  /** Takes what people think of answers. */
  feedback: FeedbackLog;
  wayIn: WayIn;
  /** One for each workspace. */
  botTokens: readonly string[];
  /** Base of Slack's Web API. */
  apiUrl: string;
  allowed: AllowLists;
  scopes: DocumentScopes;
  /** Put before each link: where people reach the server. */
  baseUrl: string;
  suggestions: readonly string[];
  /** Folder of what the bot remembers; one process at a time. */
  folder: string;
  /** Questions being answered at once. */
  queue: number;
  /** Threads remembered. Default 2,000. */
  threads?: number;
  logger: Logger;
  /** Told when Slack will not have the bot any more. */
  onLost: (error: PullquoteError) => void;
}

export interface SlackBot {
  /** Answers Slack's requests, signed ones only; null with a socket. */
  requests: RequestHandler | null;
  /** `Team (T…)` of each workspace. */
  workspaces: string[];
  /**
   * Waits until no other process works in the folder. From then on events come, and what an earlier process left is answered. False if the
   * bot was closed before. Throws SLACK_DENIED, SLACK_UNREACHABLE, SLACK_UNWRITABLE.
   */
  start(): Promise<boolean>;
  /** Takes no more events, lets answers under way finish for so many milliseconds; the others come after the next start. */
  close(graceMs: number): Promise<void>;
}

const DEFAULT_THREADS = 2_000;
/** Milliseconds for answers that are given up to say so. */
const LAST_WORDS_MS = 500;
/** For every call: a dead connection must not hold a question for ever. */
const CALL_TIMEOUT_MS = 20_000;

/** How calls are tried again, Retry-After beside it: seven times within about a minute. */
const RETRIES = { retries: 7, factor: 2, minTimeout: 500, maxTimeout: 30_000, randomize: true };

const clientOptionsOf = (apiUrl: string, logger: Logger): webApi.WebClientOptions => ({
  slackApiUrl: apiUrl,
  logger: boltLogger(logger),
  retryConfig: RETRIES,
  timeout: CALL_TIMEOUT_MS,
});

/** @throws SLACK_DENIED, SLACK_UNREACHABLE */
export async function openSlackBot(options: SlackBotOptions): Promise<SlackBot> {
  const { wayIn, botTokens, apiUrl, folder, logger } = options;
  const workspaces = await signIn({ tokens: botTokens, clientOptions: clientOptionsOf(apiUrl, logger) });
  const lines = boltLogger(logger);
  const socket =
    wayIn.kind === 'socket'
      ? createSocketDoor({ ...wayIn, apiUrl, boltLogger: lines, logger, onLost: options.onLost })
      : null;
  const http = wayIn.kind === 'http' ? createHttpDoor(wayIn.signingSecret, lines) : null;
  const receiver = socket?.receiver ?? http?.receiver;
  if (!receiver) throw new TypeError('there are two ways in');

  /** No event comes any more. */
  const leaving = new AbortController();
  /** Answers under way can be waited for no longer. */
  const closing = new AbortController();
  let started: { intake: Intake; ledger: Ledger; release: () => Promise<void> } | null = null;
  let starting: Promise<boolean> | null = null;

  async function start(): Promise<boolean> {
    const release = await awaitTurn({
      folder,
      signal: leaving.signal,
      onWait: (pid) =>
        logger.warn({ folder, pid }, 'another process answers in Slack from this folder; waiting until it has ended'),
    });
    if (release === null) return false;
    const onWarning = (warning: string) => logger.warn(warning);
    const [ledger, threads] = await Promise.all([
      openLedger({ folder, onWarning }),
      openThreads({ folder, limit: options.threads ?? DEFAULT_THREADS, onWarning }),
    ]).catch(async (error: unknown) => {
      await release();
      throw unwritable(folder, error);
    });
    const intake = createIntake(ledger, logger);
    started = { intake, ledger, release };
    assemble(options, { intake, ledger, threads, workspaces, receiver: receiver as Receiver, closing: closing.signal });
    await socket?.open();
    intake.resume();
    return true;
  }

  return {
    requests:
      http &&
      ((req, res, next) => {
        // Slack asks again.
        if (started === null) next(new PullquoteError('NOT_READY', 'The Slack bot is not ready yet'));
        else http.requests(req, res, next);
      }),
    workspaces: [...workspaces.values()].map(({ team, name }) => `${name} (${team})`),
    start() {
      starting ??= start();
      return starting;
    },
    async close(graceMs) {
      leaving.abort();
      await socket?.close();
      await Promise.race([starting?.catch(() => undefined), elapsed(LAST_WORDS_MS)]);
      if (started === null) return;
      const { intake, ledger, release } = started;
      await Promise.race([intake.idle(), elapsed(graceMs)]);
      closing.abort();
      await Promise.race([intake.idle(), elapsed(LAST_WORDS_MS)]);
      await ledger.close();
      await release();
    },
  };
}

interface Parts {
  intake: Intake;
  ledger: Ledger;
  threads: Threads;
  workspaces: ReadonlyMap<string, Workspace>;
  receiver: Receiver;
  closing: AbortSignal;
}

/** Bolt between the way in and those who listen. */
function assemble(options: SlackBotOptions, { intake, ledger, threads, workspaces, receiver, closing }: Parts): void {
  const { chatbot, feedback, apiUrl, allowed, scopes, baseUrl, suggestions, queue, logger } = options;
  const app = new App({
    receiver: intake.guard(receiver),
    authorize: async ({ teamId, enterpriseId }) => {
      const { token, botUserId, botId } = workspaceOf(workspaces, { teamId, enterpriseId });
      return { botToken: token, botUserId, botId };
    },
    logger: boltLogger(logger),
    clientOptions: clientOptionsOf(apiUrl, logger),
    convoStore: false,
    extendedErrorHandler: true,
  });
  app.error(async ({ error, context }: { error: Error; context: object }) => {
    const { intakeId, teamId: team } = context as Partial<IntakeContext> & { teamId?: string };
    // Whatever the reason is, nobody was told: the next process goes on with it.
    if (intakeId) intake.leave(intakeId);
    const err = isRefusal(error) ? asSlackError(error, 'PULLQUOTE_SLACK_BOT_TOKEN') : error;
    logger.error({ err, event: intakeId, team }, 'an event from Slack could not be handled');
  });
  const asker = createAsker({ chatbot, threads, scopes, baseUrl, queue, closing, logger });
  listen({ app, asker, chatbot, ledger, allowed, scopes, baseUrl, suggestions, logger });
  answerButtons({ app, threads, chatbot, feedback, allowed, baseUrl, logger });
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
