import { expect, test } from 'vitest';
import { plainWording } from '../../../src/answering/verification/plain-wording.ts';

test.each([
  ['The United States and the U.K. didn’t sign.', 'The US and the UK did not sign.'],
  ['They can’t and won’t.', 'They cannot and will not.'],
  ['Half of the voters, three-quarters of the men.', '50% of the voters, 75% of the men.'],
  ['They told us half an hour later.', 'They told us half an hour later.'],
  ['The European Union — “EU”', 'The EU - "EU"'],
])('%j is compared as %j', (text, plain) => {
  expect(plainWording(text)).toBe(plain);
});
