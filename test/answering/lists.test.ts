import { describe, expect, test } from 'vitest';
import { asksForList, asksForSteps, listAround, stepsAround } from '../../src/answering/lists.ts';
import { prepare } from '../../src/ingest/ingest.ts';
import { loadMarkdown } from '../../src/ingest/load-markdown.ts';
import { loadText } from '../../src/ingest/load-text.ts';
import type { Document } from '../../src/types.ts';
import { fc, property } from '../support/property.ts';

describe('a question', () => {
  test.each([
    'List the members of the coalition.',
    'Please name the envoys',
    'Name two countries that took part',
    'What are the five areas of the declaration?',
    'What were the demands?',
    'Which three cities were hit?',
    'Which countries have signed?',
    'What measures does it include?',
    'What security guarantees were offered?',
  ])('wants several things: %s', (question) => {
    expect(asksForList(question)).toBe(true);
  });

  test.each([
    'Who is the German chancellor?',
    'Where did the talks take place?',
    'How many soldiers might France send?',
    'When was it signed?',
    'Why did he leave?',
    '',
  ])('wants one: %s', (question) => {
    expect(asksForList(question)).toBe(false);
  });

  test('of any length is looked at quickly', () => {
    const started = process.cpuUsage();
    asksForList('which '.repeat(50_000));
    asksForList(`what ${'a '.repeat(100_000)}`);
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(500);
  });
});

function textOf(text: string): Document {
  return prepare({ id: 'a', revision: '0'.repeat(64), format: 'text', ...loadText(text) }).document;
}

/** The whole list and its items as they are shown, for the sentence with these words. */
function listOf(document: Document, words: string, question: string): [string, string] | null {
  const { text } = document;
  const sentence = document.sentences.find(({ start, end }) => text.slice(start, end).includes(words));
  if (sentence === undefined) throw new Error(`no sentence with ${words}`);
  const list = listAround(document, sentence, question);
  return list && [text.slice(list.whole.start, list.whole.end), text.slice(list.items.start, list.items.end)];
}

const declaration = textOf(
  [
    'The leaders met on Monday and they signed it. The declaration covers three areas:',
    '',
    '- Monitoring of the ceasefire.',
    '- Support for the army of Ukraine.',
    '- A force to reassure.',
    '',
    'Nobody spoke of the costs that this would bring.',
    '',
    'Some went home at once, and the others stayed on.',
    '- A bullet that nothing announces.',
  ].join('\n'),
);

const wholeList = [
  'The declaration covers three areas:\n\n- Monitoring of the ceasefire.\n- Support for the army of Ukraine.\n- A force to reassure.',
  'Monitoring of the ceasefire.\n- Support for the army of Ukraine.\n- A force to reassure.',
];

describe('a list', () => {
  const question = 'What areas does the declaration cover?';

  test('goes with the sentence that announces it', () => {
    expect(listOf(declaration, 'three areas', question)).toEqual(wholeList);
  });

  test('goes with a sentence beside the announcement', () => {
    expect(listOf(declaration, 'met on Monday', question)).toEqual(wholeList);
  });

  test('does not go with a sentence beside it that says what is asked itself', () => {
    const treaty = textOf(
      'France and Germany signed the fisheries treaty in Lisbon. The minister then recommended to the visitors:\n\n- Grilled sardines.\n- Custard tarts.\n',
    );
    expect(listOf(treaty, 'fisheries', 'Which two countries signed the fisheries treaty in Lisbon?')).toBeNull();
  });

  test.each(['Monitoring', 'Support', 'reassure'])(
    'goes with its item %s when the announcement is asked about',
    (words) => {
      expect(listOf(declaration, words, question)).toEqual(wholeList);
    },
  );

  test('does not go with an item that is asked about itself', () => {
    expect(listOf(declaration, 'Support', 'What support for the army was agreed?')).toBeNull();
    expect(listOf(declaration, 'reassure', 'Nothing of this')).toBeNull();
  });

  test('does not go with a paragraph after it, nor with one that announces nothing', () => {
    expect(listOf(declaration, 'costs', question)).toBeNull();
    expect(listOf(declaration, 'went home', question)).toBeNull();
    expect(listOf(declaration, 'nothing announces', 'What bullet does it announce?')).toBeNull();
  });

  test('ends at a heading, and needs items', () => {
    const cut = textOf(
      'The plan has two parts, they say:\n\n- One part of it.\n\nWhat Came After\n\n- Another thing.\n',
    );
    expect(listOf(cut, 'two parts', 'What are the parts?')?.[1]).toBe('One part of it.');
    const none = textOf('He said one thing only, and it was this:\n\nThat it would rain in the night, and it did.');
    expect(listOf(none, 'one thing', 'What did he say?')).toBeNull();
  });

  test('is announced through markup', () => {
    const text = 'The plan **has parts:**\n\n1. First.\n2. Second.\n';
    const { document } = prepare({ id: 'a', revision: '0', format: 'markdown', ...loadMarkdown(text, 'a.md') });
    expect(listOf(document, 'The plan', 'What parts?')?.[1]).toMatch(/^First\.\n2\. Second\.$/);
  });

  test('that is very long is cut after an item', () => {
    const long = textOf(
      `It has these many parts, all of them here:\n\n${'- An item of some forty letters or a few.\n'.repeat(200)}`,
    );
    const [, items = ''] = listOf(long, 'many parts', 'What parts?') ?? [];
    expect(items.length).toBeGreaterThan(1_900);
    expect(items.length).toBeLessThanOrEqual(2_000);
    expect(items.endsWith('An item of some forty letters or a few.')).toBe(true);
  });

  test('of one item that is longer still keeps it whole', () => {
    const item = `${'word '.repeat(500)}end.`;
    const [, items] =
      listOf(textOf(`Here is the one thing there is to say:\n\n- ${item}\n`), 'one thing', 'What?') ?? [];
    expect(items).toBe(item);
  });
});

