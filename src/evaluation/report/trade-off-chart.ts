import * as Plot from '@observablehq/plot';
import type { Trial } from '../choose-threshold.ts';
import { ACCENT, drawn, GOOD, KNOWN, QUIET } from './drawing.ts';
import { percent } from './format.ts';

/** What is gained and lost as the threshold moves. */
export function tradeOffChart(trials: readonly Trial[], chosen: number, current: number): string {
  const lines = trials.flatMap(({ threshold, right, declined }) => [
    { threshold, share: right, what: 'answered right' },
    { threshold, share: declined, what: 'declined rightly' },
  ]);
  return drawn({
    description: trials
      .filter((_, at) => at % 10 === 9)
      .map(
        ({ threshold, right, declined }) => `at ${threshold}: ${percent(right)} right, ${percent(declined)} declined`,
      )
      .join('; '),
    width: 640,
    height: 340,
    marginLeft: 44,
    marginBottom: 40,
    marginRight: 110,
    style: { fontSize: '13px' },
    x: { domain: [0, 1], ticks: 10, label: 'threshold' },
    y: { domain: [0, 100], percent: true, ticks: 5, label: 'share, %', grid: true },
    color: { domain: ['answered right', 'declined rightly'], range: [GOOD, KNOWN] },
    marks: [
      Plot.ruleX([current], { stroke: QUIET, strokeDasharray: '2 3' }),
      Plot.ruleX([chosen], { stroke: ACCENT, strokeWidth: 2 }),
      Plot.line(lines, { x: 'threshold', y: 'share', stroke: 'what', strokeWidth: 2, curve: 'step-after' }),
      Plot.text(
        lines,
        Plot.selectLast({
          x: 'threshold',
          y: 'share',
          z: 'what',
          text: 'what',
          fill: 'what',
          textAnchor: 'start',
          dx: 6,
        }),
      ),
      Plot.text([chosen], {
        x: (value: number) => value,
        text: (value: number) => `chosen ${value}`,
        frameAnchor: 'top',
        dy: -12,
        fill: ACCENT,
        fontWeight: 'bold',
      }),
    ],
  });
}
