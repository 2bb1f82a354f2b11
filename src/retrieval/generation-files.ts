import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { Digest } from './manifest.ts';
import { asChunk, asDocument, type Content } from './verify-content.ts';

/** The files that are the truth of a generation; the graph is a cache made of them. */
export const TRUTH = ['documents.jsonl', 'chunks.jsonl', 'vectors.f32'] as const;

/** Bytes made at a time. */
const PIECE = 1 << 20;

/** Size and SHA-256 of what a file is to hold. */
export function digestOf(content: Content, name: (typeof TRUTH)[number]): Digest {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of pieces(content, name)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** The bytes of a file, some at a time: no string or buffer need hold them all. The same content always gives the same bytes. */
export function* pieces({ documents, chunks, vectors }: Content, name: (typeof TRUTH)[number]): Generator<Buffer> {
  if (name === 'vectors.f32') {
    for (let at = 0; at < vectors.byteLength; at += PIECE) {
      const length = Math.min(PIECE, vectors.byteLength - at);
      const piece = Buffer.from(vectors.buffer, vectors.byteOffset + at, length);
      yield endianness() === 'LE' ? piece : Buffer.from(piece).swap32();
    }
    return;
  }
  let lines: string[] = [];
  let length = 0;
  const values = name === 'documents.jsonl' ? documents : chunks;
  const as = name === 'documents.jsonl' ? asDocument : asChunk;
  for (const value of values) {
    const line = JSON.stringify(as(value));
    lines.push(line, '\n');
    length += line.length;
    if (length < PIECE) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
    length = 0;
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}
