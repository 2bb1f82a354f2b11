import { expect } from 'vitest';
import type { LoadedDocument } from '../../src/ingest/loaded.ts';

/** What holds for the blocks of every document, whatever its format. */
export function expectSoundBlocks({ text, blocks, markup, title }: LoadedDocument): void {
  let position = 0;
  for (const { start, end } of blocks) {
    expect(start).toBeGreaterThanOrEqual(position);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(text.length);
    const slice = text.slice(start, end);
    expect(slice).toBe(slice.trim());
    expect(splitsPair(text, start) || splitsPair(text, end)).toBe(false);
    position = end;
  }
  let after = 0;
  for (const { start, end } of markup) {
    expect(start).toBeGreaterThanOrEqual(after);
    expect(end).toBeGreaterThan(start);
    expect(splitsPair(text, start) || splitsPair(text, end)).toBe(false);
    after = end;
  }
  const outside = markup.filter(({ start, end }) => !blocks.some((block) => block.start <= start && end <= block.end));
  expect(outside).toEqual([]);
  expect(title).toBe(title.trim());
}

function splitsPair(text: string, position: number): boolean {
  const isHigh = (code: number) => code >= 0xd800 && code <= 0xdbff;
  const isLow = (code: number) => code >= 0xdc00 && code <= 0xdfff;
  return isHigh(text.charCodeAt(position - 1)) && isLow(text.charCodeAt(position));
}

/** Milliseconds of processor time that a run takes: on a busy machine the clock on the wall says little. */
export function cpuTime(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
