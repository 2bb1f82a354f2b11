/** What is sent to Slack: blocks, and the text that notifications and screen readers take instead. */
import type { types } from '@slack/bolt';
import { escapeMrkdwn, visible } from './escape.ts';

export type Block = types.KnownBlock;
export type Inline = types.RichTextText | types.RichTextLink;

export interface Message {
  /** mrkdwn, escaped. */
  text: string;
  blocks: Block[];
}

/** Slack's limits, in characters. https://docs.slack.dev/reference/block-kit/blocks */
export const limits = {
  blocks: 50,
  /** Of the text of one block. */
  block: 3_000,
  /** Of a link's address. */
  url: 3_000,
  /**
   * Of all blocks as JSON. Slack documents none, but answers msg_blocks_too_long from about 13,170 on
   * (https://github.com/slackapi/bolt-js/issues/2509).
   */
  message: 12_000,
} as const;

/** Rich text is not parsed: words stand in it as they are, whatever they hold. That is how a quote stays exact. */
export function words(text: string, style?: types.RichTextText['style']): Inline {
  return { type: 'text', text: visible(text), ...(style && { style }) };
}

/** Words that lead somewhere; only words where the address is none that Slack would take. */
export function link(url: string, text: string, style?: types.RichTextText['style']): Inline {
  const leads = /^https?:\/\//i.test(url) && url.length <= limits.url && URL.canParse(url);
  return leads ? { type: 'link', url, text: visible(text), ...(style && { style }) } : words(text, style);
}

export function section(...elements: Inline[]): types.RichTextSection {
  return { type: 'rich_text_section', elements: elements.filter(isFilled) };
}

export function quotation(...elements: Inline[]): types.RichTextQuote {
  return { type: 'rich_text_quote', elements: elements.filter(isFilled) };
}

export function richText(...elements: types.RichTextBlockElement[]): types.RichTextBlock {
  return { type: 'rich_text', elements };
}

/** A small grey line. */
export function note(text: string): types.ContextBlock {
  return { type: 'context', elements: [{ type: 'plain_text', text: shortened(visible(text), 2_000), emoji: false }] };
}

export function button(action: string, label: string, value: string): types.Button {
  return { type: 'button', action_id: action, text: { type: 'plain_text', text: label, emoji: true }, value };
}

/** A message of our own words alone. */
export function plainMessage(text: string): Message {
  return { text: escapeMrkdwn(text), blocks: [richText(section(words(text)))] };
}

/** At most so many characters, cut between words. Not for quotes. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  return `${cut.slice(0, Math.max(cut.search(/\s\S*$/), most >> 1)).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Slack refuses an element without text. */
function isFilled({ text }: Inline): boolean {
  return text !== '';
}
