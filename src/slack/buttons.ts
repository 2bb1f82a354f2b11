/** The buttons below an answer. */
import type { App } from '@slack/bolt';
import type { Logger } from 'pino';
import type { FeedbackLog } from '../feedback/feedback-log.ts';
import type { Chatbot } from '../types.ts';
import { type AllowLists, mayAsk } from './access.ts';
import { respondAt } from './command-reply.ts';
import { judge, NOTE_VIEW, noteView, turnOfKey } from './feedback.ts';
import { actions } from './format/answer-message.ts';
import type { Message } from './format/message.ts';
import { sourcesView } from './format/sources-view.ts';
import { feedbackFailed, forgotten, thanks } from './format/texts.ts';
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
        const { user, trigger_id, response_url } = body;
        try {
          const kept = await judge({ key, user: user.id, rating }, { threads, feedback });
          // A window lasts only three seconds from the press: it goes first.
          if (kept && rating === 'down')
            await client.views
              .open({ trigger_id, view: noteView(key) })
              .catch((err: unknown) => logger.info({ err }, 'no note was asked for'));
          await tell(response_url, kept ? thanks : forgotten);
        } catch (err) {
          logger.error({ err }, 'feedback could not be kept');
          await tell(response_url, feedbackFailed);
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
    if (found === null) return tell(body.response_url, forgotten);
    const { documents } = chatbot.corpus();
    await client.views.open({
      trigger_id: body.trigger_id,
      view: sourcesView(found.turn.answer, { baseUrl, documents }),
    });
  });

  function isAllowed(
    team: string | undefined,
    { channel, user }: { channel?: { id: string }; user: { id: string } },
  ): boolean {
    return mayAsk(allowed, { team: team ?? '', channel: channel?.id ?? 'D', user: user.id });
  }
}

/** Only who pressed the button is told. */
async function tell(url: string | undefined, message: Message): Promise<void> {
  if (url) await respondAt(url, { response_type: 'ephemeral', replace_original: false, ...message });
}
