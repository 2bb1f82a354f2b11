import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auroc, aurocMeasure } from '../../src/evaluation/measures/auroc.ts';
import {
  calibrationErrorMeasure,
  expectedCalibrationError,
  reliabilityBins,
} from '../../src/evaluation/measures/calibration-error.ts';
import { citationPrecisionMeasure } from '../../src/evaluation/measures/citation-precision.ts';
import { citationRecallMeasure } from '../../src/evaluation/measures/citation-recall.ts';
import { declinedMeasure } from '../../src/evaluation/measures/declined.ts';
import { disagreementFoundMeasure, disagreementInventedMeasure } from '../../src/evaluation/measures/disagreement.ts';
import { documentCitedMeasure } from '../../src/evaluation/measures/document-cited.ts';
import { exactMatch, exactMatchMeasure } from '../../src/evaluation/measures/exact-match.ts';
import { f1, f1Measure } from '../../src/evaluation/measures/f1.ts';
import { checkable, groundednessMeasure } from '../../src/evaluation/measures/groundedness.ts';
import { overRefusalMeasure } from '../../src/evaluation/measures/over-refusal.ts';
import { passageAt } from '../../src/evaluation/measures/passage-at.ts';
import { percentile } from '../../src/evaluation/measures/percentile.ts';
import { reciprocalRankMeasure } from '../../src/evaluation/measures/reciprocal-rank.ts';
import { rightMeasure } from '../../src/evaluation/measures/right.ts';
import { says } from '../../src/evaluation/measures/says.ts';
import { sentenceAt } from '../../src/evaluation/measures/sentence-at.ts';
import { understoodMeasure } from '../../src/evaluation/measures/understood.ts';
import { costMeasure, tokensMeasure } from '../../src/evaluation/measures/usage.ts';
import { verbatimMeasure } from '../../src/evaluation/measures/verbatim.ts';
import { verdictMeasure, verdictSettledMeasure } from '../../src/evaluation/measures/verdict.ts';
import type { Example, Ranking } from '../../src/evaluation/types.ts';
import { answerOf, declined, measured, resultOf } from '../support/evaluation.ts';

const answer = answerOf(
  { a: 'The Harbour cost €12 million in 2026.', b: 'It has room for 40 boats.' },
  { shortAnswer: { text: '€12 million', citation: 1 } },
);

describe('answered right', () => {
  it.each([
    [{ words: [['€12 MILLION', '12m'], ['40 boats']] }, 1],
    [{ words: [['€12 million'], ['41 boats']] }, 0],
    [{ answers: ['the €12 million!'] }, 1],
    [{ answers: ['2 million'] }, 0], // whole words, not the end of one
    [{ words: [['2026']], documents: ['a'] }, 1],
    [{ words: [['2026']], documents: ['a', 'b', 'c'], minDocuments: 3 }, 0],
    [{ documents: ['c'] }, 0],
    [{}, null], // nothing is said of what is right
    [{ words: [['2026']], expected: 'unanswered' as const }, null],
  ])('of %o is %s', (example, value) => {
    expect(measured(rightMeasure, example, resultOf(answer))).toBe(value);
  });

  it('is not what was declined, or failed, or had its documents left out', () => {
    const example = { words: [['2026']] };
    expect(measured(rightMeasure, example, resultOf(declined))).toBe(0);
    expect(measured(rightMeasure, example, resultOf(null))).toBe(0);
    expect(measured(rightMeasure, example, resultOf(answer, { leftOut: true }))).toBeNull();
  });
});

describe('expected words', () => {
  it.each([
    ['It was signed in 2027.', '27', false],
    ['It cost 1,270 euros.', '27', false],
    ['It cost 27.5 euros.', '27', false],
    ['It grew by 27.', '27', true],
    ['In 2027, 27 boats came.', '27', true],
    ['27% of the boats', '27%', true],
    ['the mayor’s “long­ter”m  plan', 'Mayor\'s "longter"m plan', true],
    ['guarantees', 'guarantee', true],
  ])('in %j, %j: %s', (text, words, is) => {
    expect(says(text, words)).toBe(is);
  });
});

