/** What the bot listens to: messages, commands, shortcuts, and the opening of a conversation with it. */
import type { App, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Chatbot } from '../types.ts';
import { type AllowLists, type DocumentScopes, documentsFor, mayAsk } from './access.ts';
import { ASK_ABOUT, askAboutView, openQuestion, readAskAbout } from './ask-about.ts';
import type { Asked, Asker } from './asker.ts';
import { createCommandReply, respondAt } from './command-reply.ts';
import { findReply } from './find-reply.ts';
import { type Message, shortened } from './format/message.ts';
import { denied, greeting, tooLate, usage } from './format/texts.ts';
import { hear, type MessageEvent, type Said } from './hear.ts';
import type { IntakeContext } from './intake.ts';
import type { Ledger } from './ledger.ts';
import { questionText } from './question-text.ts';
import { isGone, slackCode } from './slack-error.ts';
import { createThreadReply } from './thread-reply.ts';

export interface ListenerOptions {
  app: App;
  asker: Asker;
  chatbot: Chatbot;
  ledger: Ledger;
  allowed: AllowLists;
  scopes: DocumentScopes;
  baseUrl: string;
  /** Offered where a conversation with the bot alone begins; the first four. */
  suggestions: readonly string[];
  logger: Logger;
}

/** What Bolt and the intake say about where an event is from. */
type Context = Partial<IntakeContext> & { teamId?: string; enterpriseId?: string; botUserId?: string };

interface Source {
  team: string;
  event: string;
  resumed: boolean;
}

/** Slack shows no more. */
const MOST_SUGGESTIONS = 4;
const WHAT_CAN_I_ASK = 'What can I ask about?';

