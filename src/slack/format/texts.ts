/** What the bot says in its own words. */
import { asPullquoteError, type ErrorCode } from '../../errors.ts';
import type { Document } from '../../types.ts';
import { escapeMrkdwn } from './escape.ts';
import { link, type Message, note, plainMessage, richText, section, shortened, words } from './message.ts';

export const reading: Message = { text: 'Reading…', blocks: [note('Reading…')] };

/** To a command, whose words nobody sees any more; it stays above the answer. */
export function readingFor(question: string): Message {
  const asked = shortened(question, 1_000);
  return {
    text: `You asked: ${escapeMrkdwn(asked)}`,
    blocks: [
      richText(section(words('You asked: '), words(asked, { bold: true }))),
      note('Reading… The answer comes below.'),
    ],
  };
}

/** A status: Slack puts the bot's name before it. */
export const readingStatus = 'is reading…';

/** Documents named in the greeting. */
const NAMED = 10;
/** A longer address has no room beside the others. */
const LONGEST_LINK = 400;

/** Who asks nothing is told what can be asked, and how. */
export function greeting(documents: readonly Document[], baseUrl: string): Message {
  if (documents.length === 0) return plainMessage('No documents are open to this channel.');
  const count = documents.length === 1 ? 'this document' : `these ${documents.length} documents`;
  const lines = documents.slice(0, NAMED).flatMap(({ id, title, publisher }) => {
    const url = `${baseUrl}/sources/${id.split('/').map(encodeURIComponent).join('/')}`;
    const by = publisher ? [words(shortened(` · ${publisher}`, 100))] : [];
    return [words('\n• '), link(url.length > LONGEST_LINK ? '' : url, shortened(title, 150)), ...by];
  });
  const more = documents.length > NAMED ? [words(`\n• and ${documents.length - NAMED} more`)] : [];
  const how =
    'Ask me anything that they might say. I answer with exact quotes, each linked to its place, and tell you when they don’t say.';
  return {
    text: `I answer from ${count}. Ask me anything that they might say.`,
    blocks: [richText(section(words(`I answer from ${count}:`), ...lines, ...more)), richText(section(words(how)))],
  };
}

const told: Partial<Record<ErrorCode, string>> = {
  BUSY: 'Many questions are being answered right now. Please ask again in a minute.',
  NOT_READY: 'I am not ready yet. Please ask again in a minute.',
};
/** Errors whose message is written for whoever asks. */
const open: readonly ErrorCode[] = ['QUESTION_EMPTY', 'QUESTION_TOO_LONG'];

/** Is it whoever asks who can do something about it? */
export function isOfAsker(error: unknown): boolean {
  return open.includes(asPullquoteError(error).code);
}

/** A question that could not be answered; `reference` finds it in the log. */
export function failed(error: unknown, reference: string): Message {
  const { code, message } = asPullquoteError(error);
  const text = open.includes(code) ? `I can’t answer that: ${message}.` : told[code];
  return plainMessage(text ?? `Something went wrong, and I have no answer. The log has more under ${reference}.`);
}

export const denied = plainMessage(
  'I may not answer here. Whoever runs this bot can change that (PULLQUOTE_SLACK_TEAMS, _CHANNELS, _USERS).',
);
export const noDocuments = plainMessage(
  'No documents are open to this channel. Whoever runs this bot can change that (PULLQUOTE_SLACK_DOCUMENTS).',
);
export const thanks = plainMessage('Thank you, that was noted.');
export const feedbackFailed = plainMessage('Sorry, that could not be noted. Please try again later.');
export const tooLate = plainMessage('Sorry, that took me too long. Please press it again.');
export const forgotten = plainMessage('That answer is too old: I no longer have it. Please ask again.');
export const usage = plainMessage('Write your question after the command, such as: /ask Who is the German chancellor?');
