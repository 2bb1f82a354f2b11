/** What the body of `POST /api/chat` asks: our own form, or the one of the AI SDK's `useChat`. */
import * as z from 'zod';
import { PullquoteError } from '../errors.ts';
import { fieldsOf, parsed } from './request-body.ts';

export interface ChatRequest {
  question: string;
  /** The conversation to go on with. */
  conversationId?: string;
  /** True if the id was found in an earlier answer rather than named by the client: it may have expired. */
  remembered: boolean;
  documents?: string[];
  /** What is answered to a client that accepts anything: `useChat` expects a stream and does not say so. */
  prefers: 'json' | 'stream';
}

/** More ids than this is a mistake, and would be echoed in messages. */
const mostDocuments = 1000;
const mostMessages = 1000;

const shared = {
  conversationId: z.string().max(128).optional(),
  documents: z.array(z.string().max(4096)).min(1).max(mostDocuments).optional(),
};

const ownForm = z.strictObject({ question: z.string(), ...shared });

/** `useChat` sends its own ids and whatever the page adds: what is not known here is not looked at. */
const messagesForm = z.looseObject({
  messages: z
    .array(
      z.looseObject({
        role: z.string(),
        parts: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
        metadata: z.unknown().optional(),
      }),
    )
    .min(1)
    .max(mostMessages),
  ...shared,
});

/** @throws BODY_INVALID naming the field and what it is. */
export function readChatRequest(body: unknown): ChatRequest {
  const fields = fieldsOf(body);
  return 'messages' in fields && !('question' in fields) ? fromMessages(fields) : fromQuestion(fields);
}

function fromQuestion(fields: unknown): ChatRequest {
  const { question, conversationId, documents } = parsed(ownForm, fields);
  return {
    question,
    remembered: false,
    prefers: 'json',
    ...(conversationId !== undefined && { conversationId }),
    ...(documents && { documents }),
  };
}

function fromMessages(fields: unknown): ChatRequest {
  const { messages, conversationId, documents } = parsed(messagesForm, fields);
  const asked = messages.findLast(({ role }) => role === 'user');
  if (!asked) throw new PullquoteError('BODY_INVALID', 'messages holds no message of the role "user"');
  const texts = asked.parts.filter(({ type }) => type === 'text').map(({ text }) => text ?? '');
  // The answer before carries the id that we gave it; the client's own `id` is none of ours.
  const earlier = messages.map(({ metadata }) => conversationOf(metadata)).findLast((id) => id !== null);
  const id = conversationId ?? earlier;
  return {
    question: texts.join('\n'),
    remembered: conversationId === undefined,
    prefers: 'stream',
    ...(id && { conversationId: id }),
    ...(documents && { documents }),
  };
}

function conversationOf(metadata: unknown): string | null {
  const found = z.object({ conversationId: z.string().max(128) }).safeParse(metadata);
  return found.success ? found.data.conversationId : null;
}
