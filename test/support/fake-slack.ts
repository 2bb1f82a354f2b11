/**
 * A Slack on this machine: Web API, Events API and Socket Mode, with the rules that the real one enforces (tokens, threads that must exist,
 * blocks within limits, streams, triggers that expire). What people do goes in by `say`, `press`, …; what they see is read from `messages`.
 */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { type WebSocket, WebSocketServer } from 'ws';
import { problemsOf, strayMarks } from './slack-limits.ts';

// biome-ignore lint/suspicious/noExplicitAny: as JSON comes
type Json = any;

export interface SlackMessage {
  ts: string;
  thread?: string;
  user: string;
  text: string;
  blocks: Json[];
  metadata?: Json;
  /** Still being streamed. */
  streaming?: boolean;
  /** All that has been streamed into it. */
  streamed?: string;
  /** How often it was changed. */
  updates: number;
}

export interface Call {
  method: string;
  body: Json;
  token: string;
  at: number;
}

export interface Workspace {
  team: string;
  token: string;
  botUser: string;
  scopes?: string;
}

export const home: Workspace = { team: 'T0HOME', token: 'xoxb-home', botUser: 'U0BOT' };
export const appToken = 'xapp-1-fake';
export const signingSecret = '0123456789abcdef0123456789abcdef';

const ALL_SCOPES =
  'app_mentions:read,chat:write,channels:history,groups:history,mpim:history,im:history,im:write,commands,assistant:write';

export interface FakeSlack extends Awaited<ReturnType<typeof startFakeSlack>> {}

