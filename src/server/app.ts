/** The HTTP face: which route leads where. */
import { fileURLToPath } from 'node:url';
import express, { type Express, type RequestHandler, type Response } from 'express';
import type { Logger } from 'pino';
import type { Conversations } from '../conversations.ts';
import { PullquoteError, shown } from '../errors.ts';
import type { FeedbackLog } from '../feedback/feedback-log.ts';
import type { Metrics } from '../metrics.ts';
import type { Chatbot } from '../types.ts';
import { answerChat } from './chat.ts';
import { type ChatPageOptions, chatPage } from './chat-page.ts';
import { documentAt, listDocuments, showDocument } from './documents.ts';
import { respondToErrors } from './error-response.ts';
import { takeFeedback } from './feedback.ts';
import { type MetricsAccess, measureRequests, showMetrics } from './metrics.ts';
import { pageLanguage } from './page-language.ts';
import { speakProtocol } from './protocol.ts';
import { logRequests } from './request-log.ts';
import { denyForeignOrigins, limitRate, securityHeaders, shareWith } from './security.ts';
import { sourcePage } from './source-page.ts';
import { openWidgetFile } from './widget-file.ts';

/** Whether the server can answer. */
export interface Status {
  ready: boolean;
  /** The generation that serves; null if none does. */
  generation: string | null;
  /** What a person should look into, in sentences. */
  warnings: string[];
}

export interface ServerConfig extends MetricsAccess, Pick<ChatPageOptions, 'title' | 'greeting' | 'suggestions'> {
  /** Of the interface (BCP 47); null for what the browser asks for. */
  language: string | null;
  /** Requests a minute per client; 0 for no limit. */
  rateLimit: number;
  /** Bytes of a body, decompressed. */
  bodyLimit: number;
  /** Questions being answered at once. */
  queue: number;
  /** Milliseconds after which a stream is opened though the answer is not there yet; default 500. */
  headAfterMs?: number;
  /** Milliseconds that a client of a stream may read nothing; default 30,000. */
  stallMs?: number;
}

export interface ServerOptions {
  chatbot: Chatbot;
  conversations: Conversations;
  feedback: FeedbackLog;
  config: ServerConfig;
  logger: Logger;
  status: () => Status;
  metrics: Metrics;
  /** Takes Slack's events, and verifies that they are. */
  slack?: RequestHandler | null;
}

/** More thumbs a minute are no person's, also where questions have no limit. */
const feedbackPerMinute = 20;

/** The same place from `src/server` and from `dist/server`: tsc copies no assets. */
const assets = fileURLToPath(new URL('../../src/server/assets/', import.meta.url));

export interface Application {
  app: Express;
  /** Aborted, with the reason to tell, when answers under way can be waited for no longer. */
  closing: AbortController;
}

/** The application; `listen` serves it. */
export function createServer({
  chatbot,
  conversations,
  feedback,
  config,
  logger,
  status,
  metrics,
  slack,
}: ServerOptions): Application {
  const { headAfterMs = 500, stallMs = 30_000, queue } = config;
  const closing = new AbortController();
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.set('query parser', false);

  app.use(logRequests(logger), measureRequests(metrics), securityHeaders(config.origins));
  route('/healthz', (_req, res) => void res.json({ status: 'ok' }));
  route('/readyz', (_req, res) => {
    const { ready, generation, warnings } = status();
    if (!ready) throw new PullquoteError('NOT_READY', 'The index is not loaded yet');
    // Anyone may ask this; the warnings themselves, which name paths, are for the log.
    res.json({ status: warnings.length > 0 ? 'degraded' : 'ready', generation });
  });

  const widget = openWidgetFile();
  route('/widget.js', widget.newest);
  route(/^\/widget\.[0-9a-f]{16}\.js$/, widget.byHash);

  // Signed by Slack: whatever host it was told to call, no page of another site can make such a request.
  if (slack) app.use('/slack/events', slack);
  app.use(denyForeignOrigins(config));
  route('/metrics', showMetrics(metrics, config));
  app.use('/api', shareWith(config.origins), speakProtocol);
  app.use(['/api', '/sources'], limitRate(config.rateLimit));
  app
    .route('/api/chat')
    .post(
      express.json({ limit: config.bodyLimit, type: 'application/json' }),
      answerChat({ chatbot, conversations, queue, headAfterMs, stallMs, closing: closing.signal }),
    )
    .all(allowOnly('POST'));
  app
    .route('/api/feedback')
    .post(
      limitRate(Math.min(config.rateLimit || feedbackPerMinute, feedbackPerMinute)),
      express.json({ limit: config.bodyLimit, type: 'application/json' }),
      takeFeedback({ chatbot, conversations, feedback }),
    )
    .all(allowOnly('POST'));
  route('/api/documents', listDocuments(chatbot));
  route('/api/documents/*id', showDocument(chatbot));

  const { title, greeting, suggestions } = config;
  const sendPage = (res: Response, markup: string) =>
    void res.set('cache-control', 'no-cache').type('html').send(markup);
  route('/', (req, res) => {
    const language = pageLanguage(req, res, config.language);
    sendPage(res, chatPage(chatbot, { widget: widget.address, title, greeting, suggestions, language }));
  });
  route('/sources/*id', (req, res) => {
    const { document } = documentAt(chatbot, req);
    sendPage(res, sourcePage(document, { nameplate: title, language: pageLanguage(req, res, config.language) }));
  });
  // Revalidated each time, so that pages and their scripts never differ in version.
  app.use(
    '/assets',
    express.static(assets, { index: false, redirect: false, cacheControl: false, setHeaders: revalidate }),
  );
  route('/assets/*file', (_req, _res, next) => next('route'));

  app.use((req) => {
    throw new PullquoteError('ROUTE_NOT_FOUND', `There is nothing at ${shown(req.path)}`, { path: req.path });
  });
  app.use(respondToErrors(logger, config));
  return { app, closing };

  function route(path: string | RegExp, handler: RequestHandler): void {
    app.route(path).get(handler).all(allowOnly('GET, HEAD'));
  }
}

function allowOnly(methods: string): RequestHandler {
  return (req, res) => {
    res.set('allow', methods);
    if (req.method === 'OPTIONS') return void res.status(204).end();
    const message = `${req.method} is not for ${shown(req.path)}, only ${methods}`;
    throw new PullquoteError('METHOD_NOT_ALLOWED', message, { method: req.method, path: req.path });
  };
}

function revalidate(res: { setHeader(name: string, value: string): unknown }): void {
  res.setHeader('cache-control', 'no-cache');
}
