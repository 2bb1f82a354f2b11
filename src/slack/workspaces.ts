/** The workspaces that the bot is installed in: one token each, never one for another. */
import { webApi } from '@slack/bolt';
import { PullquoteError } from '../errors.ts';
import { asSlackError } from './slack-error.ts';

export interface Workspace {
  /** Slack's id of the workspace, `T…`, or of the organisation, `E…`. */
  team: string;
  name: string;
  token: string;
  botUserId: string;
  botId: string;
  /** What the token allows. */
  scopes: string[];
}

export type ClientOptions = webApi.WebClientOptions;

export interface SignInOptions {
  tokens: readonly string[];
  clientOptions: ClientOptions;
}

/**
 * Asks Slack whose each token is.
 *
 * @throws SLACK_DENIED, SLACK_UNREACHABLE
 */
export async function signIn({ tokens, clientOptions }: SignInOptions): Promise<Map<string, Workspace>> {
  const workspaces = new Map<string, Workspace>();
  for (const [place, token] of tokens.entries()) {
    const setting =
      tokens.length === 1
        ? 'PULLQUOTE_SLACK_BOT_TOKEN'
        : `PULLQUOTE_SLACK_BOT_TOKEN (the ${place + 1}. of ${tokens.length})`;
    const { team_id, team, enterprise_id, is_enterprise_install, user_id, bot_id, response_metadata } =
      await new webApi.WebClient(token, clientOptions).auth.test().catch((error: unknown) => {
        throw asSlackError(error, setting);
      });
    const id = is_enterprise_install ? enterprise_id : team_id;
    if (!id || !user_id || !bot_id)
      throw new PullquoteError(
        'SLACK_DENIED',
        `Slack does not accept ${setting}: it is not a bot’s; take the one that begins with xoxb-`,
        { setting },
      );
    if (workspaces.has(id))
      throw new PullquoteError(
        'SLACK_DENIED',
        `${setting} is of the workspace ${id} (${team}), which another one is of already`,
        { team: id },
      );
    workspaces.set(id, {
      team: id,
      name: team ?? id,
      token,
      botUserId: user_id,
      botId: bot_id,
      scopes: response_metadata?.scopes ?? [],
    });
  }
  return workspaces;
}

export interface Place {
  teamId?: string | undefined;
  enterpriseId?: string | undefined;
}

/** The workspace that an event is from. @throws SLACK_DENIED for one that we have no token of. */
export function workspaceOf(workspaces: ReadonlyMap<string, Workspace>, { teamId, enterpriseId }: Place): Workspace {
  const found = workspaces.get(teamId ?? '') ?? workspaces.get(enterpriseId ?? '');
  if (found) return found;
  const id = teamId ?? enterpriseId ?? 'unknown';
  throw new PullquoteError('SLACK_DENIED', `There is no token of the workspace ${id}`, { team: id });
}

/**
 * Asks Slack for a socket, and leaves it unopened.
 *
 * @throws SLACK_DENIED, SLACK_UNREACHABLE
 */
export async function verifyAppToken(appToken: string, clientOptions: ClientOptions): Promise<void> {
  await new webApi.WebClient(appToken, clientOptions).apps.connections.open().catch((error: unknown) => {
    throw asSlackError(error, 'PULLQUOTE_SLACK_APP_TOKEN');
  });
}
