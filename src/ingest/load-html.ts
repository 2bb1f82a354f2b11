import { DefuddleClass, type DefuddleResponse } from 'defuddle/node';
import { parseHTML } from 'linkedom';
import { PullquoteError, shown } from '../errors.ts';
import { oneLine } from '../text/readable.ts';
import { webAddress } from '../text/web-address.ts';
import { isConcealed } from './concealed.ts';
import { type HtmlNode, htmlBlocks } from './html-blocks.ts';
import { htmlDepth } from './html-depth.ts';
import { titleAmong } from './load-text.ts';
import { isoDate, type LoadedDocument, type Metadata } from './loaded.ts';

/** Deepest nesting that is read at all; pages of the web stay below 60. */
const deepest = 500;
/** Most '<' that open no tag and '&' together: the parser is quadratic in them (one million 10 s, 50,000 some 0.03 s). */
const mostStray = 50_000;
/** Most elements that are read: the parser takes 3 s and 0.9 GB for 250,000, 40 s for 625,000. Pages have some thousands. */
const mostElements = 200_000;
/** Bounds within which the article is looked for (defuddle: 16 s for 125,000 elements, 3.6 s for 1,000 nested ones). */
const deepestForExtraction = 80;
const mostForExtraction = 15_000;
/** In characters of the page's text and of its longest block (defuddle: over a minute for one block of a million). */
const longestForExtraction = 400_000;
const longestBlockForExtraction = 20_000;
/** An extraction of fewer words is checked against the whole page. */
const fewWords = 50;

/**
 * A page: its article, found by defuddle, as the text of its block elements; nothing is fetched and no script runs. Where next to
 * nothing is found, or the page is too big to look, the whole body is the article. Throws FILE_INVALID where elements nest deeper
 * than 500, where there are more than 200,000 of them, or where stray '<' and '&' abound.
 */
export function loadHtml(html: string, path: string): LoadedDocument {
  const refused = (why: string) => new PullquoteError('FILE_INVALID', `${shown(path)} ${why}`, { path });
  const depth = htmlDepth(html, deepest + 1);
  if (depth > deepest) throw refused(`nests its elements deeper than ${deepest}`);
  const elements = elementsIn(html);
  if (strayIn(html) > mostStray) throw refused(`is no HTML: more than ${mostStray} of its '<' and '&' open nothing`);
  if (elements > mostElements) throw refused(`has more than ${mostElements} elements`);
  const page = parsed(html);
  const url = addressOf(page); // before defuddle, which takes elements away
  const pageTitle = oneLine(page.querySelector('title')?.textContent ?? '');
  const whole = htmlBlocks(bodyOf(page));
  const small =
    depth <= deepestForExtraction &&
    elements <= mostForExtraction &&
    whole.text.length <= longestForExtraction &&
    whole.blocks.every(({ start, end }) => end - start <= longestBlockForExtraction);
  const article = small ? articleOf(page) : null;
  const extracted = article === null ? null : htmlBlocks(bodyOf(parsed(article.content)));
  const { text, blocks } = extracted !== null && isEnough(extracted.text, whole.text) ? extracted : whole;

  const title = oneLine(article?.title ?? '') || pageTitle || titleAmong(text, blocks);
  const about: Metadata = {};
  const set = (key: keyof Metadata, value: string | null | undefined) => {
    if (value) about[key] = oneLine(value);
  };
  set('author', article?.author);
  set('publisher', article?.site);
  set('url', url);
  set('published', isoDate(article?.published ?? ''));
  return { title, text, blocks, markup: [], ...about };
}

/** What is read of linkedom's document. */
interface Page {
  documentElement: HtmlNode | null;
  querySelector(selector: string): { textContent: string; getAttribute(name: string): string | null } | null;
  querySelectorAll(selector: string): Iterable<HtmlNode & { remove(): void }>;
}

/** A fragment is read as the body of a page. */
function parsed(html: string): Page {
  const page: Page = parseHTML(html).document;
  if (page.documentElement?.localName === 'html') return page;
  return parseHTML(`<!doctype html><html><head></head><body>${html}</body></html>`).document;
}

/** The root element: its `<head>` is never read, and a page may have two bodies or none. */
function bodyOf(page: Page): HtmlNode {
  return page.documentElement as HtmlNode;
}

function articleOf(page: Page): DefuddleResponse | null {
  // Now: where defuddle finds little it looks among the concealed, too, and drops the attributes that tell.
  for (const element of page.querySelectorAll('template, [hidden], [aria-hidden], [style]')) {
    if (isConcealed(element)) element.remove();
  }
  try {
    return silently(() => new DefuddleClass(page as never, { url: '', useAsync: false, fetch: noFetch }).parse());
  } catch {
    return null; // defuddle stumbles over odd pages; their whole body is read instead
  }
}

const noFetch = () => Promise.reject(new Error('Pullquote fetches nothing'));

/** Runs something synchronous while the console is mute: defuddle reports there what it then deals with by itself. */
function silently<Result>(run: () => Result): Result {
  const { debug, error, info, log, warn } = console;
  const mute = () => {};
  Object.assign(console, { debug: mute, error: mute, info: mute, log: mute, warn: mute });
  try {
    return run();
  } finally {
    Object.assign(console, { debug, error, info, log, warn });
  }
}

function isEnough(extracted: string, whole: string): boolean {
  const words = wordsIn(extracted);
  return words >= fewWords || (words > 0 && words * 2 > wordsIn(whole));
}

function wordsIn(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length;
}

function strayIn(html: string): number {
  let count = 0;
  for (let at = 0; at < html.length; at++) {
    const sign = html[at];
    if (sign === '&' || (sign === '<' && !/[a-z/!?]/i.test(html[at + 1] ?? ''))) count++;
  }
  return count;
}

/** About: an element has two tags. */
function elementsIn(html: string): number {
  let count = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) count++;
  return count / 2;
}

function addressOf(page: Page): string | null {
  const canonical = page.querySelector('link[rel="canonical"]')?.getAttribute('href');
  const shared = page.querySelector('meta[property="og:url"]')?.getAttribute('content');
  return webAddress(canonical ?? '') ?? webAddress(shared ?? '');
}
