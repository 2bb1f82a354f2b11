import { describe, expect, it } from 'vitest';
import { widenBack } from '../../../src/answering/writing/widen-back.ts';
import { documentOf } from '../../support/small-library.ts';

const text =
  'Anna Berg opened the harbour. She thanked the town. They cheered her. Nobody else spoke.\n\nHe left early.\n';
const document = documentOf('paper', text);
const documents = new Map([['paper', document]]);
const quoteOf = (words: string) => ({ documentId: 'paper', text: words, start: text.indexOf(words) });

describe('a quote that points back', () => {
  it.each([
    ['She thanked the town.', 'Anna Berg opened the harbour. She thanked the town.'],
    ['They cheered her.', 'Anna Berg opened the harbour. She thanked the town. They cheered her.'],
    ['Nobody else spoke.', 'Nobody else spoke.'],
    ['He left early.', 'He left early.'],
  ])('%j is shown as %j', (words, expected) => {
    const quote = widenBack(quoteOf(words), documents);
    expect(quote.text).toBe(expected);
    expect(document.text.slice(quote.start, (quote.start ?? 0) + quote.text.length)).toBe(expected);
  });
});
