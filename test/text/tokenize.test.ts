import { describe, expect, test } from 'vitest';
import { fold, terms, tokenize } from '../../src/text/tokenize.ts';
import { cpuTime } from '../support/blocks.ts';
import { fc, property } from '../support/property.ts';

const words = (text: string) => tokenize(text).map((token) => token.text);

describe('words', () => {
  test.each([
    ['Talks in Paris, on Monday.', ['Talks', 'in', 'Paris', 'on', 'Monday']],
    ['The U.S. and the U.N. met', ['The', 'U.S.', 'and', 'the', 'U.N.', 'met']],
    ['up 3.5% to 12,000', ['up', '3.5', 'to', '12,000']],
    ['Ukraine’s army didn’t', ['Ukraine’s', 'army', 'didn’t']],
    ["the boys' own", ['the', 'boys', 'own']],
    ['a 15-year guarantee', ['a', '15', 'year', 'guarantee']],
    ['COVID-19 and G7', ['COVID', '19', 'and', 'G7']],
    ['Cafe\u0301 Élysée', ['Cafe\u0301', 'Élysée']],
    ['Київ і Москва', ['Київ', 'і', 'Москва']],
    ['東京とパリ', ['東京とパリ']],
    ['👨‍👩‍👧 – … “”', []],
    ['', []],
  ])('of %j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('stand where they say', () => {
    const text = 'The U.S. paid €12,000 to Nicolás’s “friends”.';
    for (const token of tokenize(text)) {
      expect(text.slice(token.start, token.start + token.text.length)).toBe(token.text);
    }
    expect(tokenize(text).map(({ start }) => text.slice(start)[0])).toEqual(['T', 'U', 'p', '1', 't', 'N', 'f']);
  });

  test('know which of them carry grammar only, in any case', () => {
    const stops = tokenize('What did THE envoys say to us?').filter((token) => token.isStopWord);
    expect(stops.map((token) => token.text)).toEqual(['What', 'did', 'THE', 'to']);
  });
});

describe('terms', () => {
  test.each([
    ['one word in its forms', 'negotiate negotiated negotiating', ['negoti', 'negoti', 'negoti']],
    ['singular and plural', 'soldier soldiers', ['soldier', 'soldier']],
    ['possessives', "Ukraine Ukraine’s Ukraine's", ['ukrain', 'ukrain', 'ukrain']],
    ['acronyms with stops and without', 'U.S. US', ['us', 'us']],
    ['accents', 'Nicolás Nicolas NICOLÁS', ['nicola', 'nicola', 'nicola']],
    ['both normal forms', 'café cafe\u0301', ['cafe', 'cafe']],
    ['thousands', '12,000 12000', ['12000', '12000']],
    ['decimals', '3.5', ['3.5']],
    ['full-width letters and ligatures', 'ＮＡＴＯ ﬁnance', ['nato', 'financ']],
  ])('are the same for %s', (_, text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  test('leave stop words out', () => {
    expect(terms('Who is the prime minister of Denmark?')).toEqual(['prime', 'minist', 'denmark']);
    expect(terms('What is it?')).toEqual([]);
  });
});

test('folding takes case, accents, possessives and stops', () => {
  expect(['Élysée’s', 'U.S.', '12,000', '3.5', 'IŞIK', "o'clock"].map(fold)).toEqual([
    'elysee',
    'us',
    '12000',
    '3.5',
    'isik',
    'oclock',
  ]);
});

describe('whatever the text', () => {
  property.prop([fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }))], { numRuns: 2_000 })(
    'its words are slices of it, in order, and hold every letter and digit',
    (text) => {
      let at = 0;
      let between = '';
      for (const token of tokenize(text)) {
        expect(token.start).toBeGreaterThanOrEqual(at);
        expect(text.slice(token.start, token.start + token.text.length)).toBe(token.text);
        between += text.slice(at, token.start);
        at = token.start + token.text.length;
      }
      expect(between + text.slice(at)).not.toMatch(/[\p{L}\p{N}]/u);
    },
  );

  property.prop([fc.string({ unit: 'grapheme' })])('its terms are the same whatever its normal form', (text) => {
    fc.pre(!/[^\p{ASCII}\p{Script=Latin}]/u.test(text));
    expect(terms(text.normalize('NFD'))).toEqual(terms(text.normalize('NFC')));
  });
});

test.each([
  ['one word', 'x'],
  ['an acronym', 'a.'],
  ['digits', '1,'],
  ['marks', '\u0301'],
  ['quotes', 'a’'],
])('100 kB of %s takes linear time', (_, unit) => {
  expect(cpuTime(() => tokenize(unit.repeat(100_000 / unit.length)))).toBeLessThan(1_500);
});
