/** The Slack bot: workspaces, a way in, what it remembers, and what it listens to. */
import { App, type webApi } from '@slack/bolt';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { PullquoteError, shown, systemCode } from '../errors.ts';
import type { FeedbackLog } from '../feedback/feedback-log.ts';
import type { Chatbot } from '../types.ts';
import type { AllowLists, DocumentScopes } from './access.ts';
import { createAsker } from './asker.ts';
import { boltLogger } from './bolt-logger.ts';
import { answerButtons } from './buttons.ts';
import { createHttpDoor } from './http-door.ts';
import { createIntake, type IntakeContext } from './intake.ts';
import { openLedger } from './ledger.ts';
import { listen } from './listeners.ts';
import { isUnreachable } from './slack-error.ts';
import { createSocketDoor } from './socket-door.ts';
import { openThreads } from './threads.ts';
import { signIn, workspaceOf } from './workspaces.ts';

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
  /** Folder of what the bot remembers; one process a folder. */
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
  /** From now on events come; what an earlier process left is answered. Throws SLACK_DENIED, SLACK_UNREACHABLE. */
  start(): Promise<void>;
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

/** @throws SLACK_DENIED, SLACK_UNREACHABLE, SLACK_UNWRITABLE */
export async function openSlackBot(options: SlackBotOptions): Promise<SlackBot> {
  const { chatbot, feedback, wayIn, botTokens, apiUrl, allowed, scopes, baseUrl, suggestions, folder, queue, logger } =
    options;
  const clientOptions = clientOptionsOf(apiUrl, logger);
  const workspaces = await signIn({ tokens: botTokens, clientOptions });
  const onWarning = (warning: string) => logger.warn(warning);
  const [ledger, threads] = await Promise.all([
    openLedger({ folder, onWarning }),
    openThreads({ folder, limit: options.threads ?? DEFAULT_THREADS, onWarning }),
  ]).catch((error: unknown) => {
    throw new PullquoteError(
      'SLACK_UNWRITABLE',
      `${shown(folder)} cannot be written (${systemCode(error)})`,
      { folder },
      error,
    );
  });

  const lines = boltLogger(logger);
  const socket =
    wayIn.kind === 'socket'
      ? createSocketDoor({ ...wayIn, apiUrl, boltLogger: lines, logger, onLost: options.onLost })
      : null;
  const http = wayIn.kind === 'http' ? createHttpDoor(wayIn.signingSecret, lines) : null;
  const receiver = socket?.receiver ?? http?.receiver;
  if (!receiver) throw new TypeError('there are two ways in');

  const closing = new AbortController();
  const intake = createIntake(ledger, logger);
  const app = new App({
    receiver: intake.guard(receiver),
    authorize: async ({ teamId, enterpriseId }) => {
      const { token, botUserId, botId } = workspaceOf(workspaces, { teamId, enterpriseId });
      return { botToken: token, botUserId, botId };
    },
    logger: lines,
    clientOptions,
    convoStore: false,
    extendedErrorHandler: true,
  });
  app.error(async ({ error, context }: { error: Error; context: object }) => {
    const { intakeId } = context as Partial<IntakeContext>;
    // What stays unanswered because we close, or because Slack does not answer, is taken up by the next process.
    if (intakeId && (closing.signal.aborted || isUnreachable(error))) intake.leave(intakeId);
    logger.error({ err: error, event: intakeId }, 'an event from Slack could not be handled');
  });
  const asker = createAsker({
    chatbot,
    threads,
    scopes,
    baseUrl,
    queue,
    closing: closing.signal,
    logger,
  });
  listen({ app, asker, chatbot, ledger, allowed, scopes, baseUrl, suggestions, logger });
  answerButtons({ app, threads, chatbot, feedback, allowed, baseUrl, logger });

  return {
    requests: http?.requests ?? null,
    workspaces: [...workspaces.values()].map(({ team, name }) => `${name} (${team})`),
    async start() {
      await socket?.open();
      intake.resume();
    },
    async close(graceMs) {
      await socket?.close();
      await Promise.race([intake.idle(), elapsed(graceMs)]);
      closing.abort();
      await Promise.race([intake.idle(), elapsed(LAST_WORDS_MS)]);
      await ledger.close();
    },
  };
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
