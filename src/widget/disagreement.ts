/** One fact on which documents differ: its positions side by side, each with its words in place. */
import type { Answer, Citation, Disagreement, Position } from '../types.ts';
import { element } from './element.ts';
import { quoteElement } from './evidence.ts';
import { readableDate } from './readable-date.ts';
import type { Stage } from './stage.ts';

export function disagreementElement(
  { about, positions, newest }: Disagreement,
  answer: Answer,
  numbered: ReadonlyMap<number, Citation>,
  stage: Stage,
): HTMLElement {
  const { texts } = stage;
  const asAsked = about === answer.question || about === answer.standaloneQuestion;
  return element(
    'section',
    { className: 'differ', part: 'disagreement' },
    element('h3', {}, texts.differ),
    !asAsked && element('p', { className: 'about', dir: 'auto' }, about),
    element(
      'ul',
      { className: 'positions' },
      ...positions.map((position, index) => side(position, index === newest, answer, numbered, stage)),
    ),
  );
}

function side(
  { text, citations, documents, dates }: Position,
  isNewest: boolean,
  answer: Answer,
  numbered: ReadonlyMap<number, Citation>,
  { texts, language, mark }: Stage,
): HTMLElement {
  const evidence = citations.flatMap((number) => numbered.get(number) ?? []);
  const first = evidence[0];
  const [oldest, latest] = [dates[0], dates.at(-1)].map((date) => date && readableDate(date, language));
  const when = oldest === latest ? oldest : `${oldest} – ${latest}`;
  return element(
    'li',
    { part: 'position' },
    element(
      'p',
      { className: 'claim', dir: 'auto' },
      element('strong', {}, text),
      ...evidence.map((citation) => mark(citation, answer)),
    ),
    first ? quoteElement(first.quote, text) : null,
    element(
      'p',
      { className: 'about' },
      [texts.documents(documents), when].filter(Boolean).join(' · '),
      isNewest && element('span', { className: 'newest' }, texts.newest),
    ),
  );
}
