import type { Engine } from '../engine.ts';
import { PullquoteError } from '../errors.ts';
import { reachableAt } from '../server/reachable-at.ts';
import type { Config } from '../settings.ts';
import { parseScopes } from '../slack/access.ts';
import type { WayIn } from '../slack/bot.ts';
import { serve } from './serve.ts';

export interface SlackOptions {
  config: Config;
  /** Opens the engine; its warnings go to the log. */
  open: (onWarning: (warning: string) => void) => Promise<Engine>;
  /** Told where the server answers, and in which workspaces the bot does. */
  onListening: (url: string, workspaces: string[]) => void;
}

/** Serves, with the Slack bot beside: its links lead to the server's pages. */
export async function slack({ config, open, onListening }: SlackOptions): Promise<void> {
  const wayIn = wayInOf(config);
  if (config.slackBotToken.length === 0)
    throw new PullquoteError(
      'SETTING_INVALID',
      'PULLQUOTE_SLACK_BOT_TOKEN is not set; `pullquote slack --check` says more',
    );
  const scopes = parseScopes(config.slackDocuments);
  const { openSlackBot } = await import('../slack/bot.ts');
  let workspaces: string[] = [];
  await serve({
    config,
    open,
    demoPort: null,
    async join({ chatbot, logger, feedback }) {
      const bot = await openSlackBot({
        chatbot,
        feedback,
        wayIn,
        botTokens: config.slackBotToken,
        apiUrl: config.slackApi,
        allowed: { teams: config.slackTeams, channels: config.slackChannels, users: config.slackUsers },
        scopes,
        // At any free port nobody knows where that is: then there are titles, and no links.
        baseUrl: config.publicUrl ?? (config.port === 0 ? '' : reachableAt(config.host, config.port)),
        suggestions: config.suggestions,
        folder: config.slackFolder,
        queue: config.queue,
        logger,
        onLost(error) {
          // Nobody can be answered any more: the process ends as after any fault that nobody caught.
          setImmediate(() => {
            throw error;
          });
        },
      });
      workspaces = bot.workspaces;
      return { slack: bot.requests, start: () => bot.start(), close: (graceMs) => bot.close(graceMs) };
    },
    onListening: (url) => onListening(url, workspaces),
  });
}

/** The app-level token opens a socket; without it Slack calls us. */
function wayInOf({ slackAppToken, slackSigningSecret }: Config): WayIn {
  if (slackAppToken !== null) return { kind: 'socket', appToken: slackAppToken };
  if (slackSigningSecret !== null) return { kind: 'http', signingSecret: slackSigningSecret };
  throw new PullquoteError(
    'SETTING_INVALID',
    'Neither PULLQUOTE_SLACK_APP_TOKEN nor PULLQUOTE_SLACK_SIGNING_SECRET is set; `pullquote slack --check` says more',
  );
}
