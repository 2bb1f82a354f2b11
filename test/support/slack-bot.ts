/** The real bot, with the real Bolt, connected to a Slack on this machine. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createConversations } from '../../src/conversations.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createServer } from '../../src/server/app.ts';
import { listen } from '../../src/server/listen.ts';
import { openSlackBot, type SlackBotOptions } from '../../src/slack/bot.ts';
import { createFakeChatbot } from './fake-chatbot.ts';
import { appToken, type FakeSlack, home, signingSecret, startFakeSlack, type Workspace } from './fake-slack.ts';
import { openConfig } from './server.ts';

export const baseUrl = 'https://ask.example.org';

export interface BotOptions extends Partial<SlackBotOptions> {
  slack?: FakeSlack;
  workspaces?: Workspace[];
  way?: 'socket' | 'http';
  /** Don't wait until it is ready; it may have to wait itself. */
  standBy?: boolean;
}

/** A bot that is ready for events, until the test is over. `log`: its lines. */
export async function startBot({
  slack: given,
  workspaces = [home],
  way = 'socket',
  standBy,
  ...options
}: BotOptions = {}) {
  const slack = given ?? (await startFakeSlack(workspaces));
  if (!given) onTestFinished(() => slack.stop());
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'pullquote-slack-')));
  if (!options.folder) onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void log.push(line) });
  const chatbot = options.chatbot ?? createFakeChatbot();
  const lost: unknown[] = [];
  const bot = await openSlackBot({
    chatbot,
    feedback: { append: () => Promise.resolve() },
    wayIn: way === 'socket' ? { kind: 'socket', appToken } : { kind: 'http', signingSecret },
    botTokens: workspaces.map(({ token }) => token),
    apiUrl: slack.apiUrl,
    allowed: { teams: [], channels: [], users: [] },
    scopes: new Map(),
    baseUrl,
    suggestions: [],
    folder,
    queue: 64,
    logger,
    onLost: (error) => lost.push(error),
    ...options,
  });
  let stopServer = async () => {};
  if (bot.requests) {
    const application = createServer({
      chatbot,
      conversations: createConversations({ limit: 10, ttl: 60 }),
      config: openConfig,
      feedback: { append: () => Promise.resolve() },
      logger,
      metrics: createMetrics({ chatbot, warnings: () => [] }),
      status: () => ({ ready: true, generation: '1', warnings: [] }),
      slack: bot.requests,
    });
    const server = await listen(application, { host: '127.0.0.1', port: 0 });
    slack.over(`${server.url}/slack/events`, signingSecret);
    stopServer = () => server.close(0);
  }
  let closed: Promise<void> | null = null;
  const close = (graceMs = 0) => {
    closed ??= Promise.all([bot.close(graceMs), stopServer()]).then(() => {});
    return closed;
  };
  onTestFinished(() => close());
  const starting = bot.start();
  if (!standBy) await starting;
  return { slack, folder, log, lost, close, starting };
}