describe('a yes or no', () => {
  const yes = resultOf({ ...answer, verdict: { value: 'yes', citation: 1 } });
  const neither = resultOf(answer);

  it('is right of those that were said, and settled of those that were to be', () => {
    const of = (verdict: 'yes' | 'no' | 'none' | null, result: typeof yes) =>
      [verdictMeasure, verdictSettledMeasure].map((measure) => measured(measure, { verdict }, result));
    expect(of('yes', yes)).toEqual([1, 1]);
    expect(of('no', yes)).toEqual([0, 1]);
    expect(of('none', yes)).toEqual([0, null]);
    expect(of('yes', neither)).toEqual([null, 0]);
    expect(of('none', neither)).toEqual([null, null]);
    expect(of(null, yes)).toEqual([null, null]);
    expect(of('yes', resultOf(null))).toEqual([null, 0]);
    expect(of('yes', { ...yes, leftOut: true })).toEqual([null, null]);
  });

  it('makes an answer wrong when it is the other one; when none is said, only where nothing else tells', () => {
    const right = (example: Partial<Example>, result: typeof yes) => measured(rightMeasure, example, result);
    expect(right({ verdict: 'yes' }, yes)).toBe(1);
    expect(right({ verdict: 'no' }, yes)).toBe(0);
    expect(right({ verdict: 'yes' }, neither)).toBe(0);
    expect(right({ verdict: 'yes', words: [['40 boats']] }, neither)).toBe(1);
    expect(right({ verdict: 'no', words: [['40 boats']] }, yes)).toBe(0);
    expect(right({ verdict: 'none', words: [['40 boats']] }, yes)).toBe(0);
    expect(right({ verdict: 'none' }, neither)).toBeNull();
  });
});

describe('SQuAD’s exact match and F1', () => {
  // Computed by hand after Rajpurkar et al.: articles and punctuation gone, then words in common.
  it.each([
    ['the Eiffel Tower', 'Eiffel tower!', 1, 1],
    ['Denver Broncos', 'The Denver Broncos football team', 0, (2 * 2) / (2 + 4)],
    ['Saint Bernadette Soubirous', 'Bernadette', 0, 2 / 4],
    ['a b b c', 'b b b', 0, (2 * 2) / (3 + 3)], // words in common are counted as often as in both
    ['Paris', 'London', 0, 0],
    ['', 'London', 0, 0],
    ['the', 'a', 1, 1], // nothing is left of either (SQuAD 2.0's script)
    ['María', 'Marí', 0, 0], // an accented letter is a letter: no article ends this name
    ['under_the_sea', 'underthesea', 1, 1],
  ])('give %j for %j: %d and %d', (given, reference, em, shared) => {
    expect(exactMatch(given, reference)).toBe(em);
    expect(f1(given, reference)).toBeCloseTo(shared, 12);
  });

  it('take the best of several references, and nothing for declining', () => {
    const example = { answers: ['twelve million', '€12 million euros'] };
    expect(measured(f1Measure, example, resultOf(answer))).toBeCloseTo(0.8, 12);
    expect(measured(exactMatchMeasure, { answers: ['x', '€12 million'] }, resultOf(answer))).toBe(1);
    expect(measured(f1Measure, example, resultOf(declined))).toBe(0);
    const { shortAnswer: _, ...listed } = answer;
    expect(measured(f1Measure, { answers: ['In 2026 the Harbour cost €12 million'] }, resultOf(listed))).toBe(1); // its first statement
    expect(measured(f1Measure, { answers: [] }, resultOf(answer))).toBeNull();
    for (const measure of [f1Measure, exactMatchMeasure]) {
      expect(measured(measure, { answers: ['A'] }, resultOf(declined))).toBe(0); // an article, of which nothing is left
      expect(measured(measure, { answers: ['A'] }, resultOf(null))).toBe(0);
    }
  });

  it('lie between 0 and 1, alike both ways, and 1 where the match is exact', () => {
    fc.assert(
      fc.property(fc.lorem(), fc.lorem(), (one, other) => {
        const value = f1(one, other);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(f1(other, one)).toBeCloseTo(value, 12);
        if (exactMatch(one, other) === 1) expect(value).toBe(1);
      }),
    );
  });
});

