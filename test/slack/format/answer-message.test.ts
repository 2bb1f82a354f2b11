import { describe, expect, it } from 'vitest';
import { type AnswerMessageOptions, answerMessage } from '../../../src/slack/format/answer-message.ts';
import { visible } from '../../../src/slack/format/escape.ts';
import { sourcesView } from '../../../src/slack/format/sources-view.ts';
import type { Answer, Citation, Disagreement } from '../../../src/types.ts';
import { citationsOf, documentOf, documents, kinds } from '../../support/answers.ts';
import { wordsOf } from '../../support/fake-slack.ts';
import { fc, property } from '../../support/property.ts';
import { problemsOf, strayMarks } from '../../support/slack-limits.ts';

const options: AnswerMessageOptions = {
  baseUrl: 'https://ask.example.org',
  key: `${'0'.repeat(32)}:1.000001`,
};

describe('each kind of answer', () => {
  it.each(Object.keys(kinds))('%s looks as it should', async (kind) => {
    const message = answerMessage(kinds[kind] as Answer, options);
    expect(problemsOf(message.blocks)).toEqual([]);
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(`golden/${kind}.json`);
    await expect(`${wordsOf(message)}\n\n(${message.text})\n`).toMatchFileSnapshot(`golden/${kind}.txt`);
  });

  it('has no buttons without a key', () => {
    const { blocks } = answerMessage(kinds.answered as Answer, { ...options, key: null });
    expect(blocks.at(-1)?.type).toBe('rich_text');
  });

  it('has titles without links where nobody knows the address of the server', () => {
    const { blocks } = answerMessage(kinds.answered as Answer, { ...options, baseUrl: '' });
    expect(problemsOf(blocks)).toEqual([]);
    expect(wordsOf({ blocks, text: '' })).toContain('[1] The storm & <what> it left | The Daily');
    expect(JSON.stringify(blocks)).not.toContain('/sources/');
  });
});

/* ── Generated answers ── */

const hostile = [
  '<!channel>',
  '<!here|x>',
  '<@U0ANN>',
  '<https://evil.example|click>',
  '&amp;',
  '&',
  '`code`',
  '```',
  '*b*',
  '_i_',
  '~s~',
  '> q',
  ':smile:',
  '\u202e',
  '\u{e0041}',
  '🚢',
  '👨‍👩‍👧‍👦',
  '\r\n',
  '\n- item',
  'é',
  '“quoted”',
  '"',
  '\\',
  ' ',
];
const word = fc.oneof(
  fc.constantFrom(...hostile),
  fc.stringMatching(/^[a-zA-Z0-9]{1,12}$/),
  fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }),
);
const textOf = (most: number) =>
  fc
    .array(word, { minLength: 1, maxLength: most })
    .map((words) => `A${words.map((it, n) => it + (n % 9 === 8 ? '. ' : ' ')).join('')}z.`);

/** A document, and some of its slices as quotes. */
const quoted = fc
  .record({
    text: textOf(40),
    long: fc.boolean(),
    title: textOf(20),
    cuts: fc.array(fc.tuple(fc.nat(999), fc.nat(999)), { minLength: 1, maxLength: 6 }),
    published: fc.option(fc.constantFrom('2026-01-06', 'spring <b>', '2026-01-06T10:00:00Z'), { nil: undefined }),
    url: fc.boolean(),
  })
  .map(({ text, long, ...rest }) => ({ ...rest, text: long ? text.repeat(30) : text }));

