/** What a fake model may be: roles that read the prompt which they are sent, and know nothing else. */
import { oneLine } from '../../src/text/readable.ts';
import { splitSentences } from '../../src/text/sentences.ts';
import { terms } from '../../src/text/tokenize.ts';
import type { Chatbot } from '../../src/types.ts';
import type { Asked, Role } from './fake-models.ts';

export interface ShownPassage {
  number: number;
  text: string;
}

/** A statement as a role replies it. */
export interface RoleStatement {
  text: string;
  quotes: { passage: number; quote: string }[];
}

/** The passages of a prompt, by their fences. */
export function passagesOf({ user }: Pick<Asked, 'user'>): ShownPassage[] {
  const found = user.matchAll(/<passage-([\da-f]+) number="(\d+)"[^\n]*>\n([\s\S]*?)\n<\/passage-\1>/g);
  return Array.from(found, ([, , number, text]) => ({ number: Number(number), text: text ?? '' }));
}

/** The question of a prompt. */
export function questionOf({ user }: Pick<Asked, 'user'>): string {
  return /<question-([\da-f]+)>\n([\s\S]*?)\n<\/question-\1>/.exec(user)?.[2] ?? '';
}

/** A reply in the form that the prompt asked for. */
export function replyOf({ isHeld }: Asked, statements: RoleStatement[], shortAnswer = ''): string {
  if (isHeld) return JSON.stringify({ statements, short_answer: shortAnswer });
  if (statements.length === 0) return 'NONE';
  const lines = statements.flatMap(({ text, quotes }) => [
    `SAY: ${text}`,
    ...quotes.map(({ passage, quote }) => `QUOTE ${passage}: ${quote}`),
  ]);
  return [...lines, `SHORT: ${shortAnswer}`, 'END'].join('\n');
}

/** The sentence of the passages that has most of the question's words, if it has half of them. */
export function bestSentence(asked: Pick<Asked, 'user'>): { passage: number; quote: string } | null {
  const wanted = new Set(terms(questionOf(asked)));
  let best: { passage: number; quote: string } | null = null;
  let most = wanted.size / 2;
  for (const { number, text } of passagesOf(asked)) {
    for (const { start, end } of splitSentences(text, { start: 0, end: text.length })) {
      const quote = text.slice(start, end);
      const found = new Set(terms(quote).filter((term) => wanted.has(term))).size;
      if (found > most) [best, most] = [{ passage: number, quote }, found];
    }
  }
  return best;
}

/** Says what the best sentence says, in its words, and quotes it letter by letter. */
export const honest: Role = (asked) => {
  const best = bestSentence(asked);
  const statements = best === null ? [] : [{ text: best.quote, quotes: [best] }];
  return { text: replyOf(asked, statements) };
};

/** Replies with these statements, whatever it is shown. */
export function saying(...statements: RoleStatement[]): Role {
  return (asked) => ({ text: replyOf(asked, statements) });
}

/** Reads the passages of the prompt with the built-in answerer, and says in its sentences what that finds, or that it finds nothing. */
export function readingWith(reader: Pick<Chatbot, 'ask'>): Role {
  return async (asked) => {
    const answer = await reader.ask(questionOf(asked));
    const passages = passagesOf(asked);
    const statements = answer.statements.flatMap(({ text, citations }) => {
      const quotes = citations.flatMap((number) => {
        const quote = answer.citations.find((it) => it.number === number)?.quote ?? '';
        const passage = passages.find((it) => oneLine(it.text).includes(oneLine(quote)));
        return passage === undefined ? [] : [{ passage: passage.number, quote: oneLine(quote) }];
      });
      return quotes.length === 0 ? [] : [{ text: oneLine(text), quotes }];
    });
    return { text: replyOf(asked, statements, answer.shortAnswer?.text ?? '') };
  };
}
