/** An answer as elements: the short answer first, then the statements with numbered marks, then the evidence. */
import type { Answer, Citation, Statement } from '../types.ts';
import { disagreementElement } from './disagreement.ts';
import { element } from './element.ts';
import { evidenceList, isList, joined, quoteElement } from './evidence.ts';
import type { Stage } from './stage.ts';

type Numbered = ReadonlyMap<number, Citation>;

/** @param key Of this answer among those shown; makes the ids of its quotes. */
export function answerElements(answer: Answer, stage: Stage, key: string): HTMLElement[] {
  const parts =
    answer.version !== 1
      ? foreign(answer, stage, key)
      : answer.kind === 'answered'
        ? answered(answer, stage, key)
        : unanswered(answer, stage, key);
  return parts.filter((part): part is HTMLElement => part !== null && part !== false);
}

type Parts = (HTMLElement | null | false)[];

/** What the question became before it was searched, where that differs; null where it does not. */
export function searchedNote({ question, standaloneQuestion }: Answer, { texts }: Stage): HTMLElement | null {
  if (!standaloneQuestion || standaloneQuestion.trim() === question.trim()) return null;
  return element('p', { className: 'note', dir: 'auto' }, texts.searched(standaloneQuestion));
}

/** The text as it comes, line by line, its `[1]` turned into marks where the citation is known already. Inside a quote it is the document's own. */
export function liveText(text: string, citations: Numbered, stage: Stage): (Node | string)[] {
  const answer = { citations: [...citations.values()], nearest: [] };
  const quotes = answer.citations.map(({ quote }) => quote).sort((one, other) => other.length - one.length);
  const drawn: (Node | string)[] = [];
  for (let rest = text; rest !== ''; ) {
    const quote = quotes.find((it) => rest.startsWith(it)) ?? '';
    const end = rest.indexOf('\n', quote.length) + 1 || rest.length;
    const pieces = rest.slice(quote.length, end).split(/(\s*\[\d{1,3}\])/);
    const marked = pieces.map((piece) => {
      const citation = citations.get(Number(/^\s*\[(\d{1,3})\]$/.exec(piece)?.[1]));
      return citation ? joined([stage.mark(citation, answer)]) : piece;
    });
    drawn.push(quote, ...marked);
    rest = rest.slice(end);
  }
  return drawn;
}

function answered(answer: Answer, stage: Stage, key: string): Parts {
  const { texts, mark } = stage;
  const { verdict, shortAnswer, citations, statements, disagreements, model } = answer;
  const numbered: Numbered = new Map(citations.map((citation) => [citation.number, citation]));
  const idOf = (citation: Citation) => `${key}-quote-${citation.number}`;
  const marks = (numbers: number[]) =>
    joined(
      numbers.flatMap((number) => {
        const citation = numbered.get(number);
        if (!citation) return [];
        const made = mark(citation, answer);
        made.setAttribute('aria-describedby', idOf(citation));
        return [made];
      }),
    );

  // The statements of the built-in answerer are quotes themselves; positions stand beside theirs.
  const stated = new Set(statements.flatMap((statement) => ownQuote(statement, numbered) ?? []));
  const positions = disagreements.flatMap((disagreement) => disagreement.positions);
  const beside = positions.flatMap((position) => numbered.get(position.citations[0] ?? 0) ?? []);
  const shownAbove = new Set([...stated, ...beside]);
  return [
    model?.failure ? element('p', { className: 'note' }, texts.fallback) : null,
    verdict
      ? element(
          'p',
          { className: 'short verdict', part: 'verdict' },
          element('strong', {}, texts[verdict.value]),
          marks([verdict.citation]),
        )
      : null,
    shortAnswer
      ? element(
          'p',
          { className: verdict ? 'short beside' : 'short', part: 'short-answer', dir: 'auto' },
          element('strong', {}, shortAnswer.text),
          marks([shortAnswer.citation]),
        )
      : null,
    ...statements.map((statement) => statementElement(statement, answer, numbered, stage, marks, idOf)),
    ...disagreements.map((disagreement) =>
      disagreementElement(disagreement, answer, numbered, stage, (it) => (stated.has(it) ? null : idOf(it))),
    ),
    element('h3', {}, texts.sources(citations.length)),
    evidenceList(citations, answer, stage, { shownAbove, idOf }),
    model && !model.failure ? element('p', { className: 'note' }, texts.writtenBy(model.id)) : null,
  ];
}

/** The citation whose quote a statement is, word for word; null where it is put in other words. */
function ownQuote({ text, citations }: Statement, numbered: Numbered): Citation | null {
  const first = numbered.get(citations[0] ?? 0);
  return first?.quote === text ? first : null;
}

function statementElement(
  statement: Statement,
  { shortAnswer }: Answer,
  numbered: Numbered,
  { texts }: Stage,
  marks: (numbers: number[]) => HTMLElement,
  idOf: (citation: Citation) => string,
): HTMLElement {
  const { text, citations } = statement;
  const quoted = ownQuote(statement, numbered);
  // A model may cite several documents for the parts of one sentence: that is no agreement.
  const documents = new Set(citations.map((number) => numbered.get(number)?.document.id)).size;
  const said = quoted
    ? quoteElement(text, shortAnswer?.citation === quoted.number ? shortAnswer.text : null, marks(citations))
    : element('p', { className: isList(text) ? 'listed' : '', dir: 'auto' }, text, marks(citations));
  if (quoted) said.id = idOf(quoted);
  return element(
    'div',
    { className: 'statement', part: 'statement' },
    said,
    quoted && documents > 1 && element('p', { className: 'agree', part: 'agreement' }, texts.agree(documents)),
  );
}

function unanswered(answer: Answer, stage: Stage, key: string): Parts {
  const { texts } = stage;
  const { nearest, model } = answer;
  const idOf = (citation: Citation) => `${key}-near-${citation.number}`;
  return [
    model?.failure ? element('p', { className: 'note' }, texts.fallback) : null,
    element('p', { className: 'unanswered', part: 'unanswered' }, texts.unanswered),
    nearest.length > 0 && element('p', { className: 'note' }, texts.nearest),
    nearest.length > 0 && evidenceList(nearest, answer, stage, { shownAbove: new Set(), idOf }),
  ];
}

/** Of a server that is newer than this script: what can be relied upon, and the way to the rest. */
function foreign(answer: Answer, stage: Stage, key: string): Parts {
  const citations = Array.isArray(answer.citations) ? answer.citations : [];
  const idOf = (citation: Citation) => `${key}-quote-${citation.number}`;
  return [
    element('p', { className: 'note' }, stage.texts.failures.PROTOCOL_UNSUPPORTED),
    element('p', { className: 'listed', dir: 'auto' }, String(answer.text ?? '')),
    evidenceList(citations, answer, stage, { shownAbove: new Set(), idOf }),
  ];
}
