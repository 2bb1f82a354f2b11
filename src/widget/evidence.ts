/** Citations as a person sees them: the quote, and where it is from. */
import { readableDate } from '../text/readable-date.ts';
import type { Answer, Citation } from '../types.ts';
import { element } from './element.ts';
import type { Stage } from './stage.ts';

/** A list keeps its lines; other text flows, however its document is wrapped. */
export const isList = (text: string): boolean => /\n\s{0,20}(?:[-*•–‣◦]|\d{1,3}[.)])\s/.test(text);

/** A quote with the words that answer emphasised where they stand; nothing is added or left out. */
export function quoteElement(quote: string, words: string | null, ...behind: (Node | string)[]): HTMLElement {
  const at = words ? quote.indexOf(words) : -1;
  const emphasised =
    words && at >= 0 ? [quote.slice(0, at), element('mark', {}, words), quote.slice(at + words.length)] : [quote];
  return element(
    'blockquote',
    { dir: 'auto', part: 'quote', className: isList(quote) ? 'listed' : '' },
    element('span', { className: 'quoted' }, ...emphasised),
    ...behind,
  );
}

/** Section, publisher and date, as far as the document gives them. */
export function originLine(
  { section, document }: Pick<Citation, 'document' | 'section'>,
  language: string,
): (Node | string)[] | null {
  const date = document.published ? readableDate(document.published, language) : null;
  // What stands below the headline alone is in no section of its own.
  const parts = dotted([section === document.title ? null : section, document.publisher, date]);
  return parts.length > 0 ? parts : null;
}

/** Facts in a line. Each runs as its own language does, and turns none of the others around. */
export const dotted = (facts: (string | null | undefined)[]): (Node | string)[] =>
  facts.filter((fact) => !!fact).flatMap((fact, index) => [index > 0 ? ' · ' : '', element('bdi', {}, fact ?? '')]);

/** Marks behind their words: kept together, and never alone on the next line. */
export const joined = (marks: HTMLElement[]): HTMLElement => element('span', { className: 'marks' }, ...marks);

/** A link that opens the citation beside the conversation, and on its own page with the browser's ways of opening a new tab. */
export function passageLink(
  citation: Citation,
  answer: Pick<Answer, 'citations' | 'nearest'>,
  { endpoint, openSource }: Pick<Stage, 'endpoint' | 'openSource'>,
  ...children: (Node | string)[]
): HTMLAnchorElement {
  const others = [...answer.citations, ...answer.nearest].filter(
    (it) => it !== citation && it.document.id === citation.document.id,
  );
  const link = element(
    'a',
    { href: endpoint.passage(citation, others), target: '_blank', rel: 'noopener' },
    ...children,
  );
  link.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openSource(citation, answer, link);
  });
  return link;
}

/** The publisher's page, if its address is one for a browser. */
export function originalLink({ original }: Citation, { texts }: Pick<Stage, 'texts'>): HTMLElement | null {
  if (!original || !/^https?:\/\//i.test(original)) return null;
  return element('a', { href: original, target: '_blank', rel: 'noopener noreferrer' }, texts.original);
}

/** The numbered list below an answer. A quote that already stands above as a statement is not shown twice. */
export function evidenceList(
  citations: Citation[],
  answer: Answer,
  stage: Stage,
  { shownAbove, idOf }: { shownAbove: ReadonlySet<Citation>; idOf: (citation: Citation) => string },
): HTMLElement {
  const items = citations.map((citation) => {
    const words = answer.shortAnswer?.citation === citation.number ? answer.shortAnswer.text : null;
    const about = originLine(citation, stage.language);
    const quote = quoteElement(citation.quote, words);
    quote.id = idOf(citation);
    return element(
      'li',
      { part: 'source' },
      element('span', { className: 'number' }, String(citation.number)),
      element(
        'div',
        {},
        !shownAbove.has(citation) && quote,
        element(
          'p',
          { className: 'origin' },
          element('cite', { dir: 'auto' }, passageLink(citation, answer, stage, citation.document.title)),
          about && element('span', { className: 'about' }, ...about),
        ),
      ),
    );
  });
  return element('ol', { className: 'evidence' }, ...items);
}
