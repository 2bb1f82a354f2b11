import { bootstrapInterval, type Interval } from './bootstrap.ts';
import { keyOf } from './choose-examples.ts';
import { byQuestion, judgedOf, meanOfTallies, type Tally, tallyOf, valuesOf } from './figures.ts';
import { questionMeasures, setMeasures } from './measures/all.ts';
import { mean } from './measures/mean.ts';
import { type Difference, differencesOf } from './run-folder.ts';
import type { Judged, MeasureCard, Scored, Summary } from './types.ts';

/** How a figure moved on the askings that both runs have. */
export interface Movement {
  measure: MeasureCard;
  old: number;
  new: number;
  difference: number;
  /** 95 % interval of the difference; null where it can't be told. */
  interval: Interval | null;
  /** The interval leaves out zero: more than chance. */
  isBeyondChance: boolean;
  /** For the worse, beyond chance. */
  isWorse: boolean;
}

export interface Comparison {
  /** What the runs were made with otherwise. */
  settings: Difference[];
  /** Askings in both, and in only one of them. */
  common: number;
  onlyOld: number;
  onlyNew: number;
  movements: Movement[];
  /** Right now and not before, and the other way round. */
  won: Scored[];
  lost: Scored[];
}

/**
 * What changed from one run to another, on the askings that both have. The interval of a difference is that of the paired bootstrap (Efron
 * and Tibshirani 1993; Koehn 2004 for comparing two systems on one set): questions are drawn, each with both its results.
 */
export function compare(old: Summary, current: Summary): Comparison {
  const before = new Map(old.scored.map((scored) => [keyOf(scored), scored]));
  const pairs = current.scored.flatMap((scored) => {
    const earlier = before.get(keyOf(scored));
    // Another question under the same id is another asking.
    return earlier === undefined || earlier.question !== scored.question ? [] : { old: earlier, new: scored };
  });
  const olds = pairs.map((pair) => pair.old);
  const news = pairs.map((pair) => pair.new);
  const { seed } = current.run;
  const movements = [
    ...questionMeasures(current.prices).flatMap((measure) => meanMovement(measure, olds, news, seed) ?? []),
    ...setMeasures.flatMap((measure) => {
      const over = (some: readonly Scored[]) => measure.over(judgedOf(some));
      const groups = pairedGroups(olds, news).map((group) => ({ old: judgedOf(group.old), new: judgedOf(group.new) }));
      const statistic = (drawn: readonly { old: Judged[]; new: Judged[] }[]) =>
        difference(measure.over(drawn.flatMap((it) => it.old)), measure.over(drawn.flatMap((it) => it.new)));
      return movement(measure, over(olds), over(news), bootstrapInterval(groups, statistic, seed)) ?? [];
    }),
  ];
  const isRight = ({ fault, expected }: Scored) => fault === null && expected !== null;
  return {
    settings: differencesOf(
      { ...old.run, generations: old.generations, answerers: Object.keys(old.answerers) },
      { ...current.run, generations: current.generations, answerers: Object.keys(current.answerers) },
    ),
    common: pairs.length,
    onlyOld: old.scored.length - pairs.length,
    onlyNew: current.scored.length - pairs.length,
    movements,
    won: pairs.filter((pair) => isRight(pair.new) && !isRight(pair.old)).map((pair) => pair.new),
    lost: pairs.filter((pair) => isRight(pair.old) && !isRight(pair.new)).map((pair) => pair.new),
  };
}

/** Both runs' askings of each question. */
function pairedGroups(olds: readonly Scored[], news: readonly Scored[]): { old: Scored[]; new: Scored[] }[] {
  const current = new Map(byQuestion(news).map((group) => [group[0]?.id, group]));
  return byQuestion(olds).map((group) => ({ old: group, new: current.get(group[0]?.id) ?? [] }));
}

function meanMovement(
  measure: MeasureCard,
  olds: readonly Scored[],
  news: readonly Scored[],
  seed: number,
): Movement | null {
  const [before, after] = [valuesOf(olds, measure.name), valuesOf(news, measure.name)];
  if (before.length === 0 || after.length === 0) return null;
  const groups = pairedGroups(olds, news).map((group) => ({
    old: tallyOf(valuesOf(group.old, measure.name)),
    new: tallyOf(valuesOf(group.new, measure.name)),
  }));
  const statistic = (drawn: readonly { old: Tally; new: Tally }[]) =>
    difference(meanOfTallies(drawn.map((it) => it.old)), meanOfTallies(drawn.map((it) => it.new)));
  return movement(measure, mean(before), mean(after), bootstrapInterval(groups, statistic, seed));
}

function difference(old: number | null, current: number | null): number | null {
  return old === null || current === null ? null : current - old;
}

function movement(
  measure: MeasureCard,
  old: number | null,
  current: number | null,
  interval: Interval | null,
): Movement | null {
  if (old === null || current === null) return null;
  const isBeyondChance = interval !== null && (interval.low > 0 || interval.high < 0);
  const change = current - old;
  const isWorse =
    isBeyondChance && (measure.better === 'higher' ? change < 0 : measure.better === 'lower' && change > 0);
  return { measure, old, new: current, difference: change, interval, isBeyondChance, isWorse };
}
