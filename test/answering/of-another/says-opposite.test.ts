import { describe, expect, it } from 'vitest';
import { saysOpposite } from '../../../src/answering/of-another/says-opposite.ts';

describe('a sentence that says the opposite of what is asked', () => {
  it.each([
    ['Which country is the smallest market?', 'Norway is our largest market.'],
    ['By how much did sales rise?', 'Sales fell by 6 per cent.'],
    ['When may I start taking the tablets?', 'Stop taking the tablets five days before.'],
    ['How long is the path on the west bank?', 'The path on the east bank is 4 kilometres long.'],
    ['Who introduced the cemented hip?', 'The uncemented hip was introduced by Mr Oyelaran.'],
    ['Where was he born?', 'He died in Leeds.'],
  ])('%j – %j', (question, sentence) => expect(saysOpposite(question, sentence)).toBe(true));

  it.each([
    ['the same', 'Which country is the largest market?', 'Norway is our largest market.'],
    ['another word for it', 'What is the biggest risk?', 'The greatest risk is the price of steel.'],
    ['both', 'When did the siege end?', 'The siege began in May and ended in June.'],
    ['both, in other words', 'When does the fair end?', 'The fair starts at nine and finishes at ten.'],
    ['another view of the same event', 'Who bought the station?', 'The station was sold to Brightwater.'],
    [
      'a kinship seen from the other side',
      'Who was the husband of Queen Anne?',
      'George of Denmark outlived none of his wives.',
    ],
    ['a way seen from the other end', 'When did he go to Paris?', 'He arrived in Paris in 1820 and left in 1822.'],
    ['a past that is another verb', 'What did the divers find?', 'When the mine closed, the divers came upon gold.'],
    ['a name with a direction', 'Whom did North Korea threaten?', 'Pyongyang threatened South Korea with war.'],
    [
      'a noun that looks like a verb',
      'What did the storm destroy?',
      'The storm flattened 40 buildings in the harbour.',
    ],
    ['hours that tell both ends', 'What time does the library close?', 'The library is open from 9 am to 5 pm.'],
    ['turned round again', 'Which shops are closed?', 'No shop was open.'],
    ['with an end that tells the beginning', 'When does the museum open?', 'It is closed until May.'],
    ['neither', 'Who spoke?', 'The mayor spoke.'],
    ['nothing', '', ''],
  ])('not: %s: %j – %j', (_, question, sentence) => expect(saysOpposite(question, sentence)).toBe(false));
});
