import type { Engine } from '../engine.ts';
import type { Models } from '../inference/models.ts';
import type { ServedIndex } from '../retrieval/served-index.ts';
import type { Config } from '../settings.ts';

/** What the evaluation's commands need of the program that they are part of. */
export interface EvaluationParts {
  configOf: (flags: { index?: string }) => Config;
  /** Opens the engine, over an index of the caller's own if one is given. */
  open: (config: Config, ownIndex?: (models: Models) => Promise<ServedIndex>) => Promise<Engine>;
}

/** What `evaluate` was told, checked one by one; together they are checked by the command. */
export interface EvaluateFlags {
  index?: string;
  out?: string;
  resume?: true;
  url?: string;
  documentsFromFile?: true;
  concurrency?: number;
  limit?: number;
  sample?: number;
  seed: number;
  repeat: number;
  only: string[];
  tags?: string[];
  drafts?: true;
  leaveOut?: true;
  threshold?: number;
  judge?: true;
  prices?: { input: number; output: number };
  min: string[];
  max: string[];
  baseline?: string;
}

/** What `calibrate` was told. */
export type CalibrateFlags = Pick<
  EvaluateFlags,
  'index' | 'url' | 'documentsFromFile' | 'concurrency' | 'seed' | 'only' | 'tags' | 'drafts' | 'leaveOut'
> & { declined?: number; out: string };
