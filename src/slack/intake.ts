/** Between Slack's door and Bolt: each event once, on the disk before it is acknowledged, and taken up again after a crash. */
import type { App, Receiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { MessageEvent } from './hear.ts';
import type { Ledger } from './ledger.ts';

type ReceiverEvent = Parameters<App['processEvent']>[0];

export interface Intake {
  /** The receiver as Bolt shall see it. */
  guard(receiver: Receiver): Receiver;
  /** Goes on with what an earlier process left unanswered; resolves when all of it is taken up. */
  resume(): void;
  /** An event whose answer did not come to an end: the next process goes on with it. */
  leave(id: string): void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

/** What a listener finds in its `context`. */
export interface IntakeContext {
  /** Slack's id of the event; null for what comes without one. */
  intakeId: string | null;
  resumed: boolean;
}

export function createIntake(ledger: Ledger, logger: Logger): Intake {
  const underWay = new Set<Promise<void>>();
  const left = new Set<string>();
  let process: ((event: ReceiverEvent) => Promise<void>) | null = null;

  async function handle(event: ReceiverEvent, context: IntakeContext): Promise<void> {
    const { intakeId } = context;
    const { ack } = event;
    await process?.({
      ...event,
      customProperties: { ...event.customProperties, ...context },
      // If the connection breaks under the acknowledgement Slack sends the event again, and it is known; the answer goes another way.
      ack: async (response: unknown) => {
        await ack(response).catch((error: unknown) => logger.warn({ intakeId, err: error }, 'not acknowledged'));
      },
    });
    if (intakeId !== null && !left.has(intakeId)) await ledger.done(intakeId);
  }

  async function take(event: ReceiverEvent): Promise<void> {
    const id = idOf(event.body);
    if (id === null || isOfBot(event.body)) return handle(event, { intakeId: null, resumed: false });
    if (await ledger.begin(id, asksSomething(event.body) ? withoutToken(event.body) : null))
      return handle(event, { intakeId: id, resumed: false });
    logger.debug({ event: id, retry: event.retryNum }, 'sent again');
    await event.ack().catch(() => undefined);
  }

  function track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => underWay.delete(tracked));
    tracked.catch(() => undefined);
    underWay.add(tracked);
    return tracked;
  }

  return {
    guard: (receiver) => ({
      init(app) {
        process = (event) => app.processEvent(event);
        // Receivers call nothing else of the app.
        receiver.init({ processEvent: (event: ReceiverEvent) => track(take(event)) } as unknown as App);
      },
      start: (...args) => receiver.start(...args),
      stop: (...args) => receiver.stop(...args),
    }),
    resume() {
      const unfinished = ledger.unfinished();
      if (unfinished.length > 0) logger.info({ events: unfinished.length }, 'going on with what was left unanswered');
      for (const { id, body } of unfinished) {
        const event = { body, ack: async () => {} };
        const work = ledger.again(id).then(() => handle(event, { intakeId: id, resumed: true }));
        track(work).catch((err: unknown) => logger.error({ err, event: id }, 'what was left unanswered stays so'));
      }
    },
    leave: (id) => void left.add(id),
    async idle() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

/** Commands, buttons and windows have no event id, but a trigger of their own. */
function idOf(body: Record<string, unknown>): string | null {
  const id = body.event_id ?? body.trigger_id;
  return typeof id === 'string' && id !== '' ? id : null;
}

/**
 * What is worth going on with after a crash: what was said to the bot, or in a thread, where it may be meant. A press of a button is not; nor
 * is what people say elsewhere, whose words are not ours to keep.
 */
function asksSomething(body: Record<string, unknown>): boolean {
  const event = eventOf(body);
  if (event === null) return body.command !== undefined || body.type === 'view_submission';
  const { thread_ts } = event.message ?? event; // of what was edited, or is new
  return event.type === 'app_mention' || event.channel_type === 'im' || thread_ts !== undefined;
}

/** What bots do, this one too, comes and goes unnoted. */
function isOfBot(body: Record<string, unknown>): boolean {
  const event = eventOf(body);
  return event?.bot_id !== undefined || event?.message?.bot_id !== undefined;
}

function eventOf(body: Record<string, unknown>): MessageEvent | null {
  return typeof body.event === 'object' ? (body.event as MessageEvent | null) : null;
}

/** The old verification token is nobody's business. */
function withoutToken(body: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'token'));
}
