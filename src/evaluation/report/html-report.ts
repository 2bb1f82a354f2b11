import { html, type Markup, markup } from '../../text/html.ts';
import type { Comparison } from '../compare.ts';
import { judgedOf } from '../figures.ts';
import type { Figure, Summary } from '../types.ts';
import type { LinkOptions, Shown } from './asking-body.ts';
import { confidenceChart, figuresChart, latencyChart, reliabilityChart } from './charts.ts';
import { comparisonSection } from './comparison-section.ts';
import { counted, intervalIn, milliseconds, percent, valueIn } from './format.ts';
import { reportPage } from './page.ts';
import { questionsSection } from './questions-section.ts';
import { shownFigures, toldSummary } from './shown-figures.ts';

/** What most readers want to know; the rest stands in the table. */
const CHARTED = [
  'right',
  'declined',
  'overRefusal',
  'f1',
  'passage@1',
  'sentence@1',
  'documentCited',
  'verbatim',
  'grounded',
  'verdict',
  'verdictSettled',
  'disagreementFound',
  'understood',
];

/** The report that a person opens: one file, readable without a script. */
export function htmlReport(
  summary: Summary,
  shown: readonly Shown[],
  options: LinkOptions & { comparison: Comparison | null; started: string },
): string {
  const { run } = summary;
  const questions = questionsSection(shown, options);
  const body = html`<header>
<p class="kicker">Pullquote evaluation</p>
<h1>${run.questions.file}</h1>
<p class="small quiet">${dateOf(options.started)}</p>
</header>
<main>
<p class="told">${toldSummary(summary).join(' ')}</p>
${tiles(summary)}
${options.comparison === null ? null : comparisonSection(options.comparison)}
${charts(summary)}
${figuresTable(summary)}
${tagsTable(summary)}
${questions.body}
${made(summary)}
</main>`;
  return reportPage(`Evaluation: ${run.questions.file}`, body, questions);
}

/** "22 November 2026, 12:14 UTC". */
function dateOf(iso: string): string {
  const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
  return `${new Intl.DateTimeFormat('en-GB', format).format(new Date(iso))} UTC`;
}

function tiles({ figures, latency }: Summary): Markup {
  const tile = (value: string, words: string, range: string) =>
    html`<li><b>${value}</b><span>${words}</span>${range === '' ? null : html`<span>95% interval ${range}</span>`}</li>`;
  const share = (name: string, words: string) => {
    const figure = figures[name];
    return figure === undefined ? null : tile(percent(figure.value), words, intervalIn('share', figure));
  };
  const total = latency.total;
  return html`<ul class="tiles">${[
    share('right', 'of what the documents answer is answered right'),
    share('declined', 'of what they don’t answer is declined'),
    share('verbatim', 'of the answers quote their documents to the letter'),
    share('f1', 'overlap with the given short answers (F1)'),
    total === undefined ? null : tile(milliseconds(total.p50), 'for half of the answers', ''),
  ]}</ul>`;
}

function charts(summary: Summary): Markup {
  const shares = shownFigures(summary).filter(({ measure }) => CHARTED.includes(measure.name));
  return html`<h2>At a glance</h2>
<div class="charts">
${figure('The figures', 'The dot is what was measured; the band holds the true value in 95 of 100 such samples.', figuresChart(shares))}
${
  judgedOf(summary.scored).length === 0
    ? null
    : figure(
        'How sure, and of what',
        'How many questions were answered with which confidence. Right of the threshold (dashed) should stand what the documents answer, left of it what they don’t.',
        confidenceChart(summary),
        [
          ['var(--accent)', 'answered'],
          ['var(--quiet)', 'declined'],
        ],
      )
}
${
  summary.reliability.length === 0
    ? null
    : figure(
        'Can the confidence be believed?',
        'On the dashed line it can: of what it holds for 80% likely, 80 of 100 are right, shown or not. Larger dots are more questions.',
        reliabilityChart(summary),
      )
}
${summary.latency.total === undefined ? null : figure('How long it takes', `Half take less than ${milliseconds(summary.latency.total.p50)}, 95 of 100 less than ${milliseconds(summary.latency.total.p95)}.`, latencyChart(summary))}
</div>`;
}

function figure(title: string, words: string, svg: string, legend: readonly [string, string][] = []): Markup {
  return html`<figure><figcaption><strong>${title}</strong>${words}</figcaption>${markup(svg)}${
    legend.length === 0
      ? null
      : html`<ul class="legend">${legend.map(([colour, label]) => html`<li style="--swatch: ${colour}">${label}</li>`)}</ul>`
  }</figure>`;
}

