import * as z from 'zod';
import type { ProposedQuote } from './locate-proposed.ts';

/** A statement as a chat model gives it: nothing in it is verified. */
export interface ProposedStatement {
  text: string;
  quotes: ProposedQuote[];
}

/** What a whole reply was. */
export interface Reply {
  /** Statements that were complete only at the end. */
  statements: ProposedStatement[];
  shortAnswer: string | null;
  /** Did it say, in the form asked for, that it has nothing to say, or that this was all? */
  isWhole: boolean;
  /** Did it end in the middle, as at a limit of tokens? */
  isCut: boolean;
}

export interface ReplyParser {
  /** The statements that the next piece of the reply completes. */
  push(text: string): ProposedStatement[];
  end(): Reply;
}

/** The form of `prompts/answer-as-json.md`, as strict as OpenAI wants it: all properties required, none beside them. */
export const replySchema: Record<string, unknown> = {
  title: 'answer',
  type: 'object',
  additionalProperties: false,
  required: ['statements', 'short_answer'],
  properties: {
    statements: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['text', 'quotes'],
        properties: {
          text: { type: 'string' },
          quotes: {
            type: 'array',
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['passage', 'quote'],
              properties: { passage: { type: 'integer' }, quote: { type: 'string' } },
            },
          },
        },
      },
    },
    short_answer: { type: 'string' },
  },
};

/** Reads a reply while it comes, in JSON or in plain lines, whichever it is, whatever stands around it. */
export function createReplyParser(): ReplyParser {
  const json = readJson();
  const lines = readLines();
  /** Once one of them has found a statement, the other has nothing to find. */
  let chosen: ReplyParser | null = null;
  return {
    push(text) {
      if (chosen !== null) return chosen.push(text);
      for (const parser of [json, lines]) {
        const found = parser.push(text);
        if (found.length === 0) continue;
        chosen = parser;
        return found;
      }
      return [];
    },
    end() {
      if (chosen !== null) return chosen.end();
      const [asJson, asLines] = [json.end(), lines.end()];
      return asJson.isWhole ? asJson : asLines;
    },
  };
}

const passageNumber = z.coerce.number().int().positive().nullish().catch(null);
const quoteForm = z.union([
  z.string().transform((text): ProposedQuote => ({ passage: null, text })),
  z
    .looseObject({ passage: passageNumber, quote: z.string() })
    .transform(({ passage, quote }): ProposedQuote => ({ passage: passage ?? null, text: quote })),
]);
const statementForm = z.looseObject({ text: z.string(), quotes: z.array(quoteForm.nullable().catch(null)) });
const wholeForm = z.looseObject({ statements: z.array(z.unknown()), short_answer: z.string().nullish().catch(null) });

/** Objects nested deeper are none of ours; the bound keeps the reading linear. */
const DEEPEST = 6;

/** An object is read as soon as its bracket closes; which it is, its properties say. */
function readJson(): ReplyParser {
  let text = '';
  let position = 0;
  let inString = false;
  const opened: number[] = [];
  let whole: z.output<typeof wholeForm> | null = null;
  return {
    push(piece) {
      text += piece;
      const found: ProposedStatement[] = [];
      for (; position < text.length; position++) {
        const sign = text[position];
        if (inString) {
          if (sign === '\\') position++;
          else if (sign === '"') inString = false;
        } else if (sign === '"') inString = opened.length > 0;
        else if (sign === '{') opened.push(position);
        else if (sign === '}') {
          const from = opened.pop();
          if (from === undefined || opened.length >= DEEPEST) continue;
          const value = parsed(text.slice(from, position + 1));
          const statement = statementForm.safeParse(value);
          if (statement.success) {
            const { text: said, quotes } = statement.data;
            found.push({ text: said, quotes: quotes.filter((quote) => quote !== null) });
          } else whole = wholeForm.safeParse(value).data ?? whole;
        }
      }
      return found;
    },
    end: () => ({
      statements: [],
      shortAnswer: whole?.short_answer || null,
      isWhole: whole !== null,
      isCut: opened.length > 0,
    }),
  };
}

/** JSON as models write it, with raw line breaks in strings and a comma too many. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(mended(text));
    } catch {
      return null;
    }
  }
}

/** A string of JSON, or what stands between two. */
const STRINGS = /("(?:[^"\\]|\\.)*")|[^"]+/gs;

function mended(text: string): string {
  return text.replace(STRINGS, (piece, string?: string) =>
    string === undefined
      ? piece.replaceAll(/,(?=\s*[\]}])/g, '')
      : string.replaceAll(/[\n\r\t]/g, (sign) => JSON.stringify(sign).slice(1, -1)),
  );
}

const MARK = /^[\s>*#•-]*(SAY|QUOTE|SHORT|END|NONE)\b[\s*]*(?:\[?#?(\d{1,3})\]?)?[\s*]*:?[\s*]*(.*)$/su;

/** The form of `prompts/answer-as-lines.md`. A statement is complete when the next begins. */
function readLines(): ReplyParser {
  let rest = '';
  let statement: ProposedStatement | null = null;
  let shortAnswer: string | null = null;
  let isWhole = false;
  /** Takes up a line without a mark, which goes on with what came before. */
  let goOn: (line: string) => void = () => {};

  function read(line: string): ProposedStatement[] {
    const [, mark, number, words = ''] = MARK.exec(line) ?? [];
    const before = statement;
    switch (mark) {
      case 'SAY': {
        const begun: ProposedStatement = { text: words, quotes: [] };
        statement = begun;
        goOn = (more) => {
          begun.text += ` ${more}`;
        };
        return before === null ? [] : [before];
      }
      case 'QUOTE': {
        const quote: ProposedQuote = { passage: number === undefined ? null : Number(number), text: words };
        statement?.quotes.push(quote);
        goOn = (more) => {
          quote.text += `\n${more}`;
        };
        return [];
      }
      case 'SHORT':
        shortAnswer = words || null;
        break;
      case 'END':
      case 'NONE':
        isWhole = true;
        break;
      default:
        if (line.trim() !== '') goOn(line);
        return [];
    }
    statement = null;
    goOn = () => {};
    return before === null ? [] : [before];
  }

  return {
    push(piece) {
      const all = (rest + piece).split('\n');
      rest = all.pop() ?? '';
      return all.flatMap(read);
    },
    end() {
      const statements = rest === '' ? [] : read(rest);
      if (statement !== null) statements.push(statement);
      return { statements, shortAnswer, isWhole, isCut: !isWhole && shortAnswer === null };
    },
  };
}
