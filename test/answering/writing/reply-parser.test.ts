import { describe, expect, test } from 'vitest';
import { createReplyParser, type ProposedStatement, type Reply } from '../../../src/answering/writing/reply-parser.ts';
import { fc, property } from '../../support/property.ts';

/** All statements of a reply, and what is known at its end. */
function parsed(text: string, piece = text.length || 1): Reply {
  const parser = createReplyParser();
  const found: ProposedStatement[] = [];
  for (let at = 0; at < text.length; at += piece) found.push(...parser.push(text.slice(at, at + piece)));
  const end = parser.end();
  return { ...end, statements: [...found, ...end.statements] };
}

const first = { text: 'It opened in 1932.', quotes: [{ passage: 2, text: 'The bridge opened on 19 March 1932.' }] };
const second = {
  text: 'It is “long” {indeed}.',
  quotes: [
    { passage: 1, text: 'long \\ "very" long' },
    { passage: 3, text: 'two\nlines' },
  ],
};
const asJson = JSON.stringify({
  statements: [first, second].map(({ text, quotes }) => ({
    text,
    quotes: quotes.map(({ passage, text: quote }) => ({ passage, quote })),
  })),
  short_answer: '1932',
});
const asLines = `SAY: It opened in 1932.
QUOTE 2: The bridge opened on 19 March 1932.
SAY: It is “long” {indeed}.
QUOTE 1: long \\ "very" long
QUOTE 3: two
lines
SHORT: 1932
END`;

describe('a reply', () => {
  property.prop([fc.constantFrom(asJson, asLines), fc.integer({ min: 1, max: 60 })])(
    'is read alike in any form and pieces',
    (text, piece) => {
      expect(parsed(text, piece)).toMatchObject({ statements: [first, second], shortAnswer: '1932', isWhole: true });
    },
  );

  test.each([
    ['in a fence', `\`\`\`json\n${asJson}\n\`\`\``],
    ['behind some words', `Here is the answer: ${asJson} I hope it helps.`],
    ['with a comma too many', asJson.replaceAll('}]', '},]').replaceAll(']}', ',]}').replaceAll(',,', ',')],
    ['with raw line breaks', asJson.replaceAll('\\n', '\n')],
    ['laid out', JSON.stringify(JSON.parse(asJson), null, 2)],
    ['in lines with decoration', asLines.replaceAll('SAY:', '- **SAY**:').replaceAll(/QUOTE (\d)/g, '  * QUOTE [$1]')],
    ['in lines of Windows', asLines.replaceAll('\n', '\r\n').replace('two\r\nlines', 'two\nlines')],
  ])('%s is read', (_, text) => {
    const { statements } = parsed(text, 9);
    expect(statements.map((it) => it.text.trim())).toEqual([first.text, second.text]);
    expect(statements.map((it) => it.quotes.map((quote) => quote.text.trim()))).toEqual(
      [first, second].map((it) => it.quotes.map((quote) => quote.text)),
    );
  });

  test('gives a statement as soon as it is complete', () => {
    const parser = createReplyParser();
    const cut = asJson.indexOf(']}') + 1;
    expect(parser.push(asJson.slice(0, cut))).toEqual([]);
    expect(parser.push(asJson[cut] ?? '')).toEqual([first]);
  });

  test.each([
    ['{"statements": [], "short_answer": ""}', true],
    ['NONE', true],
    ['NONE\n', true],
    ['', false],
    ['I can’t help with that.', false],
    ['{"statements": [{"text": "It', false],
    ['<!doctype html>', false],
    ['{'.repeat(50_000), false],
    ['{"a":'.repeat(10_000) + '}'.repeat(10_000), false],
    ['"'.repeat(9), false],
  ])('of %j has no statements', (text, isWhole) => {
    expect(parsed(text, 1_000)).toMatchObject({ statements: [], shortAnswer: null, isWhole });
  });

  test('without passage numbers, or with quotes as plain strings, is read', () => {
    expect(
      parsed('{"statements": [{"text": "a", "quotes": ["b c", {"passage": "x", "quote": "d"}, 7]}]}').statements,
    ).toEqual([
      {
        text: 'a',
        quotes: [
          { passage: null, text: 'b c' },
          { passage: null, text: 'd' },
        ],
      },
    ]);
  });

  test.each([
    ['{"statements": [{"text": "It', true],
    ['{"statements": [], "short_answer": ""}', false],
    ['SAY: It opened.\nQUOTE 1: It ope', true],
    ['SAY: It opened.\nQUOTE 1: It opened.\nSHORT: 1932', false],
  ])('%j is cut: %j', (text, isCut) => {
    const parser = createReplyParser();
    parser.push(text);
    expect(parser.end().isCut).toBe(isCut);
  });
});
