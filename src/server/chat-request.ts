/** What the body of `POST /api/chat` asks: our own form, or the one of the AI SDK's `useChat`. */
import * as z from 'zod';
import { PullquoteError, shown } from '../errors.ts';

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
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new PullquoteError('BODY_INVALID', `The body must be an object, not ${described(body)}`);
  // An own property of this name is only ever an attempt to pollute a prototype.
  const fields = Object.fromEntries(Object.entries(body).filter(([name]) => name !== '__proto__'));
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

function parsed<Schema extends z.ZodType>(schema: Schema, fields: unknown): z.output<Schema> {
  const result = schema.safeParse(fields);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw new PullquoteError('BODY_INVALID', `The body has no field ${shown(issue.keys.join(', '))}`, {
      fields: issue.keys,
    });
  const path = issue?.path ?? [];
  const found = path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    fields,
  );
  const field = path.map(String).join('.') || 'The body';
  const expected = (issue?.message ?? 'not valid').replace(/^Invalid input: /, '');
  throw new PullquoteError('BODY_INVALID', `${field} is ${described(found)}: ${expected}`, { field });
}

/** A value in a message. What is nested is only named: it may be 50,000 levels deep, too deep to be written out. */
function described(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : shown(value);
}
