import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/answering/extractive.ts';
import { agreeingQuotes, draftOf, isQuotedIn, type Written } from '../../../src/answering/writing/written.ts';
import type { Quote } from '../../../src/types.ts';

const quoteAt = (documentId: string, start: number, text: string): Quote => ({ documentId, start, text });
const own = quoteAt('paper', 10, 'It opened in May.');
const other = quoteAt('council', 0, 'The harbour opened in May.');
const builtIn = { statements: [{ text: 'It opened in May.', quotes: [own, other] }] };
const extractive = {
  ...builtIn,
  shortAnswer: 'in May',
  verdict: 'yes',
  confidence: 0.8,
  nearest: [own],
} as unknown as Draft;

function written(statements: Written['statements'], failure?: Written['report']['failure']): Written {
  const report = { id: 'a:b', dropped: { quotes: 0, statements: 0 }, ...(failure && { failure }) };
  return { statements, shortAnswer: null, report };
}
const failure = { code: 'CHAT_MODEL_BROKE_OFF', message: 'it broke off' };
const said = { text: 'The bridge closed.', quotes: [quoteAt('paper', 60, 'The bridge closed.')] };

describe('the draft of what a model wrote', () => {
  it('has its statements alone, and the built-in confidence, and no verdict', () => {
    const draft = draftOf(written([said]), extractive, true);
    expect(draft).toMatchObject({ statements: [said], verdict: null, confidence: 0.8, shortAnswer: 'in May' });
  });

  it('has the short answer that the model gave', () => {
    expect(draftOf({ ...written([said]), shortAnswer: 'closed' }, extractive, true).shortAnswer).toBe('closed');
  });

  it('goes on with the built-in statements where the model broke off, and they are sure', () => {
    expect(draftOf(written([said], failure), extractive, true).statements).toEqual([said, ...builtIn.statements]);
    expect(draftOf(written([said], failure), extractive, false).statements).toEqual([said]);
  });

  it('does not say again what the model has quoted already', () => {
    const whole = {
      text: 'It has opened.',
      quotes: [quoteAt('paper', 0, 'Look here. It opened in May. Then it rained.')],
    };
    expect(draftOf(written([whole], failure), extractive, true).statements).toEqual([whole]);
  });
});

describe('a quote is inside others', () => {
  it.each([
    ['at the same place', own, true],
    ['within it', quoteAt('paper', 13, 'opened'), true],
    ['beyond its end', quoteAt('paper', 13, 'opened in May. And'), false],
    ['before it', quoteAt('paper', 0, 'It opened in May.'), false],
    ['in another document', { ...own, documentId: 'council' }, false],
  ])('%s', (_, quote, expected) => {
    expect(isQuotedIn(quote, [{ text: '', quotes: [own] }])).toBe(expected);
  });
});

describe('the quotes that agree', () => {
  it('are those of the one built-in statement, where it is sure', () => {
    expect(agreeingQuotes(extractive, true)).toEqual([own, other]);
    expect(agreeingQuotes(extractive, false)).toEqual([]);
  });

  it('are none where the built-in answer is made of several', () => {
    const several = { ...extractive, statements: [...extractive.statements, said] } as Draft;
    expect(agreeingQuotes(several, true)).toEqual([]);
  });
});
