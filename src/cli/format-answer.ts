import { styleText } from 'node:util';
import { statementLine } from '../text/statement-line.ts';
import type { Answer, Citation, Disagreement, ModelReport } from '../types.ts';

export interface FormatOptions {
  /** With terminal colours. */
  colour: boolean;
  /** Put before each link; '' leaves it as it is. */
  baseUrl: string;
}

type Style = 'bold' | 'dim' | 'cyan' | 'yellow';

/** An answer for a person at a terminal: short answer, quotes, sources and links. */
export function formatAnswer(answer: Answer, options: FormatOptions): string {
  const style = (name: Style, text: string) =>
    options.colour ? styleText(name, text, { validateStream: false }) : text;
  const blocks: string[] = [];
  if (answer.standaloneQuestion !== answer.question.trim())
    blocks.push(style('dim', `Searched for: ${visible(answer.standaloneQuestion)}`));
  const { model } = answer;
  if (model?.condenseFailure !== undefined) {
    const { code, message } = model.condenseFailure;
    blocks.push(style('dim', visible(`The follow-up was completed by rule: ${code}: ${message}.`)));
  }
  if (model?.failure !== undefined) {
    const instead = answer.answerer === 'extractive' ? 'The built-in quotes answer' : 'The written answer broke off';
    blocks.push(style('dim', visible(`${instead}: ${model.failure.code}: ${model.failure.message}.`)));
  }
  if (answer.kind === 'unanswered') {
    blocks.push(style('bold', 'The documents don’t say.'));
    if (answer.nearest.length > 0) blocks.push('What comes nearest:', ...cited(answer.nearest));
    return ended(blocks);
  }
  if (answer.verdict !== undefined) blocks.push(style('bold', answer.verdict.value === 'yes' ? 'Yes' : 'No'));
  if (answer.shortAnswer !== undefined) blocks.push(style('bold', visible(answer.shortAnswer.text)));
  if (model !== undefined && answer.answerer !== 'extractive') {
    blocks.push(...answer.statements.map((statement) => visible(statementLine(statement))));
  }
  blocks.push(...cited(answer.citations), ...answer.disagreements.map(differing));
  if (model !== undefined && model.failure === undefined) blocks.push(style('dim', visible(writtenBy(answer, model))));
  return ended(blocks);

  function differing({ positions, compatible, newest }: Disagreement): string {
    const lead = compatible ? 'The documents put it differently; both can be true:' : 'The documents differ:';
    const sides = positions.map(({ text, citations, documents, dates }, index) => {
      const facts = [
        `${documents} ${documents === 1 ? 'document' : 'documents'}`,
        ...dates,
        ...(index === newest ? ['the newest'] : []),
      ];
      const marks = citations.map((number) => style('yellow', `[${number}]`)).join('');
      return `  • ${style('bold', `“${visible(text)}”`)} ${marks} ${style('dim', facts.map(visible).join(' · '))}`;
    });
    return [lead, ...sides].join('\n');
  }

  function cited(citations: readonly Citation[]): string[] {
    return citations.map((citation) => {
      const { title, publisher, published } = citation.document;
      const source = [title, citation.section, publisher, published].filter((part) => part !== undefined).join(' · ');
      return [
        `${style('yellow', `[${citation.number}]`)} “${visible(citation.quote)}”`,
        `    ${style('dim', visible(source))}`,
        `    ${style('cyan', options.baseUrl + citation.link)}`,
      ].join('\n');
    });
  }
}

/** Who wrote, and what of it isn't shown. */
function writtenBy({ answerer }: Answer, { id, dropped }: ModelReport): string {
  const { statements } = dropped;
  const what = `${statements} sentence${statements === 1 ? '' : 's'} of its answer could not be verified`;
  const left = statements === 0 ? '' : `; ${what}, and ${statements === 1 ? 'is' : 'are'} not shown`;
  if (answerer === 'extractive') return `Quoted, not written by ${id}${left}.`;
  return `Written by ${id}; every sentence rests on the quotes beside it${left}.`;
}

function ended(blocks: string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

/** Control characters but for tab and line feed, and those that turn the direction of writing. */
const STEERING = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;

/** A document's text can't steer the terminal or reorder its line: control and direction characters are shown by their numbers. */
export function visible(text: string): string {
  return text.replace(STEERING, (character) =>
    character === '\r' ? '' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
