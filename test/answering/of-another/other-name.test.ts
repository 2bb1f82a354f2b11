import { describe, expect, it } from 'vitest';
import { namesAnother } from '../../../src/answering/of-another/other-name.ts';

describe('a sentence about another', () => {
  it.each([
    ['Who is the French prime minister?', 'Macron met British Prime Minister Keir Starmer.'],
    ['What is tested at Kennedy Space Center?', 'The recordings at Johnson Space Center helped.'],
    ['When did the Tran dynasty rule?', 'The Yuan dynasty ruled for a century.'],
    ['When was version 6.1 released?', 'Version 6.2 was released in January.'],
    ['What is the band A council tax?', 'The band D council tax is £1,948.'],
    ['Who won the second stage?', 'Lee won the first stage.'],
    ['How many knee operations are done?', 'About 420 hip operations are done.'],
    ['Who is the deputy mayor?', 'The mayor, Helen Strand, spoke.'],
  ])('%j – %j', (question, sentence) => expect(namesAnother(question, sentence)).toBe(true));

  it.each([
    [
      'the same name',
      'Who is the French prime minister?',
      'French Prime Minister Ada Lovelace met the British prime minister.',
    ],
    [
      'the name elsewhere',
      'Who is the French prime minister?',
      'In French politics, Prime Minister Ada Lovelace is new.',
    ],
    ['no name there', 'Who is the French prime minister?', 'The prime minister, Ada Lovelace, was ill.'],
    ['another form of the name', 'What can the Scottish Parliament not decide?', 'Scotland Parliament has limits.'],
    ['what is of the country', 'Who leads the Spain delegation?', 'The Spanish delegation is led by Lee.'],
    ['a misspelt name', 'What did Sentanta Sports launch?', 'Setanta Sports launched a channel.'],
    ['a verb', 'What was Fort Caroline renamed to?', 'The Spanish renamed the fort San Mateo.'],
    ['a question in lower case', 'who is the french prime minister', 'British Prime Minister Keir Starmer'],
    ['the number elsewhere', 'When was version 6.1 released?', 'Version 6.2 followed 6.1 in May.'],
    ['a number for a letter', 'What is in room 12?', 'In room B are beds.'],
    ['both ordinals', 'Who won the second stage?', 'Lee won the first stage, Kim the second stage.'],
    ['an ordinal of a later word', 'What was the last Doctor Who episode?', 'The first Doctor Who score was his.'],
    ['a word that only counts', 'How many different countries came?', 'Thirty European countries came.'],
    ['the qualifier', 'Who is the deputy mayor?', 'The deputy of the mayor is Ann Lee.'],
    ['nothing shared', 'Who is the French prime minister?', 'Nobody was hurt.'],
    ['no question', '', ''],
  ])('not: %s: %j – %j', (_, question, sentence) => expect(namesAnother(question, sentence)).toBe(false));
});
