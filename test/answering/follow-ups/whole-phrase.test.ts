import { expect, it } from 'vitest';
import { wholePhrase } from '../../../src/answering/follow-ups/whole-phrase.ts';
import { namesIn } from '../../../src/text/names.ts';

it.each([
  ['How much does the Enterprise plan cost?', 'Enterprise', 'Enterprise plan'],
  ['The Team plan includes 20 projects.', 'Team', 'Team plan'],
  // a name by itself
  ['When did the Senate convene in May?', 'Senate', null],
  ['Then the Senate passed it.', 'Senate', null],
  ['What does the Enterprise cost?', 'Enterprise', null],
  ['What did the United States offer?', 'United States', null],
])('of %o the phrase of %s is %s', (text, wanted, phrase) => {
  const name = namesIn(text).find((it) => it.text === wanted);
  if (name === undefined) return expect.fail(`no name ${wanted}`);
  expect(wholePhrase(text, name)).toBe(phrase);
});
