import { describe, expect, it } from 'vitest';
import { answerText } from '../../src/answering/answer-text.ts';

const statements = [
  { text: 'The harbour cost €12 million.', citations: [1, 2] },
  { text: 'It has room for 40 boats.', citations: [3] },
];

describe('the text of an answer', () => {
  it('is a line for each statement, with its markers', () => {
    expect(answerText({ statements, disagreements: [] })).toBe(
      'The harbour cost €12 million. [1][2]\nIt has room for 40 boats. [3]',
    );
  });

  it('begins with the verdict and the citation that settles it', () => {
    expect(
      answerText({ verdict: { value: 'no', citation: 1 }, statements: statements.slice(0, 1), disagreements: [] }),
    ).toBe('No [1]\nThe harbour cost €12 million. [1][2]');
  });

  it('ends with both sides of what documents say differently', () => {
    const positions = [
      { text: '€12 million', citations: [1, 2], documents: 2, dates: [] },
      { text: '€14 million', citations: [4], documents: 1, dates: ['2026-05-03'] },
    ];
    const disagreement = { about: 'What did it cost?', positions, newest: 1 };
    expect(answerText({ statements: [], disagreements: [{ ...disagreement, compatible: false }] })).toBe(
      'Documents differ: “€12 million” [1][2] (2 documents) – “€14 million” [4] (1 document, the newest)',
    );
    expect(answerText({ statements: [], disagreements: [{ ...disagreement, compatible: true }] })).toMatch(
      /^Documents put it differently: /,
    );
  });
});
