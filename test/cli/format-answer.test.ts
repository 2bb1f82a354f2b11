import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatAnswer, visible } from '../../src/cli/format-answer.ts';
import type { Answer } from '../../src/types.ts';
import { createFakeChatbot } from '../support/fake-chatbot.ts';

const plain = { colour: false, baseUrl: '' };
const ask = (question: string) => createFakeChatbot().ask(question);

describe('an answer at a terminal', () => {
  it('is the short answer, then each quote with its source and its link', async () => {
    const answer = await ask('How many boats?');
    expect(formatAnswer(answer, plain).split('\n\n').slice(0, 3)).toEqual([
      '3 May',
      '[1] “The harbour 🚢 reopened on 3 May\nafter two years & cost €12 million.”\n' +
        `    ${answer.citations[0]?.document.title} · The "Quay" & Post · 2026-05-03\n` +
        `    ${answer.citations[0]?.link}`,
      '[2] “It has room for 40 boats.”\n' +
        `    ${answer.citations[1]?.document.title} · The "Quay" & Post · 2026-05-03\n` +
        `    ${answer.citations[1]?.link}`,
    ]);
  });

  it('has no bare source where nothing more is known, and ends in one line end', async () => {
    const text = formatAnswer(await ask('How many boats?'), plain);
    expect(text).toContain('\n    Budget\n    /sources/budget#8-');
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).not.toContain('undefined');
  });

  it('says that the documents do not say, with the nearest passages', async () => {
    const text = formatAnswer(await ask('Who won the cup?'), plain);
    expect(text).toMatch(/^The documents don’t say\.\n\nWhat comes nearest:\n\n\[1\] “Nobody was hurt\.”\n/);
  });

  it('promises no passages where there are none', async () => {
    const answer: Answer = { ...(await ask('Who won the cup?')), nearest: [] };
    expect(formatAnswer(answer, plain)).toBe('The documents don’t say.\n');
  });

  it('shows as what a follow-up was searched, but not white space that was cut off', async () => {
    const answer = await ask('How many boats?');
    expect(formatAnswer({ ...answer, question: '  How many boats?\n' }, plain)).toMatch(/^3 May\n/);
    const rewritten = { ...answer, standaloneQuestion: 'How many boats fit the harbour?\u001b[2J' };
    expect(formatAnswer(rewritten, plain)).toMatch(
      /^Searched for: How many boats fit the harbour\?\\u001b\[2J\n\n3 May\n/,
    );
  });

  it('begins with the verdict of a yes/no question', async () => {
    const { shortAnswer: _, ...answer } = await ask('How many boats?');
    expect(formatAnswer({ ...answer, verdict: { value: 'no', citation: 1 } }, plain)).toMatch(/^No\n\n\[1\] “/);
  });

  it('puts the sides of a disagreement under one another, the newest named', async () => {
    const answer = await ask('How many boats?');
    const [differing] = answer.disagreements;
    if (differing === undefined) return expect.fail('the fake has a disagreement');
    expect(formatAnswer(answer, plain)).toMatch(
      /\n\nThe documents differ:\n {2}• “€12 million” \[1\] 1 document · 2026-05-03\n {2}• “€14 million” \[3\] 1 document\n$/,
    );
    const bound = formatAnswer({ ...answer, disagreements: [{ ...differing, compatible: true, newest: 0 }] }, plain);
    expect(bound).toContain('The documents put it differently; both can be true:\n');
    expect(bound).toContain('1 document · 2026-05-03 · the newest\n');
  });

  it('names the section that a quote stands in', async () => {
    const answer = await ask('How many boats?');
    const citations = answer.citations.map((citation) => ({ ...citation, section: 'The quay\u001b[2J' }));
    expect(formatAnswer({ ...answer, citations }, plain)).toContain(
      ' · The quay\\u001b[2J · The "Quay" & Post · 2026-',
    );
  });

  it('leads to where people reach the server', async () => {
    const text = formatAnswer(await ask('How many boats?'), { colour: false, baseUrl: 'https://ask.example.org' });
    expect(text).toContain('\n    https://ask.example.org/sources/news/harbour%20%26%20sea#');
  });

  it('says the same in colour', async () => {
    for (const question of ['How many boats?', 'Who won the cup?']) {
      const answer = await ask(question);
      const coloured = formatAnswer(answer, { colour: true, baseUrl: '' });
      expect(coloured).toContain('\u001b[');
      expect(stripVTControlCharacters(coloured)).toBe(formatAnswer(answer, plain));
    }
  });
});

describe('visible', () => {
  it.each([
    ['\u001b]0;title\u0007', '\\u001b]0;title\\u0007'],
    ['\u009b31mred', '\\u009b31mred'],
    ['\u202eexe.txt\u202c', '\\u202eexe.txt\\u202c'],
    ['\u2066isolate\u2069', '\\u2066isolate\\u2069'],
    ['back\b\b\bspace\u0000\u007f', 'back\\u0008\\u0008\\u0008space\\u0000\\u007f'],
    ['over\rwritten', 'overwritten'],
    ['two\r\nlines\tand a tab', 'two\nlines\tand a tab'],
  ])('%j is shown as %j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves every script as it is', () => {
    const text = 'Zoë – “naïve” 🚢👨‍👩‍👧 Ελλάδα Київ 北京 ﷺ עברית العربية\u00a0€';
    expect(visible(text)).toBe(text);
  });
});