describe('the ranking', () => {
  const ranking: Ranking = {
    documents: ['x', 'b', 'a', 'y'],
    first: { documentId: 'x', start: 0, text: 'Nobody knows what it cost.' },
    nearest: [
      { documentId: 'x', start: 0, text: 'Nobody knows what it cost.' },
      { documentId: 'a', start: 100, text: 'The harbour cost €12 million.' },
    ],
  };
  const result = resultOf(answer, { ranking });
  const example = { documents: ['a', 'b'], words: [['€12 million']] };

  it('has a right document among the first k', () => {
    expect([1, 2, 3].map((k) => measured(passageAt(k), example, result))).toEqual([0, 1, 1]);
    expect(measured(passageAt(1), { documents: [] }, result)).toBeNull();
    expect(measured(passageAt(1), example, resultOf(answer))).toBeNull();
  });

  it('has a reciprocal rank', () => {
    expect(measured(reciprocalRankMeasure, example, result)).toBe(0.5);
    expect(measured(reciprocalRankMeasure, { documents: ['y'] }, result)).toBe(0.25);
    expect(measured(reciprocalRankMeasure, { documents: ['gone'] }, result)).toBe(0);
  });

  it('has the right sentence by its words, or by its place', () => {
    expect([1, 3].map((k) => measured(sentenceAt(k), example, result))).toEqual([0, 1]);
    expect(measured(sentenceAt(3), { ...example, documents: ['x'] }, result)).toBe(0);
    const at = (start: number) => ({ places: [{ documentId: 'a', start }] });
    expect([99, 100, 128, 129].map((start) => measured(sentenceAt(3), at(start), result))).toEqual([0, 1, 1, 0]);
  });
});

describe('the citations', () => {
  it('have precision and recall against the given documents', () => {
    const example = { documents: ['a', 'c', 'd'] };
    expect(measured(citationPrecisionMeasure, example, resultOf(answer))).toBe(1 / 2);
    expect(measured(citationRecallMeasure, example, resultOf(answer))).toBe(1 / 3);
    expect(measured(documentCitedMeasure, example, resultOf(answer))).toBe(1);
    expect(measured(documentCitedMeasure, { documents: ['c'] }, resultOf(answer))).toBe(0);
    expect(measured(citationPrecisionMeasure, example, resultOf(declined))).toBeNull();
  });

  it('are verbatim only when every one was found exact', () => {
    const exact = resultOf(answer);
    expect(measured(verbatimMeasure, {}, exact)).toBe(1);
    const one = exact.evidence.map((it) => ({ ...it, exact: it.number === 1 }));
    expect(measured(verbatimMeasure, {}, { ...exact, evidence: one })).toBe(0);
    expect(measured(verbatimMeasure, {}, { ...exact, evidence: exact.evidence.slice(1) })).toBe(0);
    expect(measured(verbatimMeasure, {}, resultOf(declined))).toBeNull();
  });
});

describe('groundedness', () => {
  it('looks at numbers, and at names but where a sentence begins', () => {
    expect(checkable('The mayor, Ada King, paid €1,200 on 3 May. Others paid 5%.')).toEqual([
      'ada',
      'king',
      '1200',
      '3',
      'may',
      '5',
    ]);
  });

  it('is the share of statements whose numbers and names stand in their own quotes', () => {
    const grounded = (texts: string[]) =>
      measured(
        groundednessMeasure,
        {},
        resultOf({ ...answer, statements: texts.map((text, at) => ({ text, citations: [at + 1] })) }),
      );
    expect(grounded(['In 2026 the Harbour cost €12 million.', 'There are 40 boats.'])).toBe(1);
    expect(grounded(['It cost €13 million.', 'There are 40 boats.'])).toBe(0.5);
    expect(grounded(['There are 40 boats.'])).toBe(0); // that stands in the other's quote
    expect(grounded(['It was built by Ada King.'])).toBe(0);
  });
});