function figuresTable(summary: Summary): Markup {
  const { judge, latency } = summary;
  return html`<h2>The figures</h2>
<div class="wide"><table class="figures">
<thead><tr><th>Figure</th><th class="number">Value</th><th class="number">95% interval</th><th class="number">Of</th></tr></thead>
<tbody>${shownFigures(summary).map(
    ({ measure, figure: it }) =>
      html`<tr><th scope="row">${measure.title}${measure.better === 'lower' ? html` <span class="aside">(lower is better)</span>` : null} <span class="small quiet">${measure.definition} <i>${measure.from}</i></span></th><td class="number">${valueIn(measure.unit, it.value)}</td><td class="number">${intervalIn(measure.unit, it)}</td><td class="number">${it.count}</td></tr>`,
  )}</tbody>
</table></div>
${judge === null ? null : judged(judge)}
<h3>Time by stage</h3>
<div class="wide"><table><thead><tr><th>Stage</th><th class="number">Half below</th><th class="number">95 of 100 below</th></tr></thead>
<tbody>${Object.entries(latency).map(([stage, { p50, p95 }]) => html`<tr><td>${stageWords[stage] ?? stage}</td><td class="number">${milliseconds(p50)}</td><td class="number">${milliseconds(p95)}</td></tr>`)}</tbody></table></div>`;
}

const stageWords: Record<string, string> = {
  condense: 'condense: a follow-up is completed',
  search: 'search: passages are found',
  answer: 'answer: they are read, the answer is chosen',
  compare: 'compare: do other documents say otherwise?',
  model: 'model: a chat model writes',
  total: 'all of it',
};

function judged({ model, figures, failed }: NonNullable<Summary['judge']>): Markup {
  const line = (it: Figure | undefined, words: string) =>
    it === undefined
      ? null
      : html`<li>${words}: <b>${percent(it.value)}</b> of ${it.count} (95% interval ${intervalIn('share', it)})</li>`;
  return html`<h3>What a chat model thinks (${model})</h3>
<p class="small quiet">A model’s opinion, which no other figure is mixed with.${failed > 0 ? ` It gave none of ${counted(failed, 'answer')}.` : ''}</p>
<ul>${[line(figures.correct, 'settles the question as expected'), line(figures.supported, 'says nothing but what its quotes say')]}</ul>`;
}

function tagsTable({ byTag }: Summary): Markup | null {
  const tags = Object.entries(byTag);
  if (tags.length === 0) return null;
  const cells = (it: Figure | null) =>
    it === null
      ? html`<td class="number quiet">–</td><td class="number"></td>`
      : html`<td class="number"><meter min="0" max="1" value="${it.value}">${percent(it.value)}</meter> ${percent(it.value)}</td><td class="number quiet">${intervalIn('share', it)}</td>`;
  return html`<h2>By tag</h2>
<div class="wide"><table>
<thead><tr><th>Tag</th><th class="number">Questions</th><th class="number">Answered right</th><th class="number">95%</th><th class="number">Declined rightly</th><th class="number">95%</th></tr></thead>
<tbody>${tags.map(([tag, { right, declined, askings }]) => html`<tr><th scope="row">${tag}</th><td class="number">${askings}</td>${cells(right)}${cells(declined)}</tr>`)}</tbody>
</table></div>`;
}

/** What the run was made with, so that it can be told what changed. */
function made({ run, answerers, generations }: Summary): Markup {
  const rows: [string, string][] = [
    ['Pullquote', run.pullquote],
    ['Questions', `${run.questions.file} (SHA-256 ${run.questions.revision.slice(0, 16)}…)`],
    ['Asked', run.asked],
    [
      'Answerers',
      Object.entries(answerers)
        .map(([name, count]) => `${name} (${count})`)
        .join(', '),
    ],
    ['Generation', generations.join(', ') || run.generation],
    ['Seed', String(run.seed)],
    ['Repeats', String(run.repeat)],
    ['Documents left out', run.leaveOut ? 'each question is asked again without the documents that answer it' : 'no'],
    ...Object.entries(run.choice).flatMap(([name, value]): [string, string][] =>
      value === null || value === false || (Array.isArray(value) && value.length === 0)
        ? []
        : [[`Choice: ${name}`, String(value)]],
    ),
    ...Object.entries(run.settings).map(([name, value]): [string, string] => [
      name,
      value === null ? 'default' : String(value),
    ]),
    ...Object.entries(run.prompts).map(([name, hash]): [string, string] => [`prompt ${name}`, hash]),
    ...(run.judge === null ? [] : [['Judge', run.judge] satisfies [string, string]]),
  ];
  return html`<h2>How it was made</h2>
<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
