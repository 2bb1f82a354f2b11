import { describe, expect, test } from 'vitest';
import { LONGEST_SENTENCE, splitSentences } from '../../src/text/sentences.ts';
import { cpuTime } from '../support/blocks.ts';
import { fc, property } from '../support/property.ts';

function sentencesOf(text: string): string[] {
  return splitSentences(text, { start: 0, end: text.length }).map(({ start, end }) => text.slice(start, end));
}

/** Each case is a paragraph; ‖ marks where its sentences part. */
const cases: Record<string, string[]> = {
  titles: [
    'Mr. Ortega thanked Mrs. Lund. ‖Both left early.',
    'Dr. Amara Osei and Prof. Li Wei signed it. ‖Nobody else did.',
    'Lt. Gen. Marta Ruiz briefed Sen. Paul Frost. ‖They spoke for an hour.',
    'Rev. Thomas Bell buried him near Mt. Hood. ‖It snowed.',
    'Gov. Ana Reyes met Rep. Joe Black on Friday. ‖Neither commented.',
    'Capt. Holt, Sgt. Diaz and Col. Park were honoured. ‖The crowd rose.',
    'The Hon. Justice Kerr agreed. ‖The appeal fell.',
    'Ms. Tan and Messrs. Hall and Oates objected. ‖Work stopped.',
    'Sammy Davis Jr. sang there. ‖So did his father.',
    'She visited St. Albans twice. ‖Trains were late.',
  ],
  initials: [
    'J. R. Vance chaired it. ‖Members voted.',
    'The poems of W. H. Auden sold well. ‖Critics were surprised.',
    'George W. Bush attended. ‖His wife did not.',
    'A ship named after John F. Kennedy docked. ‖It carries 5,000.',
    'Franklin D. Roosevelt signed the bill. ‖The law still stands.',
    'It was I. ‖He knew.',
  ],
  acronyms: [
    'The U.S. Senate approved it. ‖The House did not.',
    'He moved to the U.S. in 1999. ‖His sister stayed.',
    'They fled to the U.K. ‖The family settled in Leeds.',
    'A U.N. convoy arrived. ‖It carried flour.',
    'Offices in Washington, D.C. were shut. ‖Snow fell.',
    'The E.U. and U.S. delegations talked. ‖No deal came.',
    'Officials of the U.S. Treasury, the U.K. Cabinet Office and the U.N. met. ‖They agreed.',
    'She holds a Ph.D. in law. ‖It took six years.',
  ],
  times: [
    'Doors open at 7 p.m. on Thursday. ‖Entry is free.',
    'The quake struck at 4:17 a.m. local time. ‖Walls cracked.',
    'Polls closed at 8 p.m. ‖The count began at once.',
    'It began on Feb. 3 and ended on Nov. 9. ‖Then it rained.',
    'By Sept. 30 the money was gone. ‖They asked for more.',
    'The hearing is set for Tues. at noon. ‖It is public.',
  ],
  numbers: [
    'Growth slowed to 1.4% in May. ‖Prices rose 0.3%.',
    'It sold for $2.75 million. ‖The buyer is unknown.',
    'Firmware 4.10.2 fixes it. ‖Update now.',
    'The flag flew on No. 5 Market Street. ‖It was torn.',
    'The plan covers approx. 30 towns. ‖More will follow.',
    'See p. 4 and vol. 3 of the report. ‖Both are online.',
    'As Fig. 2 shows, rents doubled. ‖Wages did not.',
    'There were 12,000 applicants, e.g. nurses. ‖Few were hired.',
    'The charity runs 40 partnerships. ‖35,064 households were reached last year.',
    'He spoke on Monday. ‖12 people were hurt.',
    'The fund ran dry in spring. ‖£5 million was added.',
    'She was born in Paris. ‖1968 was a hard year.',
    'Fares rose (again). ‖20 routes were cut.',
    'Rents rose by 5.4%. ‖35,064 households moved.',
    'The club closed in 2019. ‖30 members stayed.',
    'Some “won” twice. ‖(40 lost.)',
    'They have 3. 5 of them are new.',
    'Aid came from neighbours. ‖3.5 tonnes of rice arrived.',
    'Rates start at approx. 30 pounds. ‖They rise later.',
    'Under art. 5 of the pact and chap. 12 of the code it is lawful. ‖Courts agreed.',
    'The storm hit on Sept. 5 near No. 10. ‖Roofs flew.',
    'Call tel. 555 or ext. 12 for details. ‖Lines open at nine.',
  ],
  quotations: [
    '“We are ready,” the mayor said. ‖“We have boats.”',
    '“Run!” she cried. ‖Everyone froze.',
    '“Is it over?” he asked. ‖No one answered.',
    '“It hurts. It really hurts,” the coach said. ‖He left.',
    'The note read: “Do not wait. Go home.” ‖They went.',
    'He called it “a gift.” ‖She called it a trap.',
    'She said ‘no.’ ‖He said ‘yes.’',
    '"We won," he said. ‖"They lost."',
    '"Who knew?" she asked. ‖It was late.',
    'The minister said: “The U.S. will pay.” ‖Markets rose.',
    '“Not now,” said Mr. Blunt. ‖“Perhaps later.”',
    'Asked if he would run, he said, “Maybe.” ‖Then he smiled.',
  ],
  ellipses: [
    'He waited … and waited. ‖Nobody came.',
    'I thought... well, never mind. ‖It is gone.',
    'They had time, money… and luck. ‖All ran out.',
  ],
  parentheses: [
    'The bridge (built in 1901) fell. ‖Traffic stopped.',
    '(No one was hurt.) ‖Trains resumed.',
    'The law (Pub. L. 99-12) lapsed. ‖It was not renewed.',
    'The firm [sic] replied. ‖It denied everything.',
    'The vote was close (51 to 49). ‖A recount followed.',
  ],
  companies: [
    'Baker Inc. rose 3%. ‖Miller Ltd. fell.',
    'Shares of Orion Corp. jumped. ‖The board met.',
    'Hayes Bros. Circus left town. ‖Elephants stayed.',
    'The suit Doe v. Lane was settled. ‖Terms are secret.',
    'Smith et al. disagree. ‖Their data differ.',
  ],
  lists: [
    '1. Boil the water. ‖2. Add the rice.',
    'They brought bread, milk, etc. and left. ‖The door shut.',
    'Three things matter: time, place, cost. ‖All are fixed.',
  ],
  names: [
    'Shoppers at Yahoo! and eBay waited. ‖Servers failed.',
    'Node.js and example.com were down. ‖Both are back.',
    'Trade slowed. ‖iPhone sales fell too.',
    'Sales at a.m. iPhone counters fell. ‖Others rose.',
    'Visit https://example.org/a.b?c=1 today. ‖It is free.',
  ],
  wrapped: [
    'The line is wrapped in\nthe middle. ‖The next is\r\nwrapped too.',
    'Did it work? ‖Yes! ‖It did.',
    'He left. ‖She stayed. ‖They met again in 2020.',
  ],
};