const generated = fc
  .record({
    sources: fc.array(quoted, { minLength: 1, maxLength: 6 }),
    unanswered: fc.boolean(),
    grouping: fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }),
    sentences: fc.array(textOf(400), { minLength: 8, maxLength: 8 }),
    isModel: fc.boolean(),
    verdict: fc.constantFrom(null, 'yes' as const, 'no' as const),
    differs: fc.nat(3),
    asked: textOf(200),
    rewritten: fc.boolean(),
    fails: fc.boolean(),
    longBase: fc.boolean(),
  })
  .map(({ sources, unanswered, grouping, sentences, isModel, verdict, differs, asked, rewritten, fails, longBase }) => {
    const known = new Map(
      sources.map(({ text, title, published, url }, n) => {
        const document = documentOf(`folder ${n}/${'long name '.repeat(n * 5)}`, text, {
          title: title.trim(),
          ...(published && { published }),
          ...(url && { url: 'https://daily.example/a?b=1&c=<2>' }),
        });
        return [document.id, document] as const;
      }),
    );
    const quotes = [...known.values()].flatMap((document, n) =>
      (sources[n]?.cuts ?? []).flatMap(([a, b]) => {
        const [from, to] = [
          Math.floor((a / 1000) * document.text.length),
          Math.floor((b / 1000) * document.text.length),
        ];
        const quote = document.text.slice(Math.min(from, to), Math.max(from, to)).trim();
        return quote.length > 1 && document.text.includes(quote) && !/\p{Cs}/u.test(quote)
          ? [[document, quote] as [typeof document, string]]
          : [];
      }),
    );
    const citations = quotes.flatMap((quote) => {
      try {
        return citationsOf([quote], known);
      } catch {
        return [];
      }
    });
    const numbered = citations.map((citation, n) => ({ ...citation, number: n + 1 })) as Citation[];
    const number = (n: number) => (n % Math.max(numbered.length, 1)) + 1;
    const statements = grouping.map((size, n) => {
      const cited = Array.from({ length: size + 1 }, (_, k) => number(n + k));
      return {
        text: isModel ? (sentences[n] ?? '') : (numbered[(cited[0] ?? 1) - 1]?.quote ?? ''),
        citations: [...new Set(cited)],
      };
    });
    const first = numbered[0];
    const disagreements: Disagreement[] = Array.from({ length: differs }, (_, n) => ({
      about: asked,
      positions: [0, 1].map((side) => ({
        text: sentences[side]?.slice(0, 300) ?? '',
        citations: [number(n + side)],
        documents: side + 1,
        dates: side ? [] : ['2026-01-01', '2026-01-02'],
      })),
      compatible: n % 2 === 0,
      newest: n % 2 === 0 ? null : 1,
    }));
    const isAnswered = !unanswered && first !== undefined;
    const answer: Answer = {
      version: 1,
      kind: isAnswered ? 'answered' : 'unanswered',
      question: asked,
      standaloneQuestion: rewritten ? `${asked} again` : asked,
      text: '',
      ...(isAnswered &&
        first && { shortAnswer: { text: first.quote.slice(0, 40).replace(/\p{Cs}/gu, ''), citation: 1 } }),
      ...(isAnswered && verdict && { verdict: { value: verdict, citation: 1 } }),
      statements: isAnswered ? statements : [],
      citations: isAnswered ? numbered : [],
      disagreements: isAnswered ? disagreements : [],
      nearest: isAnswered ? [] : numbered,
      confidence: 0.5,
      answerer: isModel ? 'openai:gpt' : 'extractive',
      ...((isModel || fails) && {
        model: {
          id: `openai:${'gpt <!here> '.repeat(differs * 10)}`,
          dropped: { quotes: 0, statements: differs },
          ...(fails && { failure: { code: 'CHAT_MODEL_FAILED', message: asked } }),
        },
      }),
      generation: '1',
      timings: {},
    };
    return {
      answer,
      known,
      baseUrl: longBase ? `https://${'long-host.'.repeat(20)}example.org` : 'https://ask.example.org',
    };
  });

