import { expect, test } from 'vitest';
import { strangeSpeaker } from '../../../src/answering/verification/strange-speaker.ts';

test.each([
  ['Trump said the talks are over.', 'President Zelensky met President Trump and said the talks are over.', 'Trump'],
  ['According to Berg, it is safe.', 'Dahl told Berg that it is safe, said Moen.', 'Berg'],
])('%j is said by another in %j', (said, quote, name) => {
  expect(strangeSpeaker(said, [quote])).toBe(name);
});

test.each([
  ['Zelensky said the talks are over.', 'President Zelensky met President Trump and said the talks are over.'],
  [
    'The bridge is safe, according to the Port of Oslo Authority.',
    'The bridge is safe, the Port of Oslo Authority said.',
  ],
  ['Berg said it is safe.', 'He said that it is safe.'],
  ['Berg said it is safe.', 'It is safe.'],
])('%j may be said of %j', (said, quote) => {
  expect(strangeSpeaker(said, [quote])).toBeNull();
});
