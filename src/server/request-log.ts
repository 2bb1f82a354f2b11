/** Who asked for what, and how it went: one line a request, without questions, headers or addresses. */
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { ModelReport } from '../types.ts';

declare global {
  namespace Express {
    interface Locals {
      /** In the `x-request-id` of the response, in every error, and in the log. Made here: one sent by a client is not taken over. */
      requestId: string;
      /** Of the error that was the answer. */
      errorCode?: string;
      /** What became of the chat model, if one was asked. */
      model?: ModelReport | undefined;
      /** Set once a stream is open: how an error is still told. */
      failStream?: (error: { code: string; message: string; requestId: string }) => Promise<void>;
    }
  }
}

/** Nobody needs more of a path than this; an attacker may send 16 kB of it. */
const pathLength = 200;

/** Asked every few seconds by whatever watches the server. */
const probes = new Set(['/healthz', '/readyz', '/metrics']);

export function logRequests(logger: Logger): RequestHandler {
  return (req, res, next) => {
    const requestId = randomUUID();
    const began = performance.now();
    res.locals.requestId = requestId;
    res.set('x-request-id', requestId);
    const path = req.path.slice(0, pathLength);
    res.once('close', () => {
      const left = !res.writableFinished;
      const line = {
        requestId,
        method: req.method,
        path,
        status: left ? 499 : res.statusCode,
        ...(res.locals.errorCode && { code: res.locals.errorCode }),
        ...(res.locals.model && { model: res.locals.model }),
        ms: Math.round(performance.now() - began),
      };
      // Clients that leave are everyday, and a thousand of them must not fill the disk.
      if (left || probes.has(path)) logger.debug(line, 'request');
      else if (res.locals.model?.failure) logger.warn(line, 'request answered without the chat model');
      else if (res.locals.model?.condenseFailure) logger.warn(line, 'follow-up not rewritten by the chat model');
      else logger.info(line, 'request');
    });
    next();
  };
}
