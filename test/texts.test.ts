import { describe, expect, it } from 'vitest';
import { pageTexts, spokenLanguage, type WidgetTexts, widgetTexts } from '../src/texts.ts';
import { canRetry, describe as told } from '../src/widget/failure.ts';

/** Every sentence, those with a hole filled, by its name. */
function sentences(texts: object): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, text] of Object.entries(texts)) {
    if (typeof text === 'string') found.set(name, text);
    else if (typeof text === 'function') {
      const filled: unknown = text.length > 1 ? text(2, 'x') : text(2);
      found.set(name, String(filled));
    } else for (const [inner, sentence] of sentences(text)) found.set(`${name}.${inner}`, sentence);
  }
  return found;
}

const english = sentences(widgetTexts.en ?? {});

describe.each(Object.keys(widgetTexts))('the texts in %s', (language) => {
  const texts = sentences(widgetTexts[language] ?? {});

  it('are complete, and none is empty', () => {
    expect([...texts.keys()]).toEqual([...english.keys()]);
    expect([...texts].filter(([, text]) => text.trim() === '' || text !== text.trim())).toEqual([]);
  });

  it('use typographic quotes and apostrophes, and leave no hole open', () => {
    for (const [name, text] of [...texts, ...sentences(pageTexts(language))].filter(([name]) => name !== 'quoteOf'))
      expect([name, text]).toEqual([name, expect.not.stringMatching(/['"#]|undefined|NaN/)]);
  });

  it.each(['yes', 'no'] as const)('are in another language than English, %s excepted or not', (name) => {
    expect(widgetTexts[language]?.[name].length).toBeGreaterThan(1);
    if (language === 'en') return;
    const same = [...texts].filter(([key, text]) => text === english.get(key));
    // "Original" is German, too.
    expect(same.map(([key]) => key)).toEqual(['original']);
  });
});

describe('spokenLanguage', () => {
  it.each([
    [['de-AT', 'en'], 'de'],
    [['fr', 'DE'], 'de'],
    [['fr', 'constructor', ''], 'en'],
    [[], 'en'],
  ])('of %j is %s', (wanted, spoken) => {
    expect(spokenLanguage(wanted)).toBe(spoken);
  });
});

describe('a failure', () => {
  const texts = widgetTexts.en as WidgetTexts;

  it('that is known is told by its sentence, with the time to wait', () => {
    expect(told({ code: 'RATE_LIMITED', retryAfter: 1, requestId: 'r1' }, texts)).toBe(
      'Those were many questions in a short time. Try again in a second. Your question is still here.',
    );
  });

  it('that is not known is told with its reference', () => {
    expect(told({ code: 'toString', retryAfter: null, requestId: 'r1' }, texts)).toBe(
      'Something went wrong on the server. Your question is still here. Reference: r1',
    );
  });

  it('can be tried again unless only the question or the page could help', () => {
    const failure = { retryAfter: null, requestId: null };
    expect(canRetry({ code: 'BUSY', ...failure })).toBe(true);
    expect(canRetry({ code: 'QUESTION_TOO_LONG', ...failure })).toBe(false);
  });
});
