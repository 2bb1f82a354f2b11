import { describe, expect, it } from 'vitest';
import { compare } from '../../src/evaluation/compare.ts';
import { belowBaseline, belowGates, readGate } from '../../src/evaluation/gates.ts';
import { summarize } from '../../src/evaluation/summarize.ts';
import type { Scored, Summary } from '../../src/evaluation/types.ts';
import { runSettings, scoredOf } from '../support/evaluation.ts';

function summaryOf(scored: Scored[], run = runSettings): Summary {
  return { ...summarize({ run, tasks: [], results: [], judgements: [], prices: null }), scored };
}

/** `right` of `count` questions, the first so many of them right. */
function set(count: number, right: number): Scored[] {
  return Array.from({ length: count }, (_, at) =>
    scoredOf({ id: `q${at}`, values: { right: at < right ? 1 : 0 }, fault: at < right ? null : 'It declines.' }),
  );
}

const movementOf = (old: Summary, current: Summary, name: string) =>
  compare(old, current).movements.find(({ measure }) => measure.name === name);

describe('two runs compared', () => {
  it('say which figures moved beyond chance', () => {
    const fell = movementOf(summaryOf(set(100, 90)), summaryOf(set(100, 70)), 'right');
    expect(fell).toMatchObject({ old: 0.9, new: 0.7, isBeyondChance: true, isWorse: true });
    expect(fell?.difference).toBeCloseTo(-0.2, 12);
    const rose = movementOf(summaryOf(set(100, 70)), summaryOf(set(100, 90)), 'right');
    expect(rose).toMatchObject({ isBeyondChance: true, isWorse: false });
    const hardly = movementOf(summaryOf(set(100, 90)), summaryOf(set(100, 89)), 'right');
    expect(hardly).toMatchObject({ isBeyondChance: false, isWorse: false });
  });

  it('use that the questions are the same: what only trades places is no less certain than it is', () => {
    // 0.5 both times; unpaired, its interval would be ±0.14 wide.
    const same = movementOf(summaryOf(set(100, 50)), summaryOf(set(100, 50)), 'right');
    expect(same?.interval).toEqual({ low: 0, high: 0 });
    expect(same?.isBeyondChance).toBe(false);
  });

  it('take less of what is bad for better', () => {
    const refusing = (value: number) =>
      summaryOf(Array.from({ length: 30 }, (_, at) => scoredOf({ id: `q${at}`, values: { overRefusal: value } })));
    expect(movementOf(refusing(0), refusing(1), 'overRefusal')).toMatchObject({ isWorse: true });
    expect(movementOf(refusing(1), refusing(0), 'overRefusal')).toMatchObject({ isWorse: false, isBeyondChance: true });
  });

  it('compare a figure of the whole set, too', () => {
    const sure = (confidence: number) =>
      summaryOf(
        Array.from({ length: 40 }, (_, at) =>
          scoredOf({
            id: `q${at}`,
            expected: at % 2 === 0 ? 'answered' : 'unanswered',
            confidence: at % 2 === 0 ? confidence : 0.5,
          }),
        ),
      );
    expect(movementOf(sure(0.9), sure(0.1), 'auroc')).toMatchObject({ old: 1, new: 0, isWorse: true });
  });

  it('name the questions won and lost, and look at those that both have', () => {
    const old = [...set(3, 2), scoredOf({ id: 'gone' })];
    const current = [
      ...set(2, 2).map((one) => (one.id === 'q0' ? { ...one, fault: 'It declines.' } : one)),
      { ...scoredOf({ id: 'q2' }) },
      scoredOf({ id: 'q9' }),
      scoredOf({ id: 'q8' }),
    ];
    const comparison = compare(summaryOf(old), summaryOf(current));
    expect(comparison).toMatchObject({ common: 3, onlyOld: 1, onlyNew: 2 });
    expect(comparison.lost.map(({ id }) => id)).toEqual(['q0']);
    expect(comparison.won.map(({ id }) => id)).toEqual(['q2']);
  });

  it('take another question under the same id for another', () => {
    const comparison = compare(
      summaryOf([scoredOf({ question: 'Who?' })]),
      summaryOf([scoredOf({ question: 'Why?' })]),
    );
    expect(comparison.common).toBe(0);
    expect(belowBaseline(comparison)).toEqual(['the baseline has none of these questions']);
  });

  it('find a question again by its words when one was put before it, unless several have them', () => {
    const named = (...questions: string[]) =>
      summaryOf(questions.map((question, at) => scoredOf({ id: `line ${at + 1}`, question, values: { right: 1 } })));
    const old = named('Who?', 'Why?', 'When?');
    expect(compare(old, named('What?', 'Who?', 'Why?', 'When?'))).toMatchObject({ common: 3, onlyOld: 0, onlyNew: 1 });
    expect(movementOf(old, named('What?', 'Who?', 'Why?'), 'right')).toMatchObject({ old: 1, new: 1 });
    expect(compare(old, named('What?', 'Who?', 'Who?'))).toMatchObject({ common: 0, onlyOld: 3, onlyNew: 3 });
  });

  it('say what they were made with otherwise', () => {
    const { settings } = compare(
      summaryOf([]),
      summaryOf([], { ...runSettings, generation: 'h', settings: { threshold: 0.7 } }),
    );
    expect(settings).toEqual([
      { name: 'generation', old: 'g', new: 'h' },
      { name: 'settings.threshold', old: 0.5, new: 0.7 },
    ]);
  });
});

describe('a bound', () => {
  const summary = {
    ...summaryOf(set(10, 8)),
    figures: { right: { value: 0.8, low: 0.5, high: 1, count: 10 } },
    latency: { total: { p50: 40, p95: 90 } },
  };

  it('is kept or not', () => {
    expect(belowGates(summary, [readGate('right=0.8', 'least'), readGate('p95=90', 'most')])).toEqual([]);
    expect(belowGates(summary, [readGate('right=0.81', 'least'), readGate('p50=39', 'most')])).toEqual([
      'right is 80.0%, below 81.0%',
      'p50 is 40, above 39',
    ]);
  });

  it('on what was not measured is not kept', () => {
    expect(belowGates(summary, [readGate('declined=0', 'least')])).toEqual([
      'declined was not measured: no question tells it',
    ]);
  });

  it.each([
    ['right', /must be like right=0\.9/],
    ['right=90%', /must be like right=0\.9/],
    ['rihgt=0.9', /there is no figure rihgt; did you mean right\?/],
    ['beauty=0.9', /there is no figure beauty; the figures are right, /],
    ['right=90', /a share is from 0 to 1/],
  ])('%j is refused', (text, message) => {
    expect(() => readGate(text, 'least')).toThrow(message);
  });
});
