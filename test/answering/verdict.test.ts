import { describe, expect, it } from 'vitest';
import { asksYesNo, propositionOf } from '../../src/answering/proposition.ts';
import { type Settled, settles } from '../../src/answering/verdict.ts';

function verdict(question: string, sentence: string): Settled | null {
  const proposition = propositionOf(question);
  return proposition && settles(proposition, sentence);
}

describe('a yes/no question', () => {
  it.each([
    'Did Macron host the talks?',
    'Is it true that Rutte came?',
    "Isn't the harbour open?",
    'And will France send troops?',
  ])('is %j', (question) => expect(asksYesNo(question)).toBe(true));
  it.each([
    'Who hosted the talks?',
    'Is it Paris or Berlin?',
    'Can you tell me a story?',
    'Do you know who came?',
    'Will',
    'Wills and trusts',
    'Can I cancel?',
    '',
  ])('is not %j', (question) => expect(asksYesNo(question)).toBe(false));
});

describe('a sentence settles it', () => {
  it.each([
    [
      'Did Macron host Zelensky in Paris?',
      'President Emmanuel Macron hosted Volodymyr Zelensky and officials in Paris.',
    ],
    ['Did Russia invade Ukraine?', 'Russia invaded Ukraine in 2014.'],
    ['Is Mark Rutte NATO Secretary General?', 'Attendees included NATO Secretary General Mark Rutte.'],
    ['Did the United States rule out providing soldiers?', 'The USA had ruled out providing soldiers for this.'],
    ['Has the harbour reopened?', 'The harbour reopened on 3 May.'],
    ['Can customers cancel online?', 'Customers can cancel online at any time.'],
    ['Did Zelensky meet Trump?', 'Zelenskyy met Trump, and Zelenskyy did meet Trump again.'],
  ])('with yes: %j – %j', (question, sentence) => expect(verdict(question, sentence)).toBe('yes'));

  it.each([
    [
      'Was the promise of US support in the final communique?',
      'However, a draft promise of US “support” for the force in case of a new attack was not in the final communique.',
    ],
    ['Will the US provide soldiers?', 'The USA had ruled out providing soldiers for this.'],
    ['Has Russia agreed to a ceasefire?', 'Russia has not agreed to a ceasefire.'],
    ['Is the harbour open?', 'The harbour is no longer open.'],
    ['Did 40 countries attend the talks?', 'Officials from 35 countries attended the talks.'],
    [
      'Are all nations prepared to commit forces?',
      'He noted that not all participating nations are prepared to commit forces.',
    ],
  ])('with no: %j – %j', (question, sentence) => expect(verdict(question, sentence)).toBe('no'));

  it.each([
    ['who did what to whom', 'Did Ukraine invade Russia?', 'Russia invaded Ukraine in 2014.'],
    [
      'another place',
      'Did Macron host Zelensky in Berlin?',
      'Macron hosted Zelensky in Paris before talks with Berlin.',
    ],
    [
      'another person',
      'Is Keir Starmer the NATO Secretary General?',
      'They met Prime Minister Keir Starmer, and NATO Secretary General Mark Rutte.',
    ],
    ['a condition', 'Has Russia agreed to a ceasefire?', 'Russia would agree to a ceasefire if sanctions are lifted.'],
    ['an attribution', 'Will Germany send troops to Ukraine?', 'Merz said Germany will send troops to Ukraine.'],
    ['a possibility', 'Will Germany send troops?', 'Germany may send troops.'],
    ['a plan', 'Has the harbour reopened?', 'The harbour will reopen on 3 May.'],
    ['a rumour', 'Has the harbour reopened?', 'Reports that the harbour reopened on 3 May are false.'],
    ['another clause', 'Did France host talks?', 'Britain and France signed it, and Germany hosted talks.'],
    [
      'another year, which may be another time',
      'Did Russia invade Ukraine in 2022?',
      'Russia invaded Ukraine in 2014.',
    ],
    ['a bound', 'Did 40 countries attend the talks?', 'Officials from more than 35 countries attended the talks.'],
    ['not all', 'Are nations prepared to commit forces?', 'Not all nations are prepared to commit forces.'],
    ['only', 'Do members pay a fee?', 'Only new members pay a fee.'],
    ['a question with a negation', 'Is the harbour not open?', 'The harbour is open.'],
    ['nothing of it', 'Is the harbour open?', 'The museum is closed.'],
  ])('not: %s: %j – %j', (_, question, sentence) => expect(verdict(question, sentence)).toBeNull());
});
