import { describe, expect, it } from 'vitest';
import { decide } from '../../src/answering/decide.ts';
import type { Draft } from '../../src/answering/extractive.ts';
import type { Quote } from '../../src/types.ts';
import { budget, harbour } from '../support/fake-chatbot.ts';

const documents = new Map([harbour, budget].map((document) => [document.id, document]));
const closed: Quote = { documentId: harbour.id, text: 'Nobody was hurt.' };
const room: Quote = { documentId: harbour.id, text: 'It has room for 40 boats.' };
const council: Quote = { documentId: budget.id, text: budget.text.slice(8) };

function draftOf(some: Partial<Draft> = {}): Draft {
  return {
    statements: [{ text: room.text, quotes: [room] }],
    shortAnswer: null,
    verdict: 'yes',
    differing: null,
    confidence: 0.9,
    nearest: [closed],
    features: null,
    compared: null,
    ...some,
  };
}

const differing = (compatible: boolean) => ({
  about: 'Is it so?',
  positions: [
    { text: '40', quotes: [room] },
    { text: '€14 million', quotes: [council] },
  ],
  compatible,
});

describe('what is decided', () => {
  it('has the verdict of the sentence that settles it', () => {
    expect(decide(draftOf(), null, documents, true)).toMatchObject({
      kind: 'answered',
      verdict: { value: 'yes', citation: 1 },
      text: `Yes [1]\n${room.text} [1]`,
    });
  });

  it('has no verdict where documents contradict one another, and both sides', () => {
    const decided = decide(draftOf(), differing(false), documents, true);
    expect(decided.verdict).toBeUndefined();
    expect(decided.disagreements[0]?.positions.map(({ text }) => text)).toEqual(['40', '€14 million']);
    expect(decided.citations).toHaveLength(2);
  });

  it('keeps the verdict where both can be true', () => {
    expect(decide(draftOf(), differing(true), documents, true).verdict).toEqual({ value: 'yes', citation: 1 });
  });

  it('drops a statement whose own quote is nowhere, and declines when none is left', () => {
    const invented = { text: 'It sank.', quotes: [{ documentId: harbour.id, text: 'It sank.' }] };
    expect(decide(draftOf({ statements: [invented] }), null, documents, true)).toMatchObject({
      kind: 'unanswered',
      text: '',
      citations: [],
      nearest: [{ quote: closed.text }],
    });
  });

  it('declines what is not sure enough', () => {
    expect(decide(draftOf(), differing(false), documents, false)).toMatchObject({
      kind: 'unanswered',
      disagreements: [],
    });
  });
});
