import { judgedOf, meanFigure, setFigure } from './figures.ts';
import { figuresOfJudge } from './judge-figures.ts';
import { questionMeasures, setMeasures } from './measures/all.ts';
import { reliabilityBins } from './measures/calibration-error.ts';
import { declinedMeasure } from './measures/declined.ts';
import { percentile } from './measures/percentile.ts';
import { rightMeasure } from './measures/right.ts';
import { scoreOf } from './score.ts';
import type { Figure, Judgement, Prices, Result, RunSettings, Scored, Summary, Task } from './types.ts';

export interface Finished {
  run: RunSettings;
  tasks: readonly Task[];
  /** In the order of the tasks. */
  results: readonly Result[];
  judgements: readonly Judgement[];
  /** Of a million tokens; null where nobody said. */
  prices: Prices | null;
}

/** Everything that the reports say, from the results alone: the same results give the same summary. */
export function summarize({ run, tasks, results, judgements, prices }: Finished): Summary {
  const measures = questionMeasures(prices);
  const scored = tasks.map((task, at) => scoreOf(task, results[at] as Result, measures));
  const figures: Record<string, Figure> = {};
  for (const measure of measures) {
    const figure = meanFigure(scored, measure, run.seed);
    if (figure !== null) figures[measure.name] = figure;
  }
  for (const measure of setMeasures) {
    const figure = setFigure(scored, measure, run.seed);
    if (figure !== null) figures[measure.name] = figure;
  }
  const answers = results.flatMap(({ answer }) => answer ?? []);
  return {
    version: 1,
    run,
    counts: {
      askings: scored.length,
      questions: new Set(scored.map(({ id }) => id)).size,
      answerable: scored.filter(({ expected }) => expected === 'answered').length,
      unanswerable: scored.filter(({ expected }) => expected === 'unanswered').length,
      failed: scored.filter(({ kind }) => kind === 'failed').length,
    },
    answerers: countsOf(answers.map(({ answerer }) => answerer)),
    generations: Object.keys(countsOf(answers.map(({ generation }) => generation))),
    figures,
    byTag: tagsOf(scored, run.seed),
    latency: latencyOf(scored),
    reliability: reliabilityBins(judgedOf(scored)),
    prices,
    judge: run.judge === null ? null : { model: run.judge, ...figuresOfJudge(judgements, run.seed) },
    scored,
  };
}

function tagsOf(scored: readonly Scored[], seed: number): Summary['byTag'] {
  const tags = [...new Set(scored.flatMap((one) => one.tags))].sort();
  return Object.fromEntries(
    tags.map((tag) => {
      const own = scored.filter((one) => one.tags.includes(tag));
      const [right, declined] = [meanFigure(own, rightMeasure, seed), meanFigure(own, declinedMeasure, seed)];
      return [tag, { right, declined, askings: own.length }];
    }),
  );
}

/** Milliseconds by stage, median and 95th percentile. */
function latencyOf(scored: readonly Scored[]): Summary['latency'] {
  const stages = [...new Set(scored.flatMap(({ timings }) => Object.keys(timings)))];
  return Object.fromEntries(
    stages.map((stage) => {
      const times = scored.flatMap(({ timings }) => timings[stage] ?? []);
      return [stage, { p50: percentile(times, 0.5), p95: percentile(times, 0.95) }];
    }),
  );
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...names].sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
