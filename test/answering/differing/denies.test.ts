import { beforeAll, describe, expect, it } from 'vitest';
import { denies } from '../../../src/answering/differing/denies.ts';
import { answerExtractively } from '../../../src/answering/extractive.ts';
import { loadModels, type Models } from '../../../src/inference/models.ts';
import { search } from '../../../src/retrieval/search.ts';
import type { ServedIndex } from '../../../src/retrieval/served-index.ts';
import { indexOfTexts } from '../../support/index-of-texts.ts';

const REPORT = 'Ferrant agreed to sell the yacht yard in Toulon to Oostveen. Norway was its largest market.';
const PRESS = 'Ferrant did not agree to sell the yacht yard in Toulon to Oostveen, the paper says.';
const ECHO =
  'The paper wrote that Ferrant agreed to sell the yacht yard in Toulon to Oostveen, though it did not say when.';

let models: Models;
let index: ServedIndex;

beforeAll(async () => {
  models = await loadModels('models');
  index = await indexOfTexts(models, { report: REPORT, press: PRESS, echo: ECHO });
});

/** The words that tell either side and the denying document, for the answer found in some documents. */
async function denialOf(question: string, answering: string[], others: string[]) {
  const found = await search(index, models.embedder, question, { limit: 4, documents: answering });
  const { compared } = await answerExtractively(models, question, found, index);
  if (compared === null) throw new Error('nothing was found');
  const among = await search(index, models.embedder, question, { limit: 4, documents: others });
  const parts = { embedder: models.embedder, found: among, documents: index.documents };
  return denies(question, compared.best, compared.sentenceVector, parts);
}

describe('a denial', () => {
  const question = 'What did Ferrant agree to sell to Oostveen?';

  it('is another document’s sentence that turns the answer’s around, told by its clause', async () => {
    const denial = await denialOf(question, ['report'], ['report', 'press']);
    expect(denial?.quote).toEqual({ documentId: 'press', text: PRESS, start: 0 });
    expect(denial?.other).toBe('did not agree to sell the yacht yard in Toulon to Oostveen');
  });

  it('is found from the denying side too', async () => {
    const denial = await denialOf(question, ['press'], ['report', 'press']);
    expect(denial?.quote.documentId).toBe('report');
  });

  it('is none in the same document, and none that says the same', async () => {
    expect(await denialOf(question, ['report'], ['report'])).toBeNull();
    expect(await denialOf(question, ['report'], ['echo'])).toBeNull();
  });

  it('answers no question for a person or a place', async () => {
    expect(await denialOf('Who agreed to sell the yacht yard in Toulon?', ['report'], ['press'])).toBeNull();
    expect(await denialOf('Where is the yacht yard that Ferrant agreed to sell?', ['report'], ['press'])).toBeNull();
  });

  it('is none of another matter', async () => {
    expect(await denialOf('What was its largest market?', ['report'], ['press'])).toBeNull();
  });
});
