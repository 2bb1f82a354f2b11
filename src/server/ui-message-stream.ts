/**
 * An answer as an AI SDK UI message stream, version 1, so that `useChat` and assistant-ui connect as they are.
 * https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
 */
import { statementLine } from '../text/statement-line.ts';
import type { Answer, Citation, Statement } from '../types.ts';

export const uiMessageStreamHeaders = { 'x-vercel-ai-ui-message-stream': 'v1' };

export interface Part {
  type: string;
  [field: string]: unknown;
}

/** What a client that shows nothing but text reads when the documents do not answer. */
const notAnswered = 'The documents don’t say.';

/** An answer's parts, as far as they are known: statements as they are verified, then the rest. */
export interface AnswerParts {
  /** A statement that the answer will begin with, or go on with, and the citations that it brings in. */
  statement(statement: Statement, citations: readonly Citation[]): Generator<Part>;
  /** All that has not been told, to the end. */
  rest(answer: Answer, conversationId: string): Generator<Part>;
}

/** The parts between `start` and `[DONE]`: one text, a delta a statement, each behind the citations that it brings in. */
export function answerParts(): AnswerParts {
  const told = new Set<number>();
  /** The text so far; null before it has begun. */
  let text: string | null = null;

  function* begin(): Generator<Part> {
    if (text === null) yield { type: 'text-start', id: 'answer' };
    text ??= '';
  }

  function* tell(delta: string, citations: readonly Citation[]): Generator<Part> {
    yield* begin();
    for (const citation of citations) {
      if (told.has(citation.number)) continue;
      told.add(citation.number);
      yield* citationParts(citation, 'citation');
    }
    yield { type: 'text-delta', id: 'answer', delta };
    text += delta;
  }

  return {
    statement: (statement, citations) => tell(`${text === null ? '' : '\n'}${statementLine(statement)}`, citations),
    *rest(answer, conversationId) {
      yield { type: 'message-metadata', messageMetadata: { conversationId } };
      const numbered = new Map(answer.citations.map((citation) => [citation.number, citation]));
      for (const { delta, citations } of untold(answer, text ?? '')) {
        yield* tell(
          delta,
          citations.flatMap((number) => numbered.get(number) ?? []),
        );
      }
      yield* begin();
      yield { type: 'text-end', id: 'answer' };
      // Those of the disagreements alone.
      for (const citation of answer.citations)
        if (!told.has(citation.number)) yield* citationParts(citation, 'citation');
      for (const citation of answer.nearest) yield* citationParts(citation, 'nearest');
      yield { type: 'data-answer', id: 'answer', data: { ...answer, conversationId } };
      yield { type: 'finish', finishReason: 'stop', messageMetadata: { conversationId } };
    },
  };
}

/** The parts that end a stream in which something went wrong. */
export function* errorParts(error: { code: string; message: string; requestId: string }): Generator<Part> {
  yield { type: 'data-error', data: error, transient: true };
  yield { type: 'error', errorText: error.message };
}

function* citationParts(citation: Citation, kind: 'citation' | 'nearest'): Generator<Part> {
  const id = `${kind}-${citation.number}`;
  yield {
    type: 'source-document',
    sourceId: id,
    // Quotes and offsets refer to the plain text of the document, whatever its file is.
    mediaType: 'text/plain',
    title: citation.document.title,
    filename: citation.document.id,
    providerMetadata: { pullquote: { number: citation.number, link: citation.link } },
  };
  yield { type: `data-${kind}`, id, data: citation };
}

interface Delta {
  delta: string;
  citations: number[];
}

/**
 * What of the answer's text is not told yet. An answer begins with what was told of it; one that doesn't after all is told whole, on a new line,
 * rather than not at all.
 */
function untold(answer: Answer, told: string): Delta[] {
  const isBegun = told !== '' && answer.text.startsWith(told);
  let known = isBegun ? told.length : 0;
  /** White space between what was told and what comes next. */
  let before = told === '' || isBegun ? '' : '\n';
  return deltas(answer).flatMap(({ delta, citations }) => {
    const rest = before + delta.slice(known);
    known = Math.max(0, known - delta.length);
    before = rest.trim() === '' ? rest : '';
    return rest === before ? [] : [{ delta: rest, citations }];
  });
}

/** `answer.text`, cut before each statement: the deltas joined are the text, character by character. */
function deltas(answer: Answer): Delta[] {
  if (answer.kind === 'unanswered' || answer.text === '') return [{ delta: notAnswered, citations: [] }];
  const pieces: Delta[] = [];
  let from = 0;
  let to = 0;
  let citations: number[] = [];
  for (const statement of answer.statements) {
    const at = answer.text.indexOf(statement.text, to);
    if (at > from && pieces.length + citations.length > 0) {
      pieces.push({ delta: answer.text.slice(from, at), citations });
      from = at;
      citations = [];
    }
    if (at >= 0) to = at + statement.text.length;
    citations = [...citations, ...statement.citations];
  }
  pieces.push({ delta: answer.text.slice(from), citations });
  return pieces;
}
