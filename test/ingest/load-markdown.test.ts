import { describe, expect, test } from 'vitest';
import { PullquoteError } from '../../src/errors.ts';
import { loadMarkdown } from '../../src/ingest/load-markdown.ts';
import { readable } from '../../src/text/readable.ts';
import { cpuTime, expectSoundBlocks } from '../support/blocks.ts';
import { fc, property } from '../support/property.ts';

/** Blocks as 'kind: words', with single spaces. */
function wordsOf(text: string): string[] {
  const loaded = loadMarkdown(text, 'x.md');
  expectSoundBlocks(loaded);
  return loaded.blocks.map((block) => `${block.kind}: ${readable(loaded, block).split(/\s+/).join(' ')}`);
}

/** What is marked as markup, in order. */
function marksOf(text: string): string[] {
  return loadMarkdown(text, 'x.md').markup.map(({ start, end }) => text.slice(start, end));
}

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PullquoteError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
}

describe('blocks', () => {
  test('headings, paragraphs, quotes, items and rows', () => {
    const text =
      '# Talks *in* Paris #\n\nThey met.\nAnd talked.\n\n> A quote\n> goes on\n\n- one\n- [x] two\n  wrapped\n\n  more of two\n\nUnder\n=====\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n';
    expect(wordsOf(text)).toEqual([
      'heading: Talks in Paris',
      'paragraph: They met. And talked.',
      'paragraph: A quote goes on',
      'item: one',
      'item: two wrapped',
      'item: more of two',
      'heading: Under',
      'item: 1 2',
      'item: 3 4',
    ]);
  });

  test('code, HTML, comments, definitions, rules and images are none', () => {
    const text =
      '```js\nlet x;\n\n# not a heading\n```\n\n    indented code\n\n<div>html</div>\n\n<!-- a\n\ncomment -->\n\n![picture](a.png)\n\n* * *\n\n[a]: http://b.c\n\nWords.\n\n~~~\nunclosed code\n\nto the end';
    expect(wordsOf(text)).toEqual(['paragraph: Words.']);
  });

  test('debris is told apart', () => {
    expect(wordsOf('# Talks\n\nThey met.\n\n**Read more**\n\n## Related articles\n')).toEqual([
      'heading: Talks',
      'paragraph: They met.',
      'debris: Read more',
      'debris: Related articles',
    ]);
  });

  test('a list in a quote in a list keeps its items', () => {
    expect(wordsOf('- outer\n\n  > - inner\n  >   goes on\n\n1. first\n\n2. second\n')).toEqual([
      'item: outer',
      'item: inner goes on',
      'item: first',
      'item: second',
    ]);
  });

  test('links find their definitions wherever they stand', () => {
    const text = 'See [the text][t] and [t], not [u].[^1]\n\nOther words.\n\n[t]: http://x.y\n\n[^1]: A note.\n';
    expect(wordsOf(text)).toEqual([
      'paragraph: See the text and t , not [u].',
      'paragraph: Other words.',
      'paragraph: A note.',
    ]);
  });
});

describe('markup', () => {
  test.each([
    ['a **b** _c_ ~~d~~ e', ['**', '**', '_', '_', '~~', '~~']],
    ['a `b*c` d', ['`', '`']],
    ['a [b *c*](http://d.e "f") g', ['[', '*', '*](http://d.e "f")']],
    ['a ![alt](b.png) c', ['![alt](b.png)']],
    ['a <b>c</b> d', ['<b>', '</b>']],
    ['a \\* b \\_ c', ['\\', '\\']],
    ['a\\\nb', ['\\\n']],
    ['> a\n> b', ['>']],
    ['> a\n> *b*\n> `c\n> d` e', ['> *', '*', '> `', '>', '`']],
    ['a &amp; b &eacute; c &nbsp;d', ['amp;', '&nbsp;']],
    ['a <https://b.c> d', ['<', '>']],
    ['a https://b.c d@e.fg f', []],
    ['a &bogus; b & c', []],
    ['# a **b** c', ['**', '**']],
  ])('%j', (text, marks) => expect(marksOf(text)).toEqual(marks));

  test('keeps its place through tabs, Windows line ends and emoji', () => {
    const text = '# 😀\tTitle\r\n\r\n-\tan *item*\twith\r\n\ttabs\r\n\r\n> 😀 **bold**\r\n> more \\* *x*\r\n';
    expect(wordsOf(text)).toEqual(['heading: 😀 Title', 'item: an item with tabs', 'paragraph: 😀 bold more * x']);
    expect(marksOf(text)).toEqual(['*', '*', '**', '**', '>', '\\', '*']);
  });
});

