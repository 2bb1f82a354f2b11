import { PullquoteError, shown } from '../errors.ts';
import { editDistance } from '../text/edit-distance.ts';
import type { Comparison } from './compare.ts';
import { questionMeasures, setMeasures } from './measures/all.ts';
import { differenceIn, valueIn } from './report/format.ts';
import type { MeasureCard, Summary } from './types.ts';

/** A bound on a figure: `right=0.9`. */
export interface Gate {
  name: string;
  bound: number;
  kind: 'least' | 'most';
}

/** Milliseconds a question, of all stages together. */
const TIMES = ['p50', 'p95'] as const;
const cards: MeasureCard[] = [...questionMeasures({ input: 0, output: 0 }), ...setMeasures];

/** Reads `right=0.9`. Throws USAGE naming the figures there are. */
export function readGate(text: string, kind: Gate['kind']): Gate {
  const option = kind === 'least' ? '--min' : '--max';
  const [, name = '', number = ''] = /^([\w@]+)=(\d+(?:\.\d+)?)$/.exec(text.trim()) ?? [];
  const names = [...cards.map((card) => card.name), ...TIMES];
  if (name === '') throw new PullquoteError('USAGE', `${option} ${shown(text)} must be like right=0.9`, { text });
  if (!names.includes(name)) {
    const meant = names.find((known) => editDistance(known.toLowerCase(), name.toLowerCase(), 2) <= 2);
    const help = meant === undefined ? `the figures are ${names.join(', ')}` : `did you mean ${meant}?`;
    throw new PullquoteError('USAGE', `${option} ${shown(text)}: there is no figure ${name}; ${help}`, { name });
  }
  const bound = Number(number);
  const unit = cards.find((card) => card.name === name)?.unit;
  if (unit === 'share' && bound > 1) {
    throw new PullquoteError('USAGE', `${option} ${shown(text)}: a share is from 0 to 1`, { name, bound });
  }
  return { name, bound, kind };
}

/** What of a run is below what was asked, in sentences; empty when all is well. A figure that was not measured holds no bound. */
export function belowGates(summary: Summary, gates: readonly Gate[]): string[] {
  return gates.flatMap(({ name, bound, kind }) => {
    const value = figureOf(summary, name);
    if (value === null) return `${name} was not measured: no question tells it`;
    const isKept = kind === 'least' ? value >= bound : value <= bound;
    const unit = cards.find((card) => card.name === name)?.unit ?? 'tokens';
    return isKept
      ? []
      : `${name} is ${valueIn(unit, value)}, ${kind === 'least' ? 'below' : 'above'} ${valueIn(unit, bound)}`;
  });
}

/** What fell against a baseline, beyond chance. */
export function belowBaseline({ movements, common }: Comparison): string[] {
  if (common === 0) return ['the baseline has none of these questions'];
  return movements
    .filter(({ isWorse }) => isWorse)
    .map(({ measure, old, new: current, difference }) => {
      const [then, now] = [valueIn(measure.unit, old), valueIn(measure.unit, current)];
      return `${measure.name} was ${then} and is ${now} (${differenceIn(measure.unit, difference)}, beyond chance)`;
    });
}

function figureOf({ figures, latency }: Summary, name: string): number | null {
  if (name === 'p50' || name === 'p95') return latency.total?.[name] ?? null;
  return figures[name]?.value ?? null;
}
