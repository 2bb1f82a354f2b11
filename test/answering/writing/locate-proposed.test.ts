import { describe, expect, test } from 'vitest';
import { locateIn } from '../../../src/answering/writing/locate-proposed.ts';
import { choosePassages } from '../../../src/answering/writing/passages.ts';
import { documentOf, hitsOn } from '../../support/small-library.ts';

const harbour = documentOf(
  'harbour',
  'The harbour reopened on 3 May – “at last”, said the mayor.  It cost €12.5 million.\n\nIt is not true that the ferry sank. Seventy-five boats came, 75% of them sailing boats. The band played… and played.\n',
);
const budget = documentOf('budget', 'The council spent 12.5 million euros. The ferry costs 5% more.\n');
const documents = new Map([harbour, budget].map((document) => [document.id, document]));
const passages = choosePassages(hitsOn(documents.values()), documents, 3_000);
const locate = locateIn(passages);

/** The texts found for a quote of the first passage. */
function found(text: string, passage: number | null = 1): string[] {
  return locate({ passage, text }).map((quote) => {
    const document = documents.get(quote.documentId);
    const { start = -1 } = quote;
    expect(document?.text.slice(start, start + quote.text.length)).toBe(quote.text);
    return quote.text;
  });
}

const REOPENED = 'The harbour reopened on 3 May – “at last”, said the mayor.';
const BOATS = 'Seventy-five boats came, 75% of them sailing boats.';

describe('a proposed quote', () => {
  test.each([
    ['as it stands', REOPENED, [REOPENED]],
    ['in typewriter signs', 'The harbour reopened on 3 May - "at last", said the mayor.', [REOPENED]],
    ['with other white space', 'The harbour\n reopened  on 3 May', [REOPENED]],
    ['with a small letter at the start', 'the harbour reopened on 3 May', [REOPENED]],
    ['in quotation marks of its own', '“The harbour reopened on 3 May”', [REOPENED]],
    ['with a full stop too many', 'The harbour reopened on 3 May.', [REOPENED]],
    ['with dots at its ends', '… reopened on 3 May …', [REOPENED]],
    ['with a soft hyphen', 'The har\u00adbour reopened', [REOPENED]],
    ['with an ellipsis of its own', 'The band played... and played.', ['The band played… and played.']],
    ['over two sentences', 'said the mayor. It cost €12.5 million.', [`${REOPENED}  It cost €12.5 million.`]],
    ['joined from two places', 'The harbour reopened … It cost €12.5 million.', [REOPENED, 'It cost €12.5 million.']],
    ['joined from two places of one sentence', 'The harbour reopened [...] said the mayor', [REOPENED]],
    ['that cuts off a "not"', 'the ferry sank', ['It is not true that the ferry sank.']],
  ])('%s is found, in whole sentences', (_, text, quotes) => {
    expect(found(text)).toEqual(quotes);
  });

  test.each([
    ['with another digit', 'The harbour reopened on 4 May'],
    ['that begins inside a number', '5% of them sailing boats'],
    ['that ends inside a number', 'It cost €12'],
    ['that begins inside a word', 'arbour reopened on 3 May'],
    ['with another word', 'The harbour opened on 3 May'],
    ['with other capitals inside', 'The Harbour reopened on 3 May'],
    ['joined in the wrong order', 'It cost €12.5 million. … The harbour reopened'],
    ['joined of single words', 'The … May'],
    ['of nothing', ' … '],
    ['too long to be one', 'x'.repeat(2_000)],
  ])('%s is not', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test('is found in another passage than the one named, or when none is', () => {
    expect(found('The council spent 12.5 million euros.', 1)).toEqual(['The council spent 12.5 million euros.']);
    expect(found(BOATS, 77)).toEqual([BOATS]);
    expect(found(BOATS, null)).toEqual([BOATS]);
  });

  test('of a word or two is looked for in its own passage only', () => {
    expect(found('Seventy-five boats', 1)).toEqual([BOATS]);
    expect(found('Seventy-five boats', 3)).toEqual([]);
    expect(found('boats', null)).toEqual([]);
  });
});
