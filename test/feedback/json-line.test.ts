import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { jsonLine, linesOf } from '../../src/feedback/json-line.ts';
import { fc, property } from '../support/property.ts';
import { temporaryFolder } from '../support/run-cli.ts';

async function linesIn(bytes: string | Buffer, longest = 1_000_000): Promise<(string | null)[]> {
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, bytes);
  const handle = await open(file);
  try {
    const lines: (string | null)[] = [];
    for await (const line of linesOf(handle, longest)) lines.push(line);
    return lines;
  } finally {
    await handle.close();
  }
}

describe('a line of JSON', () => {
  property.prop([fc.array(fc.string({ unit: 'binary' }), { maxLength: 5 })])(
    'comes back as it was, by any reader',
    async (values) => {
      const text = [...values, '\u2028\u2029\r\n'].map(jsonLine).join('');
      expect((await linesIn(text)).map((line) => JSON.parse(line ?? ''))).toEqual([...values, '\u2028\u2029\r\n']);
      const read: unknown[] = [];
      for await (const line of createInterface({ input: Readable.from([text]) })) read.push(JSON.parse(line));
      expect(read).toEqual([...values, '\u2028\u2029\r\n']);
    },
  );
});

describe('the lines of a file', () => {
  it('end at line feeds alone', async () => {
    expect(await linesIn('a\r\u2028b\n\nc')).toEqual(['a\r\u2028b', '', 'c']);
    expect(await linesIn('')).toEqual([]);
    expect(await linesIn('a\n')).toEqual(['a']);
  });

  it('go over the edges of what is read at a time', async () => {
    const long = '€'.repeat(50_000);
    expect(await linesIn(`${long}\n${long}x\n`)).toEqual([long, `${long}x`]);
  });

  it('come as null where they are too long, and the next one does not', async () => {
    expect(await linesIn(`${'x'.repeat(200_000)}\nshort\n${'y'.repeat(11)}`, 10)).toEqual([null, 'short', null]);
  });
});
