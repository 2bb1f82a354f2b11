import { parseDocument } from 'yaml';
import { PullquoteError, shown } from '../errors.ts';
import { oneLine } from '../text/readable.ts';
import { webAddress } from '../text/web-address.ts';
import { isoDate, type Metadata } from './loaded.ts';
import { lineEnd } from './markdown-pieces.ts';

export type FrontMatter = Metadata & { title?: string };

/** Longest front matter, in characters. Beyond it the opening `---` is a mere rule. */
const longest = 65_536;

/**
 * The YAML between `---` lines at a text's very start, and where the body begins (0 without front matter). Read are title,
 * author (text or list), publisher, url (http(s), else left out: other tools keep paths there), published or date; other keys
 * are left alone. Throws FILE_INVALID on broken YAML (with its line) and on a value of another type.
 */
export function readFrontMatter(text: string, path: string): { metadata: FrontMatter; body: number } {
  const end = closing(text);
  if (end === null) return { metadata: {}, body: 0 };
  const values = parse(text.slice(lineEnd(text, 0), end.start), path);
  const metadata: FrontMatter = {};
  const set = (key: keyof FrontMatter, value: string | null) => {
    if (value !== null && value !== '') metadata[key] = value;
  };
  set('title', textOf(values, 'title', path));
  set('author', textOf(values, 'author', path) ?? textOf(values, 'authors', path));
  set('publisher', textOf(values, 'publisher', path));
  set('url', webAddress(textOf(values, 'url', path) ?? ''));
  set('published', isoDate(textOf(values, 'published', path) ?? textOf(values, 'date', path) ?? ''));
  return { metadata, body: end.body };
}

function closing(text: string): { start: number; body: number } | null {
  let start = lineEnd(text, 0);
  if (text.slice(0, start).trimEnd() !== '---') return null;
  while (start < text.length && start < longest) {
    const body = lineEnd(text, start);
    const line = text.slice(start, body).trimEnd();
    if (line === '---' || line === '...') return { start, body };
    start = body;
  }
  return null;
}

function parse(yaml: string, path: string): object {
  const invalid = (why: string, facts: object, cause?: unknown) =>
    new PullquoteError('FILE_INVALID', `Front matter of ${shown(path)} ${why}`, { path, ...facts }, cause);
  let value: unknown;
  try {
    const document = parseDocument(yaml, { logLevel: 'silent', prettyErrors: true });
    const error = document.errors[0];
    if (error !== undefined) {
      const line = (error.linePos?.[0].line ?? 0) + 1; // the `---` above is line 1
      throw invalid(`is not YAML at line ${line}: ${error.message.split('\n', 1)[0]}`, { line }, error);
    }
    value = document.toJS({ maxAliasCount: 50 }) ?? {};
  } catch (error) {
    if (error instanceof PullquoteError) throw error;
    throw invalid(`cannot be read: ${error instanceof Error ? error.message : String(error)}`, {}, error);
  }
  if (typeof value !== 'object' || Array.isArray(value) || value === null)
    throw invalid(`is ${shown(value)} instead of keys with values`, {});
  return value;
}

function textOf(values: object, key: string, path: string): string | null {
  const value: unknown = Object.hasOwn(values, key) ? values[key as keyof typeof values] : null;
  if (value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return oneLine(String(value));
  const isList = key.startsWith('author') && Array.isArray(value) && value.every((name) => typeof name === 'string');
  if (isList) return oneLine(value.join(', '));
  const message = `Front matter of ${shown(path)} has ${key}: ${shown(value)}, which is not text`;
  throw new PullquoteError('FILE_INVALID', message, { path, key, value: shown(value) });
}
