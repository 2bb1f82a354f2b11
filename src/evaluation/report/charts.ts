import * as Plot from '@observablehq/plot';
import type { Summary } from '../types.ts';
import { ACCENT, drawn, QUIET, RULE } from './drawing.ts';
import { percent } from './format.ts';
import type { ShownFigure } from './shown-figures.ts';

/** Pixels of a row. */
const ROW = 34;

/** Shares with their 95 % intervals, a row each. */
export function figuresChart(figures: readonly ShownFigure[]): string {
  const rows = figures.map(({ measure, figure }) => ({
    title: measure.title,
    value: figure.value,
    low: figure.low ?? figure.value,
    high: figure.high ?? figure.value,
    colour: measure.better === 'lower' ? QUIET : ACCENT,
  }));
  return drawn({
    description: rows.map(({ title, value }) => `${title}: ${percent(value)}`).join('; '),
    height: rows.length * ROW + 40,
    marginLeft: 12,
    marginRight: 16,
    x: {
      domain: [0, 1],
      ticks: 5,
      tickFormat: (value: number) => `${Math.round(value * 100)}%`,
      label: null,
      grid: true,
    },
    y: { axis: null, domain: rows.map(({ title }) => title) },
    marks: [
      Plot.link(rows, {
        x1: 'low',
        x2: 'high',
        y1: 'title',
        y2: 'title',
        stroke: 'colour',
        strokeWidth: 5,
        strokeOpacity: 0.35,
        dy: 7,
      }),
      Plot.dot(rows, { x: 'value', y: 'title', r: 4, fill: 'colour', dy: 7 }),
      Plot.text(rows, { x: () => 0, y: 'title', text: 'title', textAnchor: 'start', dy: -8 }),
      Plot.text(rows, {
        x: () => 1,
        y: 'title',
        text: ({ value }) => percent(value),
        textAnchor: 'end',
        dy: -8,
        fontWeight: 'bold',
      }),
    ],
  });
}

/** Is what is held for 80 % likely so in 80 of 100 cases? On the line it is. */
export function reliabilityChart({ reliability }: Summary): string {
  return drawn({
    description: reliability
      .map((bin) => `confidence ${percent(bin.confidence)}: ${percent(bin.right)} right, of ${bin.count}`)
      .join('; '),
    height: 300,
    marginLeft: 44,
    marginBottom: 40,
    x: { domain: [0, 100], ticks: 5, percent: true, label: 'confidence, %' },
    y: { domain: [0, 100], ticks: 5, percent: true, label: 'right, %', grid: true },
    r: { range: [2, 12] },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: RULE, strokeDasharray: '4 3' },
      ),
      Plot.line(reliability, { x: 'confidence', y: 'right', stroke: ACCENT, strokeOpacity: 0.4 }),
      Plot.dot(reliability, { x: 'confidence', y: 'right', r: 'count', fill: ACCENT, fillOpacity: 0.8 }),
    ],
  });
}

/** How sure the answerer was, of what it should answer and of what it should decline. */
export function confidenceChart({ scored, run }: Summary): string {
  const { threshold } = run.settings;
  const rows = scored.flatMap(({ confidence, expected, kind }) =>
    confidence === null || expected === null
      ? []
      : {
          confidence,
          side: expected === 'answered' ? 'the documents answer' : 'they don’t',
          done: kind === 'answered' ? 'answered' : 'declined',
        },
  );
  const bins = {
    x: { value: 'confidence', thresholds: Array.from({ length: 21 }, (_, at) => at / 20) },
    fy: 'side',
    fill: 'done',
    insetLeft: 1,
    insetRight: 0,
  };
  return drawn({
    description: `Confidence of ${rows.length} answers`,
    height: 280,
    marginLeft: 36,
    marginTop: 26,
    marginBottom: 40,
    x: { domain: [0, 1], ticks: 5, label: 'confidence' },
    y: { label: null, grid: true, ticks: 4, tickFormat: 'd' },
    fy: { label: null, domain: ['the documents answer', 'they don’t'], axis: null, padding: 0.2 },
    color: { domain: ['answered', 'declined'], range: [ACCENT, QUIET] },
    marks: [
      Plot.rectY(rows, Plot.binX({ y: 'count' }, bins)),
      Plot.ruleY([0], { stroke: QUIET }),
      ...(typeof threshold === 'number'
        ? [Plot.ruleX([threshold], { stroke: 'currentColor', strokeDasharray: '4 3' })]
        : []),
      Plot.text(['the documents answer', 'they don’t'], {
        fy: (side: string) => side,
        text: (side: string) => side,
        frameAnchor: 'top-left',
        dy: -14,
        fontWeight: 'bold',
      }),
    ],
  });
}

/** Milliseconds a question. */
export function latencyChart({ scored }: Summary): string {
  const times = scored.flatMap(({ timings }) => timings.total ?? []);
  const bins = {
    x: { value: (time: number) => time, thresholds: 24 },
    fill: ACCENT,
    insetLeft: 1,
    insetRight: 0,
  };
  return drawn({
    description: `Time of ${times.length} answers`,
    height: 200,
    marginLeft: 36,
    marginBottom: 40,
    x: { label: 'milliseconds', nice: true, ticks: 5 },
    y: { label: 'questions', grid: true, ticks: 4, tickFormat: 'd' },
    marks: [Plot.rectY(times, Plot.binX({ y: 'count' }, bins)), Plot.ruleY([0], { stroke: QUIET })],
  });
}
