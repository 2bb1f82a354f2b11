import { describe, expect, it } from 'vitest';
import { documentsFor, mayAsk, parseScopes, unmatched } from '../../src/slack/access.ts';

const nobody = { teams: [], channels: [], users: [] };
const asking = { teams: ['T1', undefined], channel: 'C1', user: 'U1' };
const known = ['press/a', 'press/b', 'pressing', 'budget'];

describe('who may ask', () => {
  it('is everyone, by default', () => {
    expect(mayAsk(nobody, asking)).toBe(true);
  });

  it.each([
    [{ teams: ['T1'] }, true],
    [{ teams: ['T2'] }, false],
    [{ channels: ['C2', 'C1'] }, true],
    [{ channels: ['C2'] }, false],
    [{ users: ['U2'] }, false],
    [{ teams: ['T1'], channels: ['C1'], users: ['U1'] }, true],
    [{ teams: ['T1'], channels: ['C1'], users: ['U2'] }, false],
  ])('%j: %s', (lists, allowed) => {
    expect(mayAsk({ ...nobody, ...lists }, asking)).toBe(allowed);
  });

  it('in a shared channel is whoever is from a workspace that is allowed', () => {
    const lists = { ...nobody, teams: ['T1'] };
    expect(mayAsk(lists, { ...asking, teams: ['T1', 'T1'] })).toBe(true);
    expect(mayAsk(lists, { ...asking, teams: ['T1', 'T2'] })).toBe(false);
  });

  it('in a direct message is whoever is allowed, whatever the channels', () => {
    expect(mayAsk({ ...nobody, channels: ['C2'] }, { ...asking, channel: 'D1' })).toBe(true);
    expect(mayAsk({ ...nobody, users: ['U2'] }, { ...asking, channel: 'D1' })).toBe(false);
  });
});

describe('which documents answer', () => {
  it.each([
    ['', 'C1', null],
    ['C1=budget', 'C1', ['budget']],
    ['C1=budget', 'C2', null],
    ['C1 = press/* , budget ', 'C1', ['press/a', 'press/b', 'budget']],
    ['C1=press/*;*=budget', 'C2', ['budget']],
    ['C1=press/*;*=budget', 'D1', ['budget']],
    ['dm=press/a;*=budget', 'D1', ['press/a']],
    ['D12=press/b;dm=press/a', 'D12', ['press/b']],
    ['C1=*;*=budget', 'C1', null],
    ['C1=gone', 'C1', []],
    ['C1=gone/*', 'C1', []],
  ])('%j in %s', (text, channel, expected) => {
    const scopes = parseScopes(text.replaceAll('C1', 'C12').replaceAll('C2', 'C22'));
    expect(documentsFor(scopes, channel.replace('C1', 'C12').replace('C2', 'C22'), known)).toEqual(expected);
  });

  it.each(['C12', 'C12=', '=a', 'general=a', 'C12=a;C12=b', 'C12=a,,b'])('%j is refused, by name', (text) => {
    expect(() => parseScopes(text)).toThrow(
      expect.objectContaining({
        code: 'SETTING_INVALID',
        message: expect.stringContaining('PULLQUOTE_SLACK_DOCUMENTS'),
      }),
    );
  });

  it('that are not there are told', () => {
    expect(unmatched(parseScopes('C12=press/*,gone;dm=old/*;*=*'), known)).toEqual(['gone', 'old/*']);
  });
});