export function listen(options: ListenerOptions): void {
  const { app, asker, chatbot, ledger, allowed, scopes, baseUrl, suggestions, logger } = options;

  const prompts = promptsOf(suggestions);

  app.event('app_mention', ({ event, context, client }) => onMessage(event, context as Context, client));
  app.event('message', ({ event, context, client }) => onMessage(event as MessageEvent, context as Context, client));

  async function onMessage(
    event: MessageEvent & { team?: string; user_team?: string },
    context: Context,
    client: webApi.WebClient,
  ): Promise<void> {
    const heard = hear(event, context.botUserId ?? null);
    if (heard === null) return;
    const source = sourceOf(context);
    if (heard.kind === 'withdrawn') return asker.withdraw(source.team, heard.channel, heard.message);
    const { channel, user } = heard;
    const admitted = mayAsk(allowed, { teams: [source.team, event.user_team ?? event.team], channel, user });
    if (heard.kind === 'addressed') return admitted ? answerIn(client, source, heard) : refuse(client, heard);
    if (admitted && (await asker.isMeant({ team: source.team, ...heard }, heard)))
      await answerIn(client, source, heard);
  }

  async function answerIn(client: webApi.WebClient, source: Source, said: Said): Promise<void> {
    const { channel, thread, message, user, question, direct, inThread } = said;
    const { team, event, resumed } = source;
    const asked: Asked = { team, channel, thread, message, user, question, reference: event, resumed };
    await asker.ask(asked, async (earlier, isFirst) => {
      if (direct && inThread && isFirst)
        await courteously(() =>
          client.assistant.threads.setTitle({
            channel_id: channel,
            thread_ts: thread,
            title: shortened(question, 100) || 'Pullquote',
          }),
        );
      return createThreadReply({
        client,
        team,
        channel,
        thread,
        asked: message,
        user,
        event,
        direct,
        place: earlier?.reply ? { channel, ts: earlier.reply } : await placeOf(client, source, said),
        onPlaced: (place) => ledger.placed(event, place),
        logger,
      });
    });
  }

  /** The message of an earlier attempt, if there was one. */
  async function placeOf(client: webApi.WebClient, { event, resumed }: Source, { channel, thread, message }: Said) {
    if (!resumed) return null;
    return (
      ledger.replyOf(event) ?? (await findReply(client, { channel, thread, event, since: message }).catch(() => null))
    );
  }

  /** Only who asked is told; a thread of others is not disturbed. */
  async function refuse(client: webApi.WebClient, { channel, user, thread, inThread, direct }: Said): Promise<void> {
    const place = { channel, ...(inThread && { thread_ts: thread }) };
    await quietly(() =>
      direct
        ? client.chat.postMessage({ channel, thread_ts: thread, ...denied })
        : client.chat.postEphemeral({ ...place, user, ...denied }),
    );
  }

  // Any name: whoever has a /ask already gives ours another one.
  app.command(/./, async ({ command, context, ack }) => {
    await ack();
    const { channel_id: channel, user_id: user, response_url: url } = command;
    const { team, event, resumed } = sourceOf(context as Context);
    const question = questionText(command.text ?? '', context.botUserId ?? null);
    const only = (message: Message) => respondAt(url, { response_type: 'ephemeral', ...message });
    if (!mayAsk(allowed, { teams: [team], channel, user })) return only(denied);
    if (question === '') return only(usage);
    // Each command is a conversation of its own: nobody sees what came before it.
    const asked: Asked = {
      team,
      channel,
      thread: `command:${event}`,
      message: event,
      user,
      question,
      reference: event,
      resumed,
    };
    await asker.ask(asked, async () => createCommandReply(url, question, resumed));
  });

  app.shortcut({ callback_id: ASK_ABOUT, type: 'message_action' }, async ({ shortcut, context, ack, client }) => {
    await ack();
    const { channel, message, trigger_id, user, response_url } = shortcut;
    const { team } = sourceOf(context as Context);
    if (!mayAsk(allowed, { teams: [team, user.team_id], channel: channel.id, user: user.id }))
      return respondAt(response_url, { response_type: 'ephemeral', replace_original: false, ...denied });
    const place = { channel: channel.id, thread: String(message.thread_ts ?? message.ts), message: message.ts };
    const view = askAboutView(place, questionText(message.text ?? '', context.botUserId ?? null));
    await client.views.open({ trigger_id, view }).catch(async (error: unknown) => {
      if (slackCode(error) === null) throw error;
      logger.warn({ code: slackCode(error) }, 'no question was asked for');
      await respondAt(response_url, { response_type: 'ephemeral', replace_original: false, ...tooLate });
    });
  });

  app.view(ASK_ABOUT, async ({ view, body, context, ack, client }) => {
    await ack();
    const { place, question } = readAskAbout(view);
    const source = sourceOf(context as Context);
    const user = body.user.id;
    if (question === '' || !mayAsk(allowed, { teams: [source.team], channel: place.channel, user })) return;
    const at = await openQuestion(client, { place, question, user, event: source.event, resumed: source.resumed });
    await answerIn(client, source, { ...at, user, question, direct: false, inThread: true });
  });

  app.event('app_home_opened', async ({ event, context, client }) => {
    const { channel, user, tab } = event;
    if (tab === 'home' || !mayAsk(allowed, { teams: [sourceOf(context as Context).team], channel, user })) return;
    // With a thread the call would fail without a word. It fails where the app is not an agent, which is all right.
    await courteously(() => client.assistant.threads.setSuggestedPrompts({ channel_id: channel, prompts }));
  });

  // Of apps that were made before Slack knew agents.
  app.event('assistant_thread_started', async ({ event, context, client }) => {
    const { channel_id, thread_ts, user_id: user } = event.assistant_thread;
    if (!mayAsk(allowed, { teams: [sourceOf(context as Context).team], channel: channel_id, user })) return;
    const { documents } = chatbot.corpus();
    const open = documentsFor(scopes, channel_id, documents.keys());
    const named = [...documents.values()].filter(({ id }) => open?.includes(id) ?? true);
    const place = { channel: channel_id, thread_ts, unfurl_links: false, unfurl_media: false };
    await quietly(() => client.chat.postMessage({ ...place, ...greeting(named, baseUrl) }));
    await quietly(() => client.assistant.threads.setSuggestedPrompts({ channel_id, thread_ts, prompts }));
  });

  async function quietly(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => {
      if (!isGone(error)) throw error;
      logger.info({ code: slackCode(error) }, 'the place for a word is gone');
    });
  }

  async function courteously(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => logger.debug({ code: slackCode(error) }, 'a courtesy was refused'));
  }
}

/** At least one. */
function promptsOf(suggestions: readonly string[]) {
  const offered = suggestions.length > 0 ? suggestions.slice(0, MOST_SUGGESTIONS) : [WHAT_CAN_I_ASK];
  return offered.map((text) => ({ title: text, message: text }));
}

function sourceOf({ teamId, enterpriseId, intakeId, resumed }: Context): Source {
  return { team: teamId ?? enterpriseId ?? '', event: intakeId ?? 'unknown', resumed: resumed ?? false };
}
