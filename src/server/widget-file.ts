/** `GET /widget.js`: the widget, one file that any page may load. The build puts it at `dist/widget.js`. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { RequestHandler, Response } from 'express';
import { PullquoteError, systemCode } from '../errors.ts';

export interface WidgetFile {
  /** `/widget.<hash>.js`: this content and never another. `/widget.js` while there is no file. */
  address: string;
  /** `/widget.js`: what is newest, revalidated by its ETag. */
  newest: RequestHandler;
  /** `/widget.<hash>.js`: kept by browsers for a year. An older hash leads to the newest: the protocol is what must fit, not the file. */
  byHash: RequestHandler;
}

/** The same place from `src/server` and from `dist/server`. */
const built = fileURLToPath(new URL('../../dist/widget.js', import.meta.url));

type Encoding = 'br' | 'gzip' | 'identity';

/** Reads the file once, and packs it once for each encoding that is asked for. Where it was not built, asking for it throws NOT_READY. */
export function openWidgetFile(file = built): WidgetFile {
  const script = readScript(file);
  if (script === null) {
    const missing: RequestHandler = () => {
      throw new PullquoteError('NOT_READY', 'The widget has not been built; `npm run build` makes it');
    };
    return { address: '/widget.js', newest: missing, byHash: missing };
  }
  // 64 bits: nobody else chooses the content.
  const hash = createHash('sha256').update(script).digest('hex').slice(0, 16);
  const address = `/widget.${hash}.js`;
  const packed = new Map<Encoding, Buffer>([['identity', script]]);
  const bodyIn = (encoding: Encoding): Buffer => {
    const body =
      packed.get(encoding) ?? (encoding === 'br' ? brotliCompressSync(script) : gzipSync(script, { level: 9 }));
    packed.set(encoding, body);
    return body;
  };

  const send =
    (cacheControl: string): RequestHandler =>
    (req, res) => {
      const accepted = req.acceptsEncodings('br', 'gzip', 'identity');
      const encoding: Encoding = accepted === 'br' || accepted === 'gzip' ? accepted : 'identity';
      anyonesScript(res);
      res.set({ 'cache-control': cacheControl, 'content-location': address, etag: `"${hash}-${encoding}"` });
      if (encoding !== 'identity') res.set('content-encoding', encoding);
      // Answers a conditional request with 304, and HEAD without the body.
      res.vary('Accept-Encoding').type('text/javascript').send(bodyIn(encoding));
    };
  const immutable = send('public, max-age=31536000, immutable');

  return {
    address,
    newest: send('no-cache'),
    byHash(req, res, next) {
      if (req.path === address) return immutable(req, res, next);
      anyonesScript(res);
      res.set('cache-control', 'no-store').redirect('/widget.js');
    },
  };
}

/** Pages of every origin may load it, with `crossorigin` and `integrity` too: it holds nothing that is not public. */
function anyonesScript(res: Response): void {
  res.set({ 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' });
}

function readScript(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
