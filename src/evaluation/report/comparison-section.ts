import { html, type Markup } from '../../text/html.ts';
import type { Comparison, Movement } from '../compare.ts';
import type { Scored } from '../types.ts';
import { counted, differenceIn, differenceRange, valueIn } from './format.ts';

/** What moved against the baseline. */
export function comparisonSection(comparison: Comparison): Markup {
  const { movements, settings, common, onlyOld, onlyNew, won, lost } = comparison;
  const moved = movements.filter(({ isBeyondChance }) => isBeyondChance);
  const only = onlyOld + onlyNew > 0 ? ` ${onlyOld} were asked only then, ${onlyNew} only now.` : '';
  return html`<h2>Against the baseline</h2>
<p>${counted(common, 'asking')} in both runs.${only} ${
    moved.length === 0
      ? 'No figure moved by more than chance would move it.'
      : `${counted(moved.length, 'figure')} moved by more than chance.`
  } ${counted(won.length, 'question')} won, ${lost.length} lost.</p>
<div class="wide"><table>
<thead><tr><th>Figure</th><th class="number">Then</th><th class="number">Now</th><th class="number">Change</th><th class="number">95% interval</th><th></th></tr></thead>
<tbody>${movements.map(row)}</tbody>
</table></div>
${list('Lost', lost)}${list('Won', won)}
${settings.length === 0 ? null : html`<h3>Made otherwise</h3><dl>${settings.map(({ name, old, new: current }) => html`<dt>${name}</dt><dd>${JSON.stringify(old)} → ${JSON.stringify(current)}</dd>`)}</dl>`}`;
}

function row({ measure, old, new: current, difference, interval, isBeyondChance, isWorse }: Movement): Markup {
  const verdict = !isBeyondChance
    ? 'within chance'
    : isWorse
      ? 'worse'
      : measure.better === 'neither'
        ? 'other'
        : 'better';
  return html`<tr><th scope="row">${measure.title}</th><td class="number">${valueIn(measure.unit, old)}</td><td class="number">${valueIn(measure.unit, current)}</td><td class="number">${differenceIn(measure.unit, difference)}</td><td class="number">${
    interval === null ? '' : differenceRange(measure.unit, interval)
  }</td><td class="${isBeyondChance ? verdict : 'quiet'}">${verdict}</td></tr>`;
}

function list(title: string, questions: readonly Scored[]): Markup | null {
  if (questions.length === 0) return null;
  return html`<h3>${title}</h3><ul>${questions.map(
    ({ question, fault, leftOut }) =>
      html`<li>${question}${leftOut ? html` <span class="quiet">(its documents left out)</span>` : null} ${fault === null ? null : html`<span class="worse">${fault}</span>`}</li>`,
  )}</ul>`;
}
