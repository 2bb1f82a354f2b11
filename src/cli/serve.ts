import closeWithGrace from 'close-with-grace';
import type { RequestHandler } from 'express';
import { type Logger, pino } from 'pino';
import { createConversations } from '../conversations.ts';
import type { Engine } from '../engine.ts';
import { createServer } from '../server/app.ts';
import { listen } from '../server/listen.ts';
import type { Config } from '../settings.ts';

export interface ServeOptions {
  config: Config;
  /** Opens the engine; its warnings go to the log. */
  open: (onWarning: (warning: string) => void) => Promise<Engine>;
  /** Another face on the same engine, which lives and ends with the server. */
  join?: (parts: { engine: Engine; logger: Logger }) => Promise<Face>;
  /** Told where the server answers. */
  onListening: (url: string, engine: Engine) => void;
}

export interface Face {
  /** Takes Slack's events over HTTP. */
  slack: RequestHandler | null;
  /** Once the server listens. */
  start(): Promise<void>;
  /** Lets answers under way finish for so many milliseconds. */
  close(graceMs: number): Promise<void>;
}

/** Milliseconds between looks for a new generation. */
const LOOK = 1_000;
/** Milliseconds that answers under way have to finish at the end. */
const GRACE = 10_000;

/** Serves until SIGINT or SIGTERM, or until something unforeseen happens: then what is under way is finished first, too. */
export async function serve({ config, open, join, onListening }: ServeOptions): Promise<void> {
  const logger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const engine = await open((warning) => logger.warn(warning));
  const face = await join?.({ engine, logger });
  const application = createServer({
    chatbot: engine.chatbot,
    conversations: createConversations({ limit: config.conversations, ttl: config.conversationTtl }),
    config,
    logger,
    status: () => ({ ready: true, generation: engine.chatbot.corpus().generation, warnings: engine.warnings() }),
    slack: face?.slack ?? null,
  });
  const server = await listen(application, config);
  engine.follow(LOOK);
  const farewell = closeWithGrace({ delay: GRACE + 2_000, logger: false }, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'closing after an error that nobody caught');
    else logger.info({ signal }, 'closing');
    await Promise.all([engine.close(), server.close(GRACE), face?.close(GRACE)]);
  });
  await face?.start().catch(async (error: unknown) => {
    farewell.uninstall(); // it would end the process as if all were well
    await Promise.all([engine.close(), server.close(0), face.close(0)]);
    throw error;
  });
  onListening(server.url, engine);
}
