/** The buttons below an answer. */
import type { App, BlockAction, webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import type { FeedbackLog } from '../feedback/feedback-log.ts';
import type { Chatbot } from '../types.ts';
import { type AllowLists, mayAsk } from './access.ts';
import { respondAt } from './command-reply.ts';
import { judge, NOTE_VIEW, noteView, turnOfKey } from './feedback.ts';
import { actions } from './format/answer-message.ts';
import type { Message } from './format/message.ts';
import { sourcesView } from './format/sources-view.ts';
import { feedbackFailed, forgotten, thanks, tooLate } from './format/texts.ts';
import { slackCode } from './slack-error.ts';
import type { Threads } from './threads.ts';

export interface ButtonOptions {
  app: App;
  threads: Threads;
  chatbot: Chatbot;
  feedback: FeedbackLog;
  allowed: AllowLists;
  baseUrl: string;
  logger: Logger;
}

export function answerButtons({ app, threads, chatbot, feedback, allowed, baseUrl, logger }: ButtonOptions): void {
  for (const rating of ['up', 'down'] as const) {
    app.action(
      { type: 'block_actions', action_id: actions[rating] },
      async ({ action, body, context, ack, client }) => {
        await ack();
        const key = 'value' in action ? (action.value ?? '') : '';
        if (!isAllowed(context.teamId, body)) return;
        const { user, trigger_id } = body;
        try {
          const kept = await judge({ key, user: user.id, rating }, { threads, feedback });
          // A window lasts only three seconds from the press: it goes first.
          if (kept && rating === 'down')
            await client.views
              .open({ trigger_id, view: noteView(key) })
              .catch((err: unknown) => logger.info({ err }, 'no note was asked for'));
          await tell(client, body, kept ? thanks : forgotten);
        } catch (err) {
          logger.error({ err }, 'feedback could not be kept');
          await tell(client, body, feedbackFailed);
        }
      },
    );
  }

  app.view(NOTE_VIEW, async ({ view, body, ack }) => {
    await ack();
    const note = view.state.values.note?.note?.value?.trim();
    if (!note) return;
    await judge({ key: view.private_metadata, user: body.user.id, rating: 'down', note }, { threads, feedback });
  });

  app.action({ type: 'block_actions', action_id: actions.sources }, async ({ action, body, context, ack, client }) => {
    await ack();
    if (!isAllowed(context.teamId, body)) return;
    const found = await turnOfKey(threads, 'value' in action ? (action.value ?? '') : '');
    if (found === null) return tell(client, body, forgotten);
    const { documents } = chatbot.corpus();
    const view = sourcesView(found.turn.answer, { baseUrl, documents });
    await client.views.open({ trigger_id: body.trigger_id, view }).catch(async (error: unknown) => {
      if (slackCode(error) === null) throw error;
      logger.warn({ code: slackCode(error) }, 'sources could not be shown');
      await tell(client, body, tooLate);
    });
  });

  function isAllowed(team: string | undefined, { channel, user }: Pick<BlockAction, 'channel' | 'user'>): boolean {
    return mayAsk(allowed, { teams: [team ?? '', user.team_id], channel: channel?.id ?? 'D', user: user.id });
  }
}

/** Only who pressed the button is told: in the thread where that was, which a response address does not know. */
async function tell(client: webApi.WebClient, pressed: BlockAction, message: Message): Promise<void> {
  const { channel, container, user, response_url } = pressed;
  const { thread_ts, is_ephemeral } = container as { thread_ts?: string; is_ephemeral?: boolean };
  if (channel && thread_ts && is_ephemeral !== true) {
    const told = await client.chat.postEphemeral({ channel: channel.id, user: user.id, thread_ts, ...message }).then(
      () => true,
      (error: unknown) => {
        if (slackCode(error) === null) throw error;
        return false;
      },
    );
    if (told) return;
  }
  if (response_url) await respondAt(response_url, { response_type: 'ephemeral', replace_original: false, ...message });
}
