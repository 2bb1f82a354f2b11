import { html, type Markup } from '../../text/html.ts';
import type { Citation, Disagreement } from '../../types.ts';
import type { Evidence, Example, Judgement, Result, Scored } from '../types.ts';
import { milliseconds } from './format.ts';

/** One asking with all that is shown of it. */
export interface Shown {
  example: Example;
  result: Result;
  scored: Scored;
  judgement: Judgement | null;
}

export interface LinkOptions {
  /** Put before each citation's link; null where no server is known. */
  baseUrl: string | null;
}

/** What unfolds below a question: its answer, its quotes where they stand, and what else there is to know. */
export function askingBody({ example, result, scored, judgement }: Shown, options: LinkOptions): Markup {
  return html`${answerOf(result, options)}${aboutIt(example, result, scored, judgement)}`;
}

const verdictWords = { yes: 'Yes', no: 'No' };

function answerOf({ answer, evidence, failure }: Result, options: LinkOptions): Markup {
  if (answer === null) return html`<p>It could not be asked: ${failure?.message ?? ''}</p>`;
  const shown = answer.kind === 'answered' ? answer.citations : answer.nearest;
  const list = answer.kind === 'answered' ? 'citations' : 'nearest';
  const { shortAnswer: short, verdict } = answer;
  const isWritten = answer.answerer !== 'extractive';
  return html`${
    answer.kind === 'unanswered'
      ? html`<p class="short">The documents don’t say.</p>${shown.length > 0 ? html`<p class="small quiet">What comes nearest:</p>` : null}`
      : html`${verdict === undefined && short === undefined ? null : html`<p class="short">${[verdict && verdictWords[verdict.value], short?.text].filter(Boolean).join(' · ')}</p>`}${isWritten ? html`<p>${answer.text}</p>` : null}`
  }${shown.map((citation) =>
    quoted(
      citation,
      evidence.find((it) => it.list === list && it.number === citation.number),
      options,
    ),
  )}`;
}

function quoted(citation: Citation, evidence: Evidence | undefined, { baseUrl }: LinkOptions): Markup {
  const { number, quote, document, section, link, prefix, suffix } = citation;
  const title = [document.title, section, document.publisher, document.published].filter(Boolean).join(' · ');
  return html`<blockquote>${evidence?.before ?? prefix}<mark>${quote}</mark>${evidence?.after ?? suffix}<cite>[${number}] ${
    baseUrl === null ? title : html`<a href="${baseUrl + link}">${title}</a>`
  }${evidence?.exact === false ? html` <strong class="worse">not what stands in the document</strong>` : null}</cite></blockquote>`;
}

/** What was expected, and what else there is to know. */
function aboutIt(example: Example, result: Result, scored: Scored, judgement: Judgement | null): Markup {
  const { answer, ms } = result;
  const expected = expectation(example, scored);
  const searched = answer?.standaloneQuestion ?? example.question;
  return html`<dl>${[
    term('Expected', expected),
    term('Asked before', example.history.join(' → ')),
    term('Searched for', searched.trim() === example.question.trim() ? '' : searched),
    ...(answer?.disagreements ?? []).map(differing),
    term('A model thinks', judgement === null ? '' : opinion(judgement)),
    term('Written by', answer === null || answer.answerer === 'extractive' ? '' : answer.answerer),
    term(
      'Instead of',
      answer?.model?.failure === undefined ? '' : `${answer.model.id}: ${answer.model.failure.message}`,
    ),
    term('Took', answer === null ? '' : milliseconds(ms)),
    term('Question', `${example.id}, line ${example.line} of the file`),
  ]}</dl>`;
}

function expectation(
  { words, answers, documents, minDocuments, verdict, disagreement, sides, compatible }: Example,
  { expected, leftOut }: Scored,
): string {
  if (leftOut) return 'to be declined: the documents that answer were left out';
  if (expected === null) return 'nothing is said';
  if (expected === 'unanswered') return 'to be declined';
  const parts = [
    ...words.map((group) => `“${group.join('” or “')}”`),
    ...(words.length === 0 && answers.length > 0 ? [`“${answers.join('” or “')}”`] : []),
    ...(verdict === 'yes' || verdict === 'no' ? [verdict] : verdict === 'none' ? ['neither yes nor no'] : []),
    ...(disagreement === true ? [sidesExpected(sides, compatible)] : []),
    ...(disagreement === false ? ['no two sides'] : []),
    ...(documents.length > 0 ? [`from ${minDocuments > 1 ? `${minDocuments} of ` : ''}${documents.join(', ')}`] : []),
  ];
  return parts.length === 0 ? 'to be answered' : parts.join('; ');
}

function sidesExpected(sides: readonly string[][], compatible: boolean | null): string {
  const both = compatible === null ? '' : compatible ? ', which can both be true' : ', which cannot both be true';
  if (sides.length === 0) return `both sides of what the documents differ on${both}`;
  return `the sides ${sides.map((side) => `“${side.join('” or “')}”`).join(' and ')}${both}`;
}

/** Both sides with their quotes' numbers, the newest named. */
function differing({ positions, compatible, newest }: Disagreement): Markup | null {
  const sides = positions.map(
    ({ text, citations }, at) =>
      `“${text}” ${citations.map((number) => `[${number}]`).join('')}${at === newest ? ' (newest)' : ''}`,
  );
  return term('The documents differ', `${sides.join(' – ')}${compatible ? '; both can be true' : ''}`);
}

function opinion({ correct, supported, reason, failure }: Judgement): string {
  if (failure !== null) return `nothing: ${failure.message}`;
  const said = [
    correct === null ? null : correct ? 'correct' : 'not correct',
    supported === null ? null : supported ? 'supported by its quotes' : 'not supported by its quotes',
  ];
  return `${said.filter((it) => it !== null).join(', ')}. ${reason}`;
}

function term(name: string, value: string): Markup | null {
  return value === '' ? null : html`<dt>${name}</dt><dd>${value}</dd>`;
}
