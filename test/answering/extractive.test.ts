import { beforeAll, describe, expect, it } from 'vitest';
import { answerExtractively, type Draft } from '../../src/answering/extractive.ts';
import { loadModels, type Models } from '../../src/inference/models.ts';
import { search } from '../../src/retrieval/search.ts';
import type { ServedIndex } from '../../src/retrieval/served-index.ts';
import { indexOfTexts } from '../support/index-of-texts.ts';

const TEXTS: Record<string, string> = {
  hospital: `# Hip replacement at Ashdown

About 420 hip replacements are carried out at Ashdown every year. The operation takes between 60 and 90 minutes. The uncemented
hip was introduced at Ashdown by Mr Daniel Oyelaran in 2009.

Stop taking warfarin five days before the operation. Flowers are not allowed on the ward. Children under twelve may visit only with
the permission of the ward sister.
`,
  report: `# Annual report

Revenue grew to 486 million euros, and operating profit rose from 38 million euros in 2022 to 51 million euros in 2023.
Norway was our largest market. Sales in Germany fell by 6 per cent.

We do not expect to open a new yard before 2026.
`,
  help: `# Notewell help

## Changing the password

1. Open Settings and then Account.
2. Choose Change password.
3. Enter your old password and then the new one twice.
`,
};

let models: Models;
let index: ServedIndex;

beforeAll(async () => {
  models = await loadModels('models');
  index = await indexOfTexts(models, TEXTS);
});

const ask = async (question: string): Promise<Draft> =>
  answerExtractively(models, question, await search(index, models.embedder, question, { limit: 4 }), index);

describe('the built-in answerer', () => {
  it('quotes the sentence at which the reader points, with the words that answer', async () => {
    const { statements, shortAnswer, confidence } = await ask('How many hip replacements does Ashdown do each year?');
    expect(statements[0]?.text).toBe('About 420 hip replacements are carried out at Ashdown every year.');
    expect(statements[0]?.quotes[0]).toMatchObject({ documentId: 'hospital', text: statements[0]?.text });
    expect(shortAnswer).toBe('420');
    expect(confidence).toBeGreaterThan(0.8);
  });

  it.each([
    'How many knee replacements does Ashdown do each year?',
    'Who introduced the cemented hip at Ashdown?',
    'When may I start taking warfarin?',
    'What was the operating profit in 2019?',
    'Which country is the smallest market?',
    'By how much did sales in Spain fall?',
  ])('is not sure of what is said of another: %s', async (question) => {
    const { confidence, nearest } = await ask(question);
    expect(confidence).toBeLessThan(0.33);
    expect(nearest.length).toBeGreaterThan(0);
  });

  it('shows a sentence that denies what is asked without a short answer', async () => {
    const { statements, shortAnswer } = await ask('When will the new yard open?');
    expect(statements[0]?.text).toBe('We do not expect to open a new yard before 2026.');
    expect(shortAnswer).toBeNull();
  });

  it('gives a verdict where a sentence settles it', async () => {
    expect((await ask('Are flowers allowed on the ward?')).verdict).toBe('no');
    expect((await ask('Did sales in Germany fall?')).verdict).toBe('yes');
    expect((await ask('May children visit?')).verdict).toBeNull();
  });

  it('tells all steps of how something is done', async () => {
    const { statements } = await ask('How do I change my password?');
    expect(statements[0]?.text).toMatch(/^Open Settings[\s\S]*Choose Change password\.[\s\S]*the new one twice\.$/);
  });

  it('quotes no document that counts something else in agreement', async () => {
    const texts = {
      first: '# Harbour talks\n\nLeaders from 35 countries attended the harbour talks in Leeds.\n',
      second: '# Harbour talks in Leeds\n\nThe harbour talks in Leeds were attended by 35 countries.\n',
      third: '# The talks in Leeds\n\nThe harbour talks in Leeds were attended by 35 officials.\n',
    };
    const talks = await indexOfTexts(models, texts);
    const question = 'How many countries attended the harbour talks in Leeds?';
    const found = await search(talks, models.embedder, question, { limit: 4 });
    const { statements } = await answerExtractively(models, question, found, talks);
    expect(statements[0]?.quotes.map(({ documentId }) => documentId).sort()).toEqual(['first', 'second']);
  });

  it('has nothing to say where nothing is found', async () => {
    const found = { ...(await search(index, models.embedder, 'Who?', { limit: 4 })), hits: [] };
    expect(await answerExtractively(models, 'Who?', found, index)).toMatchObject({
      statements: [],
      confidence: 0,
      nearest: [],
    });
  });
});
