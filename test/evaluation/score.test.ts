import { describe, expect, it } from 'vitest';
import { scoreOf } from '../../src/evaluation/score.ts';
import type { Example } from '../../src/evaluation/types.ts';
import type { Answer } from '../../src/types.ts';
import { answerOf, declined, exampleOf, resultOf } from '../support/evaluation.ts';

const answer = answerOf({ a: 'The harbour cost €12 million.', b: 'It cost €14 million.' });
const sides = ['€12 million', '€14 million'].map((text) => ({ text, citations: [1], documents: 1, dates: [] }));
const differing = [{ about: 'cost', positions: sides, compatible: false, newest: null }];

function faultOf(example: Partial<Example>, given: Answer | null): string | null {
  return scoreOf({ example: exampleOf(example), repeat: 1, leftOut: false }, resultOf(given), []).fault;
}

describe('an asking is marked wrong', () => {
  it.each<[string, Partial<Example>, Answer | null, string | null]>([
    ['when it failed', {}, null, 'It failed: INTERNAL: broken'],
    ['when it declines', {}, declined, 'It declines, though the documents say (confidence 0.10).'],
    [
      'when it does not',
      { expected: 'unanswered' },
      answer,
      'It answers, though the documents don’t say (confidence 0.90).',
    ],
    ['for words that are lacking', { words: [['13', 'thirteen']] }, answer, 'The answer lacks “13 or thirteen”.'],
    [
      'for its documents',
      { documents: ['a', 'c'], minDocuments: 2 },
      answer,
      'Of the right documents 1 is cited, not 2.',
    ],
    [
      'for the other yes or no',
      { verdict: 'no' },
      { ...answer, verdict: { value: 'yes', citation: 1 } },
      'It says “yes”, not “no”.',
    ],
    ['for neither', { verdict: 'no' }, answer, 'It says neither yes nor no, though “no” is expected.'],
    [
      'for any, where none is settled',
      { verdict: 'none' },
      { ...answer, verdict: { value: 'yes', citation: 1 } },
      'It says “yes”, which no sentence settles.',
    ],
    [
      'for sides that it does not show',
      { disagreement: true },
      answer,
      'It does not show what the documents say differently.',
    ],
    [
      'for other sides than expected',
      { disagreement: true, sides: [['12'], ['15']] },
      { ...answer, disagreements: differing },
      'It does not show “12” beside “15”.',
    ],
    [
      'for sides that there are not',
      { disagreement: false },
      { ...answer, disagreements: differing },
      'It shows two sides, though the documents agree.',
    ],
    [
      'for a follow-up that it took for another',
      { standalone: ['harbour'] },
      { ...answer, standaloneQuestion: 'What did it cost?' },
      'It searched for “What did it cost?”, not for “harbour”.',
    ],
    [
      'not when all is as expected',
      { disagreement: true, sides: [['14'], ['12']], words: [['12']] },
      { ...answer, disagreements: differing },
      null,
    ],
    [
      'not for a yes or no that is not there, where its words are right',
      { verdict: 'no', words: [['12']] },
      answer,
      null,
    ],
  ])('%s', (_, example, given, fault) => {
    expect(faultOf(example, given)).toBe(fault);
  });
});
