import { describe, expect, it } from 'vitest';
import { isOtherEvent } from '../../../src/answering/differing/other-event.ts';
import type { Telling } from '../../../src/answering/differing/telling.ts';
import { answerValue } from '../../../src/answering/values/answer-value.ts';

function telling(sentence: string, answer: string, around = ''): Telling {
  const start = sentence.indexOf(answer);
  return {
    sentence,
    answer: { start, end: start + answer.length },
    passage: `${sentence} ${around}`,
    margin: 9,
    rank: 20,
    isClearest: true,
    published: undefined,
  };
}

function judge(question: string, one: Telling, other: Telling): boolean {
  return isOtherEvent(question, one, other, answerValue(question, one.sentence, one.answer));
}

describe('isOtherEvent', () => {
  it('tells two events by the dates beside the answers', () => {
    const march = telling('The storm in March injured 14 people.', '14');
    const october = telling('The storm in October injured 32 people.', '32');
    const sameMonth = telling('In March 2021 the storm injured 32 people.', '32');
    expect(judge('How many people were injured in the storm?', march, october)).toBe(true);
    expect(judge('How many people were injured in the storm?', march, sameMonth)).toBe(false);
  });

  it('takes the dates for the answer where the question asks for them', () => {
    const one = telling('The bridge opened in March.', 'March');
    const other = telling('The bridge opened in October.', 'October');
    expect(judge('When did the bridge open?', one, other)).toBe(false);
  });

  it('does not go by the day on which somebody said it', () => {
    const monday = telling('Thieves took four paintings, police said on Monday.', 'four');
    const thursday = telling('Five paintings are missing, the director said on Thursday.', 'Five');
    expect(judge('How many paintings are missing?', monday, thursday)).toBe(false);
  });

  it('tells them by a name or number of the question that only one passage has', () => {
    const one = telling('Brightwater spent £4 million on roads.', '£4 million');
    const other = telling('The town spent £6 million on roads.', '£6 million', 'Hexley is near the sea.');
    const same = telling('The town spent £6 million on roads.', '£6 million', 'Brightwater is near the sea.');
    expect(judge('How much did Brightwater spend on roads?', one, other)).toBe(true);
    expect(judge('How much did Brightwater spend on roads?', one, same)).toBe(false);
  });
});
