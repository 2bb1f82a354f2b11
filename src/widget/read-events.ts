/** The events of an AI SDK UI message stream (version 1), told one by one as they come. */
import { createParser } from 'eventsource-parser';
import type { Answer, Citation } from '../types.ts';
import { AskFailed } from './failure.ts';

/** The answer object as it comes over the wire. */
export type ReceivedAnswer = Answer & { conversationId: string };

/** The parts that matter here. Those of another type are to be ignored: servers may add some. */
export type Part =
  | { type: 'data-citation'; data: Citation }
  | { type: 'text-delta'; delta: string }
  | { type: 'data-answer'; data: ReceivedAnswer }
  | { type: 'data-error'; data: unknown }
  | { type: 'error'; errorText: string };

/** Milliseconds without a byte after which the stream counts as lost: the server sends a sign of life every 15 seconds. */
export const silence = 45_000;

/** Reads to the end of the stream. @throws AskFailed LOST when it breaks off, and whatever `onPart` throws. */
export async function readEvents(
  response: Response,
  signal: AbortSignal,
  onPart: (part: Part) => void,
  patience = silence,
): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) throw new AskFailed('LOST');
  let complete = false;
  const parser = createParser({
    onEvent: ({ data }) => {
      if (data === '[DONE]') complete = true;
      else onPart(parsed(data));
    },
  });
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await within(patience, reader.read());
      if (done) break;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } catch (error) {
    if (signal.aborted || error instanceof AskFailed) throw error;
    throw new AskFailed('LOST');
  } finally {
    reader.cancel().catch(() => undefined);
  }
  if (!complete) throw new AskFailed('LOST');
}

function parsed(json: string): Part {
  try {
    const part: Part | null = JSON.parse(json);
    if (typeof part?.type === 'string') return part;
  } catch {
    // Cut short by a proxy, or not ours at all.
  }
  throw new AskFailed('LOST');
}

/** What is promised, if it comes in time. @throws AskFailed with that code otherwise. */
export async function within<Value>(milliseconds: number, promise: Promise<Value>, code = 'LOST'): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AskFailed(code)), milliseconds);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
