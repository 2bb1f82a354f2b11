import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { createConversations } from '../conversations.ts';
import type { Engine } from '../engine.ts';
import { createFeedbackLog } from '../feedback/feedback-log.ts';
import { createServer } from '../server/app.ts';
import { listen } from '../server/listen.ts';
import type { Config } from '../settings.ts';

export interface ServeOptions {
  config: Config;
  /** Opens the engine; its warnings go to the log. */
  open: (onWarning: (warning: string) => void) => Promise<Engine>;
  /** Told where the server answers. */
  onListening: (url: string, engine: Engine) => void;
}

/** Milliseconds between looks for a new generation. */
const LOOK = 1_000;
/** Milliseconds that answers under way have to finish at the end. */
const GRACE = 10_000;

/** Serves until SIGINT or SIGTERM, or until something unforeseen happens: then what is under way is finished first, too. */
export async function serve({ config, open, onListening }: ServeOptions): Promise<void> {
  const logger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const engine = await open((warning) => logger.warn(warning));
  const application = createServer({
    chatbot: engine.chatbot,
    conversations: createConversations({ limit: config.conversations, ttl: config.conversationTtl }),
    feedback: createFeedbackLog({ folder: config.feedback, limit: config.feedbackLimit }),
    config,
    logger,
    status: () => ({ ready: true, generation: engine.chatbot.corpus().generation, warnings: engine.warnings() }),
  });
  const server = await listen(application, config);
  engine.follow(LOOK);
  closeWithGrace({ delay: GRACE + 2_000, logger: false }, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'closing after an error that nobody caught');
    else logger.info({ signal }, 'closing');
    await Promise.all([engine.close(), server.close(GRACE)]);
  });
  onListening(server.url, engine);
}