describe('declining', () => {
  it('is right of what the documents don’t answer, wrong of what they do', () => {
    expect(measured(declinedMeasure, { expected: 'unanswered' }, resultOf(declined))).toBe(1);
    expect(measured(declinedMeasure, { expected: 'unanswered' }, resultOf(answer))).toBe(0);
    expect(measured(declinedMeasure, {}, resultOf(declined, { leftOut: true }))).toBe(1);
    expect(measured(declinedMeasure, {}, resultOf(declined))).toBeNull();
    expect(measured(overRefusalMeasure, {}, resultOf(declined))).toBe(1);
    expect(measured(overRefusalMeasure, {}, resultOf(answer))).toBe(0);
    expect(measured(overRefusalMeasure, { expected: 'unanswered' }, resultOf(declined))).toBeNull();
  });

  it('is not what failing is', () => {
    expect(measured(declinedMeasure, { expected: 'unanswered' }, resultOf(null))).toBe(0);
    expect(measured(overRefusalMeasure, {}, resultOf(null))).toBeNull();
  });
});

it('counts a disagreement as found where both sides are shown, as invented only where they can’t both be true', () => {
  const showing = (compatible: boolean) =>
    resultOf({ ...answer, disagreements: [{ about: 'cost', positions: [], compatible, newest: null }] });
  expect(measured(disagreementFoundMeasure, { disagreement: true }, showing(false))).toBe(1);
  expect(measured(disagreementFoundMeasure, { disagreement: true }, showing(true))).toBe(1);
  expect(measured(disagreementFoundMeasure, { disagreement: true }, resultOf(answer))).toBe(0);
  expect(measured(disagreementFoundMeasure, {}, showing(false))).toBeNull();
  expect(measured(disagreementInventedMeasure, { disagreement: false }, showing(false))).toBe(1);
  expect(measured(disagreementInventedMeasure, { disagreement: false }, showing(true))).toBe(0);
});

it('counts an expected disagreement as found where each side has a position of its own', () => {
  const positions = ['more than 30 boats', '35'].map((text) => ({ text, citations: [1], documents: 1, dates: [] }));
  const shown = resultOf({ ...answer, disagreements: [{ about: 'boats', positions, compatible: true, newest: null }] });
  const found = (sides: string[][], compatible: boolean | null = null) =>
    measured(disagreementFoundMeasure, { disagreement: true, sides, compatible }, shown);
  expect(found([['35'], ['over 30', 'More than 30']])).toBe(1);
  expect(found([['30'], ['more than']])).toBe(0); // both are of one position
  expect(found([['35'], ['40']])).toBe(0);
  expect(found([['35'], ['30']], true)).toBe(1);
  expect(found([['35'], ['30']], false)).toBe(0);
});

it('takes a follow-up as understood by what was searched for', () => {
  const searched = resultOf({ ...answer, standaloneQuestion: 'How much of Luhansk is under Russian control?' });
  expect(measured(understoodMeasure, { standalone: ['luhansk', 'Russian control'] }, searched)).toBe(1);
  expect(measured(understoodMeasure, { standalone: ['Donetsk'] }, searched)).toBe(0);
  expect(measured(understoodMeasure, { standalone: true, question: 'And Luhansk?' }, searched)).toBe(0);
});

it('counts tokens and their cost where a provider tells them', () => {
  const model = { id: 'openai:m', usage: { input: 1_000, output: 200 }, dropped: { quotes: 0, statements: 0 } };
  const asked = resultOf({ ...answer, model });
  expect(measured(tokensMeasure('input'), {}, asked)).toBe(1_000);
  expect(measured(costMeasure({ input: 0.15, output: 0.6 }), {}, asked)).toBeCloseTo(0.00027, 12);
  expect(measured(tokensMeasure('output'), {}, resultOf(answer))).toBeNull();
});