describe('front matter', () => {
  test('says who, where and when, and is no block', () => {
    const text =
      '---\r\ntitle: "Talks: again"\r\nauthor: [Ann, Bob]\r\npublisher: The Paper\r\nurl: https://paper.example/talks\r\npublished: 2026-01-06\r\nlayout: {x: 1}\r\n---\r\n\r\n# Heading\r\n\r\nWords.';
    const { text: same, blocks, markup, ...about } = loadMarkdown(text, 'x.md');
    expect(about).toEqual({
      title: 'Talks: again',
      author: 'Ann, Bob',
      publisher: 'The Paper',
      url: 'https://paper.example/talks',
      published: '2026-01-06',
    });
    expect(same).toBe(text);
    expect(blocks.map(({ start, end }) => text.slice(start, end))).toEqual(['Heading', 'Words.']);
    expect(markup).toEqual([]);
  });

  test('leaves the title to the first heading, and that to the first paragraph', () => {
    expect(loadMarkdown('---\ndate: January 6, 2026\n---\n# *The* Talks\n\nWords.', 'x.md')).toMatchObject({
      title: 'The Talks',
      published: '2026-01-06',
    });
    expect(loadMarkdown('Some **words** here.', 'x.md').title).toBe('Some words here.');
  });

  test('an address that is no web page is left out', () => {
    expect(loadMarkdown('---\nurl: javascript:alert(1)\n---\nWords.', 'x.md')).not.toHaveProperty('url');
    expect(loadMarkdown('---\nurl: /posts/talks\n---\nWords.', 'x.md')).not.toHaveProperty('url');
  });

  test('a rule without an end is none', () => {
    expect(wordsOf('---\n\nWords: of mine.')).toEqual(['paragraph: Words: of mine.']);
  });

  test.each([
    ['---\ntitle: a\nb: [1\n---\nWords.', /^FILE_INVALID: .*"x\.md" is not YAML at line [34]:/],
    ['---\n- a\n- b\n---\nWords.', /^FILE_INVALID: .*instead of keys/],
    ['---\ntitle: [a]\n---\nWords.', /^FILE_INVALID: .*has title: \["a"\], which is not text/],
    ['---\nurl: {a: b}\n---\nWords.', /^FILE_INVALID: .*has url: /],
    [
      `---\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(/./g, (key) => `${key}: &${key} [${`*${String.fromCharCode(key.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}---\nWords.`,
      /^FILE_INVALID: .*cannot be read/,
    ],
    [`---\na: ${'['.repeat(20_000)}\n---\nWords.`, /^FILE_INVALID: /],
  ])('%.40j is refused', (text, message) => expect(codeOf(() => loadMarkdown(text, 'x.md'))).toMatch(message));

  test('runs no code and reaches no prototype', () => {
    const text = '---\n__proto__: {title: stolen}\nx: !!js/function "function () { process.exit(1) }"\n---\nWords.';
    expect(loadMarkdown(text, 'x.md').title).toBe('Words.');
  });
});

const pieces = fc.constantFrom(
  '*',
  '**',
  '_',
  '`',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '> ',
  '- ',
  '1. ',
  '#',
  '# ',
  '\n',
  '\n\n',
  '\r\n',
  '\r',
  '\t',
  '    ',
  '\\',
  '&',
  '&amp;',
  '&#128512;',
  ';',
  '|',
  '|-|-|',
  '~~~',
  '```',
  '---',
  '!',
  '<b>',
  '<!--',
  '-->',
  'word',
  '😀',
  'é',
  '\u00a0',
  '[a]: b',
  '[^1]',
  '[^1]: x',
  'www.a.b',
  'a@b.c',
  ':',
  '"',
  ' ',
);
const anyMarkdown = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
);

property.prop([anyMarkdown], { numRuns: 2000 })('any text gives sound blocks, or an error with a code', (text) => {
  try {
    expectSoundBlocks(loadMarkdown(text, 'x.md'));
  } catch (error) {
    if (!(error instanceof PullquoteError)) throw error;
    expect(error.code).toBe('FILE_INVALID');
  }
});

const word = fc.constantFrom('alpha', 'béta', '😀', 'γάμμα', 'x.y', '1914');
const inline = word.chain((inner) =>
  fc.constantFrom(
    inner,
    `*${inner}*`,
    `**${inner}**`,
    `\`${inner}\``,
    `[${inner}](http://t.u)`,
    `<b>${inner}</b>`,
    `~~${inner}~~`,
  ),
);
const lines = fc.array(
  fc.array(inline, { minLength: 1, maxLength: 6 }).map((words) => words.join(' ')),
  { minLength: 1, maxLength: 4 },
);

property.prop([lines, fc.constantFrom('', '> ', '- '), fc.constantFrom('\n', '\r\n')])(
  'the words of a paragraph come through whatever dresses them',
  (rows, prefix, lineBreak) => {
    const rest = prefix === '- ' ? '  ' : prefix;
    const text = `Start ${rows.join(lineBreak + rest)}`;
    const loaded = loadMarkdown(prefix + text, 'x.md');
    const [block] = loaded.blocks;
    const bare = text
      .replaceAll(/\*|`|~~|<\/?b>|\]\([^)]*\)|\[|> /g, ' ')
      .split(/\s+/)
      .join(' ')
      .trim();
    expect(loaded.blocks).toHaveLength(1);
    expect(
      readable(loaded, block as { start: number; end: number })
        .split(/\s+/)
        .join(' ')
        .trim(),
    ).toBe(bare);
  },
);

test.each([
  ' ',
  '\n',
  '<',
  '*',
  '[',
  '#',
  '`',
  '>',
  '> ',
  '_a*b',
  '- ',
  '|',
  '&',
  '\\',
  '![',
  '[a](',
  '[a]: b\n',
  '|x|y|\n',
  '<!--',
  '- a\n',
  'a **b ',
])('100 kB of %j take bounded time', (sign) => {
  expect(cpuTime(() => loadMarkdown(sign.repeat(100_000 / sign.length), 'x.md'))).toBeLessThan(40_000);
});
