import { describe, expect, it } from 'vitest';
import { canHold, kindAsked } from '../../src/answering/answer-kind.ts';

describe('the kind of answer that a question wants', () => {
  it.each([
    ['How many people live in Luhansk?', 'count'],
    ['What is the population of Luhansk?', 'count'],
    ['What percentage of Luhansk does Russia control?', 'share'],
    ['How much of the plan has been agreed?', 'quantity'],
    ['How much does the barrier cost?', 'money'],
    ['How long did the siege last?', 'duration'],
    ['Since when has the museum been closed?', 'duration'],
    ['When did the harbour reopen?', 'date'],
    ['In which month and year did the war begin?', 'date'],
    ['On what date did the operation begin?', 'date'],
    ['Where did the talks take place?', 'place'],
    ['In which city did the coalition meet?', 'place'],
    ['Who signed the declaration?', 'person'],
    ['Why was the vote postponed?', 'explanation'],
    ['How do I reset my password?', 'explanation'],
    ['When the war ended, who became president?', 'person'],
    ['When people boycott a system it is called what?', null],
    ['What did the minister say?', null],
    ['Which player scored?', null],
    ['', null],
  ])('%j → %s', (question, kind) => {
    expect(kindAsked(question)).toBe(kind);
  });
});

describe('a sentence that can hold the kind', () => {
  it.each([
    ['How many soldiers could France send?', 'France could send several thousand soldiers.', true],
    ['How many soldiers could France send?', 'France could send soldiers next year.', false],
    ['What is the population of Luhansk?', 'Russia controls 75% of Donetsk and 99% of Luhansk.', false],
    ['How many physicians sell drugs?', 'Only 7 to 10 percent of physicians sell drugs.', true],
    ['How many people were injured?', 'Ukraine has made drone strikes, including one on an oil depot.', false],
    ['How many strikes hit the depot?', 'Of the strikes, one hit the depot.', true],
    ['On what date did the operation begin?', 'Prior to the operation, France held talks with Denmark.', false],
    ['On what date did the operation begin?', 'The operation began on Saturday.', true],
    ['In what century was it built?', 'It was built in the early nineteenth.', true],
    ['What percentage voted for it?', 'The parliament met in Edinburgh.', false],
    ['What percentage voted for it?', 'Three quarters voted for it.', true],
    ['When was the station sold?', 'The station was sold for £3.4 million.', false],
    ['When was the station sold?', 'The station was sold for £210,000 in 1987.', true],
    ['How much does the barrier cost?', 'In 2023 the flood damaged 214 homes.', false],
    ['How much does the barrier cost?', 'The barrier costs nothing.', true],
    ['How much does Norway spend on schools?', 'Norway spends 6% of its income on schools.', true],
    ['How long is the river?', 'The river is long.', false],
    ['Who opened it?', '12.5', false],
    ['Who opened it?', 'The mayor opened it.', true],
    ['What did it cost?', 'It was expensive.', true],
  ])('%j: %j → %s', (question, sentence, possible) => {
    expect(canHold(kindAsked(question), question, sentence)).toBe(possible);
  });
});
