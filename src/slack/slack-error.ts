/** What went wrong at Slack, in its own code and in words. */
import { PullquoteError } from '../errors.ts';

/** The `error` that Slack answered with, such as `channel_not_found`; null for any other failure. */
export function slackCode(error: unknown): string | null {
  return fieldOf(error, 'error');
}

/** A field of what Slack answered. */
function fieldOf(error: unknown, name: 'error' | 'needed'): string | null {
  if (!(error instanceof Error) || !('data' in error)) return null;
  const value = (error.data as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' ? value : null;
}

/** The place that an answer was for is gone or closed, or the bot was shown out. */
const gone = new Set([
  'message_not_found',
  'thread_not_found',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'cannot_reply_to_message',
  'restricted_action',
  'restricted_action_thread_locked',
  'user_not_found',
  'user_not_in_channel',
]);

/** Is there nobody left to tell? */
export function isGone(error: unknown): boolean {
  return gone.has(slackCode(error) ?? '');
}

const reasons: Readonly<Record<string, string>> = {
  invalid_auth: 'it is not valid; copy it again from the app’s settings',
  not_authed: 'it is empty',
  account_inactive: 'its workspace or user was deleted, or the app was removed; install the app again',
  token_revoked: 'it was revoked; install the app again',
  token_expired: 'it has expired; turn token rotation off, or install the app again',
  missing_scope: 'it lacks a scope',
  not_allowed_token_type: 'it is of another kind: the bot’s token begins with xoxb-, the app-level one with xapp-',
  user_removed_from_team: 'its user was removed from the workspace',
  team_disabled: 'its workspace is disabled',
  team_access_not_granted: 'the app is not approved for this workspace',
};

/** A refusal that trying again does not change. */
export function isRefusal(error: unknown): boolean {
  return Object.hasOwn(reasons, slackCode(error) ?? '');
}

/** Slack's own trouble, which may have passed a moment later. What it failed in may have been done all the same. */
const passing = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'ratelimited']);

export function isPassing(error: unknown): boolean {
  return passing.has(slackCode(error) ?? '');
}

/** A failed call as one of ours: SLACK_DENIED or SLACK_UNREACHABLE. Names the setting, never its value. */
export function asSlackError(error: unknown, setting: string): PullquoteError {
  if (error instanceof PullquoteError) return error;
  const code = slackCode(error);
  if (code === null) {
    const reason = error instanceof Error ? error.message : String(error);
    return new PullquoteError('SLACK_UNREACHABLE', `Slack does not answer: ${reason}`, {}, error);
  }
  const needed = fieldOf(error, 'needed');
  const reason = code === 'missing_scope' && needed !== null ? `it lacks the scope ${needed}` : reasons[code];
  const message = `Slack does not accept ${setting}: ${reason ?? `it answers ${code}`}`;
  return new PullquoteError('SLACK_DENIED', message, { setting, code }, error);
}
