/** The real engine over real models, and what must hold of each of its answers. */
import { join } from 'node:path';
import { expect } from 'vitest';
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
