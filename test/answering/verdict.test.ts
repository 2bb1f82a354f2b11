import { describe, expect, it } from 'vitest';
import { asksYesNo, propositionOf } from '../../src/answering/proposition.ts';
import { type Settled, settles, speaksOf } from '../../src/answering/verdict.ts';

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
    ['Did Russia invade Ukraine?', 'Russia invaded Ukraine in 2014.'],
    ['Is Mark Rutte NATO Secretary General?', 'Attendees included NATO Secretary General Mark Rutte.'],
    [
      'Is Friedrich Merz the German Chancellor?',
      'Leaders came, including German Chancellor Friedrich Merz, and others.',
    ],
    ['Is Friedrich Merz the German chancellor?', 'German Chancellor Friedrich Merz said German forces could join.'],
    ['Did the United States rule out providing soldiers?', 'The USA had ruled out providing soldiers for this.'],
    ['Has the harbour reopened?', 'The harbour reopened on 3 May.'],
    ['Can customers cancel online?', 'Customers can cancel online at any time.'],
    ['Did Zelensky meet Trump?', 'Ukrainian President Volodymyr Zelenskyy met Trump in Florida.'],
    [
      'Does Russia control 75% of Donetsk?',
      'Russia currently controls approximately 75% of the Donetsk region and 99% of Luhansk.',
    ],
    ['Did sales in Germany fall?', 'Sales in Germany fell by 6 per cent.'],
    ['Was the yard fined?', 'The yard was fined €180,000 in August because paint had leaked.'],
    ['Did the council sell the station?', 'In June 2023, the council sold the station.'],
  ])('with yes: %j – %j', (question, sentence) => expect(verdict(question, sentence)).toBe('yes'));

  it.each([
    ['Will the US provide soldiers?', 'The USA had ruled out providing soldiers for this.'],
    ['Has Russia agreed to a ceasefire?', 'Russia has not agreed to a ceasefire.'],
    ['Is the harbour open?', 'The harbour is no longer open.'],
    ['Is the museum open on Mondays?', 'The museum is closed on Mondays.'],
    ['Are all nations prepared to commit forces?', 'Not all nations are prepared to commit forces.'],
    ['Did sales in Germany rise?', 'Sales in Germany fell by 6 per cent.'],
    ['Are renewals refunded?', 'Refunds are given within 30 days; renewals are not refunded.'],
    ['Is running recommended?', 'Skiing and running are not recommended at all.'],
    ['Does Ferrant work on engines?', 'Contrary to reports in the press, Ferrant does not work on engines.'],
  ])('with no: %j – %j', (question, sentence) => expect(verdict(question, sentence)).toBe('no'));

  it.each([
    ['Does the plan include 5 projects?', 'The plan includes 3 projects.'],
    ['Did 40 countries attend the talks?', '35 countries attended the talks.'],
  ])('with another number: %j – %j', (question, sentence) => expect(verdict(question, sentence)).toBe('otherwise'));

  it.each([
    ['who did what to whom', 'Did Ukraine invade Russia?', 'Russia invaded Ukraine in 2014.'],
    ['who is whose', 'Is Karl the father of Otto?', 'Otto was the father of Karl.'],
    [
      'another place',
      'Did Macron host Zelensky in Berlin?',
      'Macron hosted Zelensky in Paris before talks with Berlin.',
    ],
    [
      'another person',
      'Is Keir Starmer the NATO Secretary General?',
      'They met Keir Starmer and NATO Secretary General Mark Rutte.',
    ],
    [
      'the next in a list',
      'Is Jared Kushner UK Prime Minister?',
      'Envoys Steve Witkoff and Jared Kushner, UK Prime Minister Keir Starmer came.',
    ],
    [
      'a verb between',
      'Is Emmanuel Macron Ukrainian President?',
      'Emmanuel Macron hosted Ukrainian President Volodymyr Zelensky.',
    ],
    ['another verb', 'Did Peter Novak steal the painting?', 'Peter Novak was accused of stealing the painting.'],
    ['another preposition', 'Did the council vote for the plan?', 'The council voted against the plan.'],
    ['a narrower thing', 'Does the app work offline?', 'The desktop app works offline.'],
    ['a narrower yes', 'Are helmets compulsory for riders?', 'Helmets are compulsory for riders under 18.'],
    ['a narrower must', 'Must managers approve all trips?', 'Managers must approve all trips above 500 euros.'],
    ['a narrower no', 'Is Zelofen approved?', 'Zelofen is not approved for children.'],
    ['a no for some', 'Is the bridge open?', 'The bridge is not open to lorries.'],
    ['most', 'Are all snakes harmless?', 'Most snakes are harmless.'],
    ['a condition', 'Has Russia agreed to a ceasefire?', 'Russia would agree to a ceasefire if sanctions are lifted.'],
    ['an attribution', 'Will Germany send troops to Ukraine?', 'Merz said Germany will send troops to Ukraine.'],
    ['a denial that somebody makes', 'Did Biorex hide results?', 'Biorex denied that it hid results.'],
    ['a possibility', 'Will Germany send troops?', 'Germany may send troops.'],
    ['a plan', 'Has the harbour reopened?', 'The harbour will reopen on 3 May.'],
    ['a rumour', 'Has the harbour reopened?', 'Reports that the harbour reopened on 3 May are false.'],
    ['a legend', 'Is the castle haunted?', 'The legend that the castle is haunted is old.'],
    ['another clause', 'Did France host talks?', 'Britain and France signed it, and Germany hosted talks.'],
    ['a bound', 'Did 30 countries attend the talks?', 'More than 30 countries attended the talks.'],
    ['a lower bound', 'Does the camera have 12 lenses?', 'The camera has fewer than 12 lenses.'],
    ['not all', 'Are nations prepared to commit forces?', 'Not all nations are prepared to commit forces.'],
    ['somebody’s words', 'Did Novak steal the painting?', '“Novak stole the painting,” the prosecutor shouted.'],
    ['some', 'Does Zelofen cause drowsiness?', 'Zelofen causes drowsiness in some patients.'],
    ['the contrary of the contrary', 'Is the museum open?', 'The museum is not closed on Mondays.'],
    ['only', 'Do members pay a fee?', 'Only new members pay a fee.'],
    [
      'another year, which may be another time',
      'Did Russia invade Ukraine in 2022?',
      'Russia invaded Ukraine in 2014.',
    ],
    ['what was', 'Is the bridge open?', 'The bridge was open.'],
    ['what is no more', 'Was Kolar the director?', 'Kolar is no longer the director.'],
    ['side by side, but no name', 'Is steel the bridge cable?', 'They sell bridge cable steel.'],
    ['a former one', 'Is Ada Lovelace Finance Minister?', 'They met former Finance Minister Ada Lovelace.'],
    ['unlike', 'Is the phone waterproof?', 'The tablet, unlike the phone, is waterproof.'],
    ['a question with a negation', 'Is the harbour not open?', 'The harbour is open.'],
    ['nothing of it', 'Is the harbour open?', 'The museum is closed.'],
    ['a half that the other doubts', 'Is the harbour open?', 'The harbour is open; reports say otherwise.'],
    ['another date', 'Did the council sell the station in 2019?', 'In June 2023, the council sold the station.'],
    ['another rate', 'Did sales fall by 6 per cent?', 'Sales fell by a third.'],
    [
      'something else that is asked for',
      'Will the guarantees take effect?',
      'Officials have yet to clarify when and how the guarantees will take effect.',
    ],
  ])('not: %s: %j – %j', (_, question, sentence) => expect(verdict(question, sentence)).toBeNull());
});

describe('a sentence that settles nothing', () => {
  it.each([
    ['Did Helen Marsh study law?', 'Helen Marsh was born in Leeds.', 'Helen Marsh was born in Leeds.', false],
    [
      'Did Helen Marsh study law?',
      'She studied law at Oxford.',
      'Helen Marsh was born in Leeds. She studied law at Oxford.',
      true,
    ],
    ['Did Marco Rubio come to Paris?', 'Witkoff came to Paris.', 'Rubio stayed. Witkoff came to Paris.', false],
    ['did somebody come to paris?', 'Witkoff came to Paris.', 'Witkoff came to Paris.', true],
  ])('speaks of what is asked, or not: %j – %j', (question, sentence, passage, speaks) =>
    expect(speaksOf(question, sentence, passage)).toBe(speaks),
  );
});
