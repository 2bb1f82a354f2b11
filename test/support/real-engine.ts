/** The real engine over real models, and what must hold of each of its answers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Engine, type EngineOptions, openEngine } from '../../src/engine.ts';
import type { Answer, Citation, Document } from '../../src/types.ts';
import { root, seeds } from './run-cli.ts';

export const donetsk = 'How much of the Donetsk region is under Russian control?';

/** Opens the engine as the command line does, but with every warning gathered. */
export async function openReal(
  options: Partial<EngineOptions> & { index: string },
): Promise<Engine & { told: string[] }> {
  const told: string[] = [];
  const engine = await openEngine({
    models: join(root, 'models'),
    seeds,
    threshold: null,
    longestQuestion: 1_000,
    remembered: 500,
    onWarning: (warning) => told.push(warning),
    ...options,
  });
  return { ...engine, told };
}

/** For the tests of a file: an engine over a folder of documents (the shipped five), that has warned of nothing; it is closed after them. */
export function engineFor(documents = seeds): () => Engine {
  let folder: string;
  let engine: Engine | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pullquote-questions-'));
    engine = await openReal({
      index: join(folder, 'index'),
      seeds: documents,
      remembered: 0,
      onWarning: (warning) => expect.fail(warning),
    });
  });
  afterAll(async () => {
    await engine?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => engine ?? expect.fail('not open yet');
}

/** Holds that every citation is a true slice of the documents that it was made from. */
export function expectVerbatim(
  { citations, nearest, statements }: Pick<Answer, 'citations' | 'nearest' | 'statements'>,
  documents: ReadonlyMap<string, Pick<Document, 'text' | 'revision'>>,
): void {
  for (const { document, start, end, quote, prefix, suffix } of [...citations, ...nearest] as Citation[]) {
    const { text = '', revision } = documents.get(document.id) ?? {};
    expect(text.slice(start, end)).toBe(quote);
    expect(text.slice(start - prefix.length, end + suffix.length)).toBe(prefix + quote + suffix);
    expect(revision).toBe(document.revision);
  }
  for (const statement of statements) {
    expect(statement.citations.length).toBeGreaterThan(0);
    for (const number of statement.citations) expect(citations.some((it) => it.number === number)).toBe(true);
  }
}
