import { figureOf, intervalOf, meanOfTallies, tallyOf } from './figures.ts';
import type { Figure, Judgement } from './types.ts';

/** The shares that a chat model held for correct and for supported: beside the figures that code counts, never among them. */
export function figuresOfJudge(
  judgements: readonly Judgement[],
  seed: number,
): { figures: Record<string, Figure>; failed: number } {
  const figures: Record<string, Figure> = {};
  for (const name of ['correct', 'supported'] as const) {
    const groups = new Map<string, number[]>();
    for (const judgement of judgements) {
      const verdict = judgement[name];
      if (verdict !== null) groups.set(judgement.id, [...(groups.get(judgement.id) ?? []), verdict ? 1 : 0]);
    }
    const tallies = [...groups.values()].map(tallyOf);
    const value = meanOfTallies(tallies);
    if (value === null) continue;
    const count = tallies.reduce((sum, tally) => sum + tally.count, 0);
    figures[name] = figureOf(value, intervalOf(tallies, 'share', seed), count);
  }
  return { figures, failed: judgements.filter(({ failure }) => failure !== null).length };
}