export async function startFakeSlack(workspaces: Workspace[] = [home]) {
  const calls: Call[] = [];
  /** What Slack would have refused, had the test not asked for it. */
  const complaints: string[] = [];
  const channels = new Map<string, Map<string, SlackMessage>>();
  const assistantThreads = new Set<string>();
  const closedChannels = new Map<string, string>();
  const faults: { method: string; times: number; afterwards?: boolean; respond: (res: ServerResponse) => void }[] = [];
  const views: Json[] = [];
  const triggers = new Set<string>();
  const statuses: string[] = [];
  const offered: { title: string; message: string }[][] = [];
  const ephemeral: Json[] = [];
  const responses = new Map<string, Json[]>();
  const sockets = new Set<WebSocket>();
  const acks = new Map<string, number>();
  let http: { url: string; secret: string } | null = null;
  let count = 0;
  const next = () => {
    count += 1;
    return count;
  };
  const stamp = () => `1760000000.${String(next()).padStart(6, '0')}`;
  const channelOf = (channel: string) => {
    const found = channels.get(channel) ?? new Map<string, SlackMessage>();
    channels.set(channel, found);
    return found;
  };

  const server = createServer((req, res) => {
    void handle(req, res).catch((error) => {
      complaints.push(String(error?.stack ?? error));
      res.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const wss = new WebSocketServer({ server, path: '/link' });
  wss.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data: Buffer) => acks.set(JSON.parse(data.toString('utf8')).envelope_id, Date.now()));
    socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.size, connection_info: { app_id: 'A1' } }));
  });

  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const raw = await textOf(req);
    const path = req.url ?? '';
    if (path.startsWith('/respond/')) return respond(path, JSON.parse(raw), res);
    const method = path.replace('/api/', '');
    const body = decoded(raw);
    const token = (req.headers.authorization ?? '').replace('Bearer ', '');
    calls.push({ method, body, token, at: performance.now() });
    const workspace = workspaces.find((it) => it.token === token);
    const fault = faults.find((it) => it.method === method && it.times > 0);
    if (fault) {
      fault.times -= 1;
      if (fault.afterwards) answerTo(method, body, workspace ?? home);
      return fault.respond(res);
    }
    if (workspace) res.setHeader('x-oauth-scopes', workspace.scopes ?? ALL_SCOPES);
    res.setHeader('content-type', 'application/json');
    const isApp = method === 'apps.connections.open';
    const answer = (isApp ? token !== appToken : !workspace)
      ? { ok: false, error: 'invalid_auth' }
      : answerTo(method, body, workspace ?? home);
    res.end(JSON.stringify(answer));
  }

  function answerTo(method: string, body: Json, workspace: Workspace): Json {
    const refuse = (error: string) => ({ ok: false, error });
    const messages = body.channel === undefined ? new Map<string, SlackMessage>() : channelOf(body.channel);
    switch (method) {
      case 'auth.test':
        return {
          ok: true,
          team_id: workspace.team,
          team: `Team ${workspace.team}`,
          user_id: workspace.botUser,
          bot_id: `B${workspace.botUser.slice(1)}`,
        };
      case 'apps.connections.open':
        return { ok: true, url: `ws://127.0.0.1:${port}/link?ticket=${next()}` };
      case 'chat.postMessage': {
        const closed = closedChannels.get(body.channel);
        if (closed) return refuse(closed);
        if (body.thread_ts !== undefined && !messages.has(body.thread_ts)) return refuse('thread_not_found');
        const wrong = wrongWith(body);
        if (wrong) return refuse(wrong);
        if (body.unfurl_links !== 'false' && body.unfurl_links !== false) complaints.push('links would unfold');
        const message = put(body, workspace.botUser);
        echo(eventOf(body.channel, message, workspace), workspace);
        return { ok: true, channel: body.channel, ts: message.ts };
      }
      case 'chat.update': {
        const message = messages.get(body.ts);
        if (!message) return refuse('message_not_found');
        if (message.user !== workspace.botUser) return refuse('cant_update_message');
        if (message.streaming) return refuse('streaming_state_conflict');
        const wrong = wrongWith(body);
        if (wrong) return refuse(wrong);
        const previous_message = eventOf(body.channel, message, workspace);
        Object.assign(message, { text: body.text, blocks: body.blocks ?? [], updates: message.updates + 1 });
        const changed = eventOf(body.channel, message, workspace);
        const { channel, channel_type } = changed;
        echo(
          {
            type: 'message',
            subtype: 'message_changed',
            channel,
            channel_type,
            message: changed,
            previous_message,
            ts: stamp(),
          },
          workspace,
        );
        return { ok: true, ts: body.ts };
      }
      case 'chat.delete':
        return messages.delete(body.ts) ? { ok: true } : refuse('message_not_found');
      case 'chat.postEphemeral':
        if (closedChannels.has(body.channel)) return refuse(closedChannels.get(body.channel) ?? '');
        ephemeral.push(body);
        return wrongWith(body) ? refuse('invalid_blocks') : { ok: true, message_ts: stamp() };
      case 'chat.startStream': {
        if (!messages.has(body.thread_ts)) return refuse('thread_not_found');
        if (!body.channel.startsWith('D') && !(body.recipient_user_id && body.recipient_team_id))
          return refuse('missing_recipient_user_id');
        const message = put({ ...body, text: '' }, workspace.botUser);
        message.streaming = true;
        message.streamed = chunksOf(body);
        return { ok: true, channel: body.channel, ts: message.ts };
      }
      case 'chat.appendStream':
      case 'chat.stopStream': {
        const message = messages.get(body.ts);
        if (!message?.streaming) return refuse('message_not_in_streaming_state');
        message.streamed += chunksOf(body);
        message.text = message.streamed ?? '';
        if (method === 'chat.stopStream') message.streaming = false;
        return { ok: true, ts: body.ts };
      }
      case 'chat.getPermalink':
        return {
          ok: true,
          permalink: `https://team.slack.example/archives/${body.channel}/p${body.message_ts.replace('.', '')}`,
        };
      case 'conversations.open':
        return { ok: true, channel: { id: `D${body.users}` } };
      case 'conversations.replies': {
        const found = [...messages.values()].filter(
          ({ ts, thread }) => ts === body.ts || (thread === body.ts && ts >= (body.oldest ?? '')),
        );
        return {
          ok: true,
          messages: found.map(({ thread, metadata, ...it }) => ({
            ...it,
            thread_ts: thread,
            ...(body.include_all_metadata && metadata && { metadata }),
          })),
        };
      }
      case 'assistant.threads.setStatus':
        // Any message will do, whatever the app is.
        if (!channelOf(body.channel_id).has(body.thread_ts)) return refuse('invalid_thread_ts');
        statuses.push(body.status);
        return { ok: true };
      case 'assistant.threads.setTitle':
        return assistantThreads.has(`${body.channel_id}:${body.thread_ts}`)
          ? { ok: true }
          : refuse('invalid_thread_ts');
      case 'assistant.threads.setSuggestedPrompts':
        // An agent's stand above the conversation; an assistant's in a thread that was opened for it.
        if (body.thread_ts !== undefined && !assistantThreads.has(`${body.channel_id}:${body.thread_ts}`))
          return refuse('invalid_thread_ts');
        offered.push(body.prompts);
        return { ok: true };
      case 'views.open': {
        if (!triggers.delete(body.trigger_id)) return refuse('expired_trigger_id');
        const wrong = problemsOf(body.view.blocks, 100);
        if ((body.view.title?.text ?? '').length > 24) wrong.push('title of a view');
        complaints.push(...wrong);
        views.push(body.view);
        return wrong.length > 0 ? refuse('invalid_arguments') : { ok: true, view: { ...body.view, id: `V${next()}` } };
      }
      default:
        complaints.push(`no method ${method}`);
        return refuse('unknown_method');
    }
  }

  function wrongWith({ text, blocks }: Json): string | null {
    const problems = problemsOf(blocks ?? []);
    strayMarks(text ?? '', (what) => problems.push(what));
    if ((text ?? '').length > 4_000) problems.push(`text of ${text.length}`);
    if (!text && !(blocks?.length > 0)) return 'no_text';
    complaints.push(...problems);
    return problems.length > 0 ? 'invalid_blocks' : null;
  }

  function put({ channel, thread_ts, text, blocks = [], metadata }: Json, user: string): SlackMessage {
    const message: SlackMessage = {
      ts: stamp(),
      user,
      text,
      blocks,
      updates: 0,
      ...(thread_ts && { thread: thread_ts }),
      ...(metadata && { metadata }),
    };
    channelOf(channel).set(message.ts, message);
    return message;
  }

  function respond(path: string, body: Json, res: ServerResponse): void {
    const fault = faults.find((it) => it.method === 'respond' && it.times > 0);
    if (fault) {
      fault.times -= 1;
      fault.respond(res);
      return;
    }
    const posts = responses.get(path) ?? [];
    responses.set(path, posts);
    if (posts.length >= 5) return void res.writeHead(404).end('{"ok":false,"error":"used_url"}');
    const wrong = wrongWith(body);
    if (wrong) return void res.writeHead(400).end(wrong);
    // https://github.com/slackapi/bolt-js/issues/2287
    if (body.replace_original === true) complaints.push('a response replaces nothing');
    posts.push(body);
    res.end('ok');
  }

  /* ── Slack's side: events go out ── */

  /** What the bot does itself is told to it, too. */
  function echo(event: Json, workspace: Workspace): void {
    setImmediate(() => void deliver('events_api', envelope(event, workspace)).catch(() => undefined));
  }

  function eventOf(channel: string, { ts, text, thread, user }: SlackMessage, workspace: Workspace): Json {
    const bot_id = `B${workspace.botUser.slice(1)}`;
    return {
      type: 'message',
      user,
      bot_id,
      text,
      ts,
      channel,
      channel_type: typeOf(channel),
      ...(thread && { thread_ts: thread }),
    };
  }

  const envelope = (event: Json, workspace: Workspace, id = `Ev${next()}`) => ({
    token: 'old-verification-token',
    team_id: workspace.team,
    api_app_id: 'A1',
    type: 'event_callback',
    event_id: id,
    event_time: 1,
    authorizations: [
      { team_id: workspace.team, user_id: workspace.botUser, is_bot: true, is_enterprise_install: false },
    ],
    event,
  });

  /** Sends a payload to the bot the way it is connected; resolves once it is acknowledged. */
  async function deliver(type: string, body: Json, retry = 0): Promise<void> {
    if (http) {
      const form = type !== 'events_api';
      const plain =
        type === 'slash_commands' ? new URLSearchParams(body) : new URLSearchParams({ payload: JSON.stringify(body) });
      const response = await post(form ? plain.toString() : JSON.stringify(body), {
        'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
        ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
      });
      if (response.status !== 200) throw new Error(`${type} got ${response.status}: ${await response.text()}`);
      return;
    }
    const envelopeId = `env-${next()}`;
    const frame = { envelope_id: envelopeId, type, accepts_response_payload: type !== 'events_api', payload: body };
    const socket = [...sockets].at(-1);
    if (!socket) throw new Error('no socket is open');
    socket.send(JSON.stringify({ ...frame, ...(retry > 0 && { retry_attempt: retry, retry_reason: 'timeout' }) }));
    const began = performance.now();
    while (!acks.has(envelopeId)) {
      if (!sockets.has(socket)) throw new Error(`${type} was not acknowledged before the socket broke`);
      if (performance.now() - began > 30_000) throw new Error(`${type} was not acknowledged`); // Slack itself waits 3 s
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Signs as Slack does; each part may be said otherwise. */
  function post(
    body: string,
    headers: Record<string, string> = {},
    {
      secret = http?.secret ?? '',
      at = Math.floor(Date.now() / 1000),
      signature,
    }: { secret?: string; at?: number | string; signature?: string | null } = {},
  ): Promise<Response> {
    const made =
      signature === undefined
        ? `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`
        : signature;
    return fetch(http?.url ?? '', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-slack-request-timestamp': String(at),
        ...(made !== null && { 'x-slack-signature': made }),
        ...headers,
      },
    });
  }

  const typeOf = (channel: string) => (channel.startsWith('D') ? 'im' : channel.startsWith('G') ? 'group' : 'channel');

  interface Saying {
    channel: string;
    text: string;
    user?: string;
    thread?: string;
    workspace?: Workspace;
    /** Fields of the event beside, such as `bot_id`. */
    extra?: Json;
  }

  /** The events of something said: a mention in a channel comes twice. */
  function eventsOf(
    { channel, text, user = 'U0ANN', thread, workspace = home, extra = {} }: Saying,
    ts: string,
  ): Json[] {
    const event = {
      type: 'message',
      user,
      text,
      ts,
      event_ts: ts,
      channel,
      channel_type: typeOf(channel),
      team: workspace.team,
      client_msg_id: `c-${ts}`,
      ...(thread && { thread_ts: thread }),
      ...extra,
    };
    const { channel_type: _, ...mention } = { ...event, type: 'app_mention' };
    const isMention = !channel.startsWith('D') && text.includes(`<@${workspace.botUser}`);
    return isMention ? [mention, event] : [event];
  }

  return {
    origin,
    apiUrl: `${origin}/api/`,
    calls,
    complaints,
    views,
    statuses,
    offered,
    ephemeral,
    acks,
    deliver,
    post,
    envelope,
    /** From now on events go over HTTP. */
    over(url: string, secret: string) {
      http = { url, secret };
    },
    /** The messages of a channel, or of a thread in it, in order. */
    messages(channel: string, thread?: string): SlackMessage[] {
      const all = [...channelOf(channel).values()];
      return thread === undefined ? all : all.filter((it) => it.thread === thread);
    },
    /** What was posted to a response address. */
    responsesAt: (url: string) => responses.get(url.replace(origin, '')) ?? [],
    /** A person writes; resolves with the message's timestamp once the bot has acknowledged. */
    async say(saying: Saying): Promise<string> {
      const { channel, text, user = 'U0ANN', thread, workspace = home } = saying;
      const { ts } = put({ channel, text, thread_ts: thread }, user);
      for (const event of eventsOf(saying, ts)) await deliver('events_api', envelope(event, workspace));
      return ts;
    },
    async edit(channel: string, ts: string, text: string, workspace = home): Promise<void> {
      const message = channelOf(channel).get(ts);
      if (!message) throw new Error('no such message');
      const hasReplies = [...channelOf(channel).values()].some((it) => it.thread === ts);
      const thread_ts = message.thread ?? (hasReplies ? ts : undefined);
      const before = { type: 'message', user: message.user, ts, text: message.text, ...(thread_ts && { thread_ts }) };
      message.text = text;
      const after = { ...before, text, edited: { user: message.user, ts: stamp() } };
      const event = {
        type: 'message',
        subtype: 'message_changed',
        channel,
        channel_type: typeOf(channel),
        message: after,
        previous_message: before,
        ts: stamp(),
      };
      await deliver('events_api', envelope(event, workspace));
    },
    async remove(channel: string, ts: string, workspace = home): Promise<void> {
      const message = channelOf(channel).get(ts);
      const replies = [...channelOf(channel).values()].filter((it) => it.thread === ts);
      if (message && replies.length > 0) {
        // What others hang on to stays as a stone.
        const before = { type: 'message', user: message.user, ts, thread_ts: ts, text: message.text };
        Object.assign(message, { text: 'This message was deleted.', user: 'USLACKBOT', blocks: [] });
        const after = { ...before, subtype: 'tombstone', text: message.text, user: message.user, hidden: true };
        const event = {
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          channel,
          channel_type: typeOf(channel),
          message: after,
          previous_message: before,
          ts: stamp(),
        };
        await deliver('events_api', envelope(event, workspace));
        return;
      }
      channelOf(channel).delete(ts);
      await deliver(
        'events_api',
        envelope(
          {
            type: 'message',
            subtype: 'message_deleted',
            channel,
            channel_type: typeOf(channel),
            deleted_ts: ts,
            ts: stamp(),
          },
          workspace,
        ),
      );
    },
    /** Opens the conversation with the bot alone, as it is with an agent; its channel. */
    async openDirect(user = 'U0ANN', tab = 'messages'): Promise<string> {
      const channel = `D${user}`;
      await deliver('events_api', envelope({ type: 'app_home_opened', user, channel, tab, event_ts: stamp() }, home));
      return channel;
    },
    /** Opens the pane of an assistant, as it was before there were agents; its thread. */
    async openAssistant(user = 'U0ANN'): Promise<{ channel: string; thread: string }> {
      const channel = `D${user}`;
      const { ts: thread } = put({ channel, text: 'New chat' }, user);
      assistantThreads.add(`${channel}:${thread}`);
      const assistant_thread = {
        user_id: user,
        channel_id: channel,
        thread_ts: thread,
        context: { channel_id: 'C0NEWS', team_id: home.team },
      };
      await deliver(
        'events_api',
        envelope({ type: 'assistant_thread_started', assistant_thread, event_ts: stamp() }, home),
      );
      return { channel, thread };
    },
    /** A slash command; its response address, and how long the acknowledgement took. */
    async command(text: string, { channel = 'C0NEWS', user = 'U0ANN', trigger = `trigger-${next()}` } = {}) {
      const url = `${origin}/respond/${next()}`;
      triggers.add(trigger);
      const body = {
        token: 'x',
        team_id: home.team,
        team_domain: 'home',
        channel_id: channel,
        channel_name: 'news',
        user_id: user,
        command: '/ask',
        text,
        api_app_id: 'A1',
        response_url: url,
        trigger_id: trigger,
        is_enterprise_install: 'false',
      };
      await deliver('slash_commands', body);
      return { url, body };
    },
    async shortcut(channel: string, message: { ts: string; text: string; thread_ts?: string }, user = 'U0ANN') {
      const trigger = `trigger-${next()}`;
      triggers.add(trigger);
      const url = `${origin}/respond/${next()}`;
      await deliver('interactive', {
        type: 'message_action',
        token: 'x',
        callback_id: 'ask_about_this',
        trigger_id: trigger,
        message_ts: message.ts,
        message: { type: 'message', user: 'U0BEN', ...message },
        channel: { id: channel, name: 'news' },
        user: { id: user },
        team: { id: home.team },
        response_url: url,
      });
      return url;
    },
    async submit(view: Json, values: Json, user = 'U0ANN') {
      await deliver('interactive', {
        type: 'view_submission',
        token: 'x',
        trigger_id: `trigger-${next()}`,
        user: { id: user },
        team: { id: home.team },
        view: { ...view, id: `V${next()}`, state: { values } },
      });
    },
    /** Presses a button of a message; where the bot may respond. */
    async press(
      channel: string,
      message: { ts: string; thread?: string; blocks: Json[] },
      action: string,
      user = 'U0ANN',
      ofTeam = home.team,
    ): Promise<string> {
      const element = message.blocks.flatMap((block) => block.elements ?? []).find((it) => it.action_id === action);
      if (!element) throw new Error(`no button ${action}`);
      const trigger = `trigger-${next()}`;
      triggers.add(trigger);
      const url = `${origin}/respond/${next()}`;
      await deliver('interactive', {
        type: 'block_actions',
        token: 'x',
        trigger_id: trigger,
        user: { id: user, team_id: ofTeam },
        team: { id: home.team },
        channel: { id: channel },
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: channel,
          is_ephemeral: message.ts === 'ephemeral',
          ...(message.thread && { thread_ts: message.thread }),
        },
        message,
        response_url: url,
        actions: [
          { type: 'button', action_id: action, block_id: 'pullquote_answer', value: element.value, action_ts: stamp() },
        ],
      });
      return url;
    },
    /** A message of Slack's own making or an earlier day, without an event. */
    place: (channel: string, text: string, user = 'U0BEN', thread?: string) =>
      put({ channel, text, thread_ts: thread }, user).ts,
    forget: (channel: string, ts: string) => channelOf(channel).delete(ts),
    /** From now on the bot may not post there. */
    close: (channel: string, error: string) => void closedChannels.set(channel, error),
    /** The next calls of a method fail that way; `afterwards`: after all was done. */
    fail(method: string, error: string, times = 1, when: 'before' | 'afterwards' = 'before') {
      faults.push({
        method,
        times,
        afterwards: when === 'afterwards',
        respond: (res) => res.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: false, error })),
      });
    },
    limit(method: string, seconds: number, times = 1) {
      faults.push({
        method,
        times,
        respond: (res) =>
          res.writeHead(429, { 'retry-after': String(seconds) }).end('{"ok":false,"error":"ratelimited"}'),
      });
    },
    /** Nothing fails any more. */
    unlimit: () => void faults.splice(0),
    /** Breaks the connections off, without a farewell. */
    drop() {
      for (const socket of sockets) socket.terminate();
    },
    /** Asks for new connections, as Slack does every few hours. */
    refresh() {
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    connections: () => sockets.size,
    async stop() {
      for (const socket of sockets) socket.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Form fields; those that hold JSON are read. */
function decoded(raw: string): Json {
  return Object.fromEntries(
    [...new URLSearchParams(raw)].map(([name, value]) => [name, /^[[{]/.test(value) ? JSON.parse(value) : value]),
  );
}

function chunksOf({ chunks, markdown_text = '' }: Json): string {
  return markdown_text + (chunks ?? []).map((chunk: Json) => chunk.text ?? '').join('');
}

/** All words of a message as a person reads them. */
export function wordsOf({ blocks, text }: Pick<SlackMessage, 'blocks' | 'text'>): string {
  const inner = (node: Json): string => {
    if (node.type === 'user') return `@${node.user_id}`;
    if (typeof node.text === 'string') return node.text;
    if (node.text) return inner(node.text);
    const separator = node.type === 'rich_text_section' || node.type === 'rich_text_quote' ? '' : '\n';
    const own = (node.elements ?? []).map(inner).join(separator);
    return node.type === 'rich_text_quote' ? own.replace(/^/gm, '> ') : own;
  };
  return blocks.length > 0 ? blocks.map(inner).join('\n') : text;
}
