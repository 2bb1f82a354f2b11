import type { Comparison } from '../compare.ts';
import type { Scored, Summary } from '../types.ts';
import { counted, differenceIn, differenceRange, intervalIn, milliseconds, percent, valueIn } from './format.ts';
import { shownFigures } from './shown-figures.ts';

/** Rows with their columns aligned: the first to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, cell.length)), []);
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

/** A run's figures for a terminal. */
export function figuresTable(summary: Summary): string {
  const { counts, latency, judge } = summary;
  const rows = shownFigures(summary).map(({ measure, figure }) => [
    `${measure.title} (${measure.name})`,
    valueIn(measure.unit, figure.value),
    intervalIn(measure.unit, figure),
    `of ${figure.count}`,
  ]);
  const judged = Object.entries(judge?.figures ?? {}).map(([name, figure]) => [
    `${judge?.model} finds it ${name}`,
    percent(figure.value),
    intervalIn('share', figure),
    `of ${figure.count}`,
  ]);
  const times = Object.entries(latency).map(([stage, { p50, p95 }]) => [stage, milliseconds(p50), milliseconds(p95)]);
  const failed = counts.failed > 0 ? `, ${counts.failed} failed` : '';
  return [
    `${counted(counts.questions, 'question')}, asked ${counts.askings === 1 ? 'once' : `${counts.askings} times`}${failed}\n`,
    aligned([['', 'figure', '95% interval', ''], ...rows]),
    ...(judged.length > 0 ? [aligned(judged)] : []),
    ...(times.length > 0 ? [aligned([['stage', 'median', '95 of 100'], ...times])] : []),
  ].join('\n');
}

/** What moved between two runs, for a terminal. */
export function comparisonTable(comparison: Comparison): string {
  const { movements, settings, common, onlyOld, onlyNew, won, lost } = comparison;
  const rows = movements.map(({ measure, old, new: current, difference, interval, isBeyondChance, isWorse }) => [
    `${measure.title} (${measure.name})`,
    valueIn(measure.unit, old),
    valueIn(measure.unit, current),
    differenceIn(measure.unit, difference),
    interval === null ? '' : differenceRange(measure.unit, interval),
    isBeyondChance ? (isWorse ? 'worse' : measure.better === 'neither' ? 'other' : 'better') : 'within chance',
  ]);
  const only = onlyOld + onlyNew > 0 ? ` (${onlyOld} only in the old run, ${onlyNew} only in the new)` : '';
  return [
    `${counted(common, 'asking')} compared${only}\n`,
    settings.length === 0
      ? 'made with the same settings\n'
      : settings.map(({ name, old, new: current }) => `${name}: ${settingIn(old)} → ${settingIn(current)}\n`).join(''),
    aligned([['', 'old', 'new', 'change', '95% interval', ''], ...rows]),
    listed('won', won),
    listed('lost', lost),
  ].join('\n');
}

/** A setting that a run does not have (a server keeps its own to itself) is none. */
function settingIn(value: unknown): string {
  return value === null ? 'none' : JSON.stringify(value);
}

function listed(title: string, questions: readonly Scored[]): string {
  const lines = questions.map(
    ({ id, question, fault }) => `  ${id}: ${question}${fault === null ? '' : `  ${fault}`}\n`,
  );
  return `${title}: ${questions.length}\n${lines.join('')}`;
}
