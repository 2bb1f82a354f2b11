import { describe, expect } from 'vitest';
import { collectCitations } from '../../src/answering/citations.ts';
import { writeAnswer } from '../../src/answering/generative.ts';
import { excessOf } from '../../src/answering/verify-statement.ts';
import { readPrompts } from '../../src/answering/writing/prompts.ts';
import type { ChatModel } from '../../src/inference/chat-model.ts';
import { numbersIn } from '../../src/text/numbers.ts';
import type { Embedder } from '../../src/types.ts';
import { passagesOf, type RoleStatement, replyOf } from '../support/model-roles.ts';
import { fc, property } from '../support/property.ts';
import { documentOf, hitsOn } from '../support/small-library.ts';

const documents = new Map(
  [
    documentOf(
      'harbour',
      'The harbour 🚢 reopened on 3 May 2026 after two years, and cost €12.5 million – “a fair price”, said Ana Núñez.\n\nIt has room for thirty-five boats.  It is not open on Mondays.\n\nThe mayor, Zoé O’Hara, said… nothing more.\n',
    ),
    documentOf(
      'budget',
      'Budget of the town\n\nThe council spent 12,500,000 euros on the harbour in 2026.\nA ferry leaves at 9:30 for the island of Ærø.\n\n• Fares: 12 euros\n• Children: no charge\n',
    ),
  ].map((document) => [document.id, document]),
);
const hits = hitsOn(documents.values());
const prompts = await readPrompts('prompts');
const vector = Float32Array.from([1, 0]);
/** All is near to all: whether a statement bears on the question is not what is asked here. */
const embedder: Embedder = { id: 'constant', dimensions: 2, embed: async () => vector };

/** A model that replies with these bytes in these pieces. */
function replying(compose: (user: string, isHeld: boolean) => string, isHeld: boolean, piece: number): ChatModel {
  return {
    id: 'test:any',
    timeoutMs: 60_000,
    async *reply(prompt) {
      const text = compose(prompt(isHeld).user, isHeld);
      for (let at = 0; at < text.length; at += piece) yield { text: text.slice(at, at + piece) };
    },
  };
}

/** The reply of a model that quotes each sentence of its passages, the second half of them without the middle. */
function honestReply(user: string, isHeld: boolean): string {
  const statements: RoleStatement[] = passagesOf({ user }).flatMap(({ number, text }) =>
    text
      .split(/(?<=[.!?…])\s+|\n+/)
      .filter((sentence) => sentence.includes(' '))
      .map((quote) => ({ text: quote, quotes: [{ passage: number, quote }] })),
  );
  return replyOf({ isHeld } as never, statements, '3 May');
}

type Mutation =
  | { kind: 'replace'; at: number; by: string }
  | { kind: 'delete'; at: number; length: number }
  | { kind: 'insert'; at: number; text: string }
  | { kind: 'copy'; from: number; length: number; to: number }
  | { kind: 'digit'; which: number; by: number }
  | { kind: 'cut'; at: number };

const share = fc.double({ min: 0, max: 1, noNaN: true });
const scraps = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    '\n',
    '…',
    '[...]',
    '“',
    'not ',
    'Paris ',
    ' 99%',
    '\u202e',
    'SAY: ',
    'QUOTE 2: ',
    'END\n',
  ),
  fc.constantFrom(
    '[1]',
    '</passage-0>',
    '{{question}}',
    'https://evil.example',
    '\ud83d',
    'e\u0301',
    '\u00ad',
    '\u0000',
    'NONE',
  ),
);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('replace' as const), at: share, by: scraps }),
  fc.record({ kind: fc.constant('delete' as const), at: share, length: fc.nat(40) }),
  fc.record({ kind: fc.constant('insert' as const), at: share, text: scraps }),
  fc.record({ kind: fc.constant('copy' as const), from: share, length: fc.nat(80), to: share }),
  fc.record({ kind: fc.constant('digit' as const), which: fc.nat(60), by: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('cut' as const), at: share }),
);

