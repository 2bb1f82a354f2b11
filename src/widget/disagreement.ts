/** One fact on which documents differ: its positions side by side, each with its words in place. */
import { readableDate } from '../text/readable-date.ts';
import type { Answer, Citation, Disagreement, Position } from '../types.ts';
import { element } from './element.ts';
import { dotted, joined, quoteElement } from './evidence.ts';
import type { Stage } from './stage.ts';

/** @param idOf What a quote is to be called, for the marks that it describes; null where another element is called so. */
export function disagreementElement(
  { about, positions, compatible, newest }: Disagreement,
  answer: Answer,
  numbered: ReadonlyMap<number, Citation>,
  stage: Stage,
  idOf: (citation: Citation) => string | null,
): HTMLElement {
  const { texts } = stage;
  const asAsked = about === answer.question || about === answer.standaloneQuestion;
  return element(
    'section',
    { className: compatible ? 'differ compatible' : 'differ', part: 'disagreement' },
    element('h3', {}, compatible ? texts.compatible : texts.differ),
    !asAsked && element('p', { className: 'about', dir: 'auto' }, about),
    element(
      'ul',
      { className: 'positions' },
      ...positions.map((position, index) => side(position, index === newest, answer, numbered, stage, idOf)),
    ),
  );
}

function side(
  { text, citations, documents, dates }: Position,
  isNewest: boolean,
  answer: Answer,
  numbered: ReadonlyMap<number, Citation>,
  { texts, language, mark }: Stage,
  idOf: (citation: Citation) => string | null,
): HTMLElement {
  const evidence = citations.flatMap((number) => numbered.get(number) ?? []);
  const first = evidence[0];
  const quote = first ? quoteElement(first.quote, text) : null;
  const id = first && idOf(first);
  if (quote && id) quote.id = id;
  const [oldest, latest] = [dates[0], dates.at(-1)].map((date) => date && readableDate(date, language));
  const when = oldest === latest ? oldest : `${oldest} – ${latest}`;
  // One document has a name; several are a number.
  const who =
    documents === 1 && first ? (first.document.publisher ?? first.document.title) : texts.documents(documents);
  return element(
    'li',
    { part: 'position' },
    element(
      'p',
      { className: 'claim', dir: 'auto' },
      element('strong', {}, text),
      joined(evidence.map((citation) => mark(citation, answer))),
    ),
    quote,
    element(
      'p',
      { className: 'about' },
      ...dotted([who, when]),
      isNewest && element('span', { className: 'newest' }, texts.newest),
    ),
  );
}