const all = Object.entries(cases).flatMap(([subject, paragraphs]) => paragraphs.map((it) => [subject, it] as const));

describe('a paragraph is split where a reader would', () => {
  test('more than sixty cases are held', () => {
    expect(all.length).toBeGreaterThanOrEqual(60);
  });

  test.each(all)('%s: %s', (_, marked) => {
    const expected = marked.split('‖').map((it) => it.trim());
    expect(sentencesOf(marked.replaceAll('‖', ''))).toEqual(expected);
  });
});

/** Text of all sorts: prose with stops and numbers, emoji families, combining marks, CRLF, right-to-left, CJK, lone surrogates. */
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'Mr. ',
      'The U.S. ',
      'p.m. ',
      'end. ',
      'Yes! ',
      'No? ',
      '35,064 ',
      '3.5% ',
      '… ',
      'word ',
      'Name ',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '“',
      '”',
      '(',
      ')',
      '"',
      ' – ',
      '. ',
      '." ',
      '.',
      '\r\n',
      '\n',
      '\t',
      '\u00a0',
      '\u0085',
      '\u2028',
      '\ufeff',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '👨‍👩‍👧‍👦',
      '🏳️‍🌈',
      '🇺🇦',
      'e\u0301',
      'न\u093cि',
      '\u0301',
      '\u200d',
      '한국어',
      '漢字。',
      '𠮷',
      'שלום. ',
      'مرحبا؟ ',
    ),
  },
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('\ud83d', '\ude00'),
);
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.tuple(piece, fc.integer({ min: 1, max: 400 })).map(([it, times]) => it.repeat(times)),
);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What holds for the sentences of every paragraph. */
function expectSound(text: string, paragraph: { start: number; end: number }): void {
  const edges = new Set(Array.from(graphemes.segment(text), ({ index }) => index)).add(text.length);
  let at = paragraph.start;
  for (const { start, end } of splitSentences(text, paragraph)) {
    if (text.slice(at, start).trim().replaceAll('\u0085', '') !== '') throw new Error(`lost words at ${at}`);
    if (start < at || end <= start || end > paragraph.end) throw new Error(`out of place: ${start}-${end}`);
    const slice = text.slice(start, end);
    // A paragraph may itself begin or end inside a grapheme; nothing else may.
    if (!edges.has(start) && start > paragraph.start) throw new Error(`grapheme split at ${start}`);
    if (!edges.has(end) && end < paragraph.end) throw new Error(`grapheme split at ${end}`);
    // White space at an edge is left only where it carries a mark.
    if (slice !== slice.trimStart() && edges.has(start + 1)) throw new Error(`space before ${JSON.stringify(slice)}`);
    if (slice !== slice.trimEnd() && edges.has(end - 1)) throw new Error(`space after ${JSON.stringify(slice)}`);
    if (slice.length > LONGEST_SENTENCE + 64) throw new Error(`${slice.length} units long`);
    at = end;
  }
  if (text.slice(at, paragraph.end).trim().replaceAll('\u0085', '') !== '') throw new Error(`lost words at ${at}`);
}

