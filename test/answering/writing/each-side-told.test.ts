import { expect, test } from 'vitest';
import { isEachSideTold } from '../../../src/answering/writing/each-side-told.ts';

const town = { documentId: 'paper', text: 'The harbour cost €12 million.', start: 0 };
const council = { documentId: 'council', text: 'It cost €14 million.', start: 0 };
const differing = [
  {
    positions: [
      { text: '€12 million', quotes: [town] },
      { text: '€14 million', quotes: [council] },
    ],
  },
];
const question = 'What did the harbour cost?';

test.each([
  ['both, in whatever signs', ['It cost twelve million euros.', town], ['It cost €14 million.', council], true],
  ['one without its quote', ['It cost €12 million.', town], ['It cost €14 million.', town], false],
  ['one not at all', ['It cost €12 million.', town], ['It was dear.', council], false],
] as const)('%s', (_, [first, firstQuote], [second, secondQuote], expected) => {
  const statements = [
    { text: first, quotes: [firstQuote] },
    { text: second, quotes: [secondQuote] },
  ];
  expect(isEachSideTold(statements, question, differing)).toBe(expected);
});
