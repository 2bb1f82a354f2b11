import type { Prices, QuestionMeasure, SetMeasure } from '../types.ts';
import { aurocMeasure } from './auroc.ts';
import { calibrationErrorMeasure } from './calibration-error.ts';
import { citationPrecisionMeasure } from './citation-precision.ts';
import { citationRecallMeasure } from './citation-recall.ts';
import { declinedMeasure } from './declined.ts';
import { disagreementFoundMeasure, disagreementInventedMeasure } from './disagreement.ts';
import { documentCitedMeasure } from './document-cited.ts';
import { exactMatchMeasure } from './exact-match.ts';
import { f1Measure } from './f1.ts';
import { groundednessMeasure } from './groundedness.ts';
import { overRefusalMeasure } from './over-refusal.ts';
import { passageAt } from './passage-at.ts';
import { reciprocalRankMeasure } from './reciprocal-rank.ts';
import { rightMeasure } from './right.ts';
import { sentenceAt } from './sentence-at.ts';
import { understoodMeasure } from './understood.ts';
import { costMeasure, tokensMeasure } from './usage.ts';
import { verbatimMeasure } from './verbatim.ts';
import { verdictMeasure, verdictSettledMeasure } from './verdict.ts';

/** Every figure of one asking, in the order in which they are shown; the cost only where prices are given. */
export function questionMeasures(prices: Prices | null): QuestionMeasure[] {
  return [
    rightMeasure,
    overRefusalMeasure,
    declinedMeasure,
    exactMatchMeasure,
    f1Measure,
    passageAt(1),
    passageAt(3),
    passageAt(5),
    reciprocalRankMeasure,
    sentenceAt(1),
    sentenceAt(3),
    documentCitedMeasure,
    citationPrecisionMeasure,
    citationRecallMeasure,
    verbatimMeasure,
    groundednessMeasure,
    verdictMeasure,
    verdictSettledMeasure,
    disagreementFoundMeasure,
    disagreementInventedMeasure,
    understoodMeasure,
    tokensMeasure('input'),
    tokensMeasure('output'),
    ...(prices === null ? [] : [costMeasure(prices)]),
  ];
}

/** Every figure that only a whole set has. */
export const setMeasures: readonly SetMeasure[] = [aurocMeasure, calibrationErrorMeasure];
