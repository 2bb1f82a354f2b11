import { describe, expect, test } from 'vitest';
import { putTogether } from '../../../src/answering/verification/together.ts';

const REGIONS = 'Russia controls about 75% of the Donetsk region and 99% of the Luhansk region.';
const INVASIONS = 'Russia invaded parts of Ukraine in 2014 and began its full-scale invasion in February 2022.';
const TRIAL =
  'In the trial, 1,200 patients received the drug and 1,190 a placebo; 4.1% of those on the drug had a stroke, compared with 6.3% of those on placebo.';
const GUESTS = 'The guests were UK Prime Minister Keir Starmer, and NATO Secretary General Mark Rutte.';

describe('what is put together', () => {
  test.each([
    ['another number’s region', 'Russia controls 99% of the Donetsk region.', REGIONS],
    [
      'another number’s deed',
      'The fire killed three firefighters.',
      'The fire killed two people and injured three firefighters.',
    ],
    ['another date’s event', 'The full-scale invasion was in 2014.', INVASIONS],
    ['another share’s group', '6.3% of those on the drug had a stroke.', TRIAL],
    ['names of two sentences', 'It is in Oslo that Berg lives.', 'Berg writes books. Oslo is cold.'],
    ['another’s title', 'UK Prime Minister Mark Rutte was a guest.', GUESTS],
    ['another’s office', 'Keir Starmer is NATO Secretary General.', GUESTS],
  ])('of two facts: %s', (_, said, quote) => {
    expect(putTogether(said, [quote])).not.toBeNull();
  });

  test.each([
    ['Russia controls 99% of the Luhansk region.', REGIONS],
    ['Russia controls 75% of Donetsk and 99% of Luhansk.', REGIONS],
    ['The full-scale invasion of Ukraine began in February 2022.', INVASIONS],
    ['6.3% of those on placebo had a stroke.', TRIAL],
    ['Prime Minister Keir Starmer and Secretary General Mark Rutte were guests.', GUESTS],
    ['Chancellor Merz spoke.', 'Chancellor Friedrich Merz spoke.'],
    ['Berg lives in Oslo.', 'Berg writes books. He lives in Oslo.'],
  ])('as in its quote: %s', (said, quote) => {
    expect(putTogether(said, [quote])).toBeNull();
  });
});
