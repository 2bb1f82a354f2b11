import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';

/** Pixels. As wide as a phone is, so that the letters are as large there as anywhere. */
const WIDTH = 330;

/** Colours of the page's own palette, light and dark. */
export const ACCENT = 'var(--accent)';
export const QUIET = 'var(--quiet)';
export const RULE = 'var(--rule)';
export const GOOD = 'var(--good)';
export const KNOWN = 'var(--known)';

type Options = Plot.PlotOptions & { description: string };

/** A drawing as SVG text, with what it shows in words for who can't see it. */
export function drawn({ description, ...options }: Options): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({ width: WIDTH, style: { fontSize: '11px' }, ...options, document }) as unknown as {
    setAttribute(name: string, value: string): void;
    outerHTML: string;
  };
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', description);
  return svg.outerHTML;
}
