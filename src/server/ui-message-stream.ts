/**
 * An answer as an AI SDK UI message stream, version 1, so that `useChat` and assistant-ui connect as they are.
 * https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol
 */
import type { Answer, Citation } from '../types.ts';

export const uiMessageStreamHeaders = { 'x-vercel-ai-ui-message-stream': 'v1' };

export interface Part {
  type: string;
  [field: string]: unknown;
}

/** What a client that shows nothing but text reads when the documents do not answer. */
const notAnswered = 'The documents don’t say.';

/** The parts between `start` and `[DONE]`: one text, a delta a statement, each behind the citations that it brings in. */
export function* answerParts(answer: Answer, conversationId: string): Generator<Part> {
  yield { type: 'message-metadata', messageMetadata: { conversationId } };
  const untold = new Map(answer.citations.map((citation) => [citation.number, citation]));
  yield { type: 'text-start', id: 'answer' };
  for (const { delta, citations } of deltas(answer)) {
    for (const number of citations) {
      const citation = untold.get(number);
      if (citation && untold.delete(number)) yield* citationParts(citation, 'citation');
    }
    yield { type: 'text-delta', id: 'answer', delta };
  }
  yield { type: 'text-end', id: 'answer' };
  // Those of the disagreements alone.
  for (const citation of untold.values()) yield* citationParts(citation, 'citation');
  for (const citation of answer.nearest) yield* citationParts(citation, 'nearest');
  yield { type: 'data-answer', id: 'answer', data: { ...answer, conversationId } };
  yield { type: 'finish', finishReason: 'stop', messageMetadata: { conversationId } };
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
