import closeWithGrace from 'close-with-grace';
import type { RequestHandler } from 'express';
import { type Logger, pino } from 'pino';
import { createConversations } from '../conversations.ts';
import type { Engine } from '../engine.ts';
import { createFeedbackLog, type FeedbackLog } from '../feedback/feedback-log.ts';
import { createMetrics } from '../metrics.ts';
import { createServer } from '../server/app.ts';
import { createDemo } from '../server/demo.ts';
import { type Listening, listen } from '../server/listen.ts';
import type { Config } from '../settings.ts';
import type { Chatbot } from '../types.ts';

export interface ServeOptions {
  config: Config;
  /** Opens the engine; its warnings go to the log. */
  open: (onWarning: (warning: string) => void) => Promise<Engine>;
  /** Port of a second server with a page of another origin that embeds the widget, 0 for any free one; null for none. */
  demoPort: number | null;
  /** Another face on the same engine, which lives and ends with the server. */
  join?: (parts: { chatbot: Chatbot; logger: Logger; feedback: FeedbackLog }) => Promise<Face>;
  /** Told where the server answers, and where the demo is. */
  onListening: (url: string, engine: Engine, demoUrl: string | null) => void;
}

export interface Face {
  /** Takes Slack's events over HTTP. */
  slack: RequestHandler | null;
  /** Once the server listens; false if it was closed before it could. */
  start(): Promise<boolean>;
  /** Lets answers under way finish for so many milliseconds. */
  close(graceMs: number): Promise<void>;
}

/** Milliseconds between looks for a new generation. */
const LOOK = 1_000;
/** Milliseconds that answers under way have to finish at the end. */
const GRACE = 10_000;

/** Serves until SIGINT or SIGTERM, or until something unforeseen happens: then what is under way is finished first, too. */
export async function serve({ config, open, demoPort, join, onListening }: ServeOptions): Promise<void> {
  const logger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const engine = await open((warning) => logger.warn(warning));
  let url = '';
  // First, as its origin has to be allowed; whoever looks at it before the server listens has to look again.
  const demo = demoPort === null ? null : await openDemo(config, demoPort, () => config.publicUrl ?? url);
  const metrics = createMetrics({ chatbot: engine.chatbot, warnings: () => engine.warnings() });
  const feedback = metrics.watchFeedback(createFeedbackLog({ folder: config.feedback, limit: config.feedbackLimit }));
  const face = await join?.({ chatbot: metrics.watch(engine.chatbot, 'slack'), logger, feedback });
  const application = createServer({
    chatbot: metrics.watch(engine.chatbot, 'web'),
    conversations: createConversations({ limit: config.conversations, ttl: config.conversationTtl }),
    feedback,
    config: { ...config, origins: [...config.origins, ...originsOf(demo)] },
    logger,
    status: () => ({ ready: true, generation: engine.chatbot.corpus().generation, warnings: engine.warnings() }),
    metrics,
    slack: face?.slack ?? null,
  });
  const server = await listen(application, config).catch(async (error: unknown) => {
    await demo?.close(0);
    throw error;
  });
  url = server.url;
  engine.follow(LOOK);
  const farewell = closeWithGrace({ delay: GRACE + 2_000, logger: false }, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'closing after an error that nobody caught');
    else logger.info({ signal }, 'closing');
    await Promise.all([engine.close(), server.close(GRACE), face?.close(GRACE), demo?.close(0)]);
  });
  const started = await face?.start().catch(async (error: unknown) => {
    farewell.uninstall(); // it would end the process as if all were well
    await Promise.all([engine.close(), server.close(0), face.close(0), demo?.close(0)]);
    throw error;
  });
  if (started === false) return;
  onListening(server.url, engine, demo?.url ?? null);
}

function openDemo({ host, suggestions }: Config, port: number, server: () => string): Promise<Listening> {
  return listen(createDemo({ server, suggestions }), { host, port });
}

/** Of the demo; people write `localhost` for the address, too, and to a browser that is another origin. */
function originsOf(demo: Listening | null): string[] {
  if (demo === null) return [];
  const { origin, port, hostname } = new URL(demo.url);
  return hostname === '127.0.0.1' ? [origin, `http://localhost:${port}`] : [origin];
}
