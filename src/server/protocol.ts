/** The version handshake of the widget and the server: a widget that a browser kept may be older than the server, or newer. */
import type { RequestHandler } from 'express';
import { PullquoteError, shown } from '../errors.ts';

export const protocolHeader = 'pullquote-protocol';

/** What the routes below `/api` speak. Within a version things are only added; a version that is dropped is refused by name. */
const current = '1';
const spoken = new Set([current]);

/**
 * Says the server's version in every response, and refuses a client that names one that is not spoken here; without the header a client
 * takes what comes.
 *
 * @throws PROTOCOL_UNSUPPORTED
 */
export const speakProtocol: RequestHandler = (req, res, next) => {
  res.set(protocolHeader, current);
  const asked = req.get(protocolHeader);
  if (asked !== undefined && !spoken.has(asked)) {
    const message = `The protocol version ${shown(asked)} is not spoken here, only ${[...spoken].join(', ')}: load the page again`;
    throw new PullquoteError('PROTOCOL_UNSUPPORTED', message, { asked, spoken: [...spoken] });
  }
  next();
};
