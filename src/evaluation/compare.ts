import { bootstrapInterval, type Interval } from './bootstrap.ts';
import { keyOf } from './choose-examples.ts';
import { drawableOf, grouped, judgedOf, meanOfTallies, tallyOf, valuesOf } from './figures.ts';
import { questionMeasures, setMeasures } from './measures/all.ts';
import { mean } from './measures/mean.ts';
import { type Difference, differencesOf } from './run-folder.ts';
import type { MeasureCard, Scored, SetMeasure, Summary } from './types.ts';

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

/** An asking in both runs. */
interface Pair {
  old: Scored;
  new: Scored;
}

/**
 * What changed from one run to another, on the askings that both have. The interval of a difference is that of the paired bootstrap (Efron
 * and Tibshirani 1993; Koehn 2004 for comparing two systems on one set): questions are drawn, each with both its results.
 */
export function compare(old: Summary, current: Summary): Comparison {
  const pairs = pairsOf(old.scored, current.scored);
  const groups = groupsOf(pairs);
  const { seed } = current.run;
  const movements = [
    ...questionMeasures(current.prices).flatMap((measure) => meanMovement(measure, pairs, groups, seed) ?? []),
    ...setMeasures.flatMap((measure) => setMovement(measure, pairs, groups, seed) ?? []),
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

/**
 * The askings of the same question: under the same id, else by its words, where no other has them: a question without an id is named for its
 * line, which changes with every one that is put before it. Another question under the same id is another asking.
 */
function pairsOf(olds: readonly Scored[], news: readonly Scored[]): Pair[] {
  const byId = new Map(olds.map((scored) => [keyOf(scored), scored]));
  const pairs: Pair[] = [];
  const rest: Scored[] = [];
  for (const scored of news) {
    const earlier = byId.get(keyOf(scored));
    if (earlier !== undefined && earlier.question === scored.question) pairs.push({ old: earlier, new: scored });
    else rest.push(scored);
  }
  const paired = new Set(pairs.map((pair) => pair.old));
  const wordsOf = (scored: Scored) => keyOf({ ...scored, id: scored.question });
  const byWords = grouped(
    olds.filter((scored) => !paired.has(scored)),
    wordsOf,
  );
  for (const [words, [scored, ...alike]] of grouped(rest, wordsOf)) {
    const [earlier, ...others] = byWords.get(words) ?? [];
    const isSure = alike.length + others.length === 0;
    if (isSure && scored !== undefined && earlier !== undefined) pairs.push({ old: earlier, new: scored });
  }
  return pairs;
}

/** The pairs of each question. */
function groupsOf(pairs: readonly Pair[]): Pair[][] {
  return [...grouped(pairs, (pair) => pair.new.id).values()];
}

const oldsOf = (pairs: readonly Pair[]) => pairs.map((pair) => pair.old);
const newsOf = (pairs: readonly Pair[]) => pairs.map((pair) => pair.new);

function meanMovement(
  measure: MeasureCard,
  pairs: readonly Pair[],
  groups: readonly Pair[][],
  seed: number,
): Movement | null {
  const { name } = measure;
  const [before, after] = [valuesOf(oldsOf(pairs), name), valuesOf(newsOf(pairs), name)];
  if (before.length === 0 || after.length === 0) return null;
  const old = groups.map((group) => tallyOf(valuesOf(oldsOf(group), name)));
  const current = groups.map((group) => tallyOf(valuesOf(newsOf(group), name)));
  const statistic = (times: Uint32Array) => difference(meanOfTallies(old, times), meanOfTallies(current, times));
  return movement(measure, mean(before), mean(after), bootstrapInterval(groups.length, statistic, seed));
}

function setMovement(
  measure: SetMeasure,
  pairs: readonly Pair[],
  groups: readonly Pair[][],
  seed: number,
): Movement | null {
  const over = (some: readonly Scored[]) => measure.over(judgedOf(some));
  const old = drawableOf(groups.map((group) => judgedOf(oldsOf(group))));
  const current = drawableOf(groups.map((group) => judgedOf(newsOf(group))));
  const statistic = (times: Uint32Array) =>
    difference(measure.over(...old.drawn(times)), measure.over(...current.drawn(times)));
  return movement(measure, over(oldsOf(pairs)), over(newsOf(pairs)), bootstrapInterval(groups.length, statistic, seed));
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
