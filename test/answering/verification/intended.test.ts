import { expect, test } from 'vitest';
import { toldAsDone } from '../../../src/answering/verification/intended.ts';

test.each([
  ['Firms published their pay gap.', 'Firms must publish their pay gap.', 'publish'],
  ['The mayor resigned.', 'The council wants the mayor to resign.', 'resign'],
  ['The mayor has resigned.', 'The mayor will resign.', 'resign'],
  ['He won the election.', 'He would have won the election.', 'won'],
  ['They cut 6,000 jobs.', 'They plan to cut 6,000 jobs.', 'cut'],
])('%j tells as done what is not in %j', (said, quote, verb) => {
  expect(toldAsDone(said, quote)).toBe(verb);
});

test.each([
  ['They intend to publish the plan.', 'They will publish the plan.'],
  ['35 officials took part.', 'The talks aimed to end the war, with 35 officials taking part.'],
  ['The plan was published.', 'They will publish more: the plan was published in May.'],
  ['The settlers moved to different areas.', 'The settlers moved to different areas.'],
])('%j does not tell more than %j', (said, quote) => {
  expect(toldAsDone(said, quote)).toBeNull();
});
