import { Counter, type Counter as Counts, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { asPullquoteError, PullquoteError } from './errors.ts';
import type { FeedbackLog } from './feedback/feedback-log.ts';
import type { Answer, Chatbot } from './types.ts';

/** Where a question came from. */
export type Surface = 'web' | 'slack';

/** One HTTP request that is over. */
export interface MeasuredRequest {
  method: string;
  /** The route's pattern, never the path: a path is as long and as various as a client likes. */
  route: string;
  status: number;
  seconds: number;
}

export interface Metrics {
  /** The chatbot, with every answer and every failure counted. */
  watch(chatbot: Chatbot, surface: Surface): Chatbot;
  /** The log, with every opinion counted that it has taken. */
  watchFeedback(log: FeedbackLog): FeedbackLog;
  request(request: MeasuredRequest): void;
  /** Prometheus' text format, version 0.0.4. */
  read(): Promise<{ type: string; text: string }>;
}

export interface MetricsParts {
  /** What serves now. */
  chatbot: Pick<Chatbot, 'corpus'>;
  warnings: () => string[];
}

/** Upper bounds, in seconds: from a remembered answer to a slow chat model. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** What an operator watches, by the names that Prometheus has for such things (https://prometheus.io/docs/practices/naming). No question, no address. */
export function createMetrics({ chatbot: serving, warnings }: MetricsParts): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const counter = <T extends string>(name: string, help: string, labelNames: T[]): Counts<T> =>
    new Counter({ name: `pullquote_${name}`, help, labelNames, registers });
  const histogram = <T extends string>(name: string, help: string, labelNames: T[]) =>
    new Histogram({ name: `pullquote_${name}`, help, labelNames, registers, buckets: BUCKETS });
  const gauge = <T extends string>(
    name: string,
    help: string,
    collect: (gauge: Gauge<T>) => void,
    labelNames: T[] = [],
  ) =>
    new Gauge({
      name: `pullquote_${name}`,
      help,
      labelNames,
      registers,
      collect() {
        collect(this);
      },
    });

  const answers = counter('answers_total', 'Answers given, by kind and by who made them.', [
    'surface',
    'kind',
    'answerer',
  ]);
  const failures = counter('failed_questions_total', 'Questions that ended in an error, by its code.', [
    'surface',
    'code',
  ]);
  const durations = histogram('answer_seconds', 'From the question to the whole answer.', ['surface']);
  const stages = histogram('stage_seconds', 'Stages of answers that were not remembered.', ['stage']);
  const disagreements = counter('disagreements_total', 'Answers on which documents differ.', ['surface']);
  const tokens = counter('chat_model_tokens_total', 'Tokens, as the chat model’s provider counts them.', ['direction']);
  const dropped = counter('chat_model_dropped_total', 'What verification dropped of a chat model’s answers.', ['what']);
  const modelFailures = counter(
    'chat_model_failures_total',
    'What a chat model failed at, in an answer or in completing a follow-up, by what went wrong.',
    ['code'],
  );
  const opinions = counter('feedback_total', 'Opinions on answers.', ['rating']);
  const requests = histogram('http_request_seconds', 'HTTP requests, by route.', ['method', 'route', 'status']);
  gauge('documents', 'Documents that answer now.', (it) => it.set(serving.corpus().documents.size));
  gauge('warnings', 'Things that a person should look into; they stand in the log.', (it) => it.set(warnings().length));
  gauge(
    'index_info',
    'The generation that serves.',
    (it) => {
      it.reset();
      it.set({ generation: serving.corpus().generation }, 1);
    },
    ['generation'],
  );
  collectDefaultMetrics({ register: registry });

  function count(answer: Answer, surface: Surface): void {
    const { kind, answerer, timings, disagreements: differing, model } = answer;
    const { total = 0, ...stageTimings } = timings;
    answers.inc({ surface, kind, answerer: answerer === 'extractive' ? 'extractive' : 'chat_model' });
    durations.observe({ surface }, total / 1_000);
    if (differing.length > 0) disagreements.inc({ surface });
    for (const [stage, ms] of Object.entries(stageTimings)) stages.observe({ stage }, ms / 1_000);
    // A remembered answer has no stages, and its chat model was not asked again.
    if (model === undefined || timings.model === undefined) return;
    tokens.inc({ direction: 'input' }, model.usage?.input ?? 0);
    tokens.inc({ direction: 'output' }, model.usage?.output ?? 0);
    dropped.inc({ what: 'quotes' }, model.dropped.quotes);
    dropped.inc({ what: 'statements' }, model.dropped.statements);
    for (const failure of [model.failure, model.condenseFailure]) {
      if (failure !== undefined) modelFailures.inc({ code: failure.code });
    }
  }

  return {
    watch: (chatbot, surface) => ({
      corpus: () => chatbot.corpus(),
      async ask(question, options) {
        try {
          const answer = await chatbot.ask(question, options);
          count(answer, surface);
          return answer;
        } catch (error) {
          const reason: unknown = options?.signal?.aborted ? options.signal.reason : null;
          failures.inc({ surface, code: asPullquoteError(reason instanceof PullquoteError ? reason : error).code });
          throw error;
        }
      },
    }),
    watchFeedback: (log) => ({
      async append(feedback) {
        await log.append(feedback);
        opinions.inc({ rating: feedback.rating ?? 'taken_back' });
      },
    }),
    request({ method, route, status, seconds }) {
      requests.observe({ method, route, status }, seconds);
    },
    async read() {
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
