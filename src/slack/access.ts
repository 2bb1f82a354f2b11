/** Who may ask, and which documents may answer where. */
import { PullquoteError, shown } from '../errors.ts';

/** Ids as Slack gives them; an empty list lets everyone in. */
export interface AllowLists {
  teams: readonly string[];
  /** Channels, private ones too; conversations with the bot alone are always open to whoever is allowed. */
  channels: readonly string[];
  users: readonly string[];
}

export interface Asking {
  /** Where it is asked, and, where organisations share a channel, the asker's own workspace: all must be allowed. */
  teams: readonly (string | undefined)[];
  channel: string;
  user: string;
}

/** Direct messages have ids of their own kind. */
const isDirect = (channel: string) => channel.startsWith('D');

export function mayAsk({ teams, channels, users }: AllowLists, { teams: own, channel, user }: Asking): boolean {
  return (
    (teams.length === 0 || own.every((team) => team === undefined || teams.includes(team))) &&
    (users.length === 0 || users.includes(user)) &&
    (channels.length === 0 || isDirect(channel) || channels.includes(channel))
  );
}

/** Channel, `dm` or `*` → document ids; `folder/*` stands for all below a folder, `*` for all. */
export type DocumentScopes = ReadonlyMap<string, readonly string[]>;

/**
 * `C0123=press/*,budget; dm=press/*; *=faq`
 *
 * @throws SETTING_INVALID naming the part that is none.
 */
export function parseScopes(text: string): DocumentScopes {
  const scopes = new Map<string, string[]>();
  for (const part of text.split(';').map((it) => it.trim())) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const place = part.slice(0, at).trim();
    const ids = part
      .slice(at + 1)
      .split(',')
      .map((id) => id.trim());
    if (at < 0 || !/^(?:[CGD][A-Z0-9]{2,}|dm|\*)$/.test(place) || ids.includes('') || scopes.has(place))
      throw new PullquoteError('SETTING_INVALID', `${shown(part)} is no part of PULLQUOTE_SLACK_DOCUMENTS`, { part });
    scopes.set(place, ids);
  }
  return scopes;
}

/** The documents that may answer in a channel: null for all, an empty list if its scope names none that is there. */
export function documentsFor(scopes: DocumentScopes, channel: string, known: Iterable<string>): string[] | null {
  const patterns = scopes.get(channel) ?? (isDirect(channel) ? scopes.get('dm') : undefined) ?? scopes.get('*');
  if (patterns === undefined || patterns.includes('*')) return null;
  return [...known].filter((id) => patterns.some((pattern) => matches(pattern, id)));
}

/** Patterns that name no document: a misspelling, or documents that are gone. */
export function unmatched(scopes: DocumentScopes, known: readonly string[]): string[] {
  const patterns = new Set([...scopes.values()].flat());
  return [...patterns].filter((pattern) => pattern !== '*' && !known.some((id) => matches(pattern, id)));
}

function matches(pattern: string, id: string): boolean {
  return pattern.endsWith('/*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;
}
