/** The message shortcut "Ask about this": a window with the message's words, and a first line in its thread for the answer to stand below. */
import type { types, webApi } from '@slack/bolt';
import * as z from 'zod';
import { findReply, METADATA } from './find-reply.ts';
import { escapeMrkdwn } from './format/escape.ts';
import { link, richText, section, shortened, words } from './format/message.ts';
import { isGone } from './slack-error.ts';

export const ASK_ABOUT = 'ask_about_this';

const about = z.object({ channel: z.string(), thread: z.string(), message: z.string() });
type About = z.output<typeof about>;

/** Slack's limit of a text input. */
const LONGEST_INPUT = 3_000;

/** Where the question in the window is typed. */
const input = { block: 'question', action: 'question' } as const;

export function askAboutView(place: About, text: string): types.ModalView {
  const initial = shortened(text, LONGEST_INPUT);
  return {
    type: 'modal',
    callback_id: ASK_ABOUT,
    private_metadata: JSON.stringify(place),
    title: { type: 'plain_text', text: 'Ask about this' },
    submit: { type: 'plain_text', text: 'Ask' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      {
        type: 'input',
        block_id: input.block,
        label: { type: 'plain_text', text: 'Your question' },
        hint: { type: 'plain_text', text: 'The answer appears in the thread of the message.' },
        element: {
          type: 'plain_text_input',
          action_id: input.action,
          multiline: true,
          max_length: LONGEST_INPUT,
          ...(initial.trim() !== '' && { initial_value: initial }),
        },
      },
    ],
  };
}

/** What was typed into the window, and about which message. */
export function readAskAbout(view: {
  private_metadata: string;
  state: { values: Record<string, Record<string, { value?: string | null }>> };
}): {
  place: About;
  question: string;
} {
  const question = view.state.values[input.block]?.[input.action]?.value ?? '';
  return { place: about.parse(JSON.parse(view.private_metadata)), question: question.trim() };
}

/**
 * Says in the thread who asks what, since nobody else saw the window; where the bot may not speak, it does so to the asker alone.
 * Returns the place for the answer. `resumed`: an earlier process may have said it already.
 */
export async function openQuestion(
  client: webApi.WebClient,
  {
    place,
    question,
    user,
    event,
    resumed,
  }: { place: About; question: string; user: string; event: string; resumed: boolean },
): Promise<{ channel: string; thread: string; message: string }> {
  const opening = `${event}:opening`;
  const asked = shortened(question, 1_000);
  const metadata = { event_type: METADATA, event_payload: { event: opening } };
  const quiet = { unfurl_links: false, unfurl_media: false, metadata };
  if (resumed) {
    const said = await findReply(client, {
      channel: place.channel,
      thread: place.thread,
      event: opening,
      since: place.message,
    }).catch(() => null);
    if (said) return { ...place, message: said.ts };
  }
  try {
    const { ts = place.message } = await client.chat.postMessage({
      channel: place.channel,
      thread_ts: place.thread,
      text: `<@${user}> asks: ${escapeMrkdwn(asked)}`,
      blocks: [
        richText({
          type: 'rich_text_section',
          elements: [{ type: 'user', user_id: user }, words(' asks: '), words(asked, { bold: true })],
        }),
      ],
      ...quiet,
    });
    return { channel: place.channel, thread: place.thread, message: ts };
  } catch (error) {
    if (!isGone(error)) throw error;
    const channel = (await client.conversations.open({ users: user })).channel?.id ?? user;
    const { permalink } = await client.chat
      .getPermalink({ channel: place.channel, message_ts: place.message })
      .catch(() => ({ permalink: undefined }));
    const where = permalink ? link(permalink, 'a message') : words('a message');
    const { ts = place.message } = await client.chat.postMessage({
      channel,
      text: `You asked: ${escapeMrkdwn(asked)}`,
      blocks: [
        richText(
          section(words('You asked about '), where, words(' where I cannot speak: '), words(asked, { bold: true })),
        ),
      ],
      ...quiet,
    });
    return { channel, thread: ts, message: ts };
  }
}