const line = fc.constantFrom(
  'It has these parts, all of them:',
  'A paragraph that says something. And more.',
  '- An item.',
  '- Another item: it is here.',
  'A Heading',
  '',
  'Share',
);

property.prop([fc.array(line, { minLength: 1, maxLength: 14 }), fc.nat()], { numRuns: 1_000 })(
  'whatever the document, a list begins with its announcement, ends with an item, and holds items only',
  (lines, chosen) => {
    const document = textOf(lines.join('\n'));
    const { blocks, sentences, text } = document;
    fc.pre(sentences.length > 0);
    const sentence = sentences[chosen % sentences.length];
    if (sentence === undefined) return;
    const list = listAround(document, sentence, 'What parts does it have?');
    if (list === null) return;
    const { whole, items } = list;
    expect(whole.start).toBeLessThan(items.start);
    expect(whole.end).toBe(items.end);
    expect(sentences.some(({ start }) => start === whole.start)).toBe(true);
    expect(text.slice(whole.start, items.start)).toMatch(/:\s*(?:- )?$/);
    const inside = blocks.filter(({ start, end }) => items.start <= start && end <= items.end);
    expect(inside.length).toBeGreaterThan(0);
    expect(inside.every(({ kind }) => kind === 'item')).toBe(true);
    expect([inside[0]?.start, inside.at(-1)?.end]).toEqual([items.start, items.end]);
  },
);

describe('steps', () => {
  const page = (markdown: string) =>
    prepare({ id: 'a', revision: '0'.repeat(64), format: 'markdown', ...loadMarkdown(markdown, 'a.md') }).document;
  const stepsOf = (document: Document, words: string) => {
    const sentence = document.sentences.find(({ start, end }) => document.text.slice(start, end).includes(words));
    const steps = stepsAround(document, sentence ?? { start: 0, end: 0 });
    return steps && document.text.slice(steps.start, steps.end);
  };

  test.each([
    ['How do I change my password?', true],
    ['How to export a note', true],
    ['How did the vote go?', false],
    ['How many notes are there?', false],
  ])('are asked for: %s %s', (question, are) => expect(asksForSteps(question)).toBe(are));

  test('are all of a numbered list', () => {
    const help = page('# Help\n\n1. Open **Settings**.\n2. Choose *Password*.\n3. Enter it twice.\n\nThat is all.\n');
    expect(stepsOf(help, 'Enter it')).toBe('Open **Settings**.\n2. Choose *Password*.\n3. Enter it twice.');
    expect(stepsOf(help, 'That is all')).toBeNull();
  });

  test('are no bullets, no single item, and no numbered sections', () => {
    expect(stepsOf(page('- Open it.\n- Close it.\n'), 'Close')).toBeNull();
    expect(stepsOf(page('1. Open it.\n'), 'Open')).toBeNull();
    expect(stepsOf(page(`1. Open it.\n2. ${'The council met and spoke. '.repeat(20)}\n`), 'Open')).toBeNull();
  });
});
