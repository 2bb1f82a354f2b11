import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isDebris } from '../../src/ingest/debris.ts';
import { loadText } from '../../src/ingest/load-text.ts';
import { cpuTime, expectSoundBlocks } from '../support/blocks.ts';
import { fc, property } from '../support/property.ts';

const seed = (name: string) => readFileSync(new URL(`../../seeds/${name}.txt`, import.meta.url), 'utf8');
const fixture = (name: string) => readFileSync(new URL(`../fixtures/documents/${name}`, import.meta.url), 'utf8');

/** Blocks as 'kind: text', the text cut at 60 characters. */
function blocksOf(text: string): string[] {
  return loadText(text).blocks.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end).slice(0, 60)}`);
}

/** How many blocks there are of each kind. */
function census(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of loadText(text).blocks) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function ofKind(text: string, wanted: string): string[] {
  return loadText(text)
    .blocks.filter(({ kind }) => kind === wanted)
    .map(({ start, end }) => text.slice(start, end));
}

describe('the five articles', () => {
  test.each([
    ['000_146fd403ef737445', 'Paris Meeting Convenes', { heading: 4, paragraph: 6, item: 4 }],
    [
      '001_97d87198b26f9487',
      "International Talks in Paris Address Ukraine's Post-Ceasefire Security Framework",
      { heading: 4, paragraph: 8, item: 5, debris: 3 },
    ],
    [
      '002_4a1a7f77ad514017',
      'Macron Hosts Ukraine and Allies to Strengthen Security Commitments',
      { heading: 4, paragraph: 10, debris: 2 },
    ],
    [
      '003_27d5165cb803f466',
      'Ukraine negotiations: USA and Europe want to specify security commitments for Ukraine',
      { heading: 4, paragraph: 10, debris: 3 },
    ],
    [
      '004_ef01501c8eb85e79',
      'US and Ukraine to continue security talks after Paris meeting agrees on US-led ceasefire monitoring and a post-war…',
      { paragraph: 11 },
    ],
  ])('%s has its title and its blocks', (name, title, counts) => {
    const text = seed(name);
    const loaded = loadText(text);
    expectSoundBlocks(loaded);
    expect(loaded.text).toBe(text);
    expect(loaded.title).toBe(title);
    expect(census(text)).toEqual(counts);
  });

  test('debris is what a page put around the article', () => {
    expect(ofKind(seed('001_97d87198b26f9487'), 'debris')).toEqual(['Back', 'Show me the source', 'Generated on:']);
    expect(ofKind(seed('002_4a1a7f77ad514017'), 'debris')).toEqual(['NEWS DESK', 'PRESS UPDATE']);
    expect(ofKind(seed('003_27d5165cb803f466'), 'debris')).toEqual([
      'Loading',
      'Leave a Reply',
      'Your email address will not be published. Required fields are marked *',
    ]);
  });

  test('items leave out their bullets', () => {
    const text = seed('001_97d87198b26f9487');
    expect(ofKind(text, 'item')[0]).toBe('Establishing mechanisms to monitor a ceasefire.');
  });
});

describe('wrapped text', () => {
  test('joins the lines of a paragraph, of an item and of a heading', () => {
    const text = fixture('wrapped.txt');
    expect(ofKind(text, 'paragraph').map((block) => block.replaceAll(/\s+/g, ' '))).toEqual([
      'Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or twice she had peeped into the book her sister was reading, but it had no pictures or conversations in it.',
      'So she was considering in her own mind (as well as she could, for the hot day made her feel very sleepy and stupid) what to bring:',
    ]);
    expect(ofKind(text, 'item').map((block) => block.replaceAll(/\s+/g, ' '))).toEqual([
      'a daisy-chain, if the pleasure of making it would be worth the trouble of getting up and picking the daisies;',
      'a pocket watch.',
    ]);
    expect(ofKind(text, 'heading')).toEqual(['CHAPTER I.', 'Down the Rabbit-Hole']);
  });

  test('holds with Windows line ends', () => {
    const unix = fixture('wrapped.txt');
    const windows = unix.replaceAll('\n', '\r\n');
    expect(ofKind(windows, 'paragraph')).toEqual(
      ofKind(unix, 'paragraph').map((block) => block.replaceAll('\n', '\r\n')),
    );
  });

  test('takes a short line that a capital follows for the end of a paragraph', () => {
    const text = [
      'The committee met on Monday morning and it decided to go on with the work that',
      'was begun in spring.',
      'The members went home after that and did not come back before the end of the',
      'month.',
    ].join('\n');
    expect(ofKind(text, 'paragraph')).toHaveLength(2);
  });

  test('keeps a dash in mid-sentence inside its paragraph', () => {
    const text = [
      'The committee met on Monday morning and it decided to go on with all the work',
      '- which nobody had wanted - and then it went home again without another word',
      'on the matter.',
    ].join('\n');
    expect(ofKind(text, 'paragraph')).toEqual([text]);
  });
});

describe('a line is a paragraph where nothing is wrapped', () => {
  test('short lines stay apart', () => {
    expect(blocksOf('A title of words\nThis is one sentence.\nThis is another.')).toEqual([
      'heading: A title of words',
      'paragraph: This is one sentence.',
      'paragraph: This is another.',
    ]);
  });

  test('questions, speakers and table rows can be quoted', () => {
    expect(
      blocksOf(
        'Interview\nQ: Who came\nA: Nobody at all\nQ: And why\nWho knows?\nCountry\tTroops\nFrance\t5000\nThat is all.',
      ),
    ).toEqual([
      'heading: Interview',
      'paragraph: Q: Who came',
      'paragraph: A: Nobody at all',
      'paragraph: Q: And why',
      'paragraph: Who knows?',
      'paragraph: Country\tTroops',
      'paragraph: France\t5000',
      'paragraph: That is all.',
    ]);
  });

  test('every bullet makes an item', () => {
    const bullets = ['-', '*', '•', '–', '‣', '◦', '1.', '12)', 'a)', '(b)'];
    const text = `Things:\n${bullets.map((bullet) => `${bullet} thing`).join('\n')}\n•glued`;
    expect(ofKind(text, 'item')).toEqual([...bullets.map(() => 'thing'), 'glued']);
  });

  test('a year, a minus and an initial are no bullets', () => {
    const text = '1990. That was the year.\n-5 degrees were measured.\nA. Smith was there.';
    expect(ofKind(text, 'item')).toEqual([]);
  });

  test('capitals make headings, also with a stop', () => {
    expect(blocksOf('THE END OF THE WAR\nIt ended.\n\nPART TWO.\n\nIt began.')).toEqual([
      'heading: THE END OF THE WAR',
      'paragraph: It ended.',
      'heading: PART TWO.',
      'paragraph: It began.',
    ]);
  });

  test('verse without stops is kept, a menu above the headline is not', () => {
    expect(
      blocksOf('It was night.\nThe moon rose\nThe river slept\nThe owl awoke\nThen came the day.').slice(1, 4),
    ).toEqual(['paragraph: The moon rose', 'paragraph: The river slept', 'paragraph: The owl awoke']);
    const page = 'World\nSports\nWeather\nParis Talks Go On Without Result\nThe talks went on.';
    expect(loadText(page).title).toBe('Paris Talks Go On Without Result');
    expect(ofKind(page, 'debris')).toEqual(['World', 'Sports', 'Weather']);
  });

  test('a kicker is no title', () => {
    expect(loadText('WORLD\n\nTalks in Paris go on\n\nThey go on and on.').title).toBe('Talks in Paris go on');
  });

  test('a last line that lost its stop is kept, a footer is not', () => {
    const text = 'They met in Paris.\nThe delegates will meet again in the spring of next year\nWORLD DESK';
    expect(blocksOf(text).slice(1)).toEqual([
      'paragraph: The delegates will meet again in the spring of next year',
      'debris: WORLD DESK',
    ]);
  });

  test('text without any paragraph can still be quoted', () => {
    expect(blocksOf('Hello world')).toEqual(['paragraph: Hello world']);
    expect(blocksOf('Minutes\n\nNothing was decided')).toEqual(['heading: Minutes', 'paragraph: Nothing was decided']);
  });

  test('a long first line is cut after a word for the title, never inside a character', () => {
    expect(loadText(`${'word '.repeat(40)}ends here.`).title).toBe(`${'word '.repeat(23)}word…`);
    expect(loadText(`${'😀'.repeat(100)} a.`).title).toMatch(/^(?:😀)+…$/u);
  });
});

describe('debris', () => {
  test.each([
    'Read more…',
    '« Back',
    'ADVERTISEMENT',
    '5 min read',
    '© 2026 The Paper',
    'Copyright 2025 Paper Ltd. All rights reserved',
    'Share this article:',
    '12 comments',
    '3 hours ago',
    '* * *',
  ])('%s', (line) => expect(isDebris(line)).toBe(true));
  test.each([
    'Share prices fell.',
    'Back in Paris, the leaders met again.',
    'Related: the leaders said that they would meet again in May.',
    'Copyright law in Europe',
    'Back to the front line',
    'Loading of grain began in Odesa',
    'He said no.',
    'Subscribe to the treaty',
  ])('but not %s', (line) => expect(isDebris(line)).toBe(false));
});

const pieces = fc.constantFrom(
  ' ',
  '\n',
  '\r\n',
  '\t',
  '- ',
  '• ',
  '1. ',
  '.',
  '?',
  'Word',
  'word',
  ': ',
  '😀',
  'é',
  '\u00a0',
  '|',
  '\u2028',
  'Back',
  '國',
  '"',
  '—',
);
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(pieces, { maxLength: 80 }).map((parts) => parts.join('')),
);

property.prop([anyText], { numRuns: 1000 })('any text gives sound blocks that hold all its words', (text) => {
  const loaded = loadText(text);
  expectSoundBlocks(loaded);
  let outside = '';
  let position = 0;
  for (const { start, end } of loaded.blocks) {
    outside += text.slice(position, start);
    position = end;
  }
  outside += text.slice(position);
  expect(outside.replaceAll(/[a-z]\)|\([a-z]\)|\d/gi, '')).not.toMatch(/[\p{L}\p{N}]/u); // but for bullets' letters
});

test.each([' ', '\n', '\r\n', '<', '*', '[', '#', '- ', 'a', '.', 'A: b\n', 'Abc\n', '\t', '"', ' \n'])(
  '300 kB of %j take linear time',
  (sign) => {
    expect(cpuTime(() => loadText(sign.repeat(300_000 / sign.length)))).toBeLessThan(6_000);
  },
);
