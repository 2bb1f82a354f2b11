import { coefficients } from '../answering/confidence-coefficients.ts';
import { PullquoteError } from '../errors.ts';
import { askInProcess } from '../evaluation/ask-in-process.ts';
import { askOverHttp } from '../evaluation/ask-over-http.ts';
import type { Asker } from '../evaluation/asker.ts';
import { embedChunks, indexOf } from '../evaluation/memory-index.ts';
import type { QuestionSet, RunSettings } from '../evaluation/types.ts';
import { reachableAt } from '../server/reachable-at.ts';
import type { Config } from '../settings.ts';
import type { EvaluateFlags, EvaluationParts } from './evaluation-flags.ts';
import { formatWarning, progressBar } from './report.ts';

/** Who is asked, and how a run records it. */
export interface OpenedAsker {
  asker: Asker;
  settings: RunSettings['settings'];
  /** Put before each citation's link; null where no server answers for these documents. */
  baseUrl: string | null;
  concurrency: number;
}

type Flags = Pick<EvaluateFlags, 'url' | 'documentsFromFile' | 'concurrency' | 'threshold'>;

/** Settings that an answer depends on, those of the chat model only where there is one; keys are never among them. */
const RECORDED = ['threshold', 'questionLimit'];
const RECORDED_OF_MODEL = ['chatModel', 'chatModelUrl', 'chatModelTokens', 'chatModelTimeout'];

/** A server takes several at once; here each has both cores, and its time is its own. */
const CONCURRENCY = { here: 1, server: 4 };

/** The engine of this process, over the index or the question file's own documents, or a server. Throws USAGE and what opening them throws. */
export async function openAsker(
  set: QuestionSet,
  flags: Flags,
  config: Config,
  { open }: EvaluationParts,
): Promise<OpenedAsker> {
  if (flags.url !== undefined) {
    if (flags.documentsFromFile || flags.threshold !== undefined) {
      const flag = flags.documentsFromFile ? '--documents-from-file' : '--threshold';
      throw new PullquoteError('USAGE', `${flag} cannot be given with --url: the server has its own`);
    }
    const asker = await askOverHttp(flags.url);
    return { asker, settings: {}, baseUrl: asker.where, concurrency: flags.concurrency ?? CONCURRENCY.server };
  }
  const { squad } = set;
  for (const { path, reason } of squad?.skipped ?? []) {
    process.stderr.write(formatWarning(`left out ${path}: ${reason}`));
  }
  // A cache would answer a repeated question in no time, and alike.
  const asked = { ...config, cache: 0, threshold: flags.threshold ?? config.threshold };
  const engine = await open(asked, squad === null ? undefined : (models) => throwAway(squad, set, models));
  const effective: Record<string, unknown> = {
    ...asked,
    threshold: asked.threshold ?? coefficients.threshold,
    chatModelUrl: asked.chatModelUrl === null ? null : withoutKey(asked.chatModelUrl),
  };
  const recorded = asked.chatModel === null ? RECORDED : [...RECORDED, ...RECORDED_OF_MODEL];
  return {
    asker: askInProcess(engine),
    settings: Object.fromEntries(
      recorded.flatMap((name) => {
        const value = effective[name];
        return value === undefined ? [] : [[name, value as string | number | null]];
      }),
    ),
    baseUrl: squad !== null || config.port === 0 ? null : (config.publicUrl ?? reachableAt(config.host, config.port)),
    concurrency: flags.concurrency ?? CONCURRENCY.here,
  };
}

/** An address without what may be a secret in it. */
function withoutKey(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** An index in memory over a file's paragraphs. */
async function throwAway(
  squad: NonNullable<QuestionSet['squad']>,
  { revision }: QuestionSet,
  { embedder }: Parameters<NonNullable<Parameters<EvaluationParts['open']>[1]>>[0],
) {
  const bar = progressBar(process.stderr);
  const vectors = await embedChunks(squad, embedder, bar.onProgress).finally(bar.stop);
  return indexOf(squad, vectors, () => true, `from-file-${revision.slice(0, 16)}`);
}
