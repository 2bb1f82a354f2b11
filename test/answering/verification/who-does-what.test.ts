import { describe, expect, test } from 'vitest';
import { exchangedAround } from '../../../src/answering/verification/who-does-what.ts';

describe('who does what', () => {
  test.each([
    ['Ukraine attacked Russia.', 'Russia attacked Ukraine.'],
    ['Denmark beat Norway 3-1.', 'Norway beat Denmark 3-1.'],
    ['Moscow has not shown the plan to mediators.', 'Mediators have not shown the plan to Moscow.'],
    ['The driver killed the cyclist.', 'The cyclist killed the driver on Monday.'],
    ['Berg would join Dahl.', 'Dahl would join Berg.'],
  ])('%j is another thing than %j', (said, given) => {
    expect(exchangedAround(said, [given])).toMatch(/^the other way round: /);
  });

  test.each([
    ['Ukraine was attacked by Russia.', 'Russia attacked Ukraine.'],
    ['Two people were killed in the fire.', 'The fire killed two people.'],
    ['In May, Berg met Dahl.', 'Berg met Dahl in May.'],
    ['Prices have not risen yet.', 'Prices have not yet risen.'],
    ['The tower that Berg designed opened in May.', 'Berg designed the tower, which opened in May.'],
    ['Berg said the bridge is safe.', 'The bridge is safe, said Berg.'],
  ])('%j may be said of %j', (said, given) => {
    expect(exchangedAround(said, [given])).toBeNull();
  });
});
