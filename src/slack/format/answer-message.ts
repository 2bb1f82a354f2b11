/** An answer as a Slack message: what it says, in whose words, where they stand. */
import type { types } from '@slack/bolt';
import { splitSentences } from '../../text/sentences.ts';
import type { Answer, Citation, Statement } from '../../types.ts';
import { markers, quoteElements, sourceLine } from './citation-lines.ts';
import { disagreementElements } from './disagreement-lines.ts';
import { escapeMrkdwn } from './escape.ts';
import {
  type Block,
  button,
  type Inline,
  limits,
  link,
  type Message,
  note,
  richText,
  section,
  shortened,
  words,
} from './message.ts';

export interface AnswerMessageOptions {
  /** Put before each link: where people reach the server. */
  baseUrl: string;
  /** What the buttons carry, to find the answer again; null shows none. */
  key: string | null;
}

/** Names of the buttons. */
export const actions = { up: 'pullquote_up', down: 'pullquote_down', sources: 'pullquote_sources' } as const;

/** Least room for what is always there: the note above, the way to the rest, the buttons. Characters of JSON, and blocks. */
const RESERVED = 3_400;
const RESERVED_BLOCKS = 6;
/** A statement of a model is cut at a sentence beyond this. */
const LONGEST_STATEMENT = 2_000;
/** Of the text for notifications; escaped it may become eight times as long, and Slack takes 4,000. */
const LONGEST_SUMMARY = 500;

/** Elements that stand or fall together. */
interface Piece {
  elements: types.RichTextBlockElement[];
  /** Numbers of the citations that it shows. */
  shows: number[];
}

/** Within Slack's limits: what has no room is left out whole, and its sources linked instead. A quote is shown whole or not at all. */
export function answerMessage(answer: Answer, options: AnswerMessageOptions): Message {
  const blocks: Block[] = [];
  if (answer.standaloneQuestion.trim() !== answer.question.trim())
    blocks.push(note(`Searched for: ${shortened(answer.standaloneQuestion, 500)}`));
  const failure = failureNote(answer);
  if (failure) blocks.push(note(failure));

  const unanswered = answer.kind === 'unanswered';
  const shown = unanswered ? answer.nearest : answer.citations;
  const { kept, left } = fitted(unanswered ? nearestPieces(answer, options) : answeredPieces(answer, options));
  blocks.push(...kept);
  if (left.length > 0)
    blocks.push(
      theRest(
        shown.filter(({ number }) => left.includes(number)),
        options,
      ),
    );
  const writer = writerNote(answer);
  if (writer) blocks.push(note(writer));
  if (options.key !== null) blocks.push(buttons(options.key, shown.length > 0));
  return { text: summary(answer), blocks };
}

function answeredPieces(answer: Answer, { baseUrl }: AnswerMessageOptions): Piece[] {
  const cited = numbered(answer.citations);
  const shown = new Set<number>();
  const head: Piece[] = [];
  const { verdict, shortAnswer } = answer;
  const short = inShort(answer);
  if (short) {
    const numbers = new Set([verdict, shortAnswer].flatMap((part) => part?.citation ?? []));
    head.push({
      elements: [section(words(shortened(short, 1_000), { bold: true }), ...markers([...numbers], cited, baseUrl))],
      shows: [],
    });
  }
  const body = answer.statements.map((statement) => statementPiece(statement));
  const differing = answer.disagreements.map((disagreement): Piece => {
    const numbers = disagreement.positions.flatMap(({ citations }) => citations);
    const fresh = numbers.filter((number) => !shown.has(number));
    for (const number of numbers) shown.add(number);
    return { elements: disagreementElements(disagreement, cited, new Set(fresh), baseUrl), shows: fresh };
  });
  // A side that the answer contradicts is no detail: it comes before further statements.
  return [...head, ...body.slice(0, 1), ...differing, ...body.slice(1)];

  /** A model's sentence above the quotes that support it; an extractive one is its quote. */
  function statementPiece({ text, citations }: Statement): Piece {
    const fresh = citations.flatMap((number) => (shown.has(number) ? [] : (cited.get(number) ?? [])));
    for (const { number } of fresh) shown.add(number);
    const [first, ...others] = fresh;
    const isQuote = citations.some((number) => sameWords(cited.get(number)?.quote, text));
    const said = isQuote && first ? [] : [section(...statementWords(text), ...markers(citations, cited, baseUrl))];
    const short = shortAnswer && first?.number === shortAnswer.citation ? shortAnswer.text : null;
    return {
      elements: [
        ...said,
        ...(first ? [...quoteElements(first, short), sourceLine(first, baseUrl)] : []),
        // Others say what a quote says; of a model's sentence each may support another part.
        ...others.flatMap((citation) => [
          ...(isQuote ? [] : quoteElements(citation, null)),
          sourceLine(citation, baseUrl),
        ]),
      ],
      shows: fresh.map(({ number }) => number),
    };
  }
}

/** `No`, `3 May`, or `No · 3 May`. */
function inShort({ verdict, shortAnswer }: Answer): string {
  const settled = verdict && (verdict.value === 'yes' ? 'Yes' : 'No');
  return [settled, shortAnswer?.text].filter(Boolean).join(' · ');
}

