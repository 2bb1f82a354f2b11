import type { FileHandle } from 'node:fs/promises';

const lineFeed = 10;

/**
 * A value as one line of JSON, with its line feed. U+2028 and U+2029 are escaped: JSON may hold them, but some readers (Node 24's readline,
 * JavaScript before 2019) end a line at them.
 */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value);
  return `${json.replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)}\n`;
}

/** The lines of a file, ended by line feeds alone, the last one whether it is ended or not. One of more than `longest` bytes comes as null. */
export async function* linesOf(handle: FileHandle, longest: number): AsyncGenerator<string | null> {
  let started: Buffer[] = [];
  let bytes = 0;
  const take = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes <= longest) started.push(piece);
  };
  const whole = (): string | null => {
    const line = bytes > longest ? null : Buffer.concat(started).toString('utf8');
    [started, bytes] = [[], 0];
    return line;
  };
  for await (const piece of handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = piece.indexOf(lineFeed); end !== -1; end = piece.indexOf(lineFeed, from)) {
      take(piece.subarray(from, end));
      yield whole();
      from = end + 1;
    }
    take(piece.subarray(from));
  }
  if (bytes > 0) yield whole();
}
