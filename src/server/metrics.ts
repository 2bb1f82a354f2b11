/** `GET /metrics`, for Prometheus, and the measuring of requests. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { PullquoteError } from '../errors.ts';
import type { Metrics } from '../metrics.ts';
import type { Secret } from '../text/secret.ts';
import { isPrivate, type OriginOptions } from './security.ts';

export interface MetricsAccess extends OriginOptions {
  /** Whoever reads the metrics has to send it; null: they are for this machine alone. */
  metricsKey: Secret | null;
}

/**
 * With the key, as `Authorization: Bearer …`; without one on a server that only this machine reaches.
 * @throws METRICS_DENIED
 */
export function showMetrics(metrics: Metrics, access: MetricsAccess): RequestHandler {
  const { metricsKey } = access;
  return async (req, res) => {
    if (metricsKey === null && !isPrivate(access)) {
      throw new PullquoteError('METRICS_DENIED', 'Others reach this server: set PULLQUOTE_METRICS_KEY, and send it');
    }
    if (metricsKey !== null && !isSame(req.get('authorization') ?? '', `Bearer ${metricsKey.reveal()}`)) {
      res.set('www-authenticate', 'Bearer');
      throw new PullquoteError('METRICS_DENIED', 'Send the key of PULLQUOTE_METRICS_KEY as `Authorization: Bearer …`');
    }
    const { type, text } = await metrics.read();
    res.set({ 'content-type': type, 'cache-control': 'no-store' }).send(text);
  };
}

/** In a time that tells nothing of where they differ. */
function isSame(sent: string, expected: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(sent), hash(expected));
}

/** Methods that are counted by their name; a client may send any word. */
const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

export function measureRequests(metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const began = performance.now();
    res.once('close', () => {
      metrics.request({
        method: methods.has(req.method) ? req.method : 'other',
        route: String(req.route?.path ?? 'other'),
        status: res.writableFinished ? res.statusCode : 499,
        seconds: (performance.now() - began) / 1_000,
      });
    });
    next();
  };
}
