import { questionMeasures, setMeasures } from '../measures/all.ts';
import type { Figure, MeasureCard, Summary } from '../types.ts';

/** A figure of a summary with what it means. */
export interface ShownFigure {
  measure: MeasureCard;
  figure: Figure;
}

/** The figures of a summary, in the order of the measures. */
export function shownFigures({ figures, prices }: Summary): ShownFigure[] {
  const cards: MeasureCard[] = [...questionMeasures(prices), ...setMeasures];
  return cards.flatMap((measure) => {
    const figure = figures[measure.name];
    return figure === undefined ? [] : { measure, figure };
  });
}

/** The summary's figures in one sentence or two, as an editor would tell them. */
export function toldSummary({ scored, counts }: Summary): string[] {
  const told: string[] = [];
  const right = scored.flatMap(({ values }) => values.right ?? []);
  const declined = scored.flatMap(({ values }) => values.declined ?? []);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  if (right.length > 0)
    told.push(`Of ${right.length} questions that the documents answer, ${sum(right)} were answered right.`);
  if (declined.length > 0) told.push(`Of ${declined.length} that they don’t, ${sum(declined)} were declined.`);
  const wrong = scored.filter(({ expected, kind }) => expected === 'unanswered' && kind === 'answered').length;
  if (wrong > 0) told.push(`${wrong} got an answer that the documents don’t give.`);
  if (counts.failed > 0) told.push(`${counts.failed} could not be asked.`);
  return told;
}
