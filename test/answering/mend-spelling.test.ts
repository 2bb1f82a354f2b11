import { beforeAll, describe, expect, it } from 'vitest';
import { mendSpelling } from '../../src/answering/mend-spelling.ts';
import { loadModels } from '../../src/inference/models.ts';
import { buildKeywordIndex, type KeywordIndex } from '../../src/retrieval/keyword-index.ts';

let keywords: KeywordIndex;
let isKnownWord: (word: string) => boolean;

beforeAll(async () => {
  ({ isKnownWord } = await loadModels('models'));
  keywords = await buildKeywordIndex([
    'Ukraine’s envoy Witkoff called the territorial question the most critical issue.',
    'The Secretary General spoke in the Donetsk region; a critical remark.',
    'Five officials from Luhansk were there in 2021.',
  ]);
});

const mended = (question: string) => mendSpelling(question, keywords, isKnownWord);

describe('mendSpelling', () => {
  it.each([
    ['what did witkof call the most critcal question', 'what did Witkoff call the most critical question'],
    ['Secratary?', 'Secretary?'],
    ['who controls donetks', 'who controls Donetsk'],
    ['  Ukriane’s envoy ', '  Ukraine’s envoy '],
    ['what did the offcials from Luhanks say', 'what did the officials from Luhansk say'],
  ])('mends %j', (question, expected) => {
    expect(mended(question)).toBe(expected);
  });

  it.each([
    ['the documents’ own words', 'What did Witkoff call the most critical issue in Donetsk?'],
    ['other English words, however near', 'Is the region in legion with the office?'],
    ['words that are near to none', 'Who is Medvedchuk, and where is Zaporizhzhia?'],
    ['short words', 'Is teh uf ot?'],
    ['a name that is near to a word that is none', 'What did Crittical say?'],
    ['a word of eight letters that two edits would change', 'Where is the registon?'],
    ['numbers', 'Was it in 2031?'],
    ['contractions', 'Why shouldn’t it? Doesnʼt it?'],
    ['nothing at all', ''],
    ['signs', '?! — …'],
  ])('leaves alone %s', (_, question) => {
    expect(mended(question)).toBe(question);
  });

  it('takes the nearest word, and of equally near ones the more frequent', async () => {
    const some = await buildKeywordIndex(['the xarquon', 'the xarquod', 'the xarquod']);
    expect(mendSpelling('xarquo', some, isKnownWord)).toBe('xarquod');
  });
});
