/** Who may ask: headers, origins, and how often. */
import cors from 'cors';
import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import { PullquoteError, shown } from '../errors.ts';
import { protocolHeader } from './protocol.ts';

/**
 * Headers for every route. Nothing inline and nothing foreign runs on our pages; only the allowed origins may frame them.
 *
 * No HSTS and no upgrade-insecure-requests: whether there is TLS is for the proxy in front to know. No COOP and no
 * Origin-Agent-Cluster: browsers ignore both on plain http, with a line in the console.
 */
export function securityHeaders(origins: string[]): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: origins.length > 0 ? ["'self'", ...origins] : ["'none'"],
      },
    },
    xFrameOptions: origins.length > 0 ? false : { action: 'deny' },
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  });
}

export interface OriginOptions {
  /** Address that the server listens at. */
  host: string;
  publicUrl: string | null;
  /** Other sites whose pages may ask. */
  origins: string[];
  trustProxy: number;
}

/** Nobody but this machine reaches the server, as far as the settings tell. */
export function isPrivate({ host, publicUrl, trustProxy }: OriginOptions): boolean {
  return loopback.test(host) && publicUrl === null && trustProxy === 0;
}

const loopback = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|::1)$/i;

/**
 * Lets pass requests without an `Origin` (programs, links), from our own pages, and from the allowed origins.
 *
 * A server that listens on loopback answers only to loopback names and the public URL: else any web page could point a name of its
 * own at 127.0.0.1 (DNS rebinding) and read along as "same origin". Behind a declared proxy the proxy picks the names.
 *
 * @throws ORIGIN_DENIED
 */
export function denyForeignOrigins({ host, publicUrl, origins, trustProxy }: OriginOptions): RequestHandler {
  const allowed = new Set(origins);
  if (publicUrl) allowed.add(publicUrl);
  const publicHost = publicUrl ? new URL(publicUrl).host : null;
  const onlyLoopback = loopback.test(host) && trustProxy === 0;
  return (req, _res, next) => {
    const asked = req.host ?? '';
    if (onlyLoopback && asked !== publicHost && !loopback.test(asked.replace(/:\d+$/, ''))) {
      const advice = 'set PULLQUOTE_PUBLIC_URL to the address it is reached at';
      throw new PullquoteError('ORIGIN_DENIED', `The host ${shown(asked)} is not served here; ${advice}`, {
        host: asked,
      });
    }
    const origin = req.get('origin');
    if (origin !== undefined && origin !== ownOrigin(req) && !allowed.has(origin))
      throw new PullquoteError('ORIGIN_DENIED', `The origin ${shown(origin)} may not ask here`, { origin });
    next();
  };
}

const ownOrigin = (req: Request) => `${req.protocol}://${req.host}`;

/** CORS for the allowed origins, each echoed exactly; no cookies are ever involved. */
export function shareWith(origins: string[]): RequestHandler {
  return cors({
    origin: origins,
    methods: ['GET', 'HEAD', 'POST'],
    allowedHeaders: ['content-type', 'accept', 'user-agent', protocolHeader],
    exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy', protocolHeader],
    maxAge: 600,
  });
}

/** Whoever holds an IPv6 address commonly holds the /56 around it. */
const ipv6Subnet = 56;

/** At most so many requests a minute per client address; 0 for no limit. Throws RATE_LIMITED, with `Retry-After`. */
export function limitRate(perMinute: number): RequestHandler {
  if (perMinute === 0) return (_req, _res, next) => next();
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    ipv6Subnet,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // A client may send X-Forwarded-For as it likes: without PULLQUOTE_TRUST_PROXY it is not read, and not worth a warning.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_req, _res, next) =>
      next(new PullquoteError('RATE_LIMITED', `More than ${perMinute} requests a minute`, { perMinute })),
  });
}
