import { html, markup } from '../../text/html.ts';
import type { Chosen, Trial } from '../choose-threshold.ts';
import { counted, percent } from './format.ts';
import { reportPage } from './page.ts';
import { aligned } from './table.ts';
import { tradeOffChart } from './trade-off-chart.ts';

export interface Calibration {
  chosen: Chosen;
  /** The threshold in force, and what it gives. */
  current: Trial;
  answerable: number;
  unanswerable: number;
  /** As named on the command line. */
  file: string;
}

/** Questions of a kind below which a share of them is mostly chance. */
const FEW = 30;

/** What to do, in a sentence or two. */
function adviceOf({ chosen, current, answerable, unanswerable }: Calibration): string {
  const { threshold, trial } = chosen;
  if (trial.right + trial.declined <= 1) {
    return 'No threshold does better than declining everything: nothing should be set. “pullquote evaluate” shows what is wrong with the answers.';
  }
  const isFew = Math.min(answerable, unanswerable) < FEW;
  const chance = isFew ? ` Of so few questions the choice is mostly chance: ask ${FEW} or more of each kind.` : '';
  return threshold === current.threshold
    ? `The threshold in force, ${threshold}, is as good as any: nothing need be set.${chance}`
    : `Set it with PULLQUOTE_THRESHOLD=${threshold} in the environment or in .env.${chance}`;
}

/** The choice for a terminal: the curve in steps of ten, and how to set what was chosen. */
export function calibrationText(calibration: Calibration): string {
  const { chosen, current, answerable, unanswerable } = calibration;
  const steps = chosen.trials.filter(({ threshold }) => Math.round(threshold * 100) % 10 === 0);
  const line = ({ threshold, right, declined }: Trial, note = '') => [
    `${threshold.toFixed(2)}${note}`,
    percent(right),
    percent(declined),
    bar(right, '█'),
    bar(declined, '░'),
  ];
  const left = (rows: string[][]) =>
    aligned(rows.map(([name = '', ...cells]) => [name, ...cells.map((cell, at) => (at > 1 ? cell.padEnd(20) : cell))]));
  return [
    `${counted(answerable, 'question')} with an answer, ${unanswerable} without\n`,
    left([
      ['threshold', 'answered right', 'declined rightly', 'right', 'declined'],
      ...steps.map((step) => line(step)),
      line(current, ' now'),
      line(chosen.trial, ' chosen'),
    ]),
    `${adviceOf(calibration)}\n`,
  ].join('\n');
}

/** The trade-off between answering and declining, drawn. */
export function calibrationReport(calibration: Calibration): string {
  const { chosen, current, answerable, unanswerable, file } = calibration;
  const row = (name: string, { threshold, right, declined }: Trial) =>
    html`<tr><th scope="row">${name}</th><td class="number">${threshold}</td><td class="number">${percent(right)}</td><td class="number">${percent(declined)}</td></tr>`;
  const body = html`<header><p class="kicker">Pullquote calibration</p><h1>${file}</h1></header>
<main>
<p class="told">With a threshold of ${chosen.threshold}, ${percent(chosen.trial.right)} of the ${counted(answerable, 'question')} that the documents answer are answered right, and ${percent(chosen.trial.declined)} of the ${unanswerable} that they don’t are declined.</p>
<figure><figcaption><strong>Answering and declining</strong>A higher threshold declines more of what it should, and more of what it should not. The dotted line is the threshold in force.</figcaption>${markup(tradeOffChart(chosen.trials, chosen.threshold, current.threshold))}</figure>
<h2>Then and now</h2>
<div class="wide"><table><thead><tr><th></th><th class="number">Threshold</th><th class="number">Answered right</th><th class="number">Declined rightly</th></tr></thead>
<tbody>${row('In force', current)}${row('Chosen', chosen.trial)}</tbody></table></div>
<p>${adviceOf(calibration)}</p>
<h2>Every step</h2>
<div class="wide"><table><thead><tr><th></th><th class="number">Threshold</th><th class="number">Answered right</th><th class="number">Declined rightly</th></tr></thead>
<tbody>${chosen.trials.filter((_, at) => at % 5 === 4).map((trial) => row('', trial))}</tbody></table></div>
</main>`;
  return reportPage(`Calibration: ${file}`, body);
}

/** Of twenty. */
function bar(share: number, sign: string): string {
  return sign.repeat(Math.round(share * 20));
}
