import { describe, expect, it } from 'vitest';
import { draftQuestions } from '../../src/evaluation/draft-questions.ts';
import { listFiles, loadDocument, readBytes } from '../../src/ingest/documents.ts';
import { prepare } from '../../src/ingest/ingest.ts';
import { seeds } from '../support/run-cli.ts';

function documentOf(text: string, id = 'd') {
  const bytes = new TextEncoder().encode(`Title\n\n${text}\n`);
  return prepare(loadDocument({ path: `${id}.txt`, id, format: 'text' }, { bytes, revision: 'r' })).document;
}

describe('a question made by rule', () => {
  it.each([
    [
      'Russia currently controls about 75% of the Donetsk region and more.',
      'Russia currently controls about what percentage of the Donetsk region and more?',
      '75%',
    ],
    [
      'The new stadium by the river cost $340 million, according to the city council.',
      'The new stadium by the river cost how much money, according to the city council?',
      '$340 million',
    ],
    [
      'The summit in Paris brought together 27 heads of state and government.',
      'The summit in Paris brought together how many heads of state and government?',
      '27',
    ],
    [
      'The Alder Bridge was opened to traffic in 1934, which was late.',
      'The Alder Bridge was opened to traffic in which year?',
      '1934',
    ],
    [
      'The two presidents had met for the last time in March 2025 in Geneva.',
      'The two presidents had met for the last time in which month and year in Geneva?',
      'March 2025',
    ],
    [
      'Emmanuel Macron hosted the leaders of allied nations at the palace.',
      'Who hosted the leaders of allied nations at the palace?',
      'Emmanuel Macron',
    ],
    [
      'Zelofen was developed in the laboratories of a hospital in Basel.', // the thing's, not a person's
      'Who or what was developed in the laboratories of a hospital in Basel?',
      'Zelofen',
    ],
  ])('of %j is %j', (sentence, question, answer) => {
    const [draft] = draftQuestions([documentOf(sentence)], 5, 1);
    expect(draft).toEqual({
      id: 'draft-1',
      question,
      words: [[answer]],
      documents: ['d'],
      tags: ['answerable'],
      draft: true,
    });
  });

  it.each([
    'It was opened to traffic in the summer of the year 1934 by him.',
    'Nobody in the whole town had expected the harbour to be closed.',
    '“We need 40 boats in the harbour,” said the mayor of the town.',
    'Nothing had been heard from the harbour since the early 2022 flood.',
    'The remaining 10% of the negotiations focuses on land in the east.', // "the remaining what percentage"
    'In 2019 she was elected mayor of the town of Northgate by the river.', // a year, and "was" is no plural
    'The harbour town runs on Node 20 lacks a good library for the boats.', // a name's number
    'The file on the harbour has 2 778 lines of text about the old boats.', // one number in two parts
    'The harbour costs money and time: 7 new boats and a wall by the sea.',
    'Each has a last version of the harbour that is usable from now on.',
    'The harbour is searched for k=10 boats by 50 divers in the evening.',
  ])('is not made of %j', (sentence) => {
    expect(draftQuestions([documentOf(sentence)], 5, 1)).toEqual([]);
  });

  it('names every document that says so, not one that has the number in another matter', () => {
    const one = documentOf('The summit in Paris brought together 27 heads of state and government.', 'one');
    const other = documentOf('Of heads of state, 27 came to Paris.', 'other');
    const year = documentOf('The summit in Paris brought together heads of state in 2027.', 'year');
    const boats = documentOf('There were 27 boats in the harbour.', 'boats');
    const documents = [one, year, boats, other];
    expect(draftQuestions(documents, 9, 1).find(({ id }) => id === 'draft-1')?.documents).toEqual(['one', 'other']);
  });
});

it('drafts from the five articles, in turn from each, the same for the same seed', async () => {
  const { files } = await listFiles(seeds);
  const documents = await Promise.all(
    files.map(async (file) => prepare(loadDocument(file, await readBytes(seeds, file))).document),
  );
  const drafts = draftQuestions(documents, 12, 3);
  expect(drafts).toHaveLength(12);
  expect(drafts).toEqual(draftQuestions(documents, 12, 3));
  expect(drafts.map(({ question }) => question)).not.toEqual(
    draftQuestions(documents, 12, 4).map(({ question }) => question),
  );
  expect(new Set(drafts.map(({ question }) => question)).size).toBe(12);
  for (const { question, words, documents: ids } of drafts) {
    expect(question).toMatch(/^\p{Lu}.*\?$/u);
    for (const id of ids) expect(documents.find((it) => it.id === id)?.text).toContain(words[0]?.[0]);
  }
});
