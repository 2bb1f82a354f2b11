/**
 * Slack's signature, on the bytes as they came. Bolt's own check lets a signed request from tomorrow pass.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { PullquoteError, shown } from '../errors.ts';

export interface SignedRequest {
  /** `X-Slack-Signature`. */
  signature: string | undefined;
  /** `X-Slack-Request-Timestamp`, seconds since 1970. */
  timestamp: string | undefined;
  /** The raw body. */
  body: Buffer;
}

/** Seconds by which the clocks may differ, either way. */
const WINDOW = 300;

/** @throws SIGNATURE_INVALID saying why; what the right one would be stays unsaid. */
export function verifyRequest({ signature, timestamp, body }: SignedRequest, secret: string, nowMs = Date.now()): void {
  // 1. A plain count of seconds, not too far from now.
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp))
    throw invalid(`the timestamp ${shown(timestamp ?? null)} is none`);
  const difference = Math.floor(nowMs / 1_000) - Number(timestamp);
  if (Math.abs(difference) > WINDOW)
    throw invalid(`the timestamp is ${Math.abs(difference)} s off, more than ${WINDOW}`);
  // 2. Of the one version that there is.
  const [, given] = /^v0=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
  if (given === undefined) throw invalid('there is no signature of the form v0=…');
  // 3. Made with our secret, of these bytes at that time.
  const own = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  if (!timingSafeEqual(own, Buffer.from(given, 'hex'))) throw invalid('the signature is another one');
}

function invalid(reason: string): PullquoteError {
  return new PullquoteError('SIGNATURE_INVALID', `The request is not signed by Slack: ${reason}`);
}