describe('AUROC', () => {
  it('is how often a positive outranks a negative, ties half: as counted pair by pair', () => {
    const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(scored, (some) => {
        const positives = some.filter(([, label]) => label);
        const negatives = some.filter(([, label]) => !label);
        fc.pre(positives.length > 0 && negatives.length > 0);
        const pairs = positives.flatMap(([a]) => negatives.map(([b]): number => (a > b ? 1 : a === b ? 0.5 : 0)));
        const counted = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length;
        expect(
          auroc(
            some.map(([score]) => score),
            some.map(([, label]) => label),
          ),
        ).toBeCloseTo(counted, 10);
      }),
    );
  });

  it('and the calibration error count each as often as they are told: as if it stood there so often', () => {
    const judged = fc.record({
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
      answerable: fc.boolean(),
      right: fc.option(fc.boolean()),
    });
    const drawn = fc.array(fc.tuple(judged, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(drawn, (some) => {
        const told = some.map(([one]) => one);
        const times = some.map(([, count]) => count);
        const repeated = some.flatMap(([one, count]) => Array<typeof one>(count).fill(one));
        for (const measure of [aurocMeasure, calibrationErrorMeasure]) {
          const [counted, stood] = [measure.over(told, times), measure.over(repeated)];
          if (counted === null || stood === null) expect(counted).toBe(stood);
          else expect(counted).toBeCloseTo(stood, 10);
        }
      }),
    );
  });

  it('can’t be told of one side alone', () => {
    expect(aurocMeasure.over([{ confidence: 0.5, answerable: true, right: null }])).toBeNull();
  });
});

describe('the calibration error', () => {
  it('is, by hand, the mean distance of confidence and truth within ten bins', () => {
    // Bins [0.8, 0.9): claimed 0.85 twice, one so: |1.7 − 1|; [0.1, 0.2): claimed 0.1 twice, none so: 0.2. (0.7 + 0.2) / 4.
    expect(expectedCalibrationError([0.85, 0.85, 0.1, 0.1], [true, false, false, false])).toBeCloseTo(0.225, 12);
    expect(expectedCalibrationError([1, 0], [true, false])).toBe(0);
  });

  it('is that of the reliability diagram’s bins', () => {
    const judged = fc.array(
      fc.record({
        confidence: fc.double({ min: 0, max: 1, noNaN: true }),
        answerable: fc.boolean(),
        right: fc.boolean(),
      }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(judged, (some) => {
        const bins = reliabilityBins(some);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(some.length);
        const error =
          bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.confidence - bin.right), 0) / some.length;
        const direct = expectedCalibrationError(
          some.map((it) => it.confidence),
          some.map((it) => it.right),
        );
        expect(direct).toBeCloseTo(error, 10);
      }),
    );
  });
});

it('can’t tell the calibration of the unanswerable alone, where nothing is known of the others', () => {
  const judged = [
    { confidence: 0.9, answerable: true, right: null },
    { confidence: 0.1, answerable: false, right: false },
  ];
  expect(calibrationErrorMeasure.over(judged)).toBeNull();
  expect(reliabilityBins(judged)).toEqual([]);
  expect(calibrationErrorMeasure.over([...judged, { confidence: 0.9, answerable: true, right: true }])).toBeCloseTo(
    0.1,
    10,
  );
});

it('takes the percentile from the sorted values', () => {
  expect(percentile([5, 1, 3, 2, 4], 0.5)).toBe(3);
  expect(percentile([1, 2], 0.5)).toBe(1.5);
  expect(percentile([10, 20, 30, 40], 0.95)).toBeCloseTo(38.5, 12); // by hand: 30 + 0.85 · 10
  expect(percentile([1, 2], 1)).toBe(2);
  expect(percentile([], 0.5)).toBeNaN();
});
