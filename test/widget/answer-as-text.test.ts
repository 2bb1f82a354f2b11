import { describe, expect, it } from 'vitest';
import { type WidgetTexts, widgetTexts } from '../../src/texts.ts';
import { answerAsText } from '../../src/widget/answer-as-text.ts';
import { createStagedChatbot, questions } from '../support/staged-chatbot.ts';

const chatbot = createStagedChatbot();
const texts = widgetTexts.en as WidgetTexts;

async function copied(question: string): Promise<string> {
  return answerAsText(await chatbot.ask(question), texts, 'en', ({ link }) => `https://ask.example${link}`);
}

describe('answerAsText', () => {
  it('has the question, the answer, the positions and every source with its address', async () => {
    expect(await copied(questions.disagreement)).toBe(`What did the Northside line cost?

€238 million [1]

The line cost €238 million, of which €26 million went into moving water mains. [1]

The documents differ: What did the Northside line cost?
– €238 million [1]
– €212 million [2]

[1] “The line cost €238 million, of which €26 million went into moving water mains.”
    Council minutes: transport, City Record, 2 June 2026
    https://ask.example/sources/record/council-minutes#97-175

[2] “The line cost €212 million, the council’s treasurer told this paper.”
    Northside line to open in September, The Tideford Courier, 12 March 2026
    https://ask.example/sources/courier/northside-line#354-422`);
  });

  it('says that the documents do not say, with what comes closest', async () => {
    expect(await copied(questions.unanswered)).toMatch(
      /^Who drives the first tram\?\n\nThe documents don’t say\.\n\nWhat comes closest .*\n\n\[1\] “Test runs/,
    );
  });

  it('begins with a yes or no', async () => {
    expect(await copied(questions.verdict)).toMatch(/^Does the tram go to the hospital\?\n\nYes \[1\]\n\n/);
  });
});
