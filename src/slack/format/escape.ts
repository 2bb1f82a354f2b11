/** Foreign words (a document's, a model's, a person's) made harmless for each way in which Slack reads text. */

/** The three characters that steer Slack's mrkdwn; without a `<` there is no mention, no link, no `<!channel>`. */
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** For `text` and `mrkdwn` objects. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeMrkdwn(text: string): string {
  return visible(text).replace(/[&<>]/g, (character) => entities[character] ?? '');
}

/** For `markdown_text`, which is CommonMark: what a backslash frees of its meaning there gets one. */
export function escapeMarkdown(text: string): string {
  return escapeMrkdwn(text).replace(/[\\`*_~[\]#|]/g, '\\$&');
}

/** Control characters but for tab and line feed; those that turn the direction of writing, or are tags that nobody sees. */
const STEERING = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/gu;

/** Characters that could reorder or hide words are shown by their numbers; a carriage return goes. */
export function visible(text: string): string {
  return text.replace(STEERING, (character) =>
    character === '\r' ? '' : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
