import { graphemeStart } from '../../text/unicode.ts';
import type { Comparison } from '../compare.ts';
import type { Scored, Summary } from '../types.ts';
import { counted, differenceIn, intervalIn, milliseconds, valueIn } from './format.ts';
import { shownFigures, toldSummary } from './shown-figures.ts';

/** Questions and characters listed before "and n more", and characters of each text: GitHub refuses a comment of more than 65,536. */
const MOST_LISTED = 30;
const LONGEST_LIST = 18_000;
const LONGEST_TEXT = 200;

/** A run, and what moved against its baseline, for a pull-request comment. */
export function markdownReport(summary: Summary, comparison: Comparison | null): string {
  const moved = new Map(comparison?.movements.map((movement) => [movement.measure.name, movement]));
  const figures = shownFigures(summary).map(({ measure, figure }) => {
    const movement = moved.get(measure.name);
    const change = movement === undefined ? '' : differenceIn(measure.unit, movement.difference);
    const mark = movement?.isBeyondChance ? (movement.isWorse ? ' 🔻' : ' 🔺') : '';
    const cells = [
      measure.title,
      valueIn(measure.unit, figure.value),
      intervalIn(measure.unit, figure),
      String(figure.count),
    ];
    return row(comparison === null ? cells : [...cells, `${change}${mark}`]);
  });
  const head = ['', 'figure', '95% interval', 'of', ...(comparison === null ? [] : ['change'])];
  const total = summary.latency.total;
  const time =
    total === undefined ? '' : ` Median time ${milliseconds(total.p50)}, 95 of 100 below ${milliseconds(total.p95)}.`;
  const wrong = summary.scored.filter(({ fault }) => fault !== null);
  return [
    `### Pullquote evaluation: ${escaped(summary.run.questions.file)}`,
    `${toldSummary(summary).join(' ')}${time}`,
    [row(head), row(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...figures].join('\n'),
    ...(comparison === null
      ? []
      : [listed('Lost against the baseline', comparison.lost), listed('Won', comparison.won)]),
    listed(counted(wrong.length, 'question').concat(' marked wrong'), wrong),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function listed(title: string, questions: readonly Scored[]): string {
  if (questions.length === 0) return '';
  let length = 0;
  const lines = questions.slice(0, MOST_LISTED).flatMap(({ question, fault, knownMiss, leftOut }) => {
    const notes = [leftOut ? 'its documents left out' : null, fault, knownMiss === null ? null : `known: ${knownMiss}`];
    const line =
      `- ${escaped(question)} ${notes.flatMap((note) => (note === null ? [] : `*${escaped(note)}*`)).join(' ')}`.trimEnd();
    length += line.length;
    return length > LONGEST_LIST ? [] : line;
  });
  const rest = questions.length - lines.length;
  const all = rest > 0 ? [...lines, `- … and ${rest} more`] : lines;
  return `<details><summary>${title}</summary>\n\n${all.join('\n')}\n\n</details>`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/**
 * Text on one line that Markdown and HTML leave as it is, and that calls nobody (@) and links to nothing (#, ://, www.): these are looked for in
 * the text as rendered, where an escape is none any more, but a comment in between keeps the two apart.
 */
function escaped(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const short = line.length > LONGEST_TEXT ? `${line.slice(0, graphemeStart(line, LONGEST_TEXT))}…` : line;
  return short.replace(/[\\`*_[\]|~<>&]|@|#|:(?=\/\/)|\bwww(?=\.)/gi, (piece) =>
    /[@#:w]/i.test(piece) ? `${piece}<!-- -->` : `&#${piece.charCodeAt(0)};`,
  );
}
