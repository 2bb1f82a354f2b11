import { PullquoteError, shown } from '../errors.ts';

/**
 * A file's bytes as text, once: UTF-8, or UTF-16 when a byte order mark says so. The mark is dropped and nothing else is
 * touched. Throws FILE_NOT_UTF8 with the offset of the first bad byte, FILE_INVALID for NUL characters, DOCUMENT_EMPTY for a
 * text without a letter or digit.
 */
export function decode(bytes: Uint8Array, path: string): string {
  const encoding = byteOrder(bytes) ?? 'utf-8';
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw notText(bytes, encoding, path, cause);
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    const message = `${shown(path)} holds a NUL character at ${nul}: it looks like a binary file`;
    throw new PullquoteError('FILE_INVALID', message, { path, offset: nul });
  }
  if (!/[\p{L}\p{N}]/u.test(text))
    throw new PullquoteError('DOCUMENT_EMPTY', `${shown(path)} holds no words`, { path });
  return text;
}

function byteOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

function notText(bytes: Uint8Array, encoding: string, path: string, cause: unknown): PullquoteError {
  if (encoding !== 'utf-8') {
    const message = `${shown(path)} begins like ${encoding.toUpperCase()} but is not`;
    return new PullquoteError('FILE_NOT_UTF8', message, { path, encoding }, cause);
  }
  const offset = firstBadByte(bytes);
  const charset = declaredCharset(bytes);
  const hint = charset === null ? '' : `; it declares ${charset}`;
  const message = `${shown(path)} is not UTF-8: bad byte at offset ${offset}${hint}. Convert it to UTF-8`;
  return new PullquoteError('FILE_NOT_UTF8', message, { path, offset, charset }, cause);
}

/**
 * Offset of the first byte that no UTF-8 text could hold there: the longest prefix that decodes, found by halving, ends where
 * the bad sequence shows; its first byte is at most three before.
 */
function firstBadByte(bytes: Uint8Array): number {
  const decodes = (length: number, stream: boolean) => {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length + 1; // a sequence cut off by the end shows only there
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle, true)) good = middle;
    else bad = middle;
  }
  while (good > 0 && !decodes(good, false)) good--;
  return good;
}

/** How far a page may declare its charset, in bytes (HTML's own rule). */
const charsetWithin = 1024;

/** The charset that an HTML page declares for itself. */
function declaredCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, charsetWithin));
  return /charset\s{0,5}=\s{0,5}["']?([\w.:-]{1,40})/i.exec(head)?.[1]?.toLowerCase() ?? null;
}
