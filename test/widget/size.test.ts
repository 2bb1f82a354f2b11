import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = new URL('../../dist/widget.js', import.meta.url);

it('is one file of at most 30 kB gzipped, without a map, a module or a word of the pages', async () => {
  const script = await readFile(built, 'utf8');
  expect(gzipSync(script, { level: 9 }).length).toBeLessThanOrEqual(30_000);
  expect(script.match(/sourceMappingURL|\bimport\s*\(|\bexport\s*\{/)).toBeNull();
  // The server's own pages have their texts in the same file.
  expect(script.includes('Copy link to these words')).toBe(false);
});

it('uses nothing that a strict policy forbids or that would read text as HTML', async () => {
  const script = await readFile(built, 'utf8');
  const dangerous = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser/;
  expect(script.match(dangerous)).toBeNull();
});
