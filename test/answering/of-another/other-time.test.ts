import { describe, expect, it } from 'vitest';
import { isOfAnotherTime } from '../../../src/answering/of-another/other-time.ts';

describe('a sentence about another time', () => {
  it.each([
    ['another year', 'How many homes were damaged in 2021?', 'In 2023, 214 homes were damaged.'],
    ['another tax year', 'What was the tax in 2020/21?', 'The tax for 2024/25 is £1,948.'],
    ['another month', 'Who spoke at the meeting in March?', 'Lee spoke at the meeting in April.'],
  ])('gives %s: %j – %j', (_, question, sentence) => expect(isOfAnotherTime(question, sentence, sentence)).toBe(true));

  it.each([
    ['the same year', 'What happened in 2021?', 'It burnt down in 2021.', ''],
    ['the year around it', 'What was the profit in 2023?', 'It grew from 38 million in 2022 to 51.', 'Report 2023'],
    ['no year', 'What happened in 2021?', 'It burnt down.', ''],
    ['a time that may include it', 'Who was chairman in 2019?', 'Lee has been chairman since 2015.', ''],
    ['a range', 'Who was chairman in 2019?', 'Lee was chairman from May 2015 to 2021.', ''],
    ['a number that is no year', 'What happened in 2021?', 'It cost €1990 or 1,950 pounds.', ''],
    ['a verb like a month', 'What may I do in March?', 'You may swim.', ''],
    ['a question without a time', 'What happened?', 'It burnt down in 2021.', ''],
  ])('is not one with %s: %j – %j', (_, question, sentence, around) =>
    expect(isOfAnotherTime(question, sentence, around)).toBe(false),
  );
});
