import { describe, expect, it } from 'vitest';
import { asSlackError, isGone, isPassing, isRefusal, slackCode } from '../../src/slack/slack-error.ts';

const answered = (data: unknown) => Object.assign(new Error('An API error occurred'), { data });

describe('what Slack answers', () => {
  it.each<[string, unknown, string | null]>([
    ['a refusal', answered({ ok: false, error: 'invalid_auth' }), 'invalid_auth'],
    ['no words', answered(null), null],
    ['another failure', new Error('socket hang up'), null],
    ['no error at all', 'invalid_auth', null],
  ])('of %s has the code %j', (_, error, code) => {
    expect(slackCode(error)).toBe(code);
  });

  it('is final for a token that it does not take, and for nothing else', () => {
    expect(isRefusal(answered({ error: 'token_revoked' }))).toBe(true);
    for (const error of ['internal_error', 'constructor', 'message_not_found'])
      expect(isRefusal(answered({ error }))).toBe(false);
    expect(isGone(answered({ error: 'message_not_found' }))).toBe(true);
    expect(isGone(answered({ error: 'invalid_auth' }))).toBe(false);
    expect(isPassing(answered({ error: 'service_unavailable' }))).toBe(true);
    expect(isPassing(answered({ error: 'account_inactive' }))).toBe(false);
    expect(isGone(answered({ error: 'account_inactive' }))).toBe(false); // somebody has to know
  });
});

describe('in words', () => {
  it('it names the scope that is missing', () => {
    const error = asSlackError(
      answered({ error: 'missing_scope', needed: 'connections:write', provided: '' }),
      'PULLQUOTE_SLACK_APP_TOKEN',
    );
    expect(error.code).toBe('SLACK_DENIED');
    expect(error.message).toBe('Slack does not accept PULLQUOTE_SLACK_APP_TOKEN: it lacks the scope connections:write');
  });

  it.each([
    [answered({ error: 'team_disabled' }), 'SLACK_DENIED', 'its workspace is disabled'],
    [answered({ error: 'fatal_error' }), 'SLACK_DENIED', 'it answers fatal_error'],
    [new Error('connect ECONNREFUSED'), 'SLACK_UNREACHABLE', 'Slack does not answer: connect ECONNREFUSED'],
  ])('%s', (error, code, words) => {
    const told = asSlackError(error, 'PULLQUOTE_SLACK_BOT_TOKEN');
    expect(told.code).toBe(code);
    expect(told.message).toContain(words);
  });
});
