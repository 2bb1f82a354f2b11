import { describe, expect, it } from 'vitest';
import { type Part, readEvents, within } from '../../src/widget/read-events.ts';
import { fc, property } from '../support/property.ts';

const never = new AbortController().signal;

/** A response whose body comes in these pieces. */
function inPieces(pieces: Uint8Array[], end: 'closed' | 'open' | Error = 'closed'): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      if (end === 'closed') controller.close();
      else if (end instanceof Error) controller.error(end);
    },
  });
  return new Response(body);
}

async function read(response: Response, patience?: number): Promise<Part[]> {
  const parts: Part[] = [];
  await readEvents(response, never, (part) => void parts.push(part), patience);
  return parts;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const sent = (parts: object[]) =>
  `${parts.map((part) => `data: ${JSON.stringify(part)}\n\n`).join('')}data: [DONE]\n\n`;

describe('readEvents', () => {
  property.prop([
    fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }),
    fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
  ])('gives the parts as they were sent, however the bytes are cut', async (texts, cuts) => {
    const parts = texts.map((delta) => ({ type: 'text-delta', delta }));
    const all = bytes(`: a sign of life\n\n${sent(parts)}`);
    const pieces: Uint8Array[] = [];
    for (let at = 0, index = 0; at < all.length; index++) {
      const end = at + (cuts[index % cuts.length] ?? 1);
      pieces.push(all.slice(at, end));
      at = end;
    }
    expect(await read(inPieces(pieces))).toEqual(parts);
  });

  it('counts a stream that ends without its last word as lost', async () => {
    const unfinished = sent([{ type: 'start' }]).replace('data: [DONE]\n\n', '');
    await expect(read(inPieces([bytes(unfinished)]))).rejects.toThrow('LOST');
    await expect(read(inPieces([bytes('data: {"type":"tex')]))).rejects.toThrow('LOST');
    await expect(read(inPieces([bytes(sent([]))], new Error('reset')))).rejects.toThrow('LOST');
  });

  it.each(['data: <html>\n\n', 'data: null\n\n', 'data: {"no":"type"}\n\n', 'data: 7\n\n'])(
    'counts what is no part as lost: %j',
    async (text) => {
      await expect(read(inPieces([bytes(text + sent([]))]))).rejects.toThrow('LOST');
    },
  );

  it('gives a stream up that is silent for too long', async () => {
    await expect(read(inPieces([bytes(': alive\n\n')], 'open'), 30)).rejects.toThrow('LOST');
  });

  it('passes on what is thrown at a part, and the abort of whoever asked', async () => {
    const part = inPieces([bytes(sent([{ type: 'error' }]))]);
    const refused = readEvents(part, never, () => {
      throw new TypeError('no');
    });
    await expect(refused).rejects.toThrow('LOST');
    const stopped = AbortSignal.abort(new Error('stopped'));
    const response = inPieces([], new Error('aborted by the person'));
    await expect(readEvents(response, stopped, () => undefined)).rejects.toThrow('aborted by the person');
  });
});

describe('within', () => {
  it('gives what is promised in time, and refuses by code what is late', async () => {
    expect(await within(1_000, Promise.resolve(7))).toBe(7);
    await expect(within(10, new Promise(() => undefined), 'UNREACHABLE')).rejects.toThrow('UNREACHABLE');
  });
});
