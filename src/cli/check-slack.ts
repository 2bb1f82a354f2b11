import { access, constants, mkdir } from 'node:fs/promises';
import { pino } from 'pino';
import { asPullquoteError, PullquoteError, shown, systemCode } from '../errors.ts';
import { readModelManifest } from '../inference/model-files.ts';
import { openServedIndex } from '../retrieval/served-index.ts';
import type { Config } from '../settings.ts';
import { parseScopes, unmatched } from '../slack/access.ts';
import { boltLogger } from '../slack/bolt-logger.ts';
import { agentScope, requiredScopes } from '../slack/scopes.ts';
import { type ClientOptions, signIn, verifyAppToken, type Workspace } from '../slack/workspaces.ts';
import type { Finding } from './doctor.ts';

/** One try is enough where a person waits for the result. */
const TIMEOUT_MS = 10_000;

const manifest = 'create the app from slack-manifest.yaml at https://api.slack.com/apps';
const reinstall = 'add it at https://api.slack.com/apps under OAuth & Permissions, and install the app again';

/** Looks at all that the Slack bot needs: tokens, scopes, settings; one finding each, in words. */
export async function checkSlack(config: Config): Promise<Finding[]> {
  const clientOptions = {
    slackApiUrl: config.slackApi,
    retryConfig: { retries: 0 },
    timeout: TIMEOUT_MS,
    logger: boltLogger(pino({ level: 'silent' })),
  };
  let workspaces: Workspace[] = [];
  const token = await look('bot token', `${manifest}, install it, and copy the Bot User OAuth Token`, async () => {
    if (config.slackBotToken.length === 0) throw unset('PULLQUOTE_SLACK_BOT_TOKEN');
    workspaces = [...(await signIn({ tokens: config.slackBotToken, clientOptions })).values()];
    return `works in ${workspaces.map(({ name, team }) => `${name} (${team})`).join(', ')}`;
  });
  const scopes = workspaces.map((workspace) =>
    look(`scopes in ${workspace.name}`, reinstall, async () => {
      const missing = Object.entries(requiredScopes).filter(([scope]) => !workspace.scopes.includes(scope));
      const agent = workspace.scopes.includes(agentScope) ? '' : `; without ${agentScope} no questions are suggested`;
      if (missing.length === 0) return `all ${Object.keys(requiredScopes).length} are there${agent}`;
      const words = missing.map(([scope, why]) => `${scope} (${why})`).join(', ');
      throw new PullquoteError('SLACK_DENIED', `missing: ${words}`, { missing: missing.map(([scope]) => scope) });
    }),
  );
  return [
    token,
    ...(await Promise.all(scopes)),
    await wayIn(config, clientOptions),
    linksOf(config),
    await look('documents', 'ingest them with `pullquote ingest`, or correct PULLQUOTE_SLACK_DOCUMENTS', () =>
      documentsOf(config),
    ),
    await look('folder', 'make it writable, or name another with PULLQUOTE_SLACK_FOLDER', () =>
      folderOf(config.slackFolder),
    ),
  ];
}

function wayIn(
  { slackAppToken, slackSigningSecret, publicUrl }: Config,
  clientOptions: ClientOptions,
): Promise<Finding> {
  const advice =
    'Socket Mode: make an app-level token with the scope connections:write under Basic Information, and set PULLQUOTE_SLACK_APP_TOKEN; HTTP: set PULLQUOTE_SLACK_SIGNING_SECRET';
  return look('way in', advice, async () => {
    if (slackAppToken !== null) {
      await verifyAppToken(slackAppToken, clientOptions);
      return 'Socket Mode, the app-level token works';
    }
    if (slackSigningSecret === null)
      throw new PullquoteError(
        'SETTING_INVALID',
        'neither PULLQUOTE_SLACK_APP_TOKEN nor PULLQUOTE_SLACK_SIGNING_SECRET is set',
      );
    return `HTTP: Slack must reach ${publicUrl ?? 'this server'} at /slack/events, for events, commands and interactivity`;
  });
}

function linksOf({ publicUrl, host, port }: Config): Finding {
  const what = 'links';
  if (publicUrl !== null) return { what, found: `lead to ${publicUrl}`, error: null, advice: null };
  const advice = 'set PULLQUOTE_PUBLIC_URL to where people reach the server';
  return { what, found: `lead to ${host}:${port}, which others may not reach`, error: null, advice };
}

async function documentsOf({ slackDocuments, models, index }: Config): Promise<string> {
  const scopes = parseScopes(slackDocuments);
  const { documents } = await openServedIndex(index, (await readModelManifest(models)).embedder);
  if (scopes.size === 0) return `all ${documents.size} answer everywhere`;
  const none = unmatched(scopes, [...documents.keys()]);
  if (none.length > 0)
    throw new PullquoteError(
      'SETTING_INVALID',
      `PULLQUOTE_SLACK_DOCUMENTS names what is not in the index: ${none.map(shown).join(', ')}`,
    );
  return [...scopes].map(([place, patterns]) => `${place}: ${patterns.join(', ')}`).join('; ');
}

async function folderOf(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.W_OK);
    return `${folder} can be written`;
  } catch (error) {
    throw new PullquoteError(
      'SLACK_UNWRITABLE',
      `${shown(folder)} cannot be written (${systemCode(error)})`,
      { folder },
      error,
    );
  }
}

function unset(variable: string): PullquoteError {
  return new PullquoteError('SETTING_INVALID', `${variable} is not set`, { variable });
}

async function look(what: string, advice: string, at: () => Promise<string>): Promise<Finding> {
  try {
    return { what, found: await at(), error: null, advice: null };
  } catch (cause) {
    const error = asPullquoteError(cause);
    return { what, found: `${error.code}: ${error.message}`, error, advice };
  }
}