describe('any answer', () => {
  property.prop([generated], { numRuns: 2_000 })(
    'is within Slack’s limits, with each quote whole and exact, and no mark let through',
    ({ answer, known, baseUrl }) => {
      const { blocks, text } = answerMessage(answer, { ...options, baseUrl });
      expect(problemsOf(blocks)).toEqual([]);
      const stray: string[] = [];
      strayMarks(text, (what) => stray.push(what));
      expect(stray).toEqual([]);
      expect(text.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThanOrEqual(3_000);
      expect(problemsOf(sourcesView(answer, { baseUrl, documents: known }).blocks as never, 100)).toEqual([]);

      // Quotes that follow each other are parts of one; the line after them says which.
      const elements = blocks.flatMap((block) => (block.type === 'rich_text' ? block.elements : []));
      const quotes = new Map([...answer.citations, ...answer.nearest].map(({ number, quote }) => [number, quote]));
      let parts = '';
      for (const element of elements) {
        const words = wordsOf({
          blocks: [{ type: 'rich_text', elements: [{ ...element, type: 'rich_text_section' }] }],
          text: '',
        });
        if (element.type === 'rich_text_quote') parts += words;
        else if (parts !== '') {
          const number = Number(/^\[(\d+)\] /.exec(words)?.[1]);
          expect(parts).toBe(visible(quotes.get(number) ?? ''));
          parts = '';
        }
      }
      expect(parts).toBe('');
    },
  );

  it('too long for a message keeps what comes first, and links the rest', () => {
    const long = documentOf(
      'long',
      Array.from({ length: 400 }, (_, n) => `Sentence number ${n} of a long text says what it says.`).join(' '),
    );
    const known = new Map([[long.id, long]]);
    const sizes = [3_000, 4_000, 3_500, 2_000];
    const citations = citationsOf(
      sizes.map((size, n) => [long, long.text.slice(n * 100, n * 100 + size).trim()]),
      known,
    );
    const answer: Answer = {
      ...(kinds.answered as Answer),
      citations,
      statements: citations.map(({ quote, number }) => ({ text: quote, citations: [number] })),
    };
    const message = answerMessage(answer, options);
    expect(problemsOf(message.blocks)).toEqual([]);
    const words = wordsOf(message);
    expect(words).toContain('There is more than a message holds. The rest:');
    const [rest] = message.blocks.slice(-2);
    expect(JSON.stringify(rest)).toContain(citations.at(2)?.link);
    expect(wordsOf({ blocks: [rest], text: '' })).toMatch(/\[3\] Title of long/);
  }, 300_000);

  it.each(['&', '<', '\u202e'])(
    'of a model that writes nothing but %j has a notification without half a sign',
    (sign) => {
      const { text } = answerMessage(
        {
          ...(kinds.answered as Answer),
          shortAnswer: { text: sign, citation: 1 },
          statements: [{ text: sign.repeat(5_000), citations: [1] }],
        },
        options,
      );
      expect(text).toMatch(/^(?:&amp;|&lt;|\\u\{202e\}| — )+…$/);
      expect(text.length).toBeLessThanOrEqual(4_000);
    },
  );

  it('of a model that goes on and on is cut at a sentence', () => {
    const text = 'This sentence is one of very many. '.repeat(200).trim();
    const { blocks } = answerMessage(
      { ...(kinds.answered as Answer), statements: [{ text, citations: [1] }] },
      options,
    );
    const [shown = ''] = wordsOf({ blocks, text: '' })
      .split('\n')
      .filter((line) => line.startsWith('This sentence'));
    expect(shown).toMatch(/^(?:This sentence is one of very many\. )+… \[1\]$/);
  });
});

describe('the sources', () => {
  it('mark a document that has changed, and show no quote that is not in its document', () => {
    const answer = kinds.corroborated as Answer;
    const changed = new Map(documents).set('ticker', {
      ...(documents.get('ticker') as never as object),
      revision: 'b'.repeat(64),
    } as never);
    const forged = {
      ...answer,
      citations: [
        { ...answer.citations[0], quote: 'The ministry counted 99 injured.' } as Citation,
        ...answer.citations.slice(1),
      ],
    };
    const words = wordsOf({
      blocks: sourcesView(forged, { baseUrl: '', documents: changed }).blocks as never,
      text: '',
    });
    expect(words).not.toContain('99');
    expect(words).toContain('[1] cannot be shown');
    expect(words).toContain('The document has changed since, or is gone.');
  });
});