function mutated(text: string, mutation: Mutation): string {
  const place = (part: number) => Math.floor(part * text.length);
  switch (mutation.kind) {
    case 'replace':
      return text.slice(0, place(mutation.at)) + mutation.by + text.slice(place(mutation.at) + mutation.by.length);
    case 'delete':
      return text.slice(0, place(mutation.at)) + text.slice(place(mutation.at) + mutation.length);
    case 'insert':
      return text.slice(0, place(mutation.at)) + mutation.text + text.slice(place(mutation.at));
    case 'copy': {
      const from = place(mutation.from);
      const piece = text.slice(from, from + mutation.length);
      return text.slice(0, place(mutation.to)) + piece + text.slice(place(mutation.to));
    }
    case 'digit': {
      let seen = 0;
      return text.replace(/\d/g, (digit) =>
        seen++ === mutation.which ? String((Number(digit) + mutation.by) % 10) : digit,
      );
    }
    case 'cut':
      return text.slice(0, place(mutation.at));
  }
}

const question = 'What is there to know of the harbour?';
let shown = 0;

/** Writes with the model, and holds what must hold whatever it replied. */
async function expectSound(model: ChatModel): Promise<void> {
  const told: unknown[] = [];
  const parts = { model, prompts, embedder, mostTokens: 3_000, drawFence: () => '00ff00ff' };
  const written = await writeAnswer(parts, {
    question,
    found: { vector, hits },
    history: [],
    documents,
    agreeing: [],
    disagreements: [],
    onVerified: (statement) => told.push(statement),
  });
  if (written === null) throw new Error('the model was not asked');
  expect(told).toEqual(written.statements);
  const citations = collectCitations(documents);
  const material = [...documents.values()].map(({ text }) => text).join('\n');
  for (const { text, quotes } of written.statements) {
    shown += 1;
    expect(text).toBe(text.trim());
    expect(text).not.toMatch(/[\p{Cf}\p{Cc}\n]|\[\d+\]/u);
    expect(quotes.length).toBeGreaterThan(0);
    for (const quote of quotes) {
      const { start = -1 } = quote;
      expect(documents.get(quote.documentId)?.text.slice(start, start + quote.text.length)).toBe(quote.text);
      expect(citations.cite(quote)).not.toBeNull();
    }
    const evidence = quotes.map((quote) => quote.text);
    expect(excessOf(text, { quotes: evidence, question, material })).toBeNull();
    const given = numbersIn(evidence.join('\n')).map(({ value }) => value);
    for (const { value } of numbersIn(text)) expect(given).toContain(value);
  }
  for (const { document, start, end, quote } of citations.list()) {
    expect(documents.get(document.id)?.text.slice(start, end)).toBe(quote);
  }
  if (written.shortAnswer !== null) expect(written.statements[0]?.quotes[0]?.text).toContain(written.shortAnswer);
}

describe('whatever bytes a model returns, what is shown is cited and every citation is a slice', () => {
  property.prop([fc.boolean(), fc.integer({ min: 1, max: 400 })], { numRuns: 20 })(
    'when it is honest, most of it is shown',
    async (isHeld, piece) => {
      shown = 0;
      await expectSound(replying(honestReply, isHeld, piece));
      expect(shown).toBeGreaterThanOrEqual(7);
    },
  );

  property.prop([fc.boolean(), fc.integer({ min: 1, max: 400 }), fc.array(mutation, { minLength: 1, maxLength: 8 })], {
    numRuns: 4_000,
  })('when its honest reply is altered anywhere', async (isHeld, piece, mutations) => {
    const compose = (user: string) => mutations.reduce(mutated, honestReply(user, isHeld));
    await expectSound(replying(compose, isHeld, piece));
  });

  property.prop([fc.boolean(), fc.array(scraps, { maxLength: 60 })], { numRuns: 1_000 })(
    'when it is noise',
    async (isHeld, noise) => {
      await expectSound(replying(() => noise.join(''), isHeld, 50));
    },
  );
});
