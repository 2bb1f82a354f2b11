/** Tests of what holds whatever the values, by fast-check alone: `@fast-check/vitest` takes two seconds to load, in each file. */
import * as fc from 'fast-check';
import { test } from 'vitest';

export { fc };

export const property = {
  /** `property.prop([of values])('what holds', (value) => …)`. A failure names the seed and the smallest values that were found. */
  prop<Values extends [unknown, ...unknown[]]>(
    arbitraries: { [At in keyof Values]: fc.Arbitrary<Values[At]> },
    parameters?: fc.Parameters<Values>,
  ) {
    return (name: string, holds: (...values: Values) => unknown): void => {
      const always = fc.asyncProperty<Values>(...arbitraries, async (...values) => (await holds(...values)) !== false);
      test(name, () => fc.assert(always, parameters));
    };
  },
};