describe('the sentences of any paragraph', () => {
  property.prop([anyText], { numRuns: 3_000 })(
    'are in order, inside it, trimmed, of whole graphemes, not too long, and hold all its words',
    (text) => expectSound(text, { start: 0, end: text.length }),
  );

  property.prop([anyText, anyText, anyText], { numRuns: 500 })(
    'do not depend on what stands around it',
    (before, text, after) => {
      const around = `${before}\n\n${text}\n\n${after}`;
      const start = before.length + 2;
      const paragraph = { start, end: start + text.length };
      expectSound(around, paragraph);
      const shifted = splitSentences(around, paragraph).map((it) => ({ start: it.start - start, end: it.end - start }));
      expect(shifted).toEqual(splitSentences(text, { start: 0, end: text.length }));
    },
  );

  test.each([
    ['one word of 20 kB', 'x'.repeat(20_000)],
    ['ideographs without a stop', '漢'.repeat(10_000)],
    ['emoji families without spaces', '👨‍👩‍👧‍👦'.repeat(1_000)],
    ['flags', '🇺🇦'.repeat(2_000)],
    ['flags at odd places', `ab${'🇺🇦'.repeat(1_000)}`],
    ['spaces that carry marks', ' \u0301Words stand here\u0600 '],
    ['letters with marks', 'e\u0301\u0323'.repeat(4_000)],
    ['stops', '. '.repeat(10_000)],
    ['stops without spaces', '.'.repeat(20_000)],
    ['opened quotations', '“A. '.repeat(3_000)],
    ['white space', ' \r\n'.repeat(5_000)],
    ['numbers', '35,064. '.repeat(2_000)],
  ])('hold for %s', (_, text) => {
    expectSound(text, { start: 0, end: text.length });
  });

  test('are none where there is nothing to say', () => {
    expect(sentencesOf('')).toEqual([]);
    expect(sentencesOf(' \n\u00a0\u0085 ')).toEqual([]);
    expect(splitSentences('Some words.', { start: 4, end: 5 })).toEqual([]);
  });

  test('stay inside the paragraph that is asked for', () => {
    const text = 'One. Two. Three.';
    expect(splitSentences(text, { start: 5, end: 9 })).toEqual([{ start: 5, end: 9 }]);
  });
});

describe('a sentence without end', () => {
  test('is cut at the last space before the limit', () => {
    const text = 'word '.repeat(400).trim();
    const sentences = sentencesOf(text);
    expect(sentences.join(' ')).toBe(text);
    for (const sentence of sentences) expect(sentence.length).toBeLessThanOrEqual(LONGEST_SENTENCE);
    expect(sentences.length).toBe(3);
  });

  test('is cut between graphemes where there is no space', () => {
    const text = '👩‍🚀'.repeat(400);
    const sentences = sentencesOf(text);
    expect(sentences.join('')).toBe(text);
    for (const sentence of sentences) expect(sentence.replaceAll('👩‍🚀', '')).toBe('');
  });

  test('is told the same in the middle of a long paragraph, beyond the window that Unicode sees', () => {
    const sentence = 'THE U.S. SENT ITS VANS TO KYIV AND LVIV ON MONDAY. ';
    expect(new Set(sentencesOf(sentence.repeat(500)))).toEqual(new Set([sentence.trim()]));
    expect(sentencesOf(sentence.repeat(500))).toHaveLength(500);
  });
});

test.each([
  [
    'of sentences',
    (length: number) => 'He paid 3.5 million to Mr. Low on Monday. 35 people saw it. '.repeat(length / 60),
  ],
  ['without an end', (length: number) => `“x” ${'Mr. '.repeat(length / 4)}`],
])('time grows with the length of a paragraph %s, not with its square', (_, paragraph) => {
  const time = (text: string) => cpuTime(() => splitSentences(text, { start: 0, end: text.length }));
  time(paragraph(50_000));
  const half = Math.min(time(paragraph(50_000)), time(paragraph(50_000)));
  const whole = Math.min(time(paragraph(100_000)), time(paragraph(100_000)));
  expect(whole).toBeLessThan(half * 3.5 + 50);
  expect(whole).toBeLessThan(3_000);
});