function failureNote({ model, answerer }: Answer): string | null {
  if (!model?.failure) return null;
  const code = shortened(model.failure.code, 60);
  return answerer === 'extractive'
    ? `The chat model failed (${code}): the documents are quoted directly instead.`
    : `The chat model broke off (${code}): after what it wrote, the documents are quoted directly.`;
}

/** Whose words the statements are, when they are not the documents'. */
function writerNote({ kind, model, answerer }: Answer): string | null {
  if (kind === 'unanswered' || !model || answerer === 'extractive') return null;
  const { statements } = model.dropped;
  const unverified = `${statements} sentence${statements === 1 ? '' : 's'} could not be verified and ${statements === 1 ? 'is' : 'are'} not shown`;
  return `Put into words by ${shortened(model.id, 100)}; every quote was checked${statements > 0 ? `, ${unverified}` : ''}.`;
}

function nearestPieces({ nearest }: Answer, { baseUrl }: AnswerMessageOptions): Piece[] {
  const head = section(
    words('The documents don’t say.', { bold: true }),
    words(nearest.length > 0 ? ' What comes nearest:' : ''),
  );
  return [
    { elements: [head], shows: [] },
    ...nearest.map((citation) => ({
      elements: [...quoteElements(citation, null), sourceLine(citation, baseUrl)],
      shows: [citation.number],
    })),
  ];
}

/** The pieces, in order, as long as there is room; the numbers of the citations for which there was none. */
function fitted(pieces: Piece[]): { kept: Block[]; left: number[] } {
  const kept: Block[] = [];
  const left: number[] = [];
  let room: number = limits.message - RESERVED;
  for (const { elements, shows } of pieces) {
    const blocks = blocksOf(elements);
    const size = JSON.stringify(blocks).length;
    if (size <= room && kept.length + blocks.length <= limits.blocks - RESERVED_BLOCKS) {
      kept.push(...blocks);
      room -= size;
    } else left.push(...shows);
  }
  return { kept, left };
}

/** As few blocks as hold the elements. Sections that follow each other are lines of one, which leaves no doubt about the break. */
function blocksOf(elements: types.RichTextBlockElement[]): Block[] {
  const blocks: types.RichTextBlock[] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const element of elements) {
    const length = textLength(element) + 1;
    if (size + length > limits.block) {
      blocks.push(richText());
      size = 0;
    }
    const own = blocks.at(-1)?.elements ?? [];
    const before = own.at(-1);
    if (before?.type === 'rich_text_section' && element.type === 'rich_text_section')
      own[own.length - 1] = section(...(before.elements as Inline[]), words('\n'), ...(element.elements as Inline[]));
    else own.push(element);
    size += length;
  }
  return blocks;
}

function textLength(element: types.RichTextBlockElement): number {
  return element.elements.reduce((sum, inline) => sum + ('text' in inline ? (inline.text ?? '').length : 0), 0);
}

/** Most links to what was left out; the button shows all. */
const RESTS = 5;

function theRest(citations: Citation[], { baseUrl, key }: AnswerMessageOptions): Block {
  const links = citations.slice(0, RESTS).flatMap((citation) => {
    const url = baseUrl + citation.link;
    const title = link(url.length > 200 ? '' : url, shortened(citation.document.title, 60));
    return [words(` [${citation.number}] `), title];
  });
  const more = citations.length > RESTS ? words(key === null ? ' …' : ' … (“Show sources” has them all)') : words('');
  return richText(section(words('There is more than a message holds. The rest:', { italic: true }), ...links, more));
}

function buttons(key: string, sources: boolean): types.ActionsBlock {
  return {
    type: 'actions',
    block_id: 'pullquote_answer',
    elements: [
      button(actions.up, '👍', key),
      button(actions.down, '👎', key),
      ...(sources ? [button(actions.sources, 'Show sources', key)] : []),
    ],
  };
}

function statementWords(text: string) {
  if (text.length <= LONGEST_STATEMENT) return [words(text)];
  return [words(`${upToSentence(text, LONGEST_STATEMENT)} …`)];
}

/** The whole sentences that fit; between words if not even the first does. */
function upToSentence(text: string, most: number): string {
  const end = splitSentences(text, { start: 0, end: text.length }).findLast((it) => it.end <= most)?.end;
  return end === undefined ? shortened(text, most) : text.slice(0, end);
}

/** What a notification says. */
function summary(answer: Answer): string {
  if (answer.kind === 'unanswered') return 'The documents don’t say.';
  const statement = answer.statements[0]?.text ?? '';
  const parts = [inShort(answer), upToSentence(statement, LONGEST_SUMMARY)].filter(Boolean);
  return escapeMrkdwn(shortened(parts.join(' — '), LONGEST_SUMMARY));
}

function sameWords(quote: string | undefined, text: string): boolean {
  return quote !== undefined && quote.replace(/\s+/g, ' ').trim() === text.replace(/\s+/g, ' ').trim();
}

function numbered(citations: readonly Citation[]): Map<number, Citation> {
  return new Map(citations.map((citation) => [citation.number, citation]));
}
