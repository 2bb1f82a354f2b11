import { describe, expect, it } from 'vitest';
import { isSameWord, matchWords, modalsOf, propositionOf, withShortNames } from '../../src/answering/proposition.ts';
import { type Token, tokenize } from '../../src/text/tokenize.ts';

const wordOf = (text: string) => tokenize(text)[0] as Token;

describe('the proposition of a yes/no question', () => {
  it('is what stands behind its auxiliary', () => {
    const proposition = propositionOf('Did the United States send tanks?');
    expect(proposition?.auxiliary).toBe('did');
    expect(proposition?.words.map(({ text }) => text)).toEqual(['the', 'US', 'send', 'tanks']);
  });

  it('has what its modal verbs express', () => {
    expect(propositionOf('Can France send tanks?')?.modals).toEqual(new Set(['ability']));
    expect(modalsOf(tokenize('it might or should'))).toEqual(new Set(['possibility', 'duty']));
  });

  it.each(['Who sent tanks?', 'Did France not send tanks?', 'Is it?', 'Did France or Spain send tanks?', ''])(
    'is none of %j',
    (question) => expect(propositionOf(question)).toBeNull(),
  );
});

describe('the words of a sentence that say it', () => {
  function match(question: string, sentence: string) {
    const proposition = propositionOf(question);
    return proposition && matchWords(proposition, tokenize(sentence));
  }

  it('stand in its order', () => {
    expect(match('Did Lee meet Kim?', 'Lee has met Kim.')?.at).toEqual([0, 2, 3]);
    expect(match('Did Lee meet Kim?', 'Kim met Lee.')).toBeNull();
    expect(match('Did Lee meet Kim?', 'Lee met her.')).toBeNull();
  });

  it('have time and place anywhere, behind the same preposition', () => {
    expect(match('Did Lee meet Kim in Paris?', 'In Paris Lee met Kim.')?.at).toEqual([1, 2, 3, 4]);
    expect(match('Did Lee meet Kim in Paris?', 'Lee met Kim near Paris.')).toBeNull();
  });

  it('may have another number, and a contrary: both are told', () => {
    expect(match('Did 40 members come?', '35 members came.')).toMatchObject({ isOtherNumber: true, contraries: 0 });
    expect(match('Is the harbour open?', 'The harbour is closed.')).toMatchObject({
      isOtherNumber: false,
      contraries: 1,
    });
  });

  it('have no other year for the asked one', () => {
    expect(match('Did Lee resign in 2019?', 'Lee resigned in 2021.')).toBeNull();
  });
});

describe('the same word', () => {
  it.each([
    ['met', 'meet'],
    ['votes', 'voting'],
    ['America', 'US'],
    ['Zelensky', 'Zelenskyy'],
  ])('%j is %j', (a, b) => expect(isSameWord(wordOf(a), wordOf(b))).toBe(true));
  it.each([
    ['Iran', 'Iraq'],
    ['letter', 'latter'],
    ['open', 'closed'],
  ])('%j is not %j', (a, b) => expect(isSameWord(wordOf(a), wordOf(b))).toBe(false));
});

it('names unions and countries shortly', () => {
  expect(withShortNames('the United States of America and the European Union')).toBe('the US and the EU');
});
