/** The way in over HTTP: requests from Slack on a route of the server. */
import { ExpressReceiver, type Logger, type Receiver } from '@slack/bolt';
import express, { type Request, type RequestHandler, Router } from 'express';
import { verifyRequest } from './verify-request.ts';

export interface HttpDoor {
  receiver: Receiver;
  /** Answers at the route that it is mounted on. */
  requests: RequestHandler;
}

/** Slack's largest payloads (a view, a message with its blocks) are far below. */
const LARGEST_BODY = 1_048_576;

export function createHttpDoor(signingSecret: string, logger: Logger): HttpDoor {
  const receiver = new ExpressReceiver({ signingSecret, endpoints: '/', logger, bodyLimit: LARGEST_BODY });
  const router = Router();
  router.post(
    '/',
    express.raw({ type: () => true, limit: LARGEST_BODY, inflate: false }),
    (req: Request & { rawBody?: Buffer }, _res, next) => {
      const body = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
      verifyRequest(
        { signature: req.get('x-slack-signature'), timestamp: req.get('x-slack-request-timestamp'), body },
        signingSecret,
      );
      req.rawBody = body; // where Bolt looks for a body that was read before
      next();
    },
  );
  router.use(receiver.router);
  return { receiver, requests: router };
}
