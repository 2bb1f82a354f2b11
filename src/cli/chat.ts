import { createInterface } from 'node:readline';
import { asPullquoteError } from '../errors.ts';
import type { Chatbot, Turn } from '../types.ts';
import { type FormatOptions, formatAnswer } from './format-answer.ts';
import { formatError } from './report.ts';

export interface ChatOptions extends FormatOptions {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
  errors: NodeJS.WritableStream;
  /** Show a prompt and a greeting. */
  interactive: boolean;
}

/** Turns that a follow-up may look back to. */
const TURNS = 50;

/** A conversation line by line until the input ends or says "exit". A question that can't be asked is told so, and the talk goes on. */
export async function chat(
  chatbot: Chatbot,
  { input, output, errors, interactive, ...format }: ChatOptions,
): Promise<void> {
  const lines = createInterface({ input, ...(interactive && { output, prompt: '› ' }) });
  if (interactive) {
    output.write('Ask the documents. "exit" or Ctrl-D ends the conversation.\n');
    lines.prompt();
  }
  let ended = false; // Ctrl-D may come while an answer is still being worked out
  lines.once('close', () => {
    ended = true;
  });
  const history: Turn[] = [];
  for await (const line of lines) {
    const question = line.trim();
    if (question === 'exit' || question === 'quit') break;
    if (question !== '') {
      try {
        const answer = await chatbot.ask(question, { history });
        history.push({ question, answer });
        if (history.length > TURNS) history.shift();
        output.write(`\n${formatAnswer(answer, format)}\n`);
      } catch (error) {
        errors.write(formatError(asPullquoteError(error)));
      }
    }
    if (interactive && !ended) lines.prompt();
  }
  lines.close();
}
