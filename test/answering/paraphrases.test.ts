import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanStatement, excessOf } from '../../src/answering/verify-statement.ts';

/** What models make of a sentence: faithfully, and not. `isMissed` marks those of which verification is known to be wrong. */
interface Paraphrase {
  question: string;
  quote: string;
  statement: string;
  isMissed?: true;
}
const paraphrases = JSON.parse(readFileSync('test/fixtures/paraphrases.json', 'utf8')) as {
  honest: Paraphrase[];
  false: Paraphrase[];
};

function isShown({ question, quote, statement }: Paraphrase): boolean {
  return excessOf(cleanStatement(statement), { quotes: [quote], question, material: quote }) === null;
}

const statementsOf = (some: Paraphrase[]) => some.map(({ statement }) => statement);

describe('of paraphrases of single sentences', () => {
  it('the honest ones are shown, but for those known', () => {
    const { honest } = paraphrases;
    const dropped = honest.filter((it) => !isShown(it));
    expect(statementsOf(dropped)).toEqual(statementsOf(honest.filter(({ isMissed }) => isMissed)));
    expect(dropped.length).toBeLessThan(honest.length * 0.2);
  });

  it('the false ones are not, but for those known', () => {
    const shown = paraphrases.false.filter(isShown);
    expect(statementsOf(shown)).toEqual(statementsOf(paraphrases.false.filter(({ isMissed }) => isMissed)));
    expect(shown.length).toBeLessThan(paraphrases.false.length * 0.05);
  });

  it('the sentence itself is always shown', () => {
    const all = [...paraphrases.honest, ...paraphrases.false];
    expect(statementsOf(all.map((it) => ({ ...it, statement: it.quote })).filter((it) => !isShown(it)))).toEqual([]);
  });
});
