import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ASK_ABOUT } from '../../src/slack/ask-about.ts';
import { agentScope, requiredScopes } from '../../src/slack/scopes.ts';
import { root } from '../support/run-cli.ts';

const text = await readFile(join(root, 'slack-manifest.yaml'), 'utf8');
const manifest = parse(text);
const scopes: string[] = manifest.oauth_config.scopes.bot;
const events: string[] = manifest.settings.event_subscriptions.bot_events;
const sources = join(root, 'src/slack');
const names = (await readdir(sources)).filter((name) => name.endsWith('.ts'));
const code = (await Promise.all(names.map((name) => readFile(join(sources, name), 'utf8')))).join('\n');

/** What Slack asks for each event that is subscribed to. https://docs.slack.dev/reference/events */
const scopeOfEvent: Record<string, string | null> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
};

/** What Slack asks for each method that is called. https://docs.slack.dev/reference/methods */
const scopesOfMethod: Record<string, string[]> = {
  'assistant.threads.setStatus': ['chat:write'],
  'assistant.threads.setSuggestedPrompts': [agentScope],
  'assistant.threads.setTitle': [agentScope],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'chat.update': ['chat:write'],
  chatStream: ['chat:write'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'views.open': [],
};

it('asks for the scopes that the check looks for', () => {
  expect([...scopes].sort()).toEqual([...Object.keys(requiredScopes), agentScope].sort());
});

it('subscribes to what is allowed, and to all that the bot listens to but the events of older apps', () => {
  expect(Object.keys(scopeOfEvent)).toEqual(events);
  for (const event of events) expect([...scopes, null]).toContain(scopeOfEvent[event]);
  const heard = new Set([...code.matchAll(/app\.event\('(\w+)'/g)].map(([, event]) => event));
  expect(heard).toEqual(new Set(['app_home_opened', 'app_mention', 'assistant_thread_started', 'message']));
});

it('allows every method that is called', () => {
  const called = [...code.matchAll(/client\s*\.((?:[a-z]\w*\s*\.)*[a-z]\w*)\(/g)].map(([, method = '']) =>
    method.replace(/\s/g, ''),
  );
  const own = ['disconnect', 'on', 'start']; // of the socket
  const methods = new Set(called.filter((method) => !own.includes(method)));
  expect([...methods].sort()).toEqual(Object.keys(scopesOfMethod).sort());
  for (const method of methods) expect(scopes).toEqual(expect.arrayContaining(scopesOfMethod[method] ?? ['?']));
});

it('is of an agent: Slack lets no new app be an assistant', () => {
  // https://docs.slack.dev/ai/migrating-to-agent-messaging/
  expect(manifest.features).not.toHaveProperty('assistant_view');
  expect(manifest.features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
  expect(manifest.features.app_home).toMatchObject({
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
});

it('keeps to the lengths that Slack allows, and names what the code answers to', () => {
  // https://docs.slack.dev/reference/app-manifest
  const { display_information: app, features, settings } = manifest;
  expect(app.name.length).toBeLessThanOrEqual(35);
  expect(app.description.length).toBeLessThanOrEqual(140);
  expect(app.background_color).toMatch(/^#[0-9a-f]{6}$/);
  const [shortcut, ...noOther] = features.shortcuts;
  expect([shortcut, noOther]).toMatchObject([{ type: 'message', callback_id: ASK_ABOUT }, []]);
  expect(shortcut.name.length).toBeLessThanOrEqual(24);
  expect(shortcut.description.length).toBeLessThanOrEqual(150);
  expect(features.slash_commands).toMatchObject([{ command: '/ask', should_escape: true }]);
  expect(settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
});

it('is ready for HTTP when the comments that it speaks of are removed', () => {
  const { settings, features } = parse(text.replace(/# (?=(?:request_url|url): )/g, ''));
  const address = 'https://ask.example.org/slack/events';
  expect(settings.event_subscriptions.request_url).toBe(address);
  expect(settings.interactivity.request_url).toBe(address);
  expect(features.slash_commands[0].url).toBe(address);
});

it('is an ordinary app when the lines are removed that it speaks of', () => {
  const left = text
    .split('\n')
    .filter((line) => !/^\s*(?:agent_view:|agent_description:|- assistant:write|- app_home_opened)/.test(line));
  const { features, oauth_config, settings } = parse(left.join('\n'));
  expect(features).not.toHaveProperty('agent_view');
  expect(oauth_config.scopes.bot.sort()).toEqual(Object.keys(requiredScopes).sort());
  expect(settings.event_subscriptions.bot_events).not.toContain('app_home_opened');
});
