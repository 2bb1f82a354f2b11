/** The one place where an error becomes a response. */
import type { ErrorRequestHandler, Request } from 'express';
import type { Logger } from 'pino';
import { asPullquoteError, PullquoteError, shown } from '../errors.ts';
import { errorPage } from './error-page.ts';
import { pageLanguage } from './page-language.ts';

/** Faults whose message is written for whoever asks; any other fault of ours may name a path or hold a provider's words. */
const openFaults = new Set(['BUSY', 'NOT_READY']);

/** What the owner says on every page; null for ours, and for the browser's language. */
export interface PageOwner {
  title: string | null;
  language: string | null;
}

export function respondToErrors(logger: Logger, { title, language }: PageOwner): ErrorRequestHandler {
  return async (thrown, req, res, _next) => {
    const error = coded(thrown, req);
    const { requestId } = res.locals;
    res.locals.errorCode = error.code;
    const ours = error.status >= 500 && !openFaults.has(error.code);
    if (ours) logger.error({ requestId, code: error.code, err: thrown }, 'request failed');
    const message = ours ? 'Something went wrong on the server; its log has more under this request id' : error.message;
    const told = { code: error.code, message, requestId };

    if (res.destroyed) return;
    if (res.headersSent) {
      // The client may leave while it is told: then there is nobody left to tell.
      await res.locals.failStream?.(told).catch(() => undefined);
      if (!res.writableEnded) res.destroy();
      return;
    }
    res.status(error.status).set('cache-control', 'no-store');
    const page = !req.path.startsWith('/api/') && req.accepts(['json', 'html']) === 'html';
    if (page)
      res
        .type('html')
        .send(errorPage(error.status, told, { nameplate: title, language: pageLanguage(req, res, language) }));
    else res.json({ error: told });
  };
}

/** What Express and its body parser throw, in our codes. https://github.com/expressjs/body-parser#errors */
function coded(thrown: unknown, req: Request): PullquoteError {
  if (thrown instanceof PullquoteError || !(thrown instanceof Error)) return asPullquoteError(thrown);
  const { type, status, limit } = thrown as Error & { type?: string; status?: number; limit?: number };
  switch (type) {
    case 'entity.parse.failed':
      return new PullquoteError('JSON_INVALID', `The body is not JSON: ${short(thrown.message)}`);
    case 'entity.too.large':
      return new PullquoteError('BODY_TOO_LARGE', `The body is larger than ${limit} bytes`, { limit });
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return new PullquoteError('MEDIA_TYPE_UNSUPPORTED', short(thrown.message));
    case 'request.aborted':
      return new PullquoteError('ABORTED', 'The client left before the body was sent');
  }
  if (thrown instanceof URIError)
    return new PullquoteError('ROUTE_NOT_FOUND', `The path ${shown(req.path)} is not validly encoded`);
  if (status !== undefined && status >= 400 && status < 500)
    return new PullquoteError('BODY_INVALID', `The request cannot be read: ${short(thrown.message)}`);
  return asPullquoteError(thrown);
}

const short = (message: string) => (message.length > 160 ? `${message.slice(0, 159)}…` : message);
